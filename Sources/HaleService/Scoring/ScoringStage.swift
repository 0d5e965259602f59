public import HaleDomain
public import HaleStore
import Postgres

/// Scores accounts for a day and stores the result, so that running it again changes nothing.
///
/// A day is one transaction: a run that dies leaves the last complete day in sight, and the next run completes the work.
/// It takes three connections: one writes, two read one snapshot of the database.
public struct ScoringStage: Sendable {
    /// Which accounts of a day are scored.
    public enum Scope: Sendable, Equatable {
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

    /// Why all accounts were scored where only the changed ones were asked for.
    public enum Widening: Sendable, Equatable {
        /// The day was not scored before, or by another model, or in a database that this one was restored from.
        case notScoredBefore
        /// These changed, and every score depends on them.
        case common([String])
    }

    /// What came of a day.
    public struct Outcome: Sendable {
        /// The day.
        public let day: Day
        /// Accounts scored.
        public internal(set) var accounts: Int
        /// The keys of the accounts scored; nil for all.
        public internal(set) var keys: [Int64]?
        /// Why all were scored although only the changed ones were asked for.
        public internal(set) var widening: Widening?
        /// What changed in the store.
        public internal(set) var changes: ScoreStore.Changes
        /// Later days that were smoothed again.
        public internal(set) var smoothedAgain: Int

        init(
            day: Day, accounts: Int, keys: [Int64]?, widening: Widening?, changes: ScoreStore.Changes,
            smoothedAgain: Int
        ) {
            self.day = day
            self.accounts = accounts
            self.keys = keys
            self.widening = widening
            self.changes = changes
            self.smoothedAgain = smoothedAgain
        }

        /// Of a day that stays as it is.
        init(day: Day, unchanged: Int) {
            self.init(
                day: day, accounts: unchanged, keys: nil, widening: nil,
                changes: ScoreStore.Changes(unchanged: unchanged), smoothedAgain: 0)
        }
    }

    private let database: Database
    private let models: ModelSet

    /// A stage on a database with one model for all accounts.
    public init(_ database: Database, model: HealthModel = .default) {
        self.init(database, models: ModelSet(model))
    }

    /// A stage on a database with the models in force.
    public init(_ database: Database, models: ModelSet) {
        self.database = database
        self.models = models
    }

    /// Scores the days of a range in order. `onDay` is told of each finished day.
    public func run(
        from first: Day, to last: Day, scope: Scope = .all, onDay: (Outcome) async throws -> Void = { _ in }
    ) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        var scope = scope
        var day = first
        while day <= last {
            // Days of this range that follow are scored on top of this one in any case.
            let coversAll = scope == .all || scope == .needed
            let outcome = try await run(asOf: day, scope: scope, smoothsLater: day == last || !coversAll)
            try await onDay(outcome)
            outcomes.append(outcome)
            // What follows a changed day goes on from other scores than before.
            if scope == .needed, !outcome.changes.isEmpty { scope = .all }
            day = day + 1
        }
        return outcomes
    }

    /// Scores one day from the facts before it.
    public func run(asOf day: Day, scope: Scope = .all) async throws -> Outcome {
        try await run(asOf: day, scope: scope, smoothsLater: true)
    }

    private func run(asOf day: Day, scope: Scope, smoothsLater: Bool) async throws -> Outcome {
        try await database.withConnection { reader in
            try await database.withConnection { second in
                try await database.withConnection { writer in
                    try await run(
                        asOf: day, scope: scope, smoothsLater: smoothsLater, readers: (reader, second), writer: writer)
                }
            }
        }
    }

    private func run(
        asOf day: Day, scope: Scope, smoothsLater: Bool, readers: (Connection, Connection), writer: Connection
    ) async throws -> Outcome {
        let store = ScoreStore(writer)
        try await FeatureStore(writer).requireRates(asOf: day)
        var shares = try await models.shares(asOf: day, on: writer)
        for index in shares.indices { shares[index].hash = try await store.register(shares[index].model) }
        if scope == .needed,
            let accounts = try await store.currentAccounts(
                day: day, models: shares.map(\.hash), primary: shares.filter { !$0.model.isBeside }.map(\.hash))
        {
            return Outcome(day: day, unchanged: accounts)
        }
        for index in shares.indices {
            shares[index].run = try await store.openRun(day: day, modelHash: shares[index].hash)
        }
        let work = DayOfModels(
            day: day, scope: scope, smoothsLater: smoothsLater, shares: shares, readers: readers, writer: writer)
        do {
            return try await writer.transaction { _ in try await work.run() }
        } catch {
            for share in shares { try? await store.failRun(share.run, error: String(describing: error)) }
            throw error
        }
    }
}
