import Delimited
import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// Lets PostgreSQL evaluate a mapping's expressions over a file, and writes the result to a file of the kind's columns, which
/// then goes the same way as any other. So there is one meaning of a value, wherever it came from.
package struct Derivation {
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
        var found: (columns: DerivationColumns, resolution: Resolution)?
        let survey = try Survey(
            of: file, known: request.knownLines,
            columns: { header throws(ImportProblem) in
                found = try tableColumns(of: header, file: file, mapping: mapping)
                return []
            })
        let (columns, resolution) = try found ?? tableColumns(of: survey.header, file: file, mapping: mapping)
        let output = try Spool.open(for: file.name)
        let reader = try survey.reader()
        let select = DerivedSelect(resolution, columns: columns)
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
        return Result(
            file: try ImportFile(spool: output, shownAs: file.name), source: survey.source,
            headerText: reader.headerText, resolution: resolution, rejected: rejected, computed: computed)
    }

    /// What of a file with this header goes into the table, and where the kind's columns come from.
    private func tableColumns(
        of header: Header, file: ImportFile, mapping: Mapping
    ) throws(ImportProblem) -> (columns: DerivationColumns, resolution: Resolution) {
        let source = SourceColumns(header: header, optional: mapping.optional)
        let used = try check(mapping, columns: source.names)
        let absent = Set(source.absent)
        let withoutSource = used.byTarget.filter { !$0.value.isEmpty && $0.value.isSubset(of: absent) }
        let resolution = try Resolution(
            mapping: mapping, header: header, kindColumns: request.kind.columns,
            alternatives: request.kind.alternatives, file: file.name,
            withoutSource: Set(withoutSource.keys))
        let columns = try DerivationColumns(
            source, header: header, named: used.all, taken: resolution.columns.compactMap(\.fileIndex), file: file.name)
        return (columns, resolution)
    }

    private static func copy(
        _ reader: RecordReader, to writer: CopyWriter, _ columns: DerivationColumns, _ mapping: Mapping,
        bad rows: inout BadRows
    ) async throws {
        var buffer = BinaryCopyBuffer()
        while true {
            do throws(ImportProblem) {
                guard let record = try reader.next() else { break }
                buffer.beginRow(fieldCount: columns.names.count + 2)
                buffer.append(Int64(record.line))
                buffer.append(rows.keepsRaw ? record.rawText : nil)
                for index in columns.indices { buffer.append(index.flatMap { record[$0] }) }
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
    /// column uses, and all that are used.
    private func check(
        _ mapping: Mapping, columns: [String]
    ) throws(ImportProblem) -> (byTarget: [String: Set<String>], all: Set<String>) {
        let gate = ExpressionGuard(
            columns: columns, furtherFunctions: Mapping.furtherFunctions, holding: .texts)
        var used: [String: Set<String>] = [:]
        for entry in mapping.derive {
            used[entry.target] = try accepted(
                gate.check(entry.text ?? "null"), in: mapping, what: "derive \(entry.target)")
        }
        var all = used.values.reduce(into: Set()) { $0.formUnion($1) }
        if let condition = mapping.skipWhen {
            all.formUnion(try accepted(gate.check(condition), in: mapping, what: "skip_when"))
        }
        return (used, all)
    }

    private func accepted(_ verdict: ExpressionVerdict, in mapping: Mapping, what: String) throws(ImportProblem) -> Set<
        String
    > {
        switch verdict {
        case .accepted(let columns): return columns
        case .refused(let refusal):
            throw ImportProblem(
                .mappingContent, file: mapping.file, "\(what), character \(refusal.position): \(refusal.message)")
        }
    }
}
