import Delimited
import HaleDomain
import HaleStore
import Postgres

/// Streams a usage file into the database: while the server takes the rows of one batch, the next batch is read, looked up
/// and counted here. What the rows come to is handed over in parts that fit the memory.
final class UsageStream {
    private(set) var bad: BadRows
    private(set) var acceptedCount: Int64 = 0
    /// Events written without asking whether their id is known.
    private(set) var writtenCount: Int64 = 0
    private(set) var createdAccounts: Int64 = 0

    private let store: UsageStore
    private let resolver: UsageResolver
    private let reader: RecordReader
    private var parser: UsageParser
    private var writer: UsageRowWriter
    private let fileName: String
    private let limits: UsageLimits
    private let progress: (RecordReader, Int64) -> Void
    private var names = UsageNames()
    private var rollup = UsageRollup()
    private var batch: UsageBatch
    /// The rows of a batch that were written, kept so that no batch allocates.
    private var written: [UsageBatch.Row] = []
    private var zone: ZoneOffsets?
    private var isAtEnd = false
    /// Whether the batch holds rows that are not written.
    private var isBatchPending = false

    init(
        store: UsageStore, resolver: UsageResolver, reader: RecordReader, parser: UsageParser, writer: UsageRowWriter,
        bad: BadRows, fileName: String, limits: UsageLimits, progress: @escaping (RecordReader, Int64) -> Void
    ) {
        self.store = store
        self.resolver = resolver
        self.reader = reader
        self.parser = parser
        self.writer = writer
        self.bad = bad
        self.fileName = fileName
        self.limits = limits
        batch = UsageBatch(rowLimit: limits.batchRowCount)
        self.progress = progress
    }

    /// Streams the whole file. `keep` is given rejected rows now and then.
    func run(keepingRejects keep: ([ImportStore.Reject]) async throws -> Void) async throws {
        while true {
            if !isBatchPending { try readBatch() }
            if isBatchPending {
                try await resolve()
                try writeBatch()
                if isOverLimit { try await handOver() }
            }
            while let stream = writer.fullerStream {
                try await store.stream(into: stream) { try await self.send(stream, to: $0) }
                if isOverLimit { try await handOver() }
            }
            // Rows may be bad one after another, so that there is nothing to stream.
            if bad.rejects.count >= limits.rejectCount { try await keep(bad.takeRejects()) }
            if isAtEnd, !isBatchPending { break }
        }
        try await handOver()
        try await keep(bad.takeRejects())
    }

    /// One COPY: goes on while batches need nothing but it.
    private func send(_ stream: UsageStore.Stream, to target: CopyWriter) async throws {
        try await target.write(UsageRowWriter.head)
        while true {
            let bytes = writer.take(stream)
            // The batch is sent while the next one is read.
            async let isSent: Void = target.write(bytes)
            let goesOn = try prepareNext(for: stream)
            try await isSent
            guard goesOn else { break }
        }
        try await target.write(UsageRowWriter.tail)
    }

    /// Reads and writes the next batch for a stream that is open; false when something else has to be done first.
    private func prepareNext(for stream: UsageStore.Stream) throws -> Bool {
        guard !isAtEnd, !isOverLimit, bad.rejects.count < limits.rejectCount else { return false }
        if !isBatchPending { try readBatch() }
        guard isBatchPending, settle() else { return false }
        try writeBatch()
        return writer.hasBytes(only: stream)
    }

    private var isOverLimit: Bool {
        rollup.memoryByteCount > limits.countByteCount || names.memoryByteCount > limits.nameByteCount
            || rollup.rowCount > UsageRollup.rowLimit
    }

    // MARK: Reading

    private func readBatch() throws {
        while !isAtEnd, !batch.isFull, bad.rejects.count < limits.rejectCount {
            parser.takePlainLines(from: reader, names: &names, batch: &batch)
            if batch.isFull { break }
            do throws(ImportProblem) {
                guard let record = try reader.next() else {
                    isAtEnd = true
                    break
                }
                let faults = parser.take(record, names: &names, batch: &batch)
                if !faults.isEmpty { bad.add(faults, raw: parser.rawText(of: record)) }
            } catch {
                guard error.scope == .record else { throw error }
                if let fault = parser.problem(error, rejected: reader.rejected) {
                    bad.add([fault], raw: reader.rejected?.rawText ?? "")
                }
            }
        }
        isBatchPending = !batch.rows.isEmpty
        progress(reader, acceptedCount + Int64(batch.rows.count))
    }

