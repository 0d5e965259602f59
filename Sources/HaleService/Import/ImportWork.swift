import HaleStore
import Postgres

/// The part of an import that runs in its transaction: stage, check, write, receipt.
struct ImportWork: Sendable {
    let request: ImportStage.Request
    let file: ImportFile
    let survey: Survey
    let derived: Derivation.Result?
    let notes: [String]
    let progress: @Sendable (ImportStage.Progress) -> Void

    /// Problems shown before the rest is only counted.
    static let shownProblems = 20

    func run(on connection: Connection, database: Database) async throws -> ImportStage.Outcome {
        let store = ImportStore(connection)
        let statements = request.kind.statements
        try await store.begin(statements, lock: lock)
        if let earlier = try await earlierImport(store) { return .alreadyImported(earlier) }
        var receipt = ImportStore.Receipt()
        // Accounts are created before the checks, and carry the receipt's number.
        if request.createsMissingAccounts { receipt.number = try await store.openReceipt(opening()) }
        let staged = try await stage(store)
        receipt.read = Int64(source.recordCount)
        receipt.skipped = Int64(source.recordCount - staged.rows - staged.badRows)
        receipt.notes = notes
        if request.createsMissingAccounts, statements.namesAccounts {
            receipt.createdAccounts = try await store.createMissingAccounts()
        }
        let currency = try await store.reportingCurrency()
        let found = try await store.check(statements, currency: currency)
        receipt.rejected = Int64(staged.badRows) + found.lines
        try await refuseTooManyBadRows(store, staged: staged, found: found, rejected: Int(receipt.rejected))
        if !request.createsMissingAccounts { receipt.number = try await store.openReceipt(opening()) }
        try await takeReplayed(store)
        if receipt.rejected > 0 {
            let owner = rejectOwner(receipt)
            try await store.setAsideBadRows(receipt: owner)
            try await store.keepRejects(receipt: owner, staged.rejects)
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
        var rows = derived?.rejected ?? StagedRows(request, file: file.name)
        let origin = origin
        rows.moveBadRows(to: origin)
        let reader = try survey.reader()
        let formats = survey.verdicts.map(\.format)
        _ = try await store.stage { writer in
            var buffer = BinaryCopyBuffer()
            while true {
                do {
                    guard let record = try reader.next() else { break }
                    rows.add(record, from: origin, columns: survey.columns, formats: formats, to: &buffer)
                } catch let problem as ImportProblem where problem.scope == .record {
                    if request.mapping?.isFooter(reader.rejected) == true { continue }
                    rows.add(origin.original(problem), raw: reader.rejected?.rawText ?? "")
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
