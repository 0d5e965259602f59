import Foundation
import HaleDomain
import HaleStore
import Postgres

/// Lets PostgreSQL evaluate a mapping's expressions over a file, and writes the result to a file of the kind's columns, which
/// then goes the same way as any other. So there is one meaning of a value, wherever it came from.
struct Derivation {
    /// The file that came of it.
    struct Result {
        /// The derived file: the column `hale_line`, then the columns of the kind.
        let file: ImportFile
        /// What the original was like.
        let source: SourceDescription
        /// Where the kind's columns come from in the original.
        let resolution: Resolution
    }

    /// The column that carries the line of the original file.
    static let lineColumn = "hale_line"

    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func run(file: ImportFile, mapping: Mapping, kind: ImportKind) async throws -> Result {
        let survey = try Survey(of: file, columns: { _ throws(ImportProblem) in [] })
        let names = Self.columnNames(of: survey.header)
        try check(mapping, names: names, file: file.name)
        let resolution = try Resolution(
            mapping: mapping, header: survey.header, kindColumns: kind.columns, file: file.name)
        let select = unsafeSelect(resolution, names: names)
        let path = FileManager.default.temporaryDirectory.appending(path: "hale-\(UUID().uuidString).csv").path
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let output = FileHandle(forWritingAtPath: path)
        else {
            throw ImportProblem(.temporaryFile, file: file.name, "cannot write a temporary file at \(path)")
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let reader = try survey.reader()
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let store = DerivationStore(transaction)
                try await store.begin(columns: names)
                try await store.stage { writer in try await Self.copy(reader, to: writer, fields: names.count) }
                try await store.evaluate(unsafeSelect: select) { try output.write(contentsOf: $0) }
            }
        }
        try output.close()
        // The opened file stays readable although its name is taken away when this function ends.
        let derived = try ImportFile(path: path, shownAs: file.name)
        return Result(file: derived, source: survey.source, resolution: resolution)
    }

    /// The names by which expressions call the file's columns: lower case, `_` for everything but letters and digits.
    static func columnNames(of header: Header) -> [String] {
        var seen: [String: Int] = [:]
        return header.names.map { name in
            let plain = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
            let base = plain.isEmpty ? "_" : plain
            seen[base, default: 0] += 1
            return seen[base] == 1 ? base : "\(base)_\(seen[base] ?? 0)"
        }
    }

    private static func copy(_ reader: RecordReader, to writer: CopyWriter, fields: Int) async throws {
        var buffer = BinaryCopyBuffer()
        while let record = try reader.next() {
            buffer.beginRow(fieldCount: fields + 1)
            buffer.append(Int64(record.line))
            for index in 0..<fields { buffer.append(record[index]) }
            if buffer.byteCount > 256 * 1024 { try await writer.write(buffer.take()) }
        }
        buffer.finish()
        try await writer.write(buffer.take())
    }

    /// Every expression passes the guard before it is spliced into a statement.
    private func check(_ mapping: Mapping, names: [String], file: String) throws {
        let gate = ExpressionGuard(columns: names)
        for entry in mapping.derive {
            try refuse(gate.check(entry.text ?? "null"), in: mapping, what: "derive \(entry.target)")
        }
        if let condition = mapping.skipWhen { try refuse(gate.check(condition), in: mapping, what: "skip_when") }
    }

    private func refuse(_ verdict: ExpressionVerdict, in mapping: Mapping, what: String) throws {
        guard case .refused(let refusal) = verdict else { return }
        throw ImportProblem(
            .mappingContent, file: mapping.file, "\(what), character \(refusal.position): \(refusal.message)")
    }

    /// The statement that evaluates the mapping. What is spliced in passed the guard (expressions) or is quoted (names).
    private func unsafeSelect(_ resolution: Resolution, names: [String]) -> String {
        var columns = ["hale_line"]
        for column in resolution.columns {
            let name = quoted(column.definition.name)
            switch column.source {
            case .fileColumn(let index): columns.append("\(quoted(names[index])) as \(name)")
            case .derived(let expression): columns.append("(\(expression))::text as \(name)")
            case .constant, .none: break
            }
        }
        let condition = resolution.skipWhen.map { " where (\($0)) is not true" } ?? ""
        return "select \(columns.joined(separator: ", ")) from import_source\(condition) order by hale_line"
    }

    private func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}
