import Delimited
import Foundation
package import HaleStore

/// The rejected rows of an import as a file.
package struct RejectedFile: Sendable {
    /// The text of the file: a line that names the separator, the header as it was, and the rows as they came.
    let text: String
    /// For each line on which a row begins in this file, the line on which it began in the one that was imported.
    let lines: [Int: Int]

    init(rows: [RejectedRow], recipe: ImportRecipe) {
        var text = "sep=\(recipe.separator)\n\(recipe.header)\n"
        var lines: [Int: Int] = [:]
        var next = 2 + Self.lineCount(of: recipe.header)
        for row in rows {
            lines[next] = Int(row.line)
            text += row.raw + "\n"
            next += Self.lineCount(of: row.raw)
        }
        self.text = text
        self.lines = lines
    }

    /// The rows as a file that stands for the one that they came from.
    func opened(shownAs name: String) throws(ImportProblem) -> ImportFile {
        let spool = try Spool.open(for: name)
        do { try spool.write(contentsOf: Data(text.utf8)) } catch { throw Spool.problem(name, error) }
        return try ImportFile(spool: spool, shownAs: name)
    }

    /// The rejected rows for somebody to correct and import again: before each row its line, the columns at fault and the
    /// reasons, which an import does not use.
    package static func correctable(_ rows: [RejectedRow], recipe json: String?, receipt: Int64) throws -> String {
        guard let json else { throw HistoryRefusal.noRecipe(receipt) }
        let recipe = try ImportRecipe(json: json)
        var text = (Self.addedColumns + [recipe.header]).joined(separator: recipe.separator) + "\n"
        for row in rows {
            let added = ["\(row.line)", quoted(row.columns ?? ""), quoted(row.reasons)]
            text += (added + [row.raw]).joined(separator: recipe.separator) + "\n"
        }
        return text
    }

    private static let addedColumns = ["rejected_line", "rejected_column", "rejected_reason"]

    private static func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

    /// The lines that a record takes, counted as a reader counts them.
    private static func lineCount(of record: String) -> Int {
        var count = 1
        var isAfterReturn = false
        for byte in record.utf8 {
            if byte == 0x0D || (byte == 0x0A && !isAfterReturn) { count += 1 }
            isAfterReturn = byte == 0x0D
        }
        return count
    }
}