    /// Finds the instants and days of the batch; false when something of it has to be asked of the database.
    private func settle() -> Bool {
        guard var zone, dayRange(of: batch).map({ zone.covers($0) }) ?? true else { return false }
        var isSettled = true
        for index in batch.rows.indices {
            let instant = batch.rows[index].occurred.instant(in: &zone)
            let day = zone.day(of: instant)
            batch.rows[index].instant = instant
            batch.rows[index].day = day.daysSince2000
            if !resolver.hasMonth(of: day.daysSince2000) { isSettled = false }
            let row = batch.rows[index]
            let holder = names.holders.ids[Int(row.holder)]
            if holder == NameTable.unasked { isSettled = false }
            guard holder > 0 else { continue }
            if row.person >= 0, names.people.ids[Int(row.person)] == NameTable.unasked { isSettled = false }
            if row.feature >= 0, names.features.ids[Int(row.feature)] == NameTable.unasked { isSettled = false }
        }
        self.zone = zone
        return isSettled
    }

    private func dayRange(of batch: UsageBatch) -> Range<Day>? {
        var least = Int64.max
        var most = Int64.min
        for row in batch.rows {
            least = min(least, row.occurred.reading, row.recorded?.reading ?? .max)
            most = max(most, row.occurred.reading, row.recorded?.reading ?? .min)
        }
        guard least <= most else { return nil }
        // An offset in the text moves a reading by less than a day.
        return ZoneOffsets.day(ofReading: least) - 1..<ZoneOffsets.day(ofReading: most) + 2
    }

    /// Asks the database for what the batch needs.
    private func resolve() async throws {
        if let days = dayRange(of: batch), !(zone?.covers(days) ?? false) {
            let known = zone?.days ?? days
            zone = try await store.zoneOffsets(
                UsageResolver.wholeYears(
                    min(known.lowerBound, days.lowerBound)..<max(known.upperBound, days.upperBound)))
        }
        guard !settle() else { return }
        createdAccounts += try await resolver.resolve(batch, names: &names)
    }

    // MARK: Writing

    /// Writes the batch's rows into the buffers and counts them.
    private func writeBatch() throws {
        guard var zone else { return }
        written.removeAll(keepingCapacity: true)
        for row in batch.rows {
            let holder = names.holders.ids[Int(row.holder)]
            guard holder > 0 else {
                bad.add([unknownHolder(row)], raw: String(decoding: batch.texts[row.raw], as: UTF8.self))
                continue
            }
            acceptedCount += 1
            let isIdentified = !row.event.isEmpty
            writer.append(
                row, account: holder, person: row.person < 0 ? nil : names.people.ids[Int(row.person)],
                feature: row.feature < 0 ? nil : names.features.ids[Int(row.feature)],
                recorded: row.recorded?.instant(in: &zone), texts: batch.texts)
            if isIdentified { continue }
            written.append(row)
        }
        self.zone = zone
        writtenCount += Int64(written.count)
        guard rollup.add(written) else {
            throw ImportFailure.file([
                ImportProblem(
                    .badValue, file: fileName, line: Int(written.last?.line ?? 0), column: "quantity",
                    "the quantities of a day or month up to here add up to more than the database can hold")
            ])
        }
        batch.removeAll()
        isBatchPending = false
    }

    private func unknownHolder(_ row: UsageBatch.Row) -> ImportProblem {
        let (kind, name) = names.holder(row.holder)
        return switch kind {
        case .account:
            ImportProblem(
                .badRow, file: fileName, line: Int(row.line), column: "account_id",
                "account \"\(name)\" is not known: import it first, or use --create-missing accounts")
        case .contract:
            ImportProblem(
                .badRow, file: fileName, line: Int(row.line), column: "contract_id",
                "contract \"\(name)\" is not known: import contracts first")
        }
    }

    /// Hands the counts over to the database and forgets them; the names too, where there are many.
    private func handOver() async throws {
        try await UsageHandOver(store: store).run(&rollup, names: names)
        // Places in a batch that is waiting would mean other names; they are forgotten when it is written.
        if !isBatchPending, names.memoryByteCount > limits.nameByteCount { names = UsageNames() }
    }
}

extension WrittenInstant {
    /// The instant, in microseconds since 2000-01-01 00:00:00 UTC.
    fileprivate func instant(in zone: inout ZoneOffsets) -> Int64 {
        guard let offsetMinutes else { return zone.instant(ofReading: reading) }
        return reading - Int64(offsetMinutes) * 60_000_000
    }
}
