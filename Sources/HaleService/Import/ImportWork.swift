import HaleStore
import Postgres

/// The part of an import that runs in its transaction: stage, check, write, receipt.
struct ImportWork: Sendable {
    let request: ImportStage.Request
    let file: ImportFile
    let survey: Survey
    /// What the file as given was like; with a deriving mapping it is not the file that is read here.
    let source: SourceDescription
    let notes: [String]
    let progress: @Sendable (ImportStage.Progress) -> Void

    func run(_ statements: ImportStatements, on connection: Connection) async throws -> ImportStage.Outcome {
        let store = ImportStore(connection)
        let kind = request.kind
        let checksum = source.sha256
        try await store.begin(statements, kind: kind.rawValue, checksum: checksum)
        let earlier = try await store.earlier(
            kind: kind.rawValue, checksum: checksum, mapping: request.mapping?.file)
        if let earlier, kind.isKeyedByLine || earlier.saysItAll { return .alreadyImported(earlier) }
        let staged = try await stage(store)
        var receipt = receipt
        if request.createsMissingAccounts, statements.namesAccounts {
            receipt.createdAccounts = try await store.createMissingAccounts()
        }
        let currency = try await store.reportingCurrency()
        let found = try await store.check(statements, currency: currency)
        receipt.rejected = Int64(staged.bad.count) + found.lines
        try await staged.bad.refuseTooMany(and: found, in: store, file: file.name)
        receipt.number = try await store.openReceipt(
            kind: kind.rawValue, fileName: file.name, checksum: checksum, source: source.text,
            mapping: request.mapping?.file, isHistory: request.isHistory)
        if receipt.rejected > 0 {
            try await store.setAsideBadRows(receipt: receipt.number)
            try await store.keepRejects(receipt: receipt.number, staged.bad.rejects)
        }
        try await store.apply(
            statements, receipt: &receipt, columns: presentColumns, isHistory: request.isHistory, checksum: checksum,
            currency: currency)
        let accepted = Int64(staged.rows) - found.lines
        receipt.unchanged = max(0, accepted - receipt.inserted - receipt.updated)
        try await store.finish(receipt)
        return .imported(receipt, source: source)
    }

    /// A receipt with what is known of the file before it is read.
    var receipt: ImportStore.Receipt {
        var receipt = ImportStore.Receipt()
        receipt.read = Int64(source.recordCount)
        receipt.skipped = Int64(source.recordCount - survey.source.recordCount)
        receipt.notes = notes
        return receipt
    }

    /// The columns that the file says something about; others keep what is known.
    private var presentColumns: [String] {
        survey.columns.filter { $0.source != .none }.map(\.definition.name)
    }

    private func stage(_ store: ImportStore) async throws -> StagedRows {
        var rows = StagedRows(keepsRaw: request.allowedBadRows > 0, limit: request.allowedBadRows)
        let reader = try survey.reader()
        let formats = survey.verdicts.map(\.format)
        let lineIndex = reader.header.names.firstIndex(of: Derivation.lineColumn)
        _ = try await store.stage { writer in
            var buffer = BinaryCopyBuffer()
            while true {
                do {
                    guard let record = try reader.next() else { break }
                    let line = lineIndex.flatMap { record[$0] }.flatMap { Int($0) } ?? record.line
                    rows.add(
                        record, line: line, columns: survey.columns, formats: formats, file: file.name, to: &buffer)
                } catch let problem as ImportProblem where problem.scope == .record {
                    rows.add(problem, raw: reader.rejected?.rawText ?? "")
                }
                if buffer.byteCount >= Self.chunkBytes {
                    try await writer.write(buffer.take())
                    progress(
                        ImportStage.Progress(
                            bytes: reader.bytesConsumed, totalBytes: file.byteCount, rows: rows.rows, isSurvey: false))
                }
            }
            buffer.finish()
            try await writer.write(buffer.take())
        }
        return rows
    }

    private static let chunkBytes = 256 * 1024
}

/// Rows on their way into the staging table, and those that could not be read.
struct StagedRows {
    private(set) var rows = 0
    private(set) var bad: BadRows
    private let keepsRaw: Bool

    init(keepsRaw: Bool, limit: Int) {
        self.keepsRaw = keepsRaw
        bad = BadRows(limit: limit)
    }

    /// Writes the row's canonical values, or notes every value that has none.
    mutating func add(
        _ record: Record, line: Int, columns: [ResolvedColumn], formats: [ColumnFormat], file: String,
        to buffer: inout BinaryCopyBuffer
    ) {
        var values: [String?] = []
        values.reserveCapacity(columns.count)
        var faults: [ImportProblem] = []
        for (column, format) in zip(columns, formats) {
            switch column.value(in: record, format: format) {
            case .success(let value): values.append(value)
            case .failure(let fault):
                faults.append(ImportProblem(fault, file: file, line: line, column: column.definition.name))
            }
        }
        guard faults.isEmpty else { return bad.add(faults, raw: record.rawText) }
        buffer.beginRow(fieldCount: values.count + 2)
        buffer.append(Int64(line))
        for value in values { buffer.append(value) }
        buffer.append(keepsRaw ? record.rawText : nil)
        rows += 1
    }

    /// Notes a row that the reader could not take apart.
    mutating func add(_ problem: ImportProblem, raw: String) {
        bad.add([problem], raw: raw)
    }
}
