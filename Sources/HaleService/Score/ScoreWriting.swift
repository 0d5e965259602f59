import HaleDomain
import HaleStore
import Postgres

/// Scores what was read, stores it and notes that the run finished; inside the transaction that publishes it.
///
/// While a range is scored here, the database reads the next one on two connections and takes the scores of the one
/// before on another, so that the cores are busy and no more than three ranges are in memory.
struct ScoreWriting {
    let reading: ScoreReading
    let writer: Connection
    /// Whether stored days after this one are smoothed again.
    let smoothsLater: Bool
    /// Where smoothing stood the day before, by account, where that day is not published yet; else it is read.
    var carried: [Int64: ScoreState]?
    /// Whether the states of the day are kept for the next.
    var keepsStates = false

    /// Scores that are written at once, about a megabyte, while the next ones are computed.
    private static let accountsPerWrite = 1_000

    /// What came of a run.
    struct Result: Sendable {
        let outcome: ScoreStage.Outcome
        /// Where smoothing stands after the day, by account; empty where it is not kept.
        let states: [Int64: ScoreState]
    }

    /// What came of the accounts while they were scored.
    private struct Tally {
        /// The moments of the scores that count.
        var moments = Moments()
        var states: [Int64: ScoreState] = [:]
        var unscored: [ScoreStage.Unscored] = []
    }

    /// Stores the scores of the plan.
    func run() async throws -> Result {
        let (plan, share) = (reading.plan, reading.plan.share)
        let models = ModelStore(writer)
        try await models.dropMoved(plan.moved, day: plan.day, modelHash: share.hash)
        let store = ScoreStore(writer)
        let target = try await store.target(day: plan.day, modelHash: share.hash, run: share.run)
        var tally = Tally()
        let written = try await store.write(to: target) { copy in tally = try await score(to: copy, of: target) }
        let changes = try await store.store(target, written: written, isComplete: plan.keys == nil)
        if plan.stored == nil {
            try await PortfolioStore(writer).store(
                reading.figures, keyFeatures: reading.keyFeatures, day: plan.day, modelHash: share.hash,
                mean: tally.moments.mean, deviation: tally.moments.deviation, scored: tally.moments.count,
                stale: reading.figures.feeds.stale(asOf: plan.day, model: plan.model))
        }
        var smoothedAgain = 0
        if smoothsLater, !changes.isEmpty {
            smoothedAgain = try await SmoothingAgain(
                day: plan.day, model: plan.model, modelHash: share.hash, run: share.run, writer: writer
            ).run(plan.ranges)
        }
        try await store.finishRun(
            share.run, accounts: written, changes: changes, snapshot: plan.snapshot, reason: plan.reason.sentence,
            isFull: plan.stored == nil)
        try await models.dropStaged()
        let outcome = ScoreStage.Outcome(
            day: plan.day, accounts: written, keys: plan.keys, widening: plan.widening, changes: changes,
            smoothedAgain: smoothedAgain, unscored: tally.unscored)
        return Result(outcome: outcome, states: tally.states)
    }

    private func score(to copy: CopyWriter, of target: ScoreStore.Target) async throws -> Tally {
        var tally = Tally()
        var buffer = BinaryCopyBuffer()
        try await reading.forEachRange { accounts in
            for start in stride(from: 0, to: accounts.count, by: Self.accountsPerWrite) {
                let scored = buffer.take()
                async let written: Void = copy.write(scored)
                for account in accounts[start..<min(start + Self.accountsPerWrite, accounts.count)] {
                    let score = reading.score(account, after: carried)
                    if score.isScored { tally.moments.add(score.composition.score) }
                    if let obstacle = reading.obstacles[score.accountKey] {
                        tally.unscored.append(.init(account: score.accountID, reason: obstacle))
                    }
                    if keepsStates { tally.states[score.accountKey] = score.state }
                    buffer.append(score, to: target)
                }
                try await written
            }
        }
        buffer.finish()
        try await copy.write(buffer.take())
        return tally
    }
}

/// Count, mean and sample standard deviation of a stream of numbers (Welford).
private struct Moments: Sendable {
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
