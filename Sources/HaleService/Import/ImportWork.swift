import Delimited
import HaleDomain
import HaleFiles
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

    func run(_ statements: ImportStatements, on connection: Connection) async throws -> ImportStage.Outcome {
        let store = ImportStore(connection)
        try await store.begin(statements, lock: lock)
        if let earlier = try await earlierImport(store) { return .alreadyImported(earlier) }
        var receipt = receipt
        // What is created is created before the checks, and carries the receipt's number.
        let creates = request.createsMissingAccounts || request.createsMissingCSMs
        if creates { receipt.number = try await store.openReceipt(opening()) }
        let latest = try await latest(store)
        let measure = try await EffectMeasure(request.kind, in: store, on: latest.today)
        let staged = try await stage(store, latest: latest)
        receipt.notes += staged.notes
        receipt.skipped = receipt.read - Int64(staged.rows + staged.bad.count)
        if request.createsMissingAccounts, statements.namesAccounts {
            receipt.createdAccounts = try await store.createMissingAccounts()
        }
        if request.createsMissingCSMs, statements.namesCSMs {
            receipt.createdCSMs = try await store.createMissingCSMs()
        }
        if request.kind == .contracts { try await settleTermEnds(of: &receipt, on: connection) }
        let currency = try await SettingStore(connection).reportingCurrency().currency
        let found = try await store.check(statements, currency: currency, confirms: request.confirmsRates)
        receipt.rejected = Int64(staged.bad.count) + found.lines
        receipt.causes = try await staged.bad.refuseTooMany(and: found, in: store, file: file.name)
        if !creates { receipt.number = try await store.openReceipt(opening()) }
        try await takeReplayed(store)
        if receipt.rejected > 0 {
            let owner = rejectOwner(receipt)
            try await store.setAsideBadRows(receipt: owner)
            try await store.keepRejects(receipt: owner, staged.bad.rejects)
        }
        try await store.apply(
            statements, receipt: &receipt, columns: presentColumns, isHistory: request.isHistory, checksum: checksum,
            currency: currency)
        let accepted = Int64(staged.rows) - found.lines
        receipt.unchanged = max(0, accepted - receipt.inserted - receipt.updated)
        receipt.effect = try await measure.effect(of: receipt)
        try await store.finish(receipt)
        return .imported(receipt, source: source)
    }

    /// The columns that the file says something about; others keep what is known.
    private var presentColumns: [String] {
        survey.columns.filter { $0.source != .none }.map(\.definition.name)
    }

    /// The last moment that a fact of the file can be of.
    func latest(_ store: ImportStore) async throws -> LatestFact {
        let (today, end) = try await store.latestFact(today: request.today)
        return LatestFact(today: today, endMicroseconds: end)
    }

    private func stage(_ store: ImportStore, latest: LatestFact) async throws -> StagedRows {
        var rows = StagedRows(bad: badRows, file: file.name, kind: request.kind, survey: survey, latest: latest)
        let origin = origin
        let reader = try survey.reader()
        _ = try await store.stage { writer in
            var buffer = BinaryCopyBuffer()
            while true {
                do {
                    guard let record = try reader.next() else { break }
                    rows.add(record, from: origin, to: &buffer)
                } catch let problem as ImportProblem where problem.scope == .record {
                    if request.mapping?.isFooter(reader.rejected) == true { continue }
                    rows.add(origin.original(problem), raw: reader.rejected?.rawText ?? "")
                }
                if buffer.byteCount >= Self.chunkBytes {
                    try await writer.write(buffer.take())
                    progress(
                        ImportStage.Progress(
                            bytes: reader.bytesConsumed, totalBytes: file.byteCount, rows: rows.rows, step: .rows))
                }
            }
            buffer.finish()
            try await writer.write(buffer.take())
        }
        return rows
    }

    private static let chunkBytes = 256 * 1024
}
