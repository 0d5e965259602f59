import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres
import Synchronization

/// Sends what is due, under leases, until it is stopped or nothing is due.
package actor DeliveryWorker {
    private struct Flight {
        let delivery: ClaimedDelivery
        let receiver: Int64
        let task: Task<Void, Never>
    }

    private let database: Database
    private let effects: DeliveryEffects
    private let options: Options
    private let readFile: @Sendable () throws -> ReceiverFile
    private let report: @Sendable (DeliveryEvent) -> Void
    private let attempt: DeliveryAttempt
    private let isStopped = Atomic(false)

    private var book: ReceiverBook?
    private var bookReadAt: Int64?
    private var flights: [Int64: Flight] = [:]
    private var results: [(DeliveryAttempt.Result, ClaimedDelivery)] = []
    private var isWriting = false
    private var lastSent: [Int64: Int64] = [:]
    private var sleeper: Task<Void, Never>?
    private var isWoken = false
    private var summary = Summary()
    /// Whether a receiver that takes one message in a while was passed over.
    private var isHoldingBack = false
    private let name: String
    private var marks: [Int64: ClaimMark] = [:]
    private var isShared: [Int64: Bool] = [:]
    private var scannedAt: Int64?
    private var flushedAt: Int64?
    private let hygiene: DeliveryHygiene

    /// A worker on a database; `readFile` gives the receivers of the file again and again, `report` is told what an operator
    /// should know.
    package init(
        _ database: Database, effects: DeliveryEffects, options: Options = Options(),
        readFile: @escaping @Sendable () throws -> ReceiverFile,
        report: @escaping @Sendable (DeliveryEvent) -> Void = { _ in }
    ) {
        self.database = database
        self.effects = effects
        self.options = options
        self.readFile = readFile
        self.report = report
        name = effects.newID()
        attempt = DeliveryAttempt(
            effects: effects, ownListeners: options.ownListeners, limitMilliseconds: options.attemptMilliseconds)
        hygiene = DeliveryHygiene(database, effects: effects, report: report)
    }

    /// From now on nothing more is taken.
    package nonisolated func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
        Task { await self.wake() }
    }

    /// Sends until it is stopped; then finishes what is under way within the grace time and gives the rest back.
    package func run() async -> Summary {
        let renewal = renewing()
        defer { renewal.cancel() }
        while !hasStopped {
            do {
                try await readBook()
                try await hygiene.run(everyMilliseconds: options.hygieneMilliseconds)
                let flushed = try await flush()
                let claimed = try await claim()
                if flushed + claimed > 0 { continue }
            } catch {
                report(.databaseFailed("\(error)"))
            }
            await pause(options.pollMilliseconds)
        }
        await land()
        return summary
    }

    /// Sends what is due now and what becomes due meanwhile; fails where the database does.
    package func runOnce() async throws -> Summary {
        let renewal = renewing()
        defer { renewal.cancel() }
        bookReadAt = nil
        try await readBook(mustSucceed: true)
        try await hygiene.run(everyMilliseconds: 0)
        while !hasStopped {
            // Asked before: what lands during the claim has left places that the claim did not know of. The last look is
            // at everything, from the start.
            let isIdle = flights.isEmpty
            if isIdle { (scannedAt, flushedAt) = (nil, nil) }
            let flushed = try await flush()
            let claimed = try await claim()
            if flushed + claimed > 0 { continue }
            if isIdle, !isHoldingBack { break }
            await pause(options.pollMilliseconds)
        }
        await land()
        return summary
    }

    private var hasStopped: Bool {
        isStopped.load(ordering: .sequentiallyConsistent) || Task.isCancelled
    }

    // MARK: The round

    private func readBook(mustSucceed: Bool = false) async throws {
        let now = effects.milliseconds()
        if let bookReadAt, now - bookReadAt < options.bookMilliseconds { return }
        do {
            book = try await ReceiverBook.load(try readFile(), from: database, effects: effects)
        } catch let failure as FileFailure where !mustSucceed {
            // A broken file never replaces a good one.
            report(.receiversFailed(failure.description))
        }
        bookReadAt = now
    }

    /// At most once in a while, unless the last time found something.
    private func flush() async throws -> Int {
        guard let book else { return 0 }
        let now = effects.milliseconds()
        if let flushedAt, now - flushedAt < options.flushMilliseconds { return 0 }
        let groups = try await FlushStage(database, book: book, effects: effects).run().groups
        flushedAt = groups > 0 ? nil : now
        return groups
    }

    /// Claims in the order in which messages are due, from where it came to last; now and then from the start, because what
    /// was written late, or given back, stands before that.
    private func claim() async throws -> Int {
        guard let book else { return 0 }
        let now = effects.milliseconds()
        if scannedAt.map({ now - $0 >= options.scanMilliseconds }) ?? true {
            marks = [:]
            scannedAt = now
        }
        let active = book.entries.filter { $0.stored.state == .active }
        let due = try await database.withConnection { [marks] connection in
            try await DeliveryStore(connection).due(
                active.map { (key: $0.stored.key, mark: marks[$0.stored.key] ?? .start) })
        }
        let wanting = active.filter { due.contains($0.stored.key) }
        let ready = wanting.filter { entry in
            let pause = Int64(entry.receiver.format.pauseSeconds * 1_000)
            return now - (lastSent[entry.stored.key] ?? .min / 2) >= pause
        }
        isHoldingBack = ready.count < wanting.count
        let wanted = places(of: ready)
        guard !wanted.isEmpty else { return 0 }
        let claim = try await database.withConnection { connection in
            try await DeliveryStore(connection).claim(
                wanted, worker: name, token: effects.newID(), leaseSeconds: options.leaseSeconds)
        }
        isShared.merge(claim.isShared) { _, new in new }
        for delivery in claim.deliveries {
            marks[delivery.receiver] = ClaimMark(dueAt: delivery.dueAt, delivery: delivery.key)
            begin(delivery, entry: book.entry(keyed: delivery.receiver))
        }
        return claim.deliveries.count
    }

    private func places(of ready: [ReceiverBook.Entry]) -> [ClaimPlace] {
        let underWay = Dictionary(grouping: flights.values, by: \.receiver).mapValues(\.count)
        let places = ClaimBudget.places(
            ready.map { entry in
                ClaimBudget.Demand(
                    receiver: entry.stored.key, host: entry.web?.host ?? "", concurrency: entry.receiver.concurrency,
                    underWay: underWay[entry.stored.key] ?? 0, lastSent: lastSent[entry.stored.key] ?? .min)
            })
        return ready.compactMap { entry in
            let key = entry.stored.key
            return places[key].map { room in
                ClaimPlace(
                    receiver: key, concurrency: entry.receiver.concurrency,
                    room: entry.receiver.format.pauseSeconds > 0 ? 1 : room, underWay: underWay[key] ?? 0,
                    isShared: isShared[key] ?? true, mark: marks[key] ?? .start)
            }
        }
    }

    private func begin(_ delivery: ClaimedDelivery, entry: ReceiverBook.Entry?) {
        lastSent[delivery.receiver] = effects.milliseconds()
        let attempt = attempt
        let task = Task { [weak self] in
            let result = await attempt.run(delivery, to: entry)
            await self?.take(result, of: delivery)
        }
        flights[delivery.key] = Flight(
            delivery: delivery, receiver: delivery.receiver, task: task)
    }

    // MARK: Results

    private func take(_ result: DeliveryAttempt.Result, of delivery: ClaimedDelivery) async {
        // What the stop cut off stays under way until it is given back.
        if result.isCancelled { return }
        lastSent[delivery.receiver] = effects.milliseconds()
        results.append((result, delivery))
        guard !isWriting else { return }
        isWriting = true
        while !results.isEmpty {
            let batch = Array(results.prefix(DeliveryResults.limit))
            results.removeFirst(batch.count)
            await write(batch)
        }
        isWriting = false
    }

    /// A result that cannot be written is thrown away: its lease runs out, and the message is sent again.
    private func write(_ batch: [(DeliveryAttempt.Result, ClaimedDelivery)]) async {
        let writer = DeliveryResults(database: database, book: book, effects: effects)
        for round in 1...DeliveryResults.rounds {
            do {
                let written = try await writer.write(batch)
                for (result, delivery) in batch where written.kept.contains(delivery.key) { count(result, delivery) }
                for stopped in written.stopped {
                    report(.stopped(receiver: stopped.name, state: stopped.state, reason: stopped.reason))
                }
                if !written.stopped.isEmpty { bookReadAt = nil }
                break
            } catch {
                report(.databaseFailed("\(error)"))
                guard round < DeliveryResults.rounds else { break }
                await effects.sleep(DeliveryResults.pauseMilliseconds)
            }
        }
        for (_, delivery) in batch where flights[delivery.key]?.delivery.token == delivery.token {
            flights[delivery.key] = nil
        }
        wake()
    }

    private func count(_ result: DeliveryAttempt.Result, _ delivery: ClaimedDelivery) {
        let name = book?.entry(keyed: delivery.receiver)?.receiver.name ?? "receiver \(delivery.receiver)"
        let reason = result.outcome.error ?? ""
        switch result.outcome.state {
        case .delivered: summary.delivered += 1
        case .waiting:
            summary.failed += 1
            report(.failed(receiver: name, delivery: delivery.key, attempt: delivery.attempts, reason: reason))
        case .dead:
            summary.dead += 1
            report(.dead(receiver: name, delivery: delivery.key, reason: reason))
        }
    }

    // MARK: Leases and the end

    private func renewing() -> Task<Void, Never> {
        let pause = options.renewMilliseconds
        let sleep = effects.sleep
        return Task { [weak self] in
            while !Task.isCancelled {
                await sleep(pause)
                await self?.renew()
            }
        }
    }

    private func renew() async {
        let held = flights.values.map { (key: $0.delivery.key, token: $0.delivery.token) }
        guard !held.isEmpty else { return }
        do {
            _ = try await database.withConnection { connection in
                try await DeliveryStore(connection).renew(held, leaseSeconds: options.leaseSeconds)
            }
        } catch {
            report(.databaseFailed("\(error)"))
        }
    }

    /// Waits for what is under way within the grace time, cuts the rest off and gives it back.
    private func land() async {
        let end = effects.milliseconds() + options.graceMilliseconds
        while !flights.isEmpty, effects.milliseconds() < end {
            await pause(min(options.pollMilliseconds, max(1, end - effects.milliseconds())))
        }
        guard !flights.isEmpty else { return }
        let left = Array(flights.values)
        for flight in left { flight.task.cancel() }
        for flight in left { await flight.task.value }
        while isWriting { await pause(10) }
        let held = flights.values.map { (key: $0.delivery.key, token: $0.delivery.token) }
        guard !held.isEmpty else { return }
        do {
            try await database.withConnection { try await DeliveryStore($0).release(held) }
            summary.released += held.count
            report(.released(held.count))
        } catch {
            report(.databaseFailed("\(error)"))
        }
        flights = [:]
    }

    private func wake() {
        isWoken = true
        sleeper?.cancel()
    }

    private func pause(_ milliseconds: Int64) async {
        if isWoken {
            isWoken = false
            return
        }
        let sleep = effects.sleep
        let task = Task { await sleep(milliseconds) }
        sleeper = task
        await task.value
        sleeper = nil
        isWoken = false
    }
}
