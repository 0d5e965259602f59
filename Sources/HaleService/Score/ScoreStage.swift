package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Scores accounts for a day and stores the result, so that running it again changes nothing.
///
/// A day is one transaction: a run that dies leaves the last complete day in sight, and the next run completes the work.
/// It takes three connections: one writes, two read one snapshot of the database.
package struct ScoreStage: Sendable {
    /// Which accounts of a day are scored.
    package enum Scope: Sendable, Equatable {
        /// All, with figures of all accounts that are computed anew.
        case all
        /// As `all`, but a day on which nothing changed since it was scored so stays as it is.
        case needed
        /// All, with the day's stored figures; what the other two scopes would give if every account were in them.
        case allWithStoredFigures
        /// Those whose facts changed since the day was scored, with the day's stored figures. Where that cannot be told
        /// or something changed that every score depends on, all are scored.
        case changed
        /// Those of these ids, with the day's stored figures.
        case accounts([String])
    }

    private let database: Database
    private let models: ModelSet
    private let today: Day?

    /// A stage on a database with the models in force. `today` is the last day that can be scored: the organisation's
    /// own, where none is given.
    package init(_ database: Database, models: ModelSet, today: Day? = nil) {
        self.database = database
        self.models = models
        self.today = today
    }

    /// Scores the days of a range in order; nothing where the last of them is after today. `onDay` is told of each
    /// finished day. Where no account is known nothing is stored, so that the days are still to be scored.
    ///
    /// Days of a small portfolio are published together: reading what accounts did once, and the facts of a day while
    /// the one before is scored, took the processor time of 365 days of 200 accounts from about 11 to 5.7 s.
    package func run(
        from first: Day, to last: Day, scope: Scope = .all, onDay: (Outcome) async throws -> Void = { _ in }
    ) async throws -> [Outcome] {
        try await requireReached(last)
        var outcomes: [Outcome] = []
        var scope = scope
        var day = first
        while day <= last {
            // Days of this range that follow are scored on top of this one in any case.
            let coversAll = scope == .all || scope == .needed
            let end = scope == .all ? min(last, day + (try await daysAtOnce() - 1)) : day
            let published = try await run(day...end, scope: scope, smoothsLater: { $0 == last || !coversAll })
            for outcome in published { try await onDay(outcome) }
            outcomes += published
            // What follows a changed day goes on from other scores than before.
            if scope == .needed, published.contains(where: { !$0.changes.isEmpty }) { scope = .all }
            day = day + published.count
        }
        return outcomes
    }

    /// Scores one day from the facts before it.
    package func run(asOf day: Day, scope: Scope = .all) async throws -> Outcome {
        try await requireReached(day)
        return try await run(day...day, scope: scope, smoothsLater: { _ in true })[0]
    }

    private func requireReached(_ day: Day) async throws {
        let last =
            if let today { today } else {
                try await database.withConnection { try await AccountStore($0).today() }
            }
        guard day <= last else { throw DayRefusal.notReached(day, today: last) }
    }

    /// Scores that one transaction publishes when days are published together; a day of more accounts has its own.
    private static let scoresAtOnce = 10_000
    private static let mostDaysAtOnce = 31

    private func daysAtOnce() async throws -> Int {
        let ranges = try await database.withConnection { try await FeatureStore($0).ranges() }
        let accounts = ranges.reduce(0) { $0 + $1.accounts }
        return max(1, min(Self.mostDaysAtOnce, Self.scoresAtOnce / max(1, accounts)))
    }

    private func run(
        _ days: ClosedRange<Day>, scope: Scope, smoothsLater: (Day) -> Bool
    ) async throws -> [Outcome] {
        try await database.withConnection { first in
            try await database.withConnection { second in
                try await database.withConnection { writer in
                    try await run(
                        days, scope: scope, smoothsLater: smoothsLater, readers: ScoreReaders(first, second),
                        writer: writer)
                }
            }
        }
    }

    /// Scores the days that can be: at least the first, all before one that lacks an exchange rate.
    private func run(
        _ range: ClosedRange<Day>, scope: Scope, smoothsLater: (Day) -> Bool, readers: ScoreReaders, writer: Connection
    ) async throws -> [Outcome] {
        let store = ScoreStore(writer)
        if try await FeatureStore(writer).ranges().isEmpty, try await !ScoreCalendar(writer).contains(range.lowerBound)
        {
            return range.map { Outcome(day: $0, unchanged: 0) }
        }
        let known = try await FeatureStore(writer).daysWithRates(Array(range))
        var days: [ScoreBatch.ModelDay] = []
        for day in range.prefix(known) {
            days.append(.init(day: day, shares: try await registered(models.shares(asOf: day, on: writer), in: store)))
        }
        if scope == .needed, let day = days.first,
            let accounts = try await store.currentAccounts(
                day: day.day, models: day.shares.map(\.hash),
                primary: day.shares.filter { !$0.model.isBeside }.map(\.hash))
        {
            return [Outcome(day: day.day, unchanged: accounts)]
        }
        let runs = try await open(&days, in: store)
        let batch = ScoreBatch(
            days: days, models: models, scope: scope, smoothsLater: smoothsLater(days[days.count - 1].day),
            readers: readers, writer: writer)
        do {
            return try await writer.transaction { _ in try await batch.run() }
        } catch {
            try? await store.failRuns(runs, error: String(describing: error))
            throw error
        }
    }

    private func registered(_ shares: [ModelShare], in store: ScoreStore) async throws -> [ModelShare] {
        var shares = shares
        for index in shares.indices { shares[index].hash = try await store.register(shares[index].model) }
        return shares
    }

    private func open(_ days: inout [ScoreBatch.ModelDay], in store: ScoreStore) async throws -> [Int64] {
        try await store.makeRoom(for: days.map(\.day))
        let runs = try await store.openRuns(
            days.flatMap { day in day.shares.map { (day: day.day, modelHash: $0.hash) } })
        var remaining = runs[...]
        for day in days.indices {
            for share in days[day].shares.indices { days[day].shares[share].run = remaining.removeFirst() }
        }
        return runs
    }
}
