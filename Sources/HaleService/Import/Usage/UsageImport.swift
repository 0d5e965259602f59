import Delimited
import HaleDomain
import HaleStore
import Postgres

/// The part of an import of usage that runs in its transaction: stream, check, merge, receipt.
struct UsageImport: Sendable {
    private let work: ImportWork
    private let database: Database

    init(_ work: ImportWork, database: Database) {
        self.work = work
        self.database = database
    }

    func run(on connection: Connection) async throws -> ImportStage.Outcome {
        let store = ImportStore(connection)
        let usage = UsageStore(connection)
        try await usage.begin()
        try await store.begin(nil, lock: work.lock)
        if let earlier = try await work.earlierImport(store) { return .alreadyImported(earlier) }
        var receipt = work.receipt
        receipt.number = try await store.openReceipt(work.opening())
        try await work.takeReplayed(store)
        let owner = work.rejectOwner(receipt)
        let latest = try await work.latest(store)
        let measure = try await EffectMeasure(.usage, in: store, on: latest.today)
        let stream = try await makeStream(usage, receipt: receipt.number, latest: latest)
        try await stream.run { rejects in
            if !rejects.isEmpty { try await store.keepRejects(receipt: owner, rejects) }
        }
        if stream.createdAccounts > 0 { try await usage.createAccounts() }
        receipt.createdAccounts = stream.createdAccounts
        receipt.inserted = stream.writtenCount
        begin(.names, rows: receipt.read)
        let merge = UsageMerge(connection)
        let repeated = try await merge.check()
        receipt.causes = try await stream.bad.refuseTooMany(
            and: (problems: repeated, lines: repeated), in: store, file: work.file.name)
        receipt.rejected = Int64(stream.bad.count) + repeated
        receipt.skipped = receipt.read - stream.acceptedCount - Int64(stream.bad.count)
        if repeated > 0 { try await merge.setAsideBadRows(receipt: owner) }
        let read = receipt.read
        try await merge.run(receipt: &receipt) { begin(Self.step(of: $0), rows: read) }
        receipt.unchanged = stream.acceptedCount - repeated - receipt.inserted
        receipt.effect = try await measure.effect(of: receipt)
        try await store.finish(receipt)
        return .imported(receipt, source: work.source)
    }

    /// Says that a step begins after all rows were read.
    private func begin(_ step: ImportStage.Step, rows: Int64) {
        let bytes = work.file.byteCount
        work.progress(ImportStage.Progress(bytes: bytes, totalBytes: bytes, rows: Int(rows), step: step))
    }

    private static func step(of part: UsageMerge.Part) -> ImportStage.Step {
        switch part {
        case .people: .people
        case .features: .features
        case .months: .months
        }
    }

    private func makeStream(
        _ usage: UsageStore, receipt: Int64, latest: LatestFact
    ) async throws -> UsageStream {
        let request = work.request
        let bad = work.badRows
        let totalBytes = work.file.byteCount
        let progress = work.progress
        return UsageStream(
            store: usage,
            resolver: UsageResolver(
                store: usage, database: database, createsAccounts: request.createsMissingAccounts),
            reader: try work.survey.reader(),
            parser: UsageParser(
                survey: work.survey, origin: work.origin, mapping: request.mapping, keepsRaw: bad.keepsRaw,
                file: work.file.name, latest: latest),
            writer: UsageRowWriter(
                importID: receipt, knownSince: request.isHistory ? nil : try await usage.startMicroseconds()),
            bad: bad, fileName: work.file.name, limits: request.usageLimits,
            progress: { reader, rows in
                progress(
                    ImportStage.Progress(
                        bytes: reader.bytesConsumed, totalBytes: totalBytes, rows: Int(rows), step: .rows))
            })
    }
}
