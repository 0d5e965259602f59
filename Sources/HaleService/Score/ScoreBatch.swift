import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// The runs of all models on some days, one after the other inside the transaction that publishes them together.
struct ScoreBatch {
    let days: [ModelDay]
    let models: ModelSet
    let scope: ScoreStage.Scope
    /// Whether stored days after the last of these are smoothed again.
    let smoothsLater: Bool
    let readers: ScoreReaders
    let writer: Connection

    /// A day with the models in force on it.
    struct ModelDay: Sendable {
        let day: Day
        var shares: [ModelShare]
    }

    /// One model on one of the days.
    private typealias Step = (day: Day, share: ModelShare)

    /// What the steps have in common.
    private struct Common {
        let portfolio: [AccountRange]
        /// What the accounts did, for all of several days; nil for a portfolio of several ranges.
        let span: ActivitySpan?
    }

    /// Scores, stores and publishes the days.
    func run() async throws -> [ScoreStage.Outcome] {
        // What is read must not be older than what another run wrote, so the snapshot is taken after the wait.
        try await ScoreStore(writer).lock()
        let outcomes = try await SharedSnapshot(readers.first, readers.second).read(plansOnce: days.count > 1) {
            try await runs()
        }
        for day in days { try await finish(day) }
        return days.map { day in ScoreStage.Outcome.together(outcomes.filter { $0.day == day.day }) }
    }

    /// While a day of several is scored and written, the facts of the next one are read, which do not depend on it: it only
    /// goes on from where the smoothing of the day before stands.
    private func runs() async throws -> [ScoreStage.Outcome] {
        let steps = days.flatMap { day in day.shares.map { (day: day.day, share: $0) } }
        let common = try await common()
        let readsAhead = days.count > 1
        var states: [String: [Int64: ScoreState]] = [:]
        var outcomes: [ScoreStage.Outcome] = []
        var ahead = try await read(steps, at: 0, common)
        for (index, step) in steps.enumerated() {
            async let following = readsAhead ? read(steps, at: index + 1, common) : nil
            guard let reading = ahead else { break }
            var writing = ScoreWriting(
                reading: reading, writer: writer, smoothsLater: smoothsLater && step.day == days[days.count - 1].day)
            writing.carried = states[step.share.hash]
            writing.keepsStates = readsAhead
            let result = try await writing.run()
            if readsAhead { states[step.share.hash] = result.states }
            outcomes.append(result.outcome)
            ahead = try await following
            if !readsAhead { ahead = try await read(steps, at: index + 1, common) }
        }
        return outcomes
    }

    private func common() async throws -> Common {
        let portfolio = try await FeatureStore(readers.first).ranges()
        guard days.count > 1, portfolio.count == 1 else { return Common(portfolio: portfolio, span: nil) }
        let lookbackDays = days.flatMap(\.shares).map(\.model.recency.lookbackDays).max() ?? 0
        let span = ActivitySpan(
            portfolio[0], days: days[0].day...days[days.count - 1].day, lookbackDays: lookbackDays, on: readers.first)
        return Common(portfolio: portfolio, span: span)
    }

    /// Reads what the scores of a step follow from; nil after the last one.
    private func read(_ steps: [Step], at index: Int, _ common: Common) async throws -> ScoreReading? {
        guard index < steps.count else { return nil }
        let (day, share) = steps[index]
        let plan = try await ScorePlan.sinceLastRun(
            share, on: day, scope: scope, portfolio: common.portfolio, reader: readers.first)
        // Smoothing goes on from a day of the batch, or from one that is stored.
        let continues = steps[..<index].contains { $0.share.hash == share.hash }
        let previousDay =
            continues ? nil : try await ScoreCalendar(readers.first).newest(before: day, modelHash: share.hash)
        return try await ScoreReading(plan, of: models, readers: readers, previousDay: previousDay, span: common.span)
    }

    private func finish(_ day: ModelDay) async throws {
        let store = ModelStore(writer)
        try await store.dropLeft(day: day.day, inForce: day.shares.map(\.hash))
        let primary = day.shares.filter { !$0.model.isBeside }
        if primary.count > 1 { try await store.poolMoments(day: day.day, hashes: primary.map(\.hash)) }
    }
}
