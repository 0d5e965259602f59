import Foundation
import HaleDomain
import HaleStore
import Postgres

/// Lets PostgreSQL evaluate a mapping's expressions over a file, and writes the result to a file of the kind's columns, which
/// then goes the same way as any other. So there is one meaning of a value, wherever it came from.
struct Derivation {
    /// The file that came of it.
    struct Result {
        /// The derived file: the columns of `RowOrigin`, then those of the kind.
        let file: ImportFile
        /// What the original was like.
        let source: SourceDescription
        /// The original's header as it stands in the file.
        let headerText: String
        /// Where the kind's columns come from in the original.
        let resolution: Resolution
        /// Rows of the original that have no values: too many or too few fields, or an expression that fails on them.
        let rejected: BadRows
        /// The columns whose numbers were computed.
        let computed: Set<String>
    }

    private let database: Database
    private let request: ImportStage.Request

    init(_ database: Database, request: ImportStage.Request) {
        self.database = database
        self.request = request
    }

    func run(file: ImportFile, mapping: Mapping) async throws -> Result {
        let survey = try Survey(of: file, columns: { _ throws(ImportProblem) in [] })
        let columns = SourceColumns(header: survey.header, optional: mapping.optional)
        let used = try check(mapping, columns: columns.names)
        let absent = Set(columns.absent)
        let withoutSource = used.filter { !$0.value.isEmpty && $0.value.isSubset(of: absent) }
        let resolution = try Resolution(
            mapping: mapping, header: survey.header, kindColumns: request.kind.columns, file: file.name,
            withoutSource: Set(withoutSource.keys))
        let path = FileManager.default.temporaryDirectory.appending(path: "hale-\(UUID().uuidString).csv").path
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let output = FileHandle(forWritingAtPath: path)
        else {
            throw ImportProblem(.temporaryFile, file: file.name, "cannot write a temporary file at \(path)")
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let reader = try survey.reader()
        let select = DerivedSelect(resolution, names: columns.names)
        let (rejected, computed) = try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let store = DerivationStore(transaction)
                try await store.begin(columns: columns.names)
                var rows = BadRows(limit: request.allowedBadRows)
                try await store.stage { writer in
                    try await Self.copy(reader, to: writer, columns, mapping, bad: &rows)
                }
                var pass = DerivationPass(
                    store: store, select: select, output: output, mapping: mapping, file: file.name, rejected: rows)
                try await pass.run(lines: 1...max(1, Int64(reader.lineCount)))
                return (pass.rejected, Set(try await pass.numericColumns()))
            }
        }
        try output.close()
        // The opened file stays readable although its name is taken away when this function ends.
        let derived = try ImportFile(path: path, shownAs: file.name)
        return Result(
            file: derived, source: survey.source, headerText: reader.headerText, resolution: resolution,
            rejected: rejected, computed: computed)
    }

    private static func copy(
        _ reader: RecordReader, to writer: CopyWriter, _ columns: SourceColumns, _ mapping: Mapping,
        bad rows: inout BadRows
    ) async throws {
        var buffer = BinaryCopyBuffer()
        while true {
            do throws(ImportProblem) {
                guard let record = try reader.next() else { break }
                buffer.beginRow(fieldCount: columns.names.count + 2)
                buffer.append(Int64(record.line))
                buffer.append(rows.keepsRaw ? record.rawText : nil)
                for index in 0..<columns.presentCount { buffer.append(record[index]) }
                for _ in columns.absent { buffer.appendNull() }
            } catch {
                guard error.scope == .record else { throw error }
                if mapping.isFooter(reader.rejected) { continue }
                rows.add([error], raw: reader.rejected?.rawText ?? "")
            }
            if buffer.byteCount > 256 * 1024 { try await writer.write(buffer.take()) }
        }
        buffer.finish()
        try await writer.write(buffer.take())
    }

    /// Every expression passes the guard before it is spliced into a statement; returns the columns that each derived
    /// column uses.
    private func check(_ mapping: Mapping, columns: [String]) throws -> [String: Set<String>] {
        let gate = ExpressionGuard(
            columns: columns, furtherFunctions: ["to_timestamp", "major_units"], holding: .texts)
        var used: [String: Set<String>] = [:]
        for entry in mapping.derive {
            used[entry.target] = try accepted(
                gate.check(entry.text ?? "null"), in: mapping, what: "derive \(entry.target)")
        }
        if let condition = mapping.skipWhen {
            _ = try accepted(gate.check(condition), in: mapping, what: "skip_when")
        }
        return used
    }

    private func accepted(_ verdict: ExpressionVerdict, in mapping: Mapping, what: String) throws -> Set<String> {
        switch verdict {
        case .accepted(let columns): return columns
        case .refused(let refusal):
            throw ImportProblem(
                .mappingContent, file: mapping.file, "\(what), character \(refusal.position): \(refusal.message)")
        }
    }
}

/// The names by which expressions call a file's columns: lower case, `_` for everything but letters and digits.
struct SourceColumns {
    /// The names: of the file's columns in its order, then of the optional ones that it lacks.
    let names: [String]
    /// How many of them the file has.
    let presentCount: Int

    /// The names of the optional columns that the file lacks.
    var absent: ArraySlice<String> { names[presentCount...] }

    init(header: Header, optional: [String]) {
        var seen: [String: Int] = [RowOrigin.lineColumn: 1, RowOrigin.rawColumn: 1]
        let present = header.names.map { name in
            let plain = Self.plain(name)
            seen[plain, default: 0] += 1
            return seen[plain] == 1 ? plain : "\(plain)_\(seen[plain] ?? 0)"
        }
        var absent: [String] = []
        for plain in optional.map(Self.plain) {
            if !present.contains(plain), !absent.contains(plain) { absent.append(plain) }
        }
        names = present + absent
        presentCount = present.count
    }

    private static func plain(_ name: String) -> String {
        let plain = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return plain.isEmpty ? "_" : plain
    }
}
