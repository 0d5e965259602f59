import Delimited
import Foundation
import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// The statements that evaluate a mapping over the rows of a file. What is spliced in passed the guard (expressions), is
/// quoted (names) or is a number (lines).
struct DerivedSelect {
    /// The columns that the statement returns, by name.
    let columns: [String]
    private let texts: [String]
    private let derived: [(column: String, expression: String)]
    private let condition: String?

    /// What reads a text as a date: a cast would read the clock in some words.
    private static let plainDate = "plain_date"

    init(_ resolution: Resolution, columns source: DerivationColumns) {
        var columns = [SourceColumns.lineColumn, SourceColumns.rawColumn]
        // The bars keep the space around the row, which a reader takes off a field.
        var texts = [SourceColumns.lineColumn, "'|' || \(SourceColumns.rawColumn) || '|'"]
        var derived: [(column: String, expression: String)] = []
        for column in resolution.columns {
            let name = column.definition.name
            switch column.source {
            case .fileColumn(let index): texts.append(source.name(of: index).map(Self.quoted) ?? "null")
            case .derived(let expression):
                let checked = ExpressionGuard.dateCasts(in: expression, with: Self.plainDate)
                texts.append("(\(checked))::text")
                derived.append((name, checked))
            case .constant, .none: continue
            }
            columns.append(name)
        }
        self.columns = columns
        self.texts = texts
        self.derived = derived
        condition = resolution.skipWhen.map { ExpressionGuard.dateCasts(in: $0, with: Self.plainDate) }
    }

    /// The rows on a range of lines.
    func unsafeText(lines: ClosedRange<Int64>) -> String {
        let skipped = condition.map { " and (\($0)) is not true" } ?? ""
        return "select \(texts.joined(separator: ", ")) from import_source"
            + " where hale_line between \(lines.lowerBound) and \(lines.upperBound)\(skipped) order by hale_line"
    }

    /// Each derived column alone, on one line.
    func unsafeParts(line: Int64) -> [(column: String, unsafeText: String)] {
        derived.map { ($0.column, "select (\($0.expression))::text from import_source where hale_line = \(line)") }
    }

    /// Each derived column alone, for its type.
    var unsafeTypes: [(column: String, unsafeText: String)] {
        derived.map { ($0.column, "select (\($0.expression)) as value from import_source") }
    }

    private static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}

/// Evaluates the statements and writes the values to a file. Where an expression fails on a row, the range of lines is
/// halved until that row stands alone: it is a bad row, and the others have their values.
struct DerivationPass {
    let store: DerivationStore
    let select: DerivedSelect
    let output: FileHandle
    let mapping: Mapping
    let file: String
    var rejected: BadRows

    mutating func run(lines: ClosedRange<Int64>) async throws {
        try write(Array((select.columns.joined(separator: ",") + "\n").utf8))
        try await evaluate(lines)
    }

    /// The derived columns that are numbers and not texts of the file.
    func numericColumns() async throws -> [String] {
        var columns: [String] = []
        for part in select.unsafeTypes where try await store.isNumber(unsafeSelect: part.unsafeText) {
            columns.append(part.column)
        }
        return columns
    }

    private mutating func evaluate(_ lines: ClosedRange<Int64>) async throws {
        let start = try output.offset()
        do {
            try await store.evaluate(unsafeSelect: select.unsafeText(lines: lines)) { try write($0) }
        } catch let error as PostgresError where error.isAboutValue {
            try output.truncate(atOffset: start)
            guard lines.count > 1 else { return try await reject(lines.lowerBound, error) }
            let middle = lines.lowerBound + Int64(lines.count) / 2
            try await evaluate(lines.lowerBound...(middle - 1))
            try await evaluate(middle...lines.upperBound)
        } catch let error as PostgresError where error.isAboutStatement {
            throw ImportProblem(.mappingContent, file: mapping.file, "derive or skip_when: \(error.message)")
        } catch let error as PostgresError where error.isAboutExtent && !Task.isCancelled {
            throw ImportProblem(
                .mappingContent, file: mapping.file,
                "derive or skip_when asks for more than the database gives (\(error.message)); make it simpler")
        }
    }

    private func write(_ bytes: [UInt8]) throws(ImportProblem) {
        do { try output.write(contentsOf: Data(bytes)) } catch { throw Spool.problem(file, error) }
    }

    /// A row is searched for in some thirty statements, so a file full of them is given up.
    private mutating func reject(_ line: Int64, _ error: PostgresError) async throws {
        var column: String?
        for part in select.unsafeParts(line: line) {
            do {
                try await store.evaluate(unsafeSelect: part.unsafeText) { _ in }
            } catch let failure as PostgresError where failure.isAboutValue {
                column = part.column
                break
            }
        }
        let raw = rejected.keepsRaw ? try await store.rawText(line: line) ?? "" : ""
        rejected.add(
            [
                ImportProblem(
                    .badValue, file: file, line: Int(line), column: column ?? "skip_when",
                    "the mapping's expression fails: \(error.message)")
            ], raw: raw)
        guard rejected.count > max(rejected.limit, BadRows.shownProblems) else { return }
        throw ImportFailure.file(
            rejected.first + [
                ImportProblem(
                    .badValue, file: file, line: Int(line), "too many bad rows; nothing behind it was looked at")
            ])
    }
}

extension PostgresError {
    /// A limit that was reached (class 54), such as how deep an expression may be, memory (53200), or the time (57014).
    fileprivate var isAboutExtent: Bool {
        isAboutLimit || sqlState == "53200" || sqlState == "57014"
    }
}
