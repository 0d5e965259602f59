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

    /// Problems shown before the rest is only counted.
    static let shownProblems = 20

    func run(on connection: Connection, database: Database) async throws -> ImportStage.Outcome {
        let store = ImportStore(connection)
        let kind = request.kind
        let statements = kind.statements
        let checksum = source.sha256
        try await store.begin(statements, kind: kind.rawValue, checksum: checksum)
        let earlier = try await store.earlier(
            kind: kind.rawValue, checksum: checksum, mapping: request.mapping?.file)
        if let earlier, kind.isKeyedByLine || earlier.saysItAll { return .alreadyImported(earlier) }
        let staged = try await stage(store)
        var receipt = ImportStore.Receipt()
        receipt.read = Int64(source.recordCount)
        receipt.skipped = Int64(source.recordCount - survey.source.recordCount)
        receipt.notes = notes
        if request.createsMissingAccounts, statements.namesAccounts {
            receipt.createdAccounts = try await store.createMissingAccounts()
        }
        let currency = try await store.reportingCurrency()
        let found = try await store.check(statements, currency: currency)
        receipt.rejected = Int64(staged.badRows) + found.lines
        try await refuseTooManyBadRows(store, staged: staged, found: found, rejected: Int(receipt.rejected))
        receipt.number = try await store.openReceipt(
            kind: kind.rawValue, fileName: file.name, checksum: checksum, source: source.text,
            mapping: request.mapping?.file, isHistory: request.isHistory)
        if receipt.rejected > 0 {
            try await store.setAsideBadRows(receipt: receipt.number)
            try await store.keepRejects(receipt: receipt.number, staged.rejects)
        }
        if statements.isUsage { try await makePartitions(store, database: database) }
        try await store.apply(
            statements, receipt: &receipt, columns: presentColumns, isHistory: request.isHistory, checksum: checksum,
            currency: currency)
        let accepted = Int64(staged.rows) - found.lines
        receipt.unchanged = max(0, accepted - receipt.inserted - receipt.updated)
        try await store.finish(receipt)
        return .imported(receipt, source: source)
    }

    /// The columns that the file says something about; others keep what is known.
    private var presentColumns: [String] {
        survey.columns.filter { $0.source != .none }.map(\.definition.name)
    }

    private func refuseTooManyBadRows(
        _ store: ImportStore, staged: StagedRows, found: (problems: Int64, lines: Int64), rejected: Int
    ) async throws {
        guard rejected > request.allowedBadRows else { return }
        let fromDatabase = try await store.firstProblems(limit: Self.shownProblems).map {
            ImportProblem(.badRow, file: file.name, line: Int($0.line), column: $0.column, $0.reason)
        }
        let first = (staged.firstProblems + fromDatabase).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
        throw ImportFailure.badRows(
            first: Array(first.prefix(Self.shownProblems)), problems: staged.problems + Int(found.problems),
            rows: rejected, allowed: request.allowedBadRows)
    }

    /// Partitions are made on another connection, in transactions of their own, so that this one holds no lock that stops
    /// readers.
    private func makePartitions(_ store: ImportStore, database: Database) async throws {
        let months = try await store.usageMonths()
        try await database.withConnection { other in
            for month in months { try await ImportStore(other).ensureUsageMonth(month) }
        }
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
    private(set) var badRows = 0
    private(set) var problems = 0
    private(set) var firstProblems: [ImportProblem] = []
    private(set) var rejects: [ImportStore.Reject] = []
    private let keepsRaw: Bool
    private let limit: Int

    init(keepsRaw: Bool, limit: Int) {
        self.keepsRaw = keepsRaw
        self.limit = limit
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
                faults.append(
                    ImportProblem(
                        fault.reason == .missing ? .missingValue : .badValue, file: file, line: line,
                        column: column.definition.name, fault.description))
            }
        }
        guard faults.isEmpty else { return reject(faults, raw: record.rawText) }
        buffer.beginRow(fieldCount: values.count + 2)
        buffer.append(Int64(line))
        for value in values { buffer.append(value) }
        buffer.append(keepsRaw ? record.rawText : nil)
        rows += 1
    }

    /// Notes a row that the reader could not take apart.
    mutating func add(_ problem: ImportProblem, raw: String) {
        reject([problem], raw: raw)
    }

    private mutating func reject(_ faults: [ImportProblem], raw: String) {
        badRows += 1
        problems += faults.count
        if firstProblems.count < ImportWork.shownProblems { firstProblems += faults }
        guard badRows <= limit else { return }
        for (ordinal, fault) in faults.enumerated() {
            rejects.append(
                ImportStore.Reject(
                    line: Int64(fault.line ?? 0), ordinal: Int32(ordinal + 1), column: fault.column,
                    reason: fault.message, raw: raw))
        }
    }
}
