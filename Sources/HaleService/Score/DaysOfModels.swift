import HaleDomain
import HaleStore
import Postgres

/// The runs of all models of some days, one after the other inside the transaction that publishes them together.
struct DaysOfModels {
    let days: [DayOfModels]
    let models: ModelSet
    let scope: ScoringStage.Scope
    /// Whether stored days after the last of these are smoothed again.
    let smoothsLater: Bool
    let readers: (Connection, Connection)
    let writer: Connection

    /// A day with the models in force on it.
    struct DayOfModels: Sendable {
        let day: Day
        var shares: [ModelShare]
    }

    /// Scores, stores and publishes the days.
    func run() async throws -> [ScoringStage.Outcome] {
        // What is read must not be older than what another run wrote, so the snapshot is taken after the wait.
        try await ScoreStore(writer).lock()
        return try await SharedSnapshot(readers.0, readers.1).read(plansOnce: days.count > 1) {
            days.count == 1 ? [try await one(days[0])] : try await several()
        }
    }

    private func one(_ day: DayOfModels) async throws -> ScoringStage.Outcome {
        var outcomes: [ScoringStage.Outcome] = []
        for share in day.shares {
            let scoring = scoring(share, on: day.day)
            let facts = try await scoring.read(continues: false)
            outcomes.append(try await scoring.write(facts, after: nil, keepsStates: false).outcome)
            try await ModelStore(writer).dropStaged()
        }
        try await finish(day)
        return Self.together(outcomes)
    }

    /// While a day is scored and written, the facts of the next one are read, which do not depend on it: it only goes on
    /// from where the smoothing of the day before stands.
    private func several() async throws -> [ScoringStage.Outcome] {
        let span = try await span()
        let steps = days.flatMap { day in day.shares.map { scoring($0, on: day.day, span: span) } }
        var trails: [String: DayScoring.Trail] = [:]
        var outcomes: [ScoringStage.Outcome] = []
        var facts = try await steps[0].read(continues: false)
        for (index, step) in steps.enumerated() {
            async let following = read(steps, at: index + 1)
            let written = try await step.write(facts, after: trails[step.share.hash], keepsStates: true)
            trails[step.share.hash] = written.trail
            outcomes.append(written.outcome)
            try await ModelStore(writer).dropStaged()
            let next = try await following
            if let next { facts = next }
        }
        var published: [ScoringStage.Outcome] = []
        for day in days {
            try await finish(day)
            published.append(Self.together(outcomes.filter { $0.day == day.day }))
        }
        return published
    }

    private func read(_ steps: [DayScoring], at index: Int) async throws -> DayScoring.Facts? {
        guard index < steps.count else { return nil }
        let continues = steps[..<index].contains { $0.share.hash == steps[index].share.hash }
        return try await steps[index].read(continues: continues)
    }

    /// What the accounts did, for all of the days; nil for a portfolio of several ranges.
    private func span() async throws -> ActivitySpan? {
        let ranges = try await FeatureStore(readers.0).ranges()
        guard ranges.count == 1 else { return nil }
        let lookbackDays = days.flatMap(\.shares).map(\.model.recency.lookbackDays).max() ?? 0
        return ActivitySpan(
            ranges[0], days: days[0].day...days[days.count - 1].day, lookbackDays: lookbackDays, on: readers.0)
    }

    private func scoring(_ share: ModelShare, on day: Day, span: ActivitySpan? = nil) -> DayScoring {
        DayScoring(
            day: day, scope: scope, smoothsLater: smoothsLater && day == days[days.count - 1].day, share: share,
            models: models, reader: readers.0, secondReader: readers.1, writer: writer, span: span)
    }

    private func finish(_ day: DayOfModels) async throws {
        let store = ModelStore(writer)
        try await store.dropLeft(day: day.day, inForce: day.shares.map(\.hash))
        let primary = day.shares.filter { !$0.model.isBeside }
        if primary.count > 1 { try await store.poolMoments(day: day.day, hashes: primary.map(\.hash)) }
    }

    /// What came of all models; where one of them scored all of its accounts, so did the day.
    private static func together(_ outcomes: [ScoringStage.Outcome]) -> ScoringStage.Outcome {
        var sum = outcomes[0]
        for outcome in outcomes.dropFirst() {
            sum.accounts += outcome.accounts
            sum.keys = sum.keys.flatMap { keys in outcome.keys.map { (keys + $0).sorted() } }
            sum.widening = sum.widening ?? outcome.widening
            sum.changes.inserted += outcome.changes.inserted
            sum.changes.updated += outcome.changes.updated
            sum.changes.deleted += outcome.changes.deleted
            sum.changes.unchanged += outcome.changes.unchanged
            sum.unscored += outcome.unscored
            sum.smoothedAgain = max(sum.smoothedAgain, outcome.smoothedAgain)
        }
        return sum
    }
}
