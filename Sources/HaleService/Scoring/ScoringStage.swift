public import HaleDomain
public import HaleStore
import Postgres

/// Scores every account for a day and stores the result, so that running it again changes nothing.
///
/// A day is one transaction: a run that dies leaves the last complete day in sight, and the next run completes the work.
public struct ScoringStage: Sendable {
    /// What came of a day.
    public struct Outcome: Sendable {
        /// The day.
        public let day: Day
        /// Accounts scored.
        public let accounts: Int
        /// What changed in the store.
        public let changes: ScoreStore.Changes
        /// Later days that were smoothed again.
        public let smoothedAgain: Int
    }

    private let database: Database
    private let model: HealthModel

    /// A stage on a database with a model.
    public init(_ database: Database, model: HealthModel = .default) {
        self.database = database
        self.model = model
    }

    /// Scores the days of a range in order. `onDay` is told of each finished day.
    public func run(
        from first: Day, to last: Day, onDay: (Outcome) async throws -> Void = { _ in }
    ) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        var day = first
        while day <= last {
            // Days of this range that follow are computed anew in any case.
            let outcome = try await run(asOf: day, smoothsLater: day == last)
            try await onDay(outcome)
            outcomes.append(outcome)
            day = day + 1
        }
        return outcomes
    }

    /// Scores one day from the facts before it.
    public func run(asOf day: Day) async throws -> Outcome {
        try await run(asOf: day, smoothsLater: true)
    }

    private func run(asOf day: Day, smoothsLater: Bool) async throws -> Outcome {
        try await database.withConnection { connection in
            let store = ScoreStore(connection)
            try await FeatureStore(connection).requireRates(asOf: day)
            let hash = try await store.register(model)
            let run = try await store.openRun(day: day, modelHash: hash)
            do {
                let outcome = try await connection.transaction { transaction in
                    try await score(day, run: run, modelHash: hash, on: transaction)
                }
                guard smoothsLater, !outcome.changes.isEmpty else { return outcome }
                return try await smoothLaterDays(after: outcome, modelHash: hash, store: store)
            } catch {
                try? await store.failRun(run, error: String(describing: error))
                throw error
            }
        }
    }

    /// A later day is scored anew: its smoothing starts from the changed one, and its facts are the same.
    private func smoothLaterDays(
        after outcome: Outcome, modelHash: String, store: ScoreStore
    ) async throws -> Outcome {
        let days = try await store.laterDays(than: outcome.day, modelHash: modelHash)
        for later in days { _ = try await run(asOf: later, smoothsLater: false) }
        return Outcome(
            day: outcome.day, accounts: outcome.accounts, changes: outcome.changes, smoothedAgain: days.count)
    }

    private func score(
        _ day: Day, run: Int64, modelHash: String, on connection: Connection
    ) async throws -> Outcome {
        let store = ScoreStore(connection)
        try await store.beginDay()
        let features = FeatureStore(connection)
        let lookback = model.recency.lookbackDays
        let calendar = try await features.calendar(from: day - lookback, to: day)
        let feeds = try await features.feeds(asOf: day)
        var summary = PortfolioSummary(feeds: feeds, calendar: calendar, asOf: day, model: model)
        try await features.forEachAccount(
            asOf: day, lookbackDays: lookback, accounts: nil, modelHash: modelHash
        ) { summary.add($0.features) }
        let figures = summary.figures()

        var scores = ScoreBatch()
        try await features.forEachAccount(
            asOf: day, lookbackDays: lookback, accounts: nil, modelHash: modelHash
        ) { account in
            scores.add(
                AccountScoring.score(
                    account.features, portfolio: figures, model: model, calendar: calendar, asOf: day,
                    previous: account.previous))
        }
        let chunks = scores.finish()
        let staged = try await store.stage { writer in
            for chunk in chunks { try await writer.write(chunk) }
        }
        let changes = try await store.storeDay(
            day, modelHash: modelHash, run: run, staged: staged, isComplete: true)
        try await store.store(
            figures, day: day, modelHash: modelHash, mean: scores.moments.mean, deviation: scores.moments.deviation,
            scored: scores.moments.count)
        try await store.finishRun(run, accounts: staged, changes: changes)
        return Outcome(day: day, accounts: staged, changes: changes, smoothedAgain: 0)
    }
}

/// Scores on their way to the database, and the mean and deviation of those that count.
private struct ScoreBatch {
    private var buffer = BinaryCopyBuffer()
    private var chunks: [[UInt8]] = []
    private(set) var moments = Moments()

    private static let chunkBytes = 1024 * 1024

    mutating func add(_ score: AccountScore) {
        buffer.append(score)
        if score.isScored { moments.add(score.composition.score) }
        if buffer.byteCount > Self.chunkBytes { chunks.append(buffer.take()) }
    }

    mutating func finish() -> [[UInt8]] {
        buffer.finish()
        chunks.append(buffer.take())
        return chunks
    }
}

/// Count, mean and sample standard deviation of a stream of numbers (Welford).
struct Moments: Sendable {
    private(set) var count = 0
    private var runningMean = 0.0
    private var squares = 0.0

    mutating func add(_ value: Double) {
        count += 1
        let difference = value - runningMean
        runningMean += difference / Double(count)
        squares += difference * (value - runningMean)
    }

    var mean: Double? { count > 0 ? runningMean : nil }
    var deviation: Double? { count > 1 ? (squares / Double(count - 1)).squareRoot() : nil }
}
