import HaleDomain
import HaleStore
import Postgres

/// One run of the scoring stage: the accounts of a model on a day, inside the transaction that publishes them.
struct DayScoring {
    let day: Day
    let scope: ScoringStage.Scope
    let smoothsLater: Bool
    /// The model, and the accounts that are its own.
    let share: ModelShare
    /// The models in force.
    let models: ModelSet
    let reader: Connection
    /// Sees what `reader` sees.
    let secondReader: Connection
    let writer: Connection
    /// The activity of all accounts, where it was read for several days.
    let span: ActivitySpan?

    private var model: HealthModel { share.model }
    private var modelHash: String { share.hash }
    private var run: Int64 { share.run }

    /// What is scored, and with which figures.
    fileprivate struct Plan {
        var ranges: [AccountRange]
        /// What the figures of all accounts are computed from; empty where they are stored.
        var portfolio: [AccountRange] = []
        var keys: [Int64]?
        var widening: ScoringStage.Widening?
        var stored: PortfolioStore.Stored?
        /// What the finished run claims to have seen.
        var snapshot: String?
        /// Why the day is scored.
        var reason = RunReason.firstRun
    }

    /// What was read of the day; nothing of it depends on how the days before it were scored.
    struct Facts {
        fileprivate let plan: Plan
        fileprivate let keyFeatures: [Int64]
        fileprivate let figures: PortfolioFigures
        fileprivate var writing: ScoreWriting
        fileprivate let first: ScoreWriting.Portion
    }

    /// Where smoothing stands after a day that is not published yet.
    struct Trail: Sendable {
        let day: Day
        let states: [Int64: ScoreState]
    }

    private func plan() async throws -> Plan {
        let changes = ChangeStore(reader)
        let snapshot = try await changes.snapshot()
        let last = try await changes.lastSnapshot(on: day, modelHash: modelHash)
        func stored() async throws -> PortfolioStore.Stored? {
            try await PortfolioStore(reader).figures(on: day, modelHash: modelHash)
        }
        var all = Plan(ranges: [], snapshot: snapshot)
        if let last {
            all.reason = .again(
                common: try await changes.commonChanges(since: last),
                accounts: try await changes.changeCount(since: last))
        }
        switch scope {
        case .all, .needed: break
        case .allWithStoredFigures:
            all.stored = try await stored()
        case .changed:
            guard let last, let stored = try await stored() else {
                all.widening = .notScoredBefore
                break
            }
            let common = try await changes.commonChanges(since: last)
            guard common.isEmpty else {
                all.widening = .common(common)
                break
            }
            let changed = try await changes.changedAccounts(since: last)
            try await ModelStore(writer).dropMoved(
                changed.filter { !share.holds($0) }, day: day, modelHash: modelHash)
            let keys = changed.filter(share.holds)
            return Plan(
                ranges: AccountRange.ranges(of: keys), keys: keys, stored: stored, snapshot: snapshot,
                reason: all.reason)
        case .accounts(let ids):
            let named = try await changes.keys(of: ids)
            try await ModelStore(writer).dropMoved(named.filter { !share.holds($0) }, day: day, modelHash: modelHash)
            let keys = named.filter(share.holds)
            guard let last, let stored = try await stored() else {
                all.widening = .notScoredBefore
                break
            }
            // Other accounts may have changed since the last run, so this one has seen no more than that.
            return Plan(
                ranges: AccountRange.ranges(of: keys), keys: keys, stored: stored, snapshot: last,
                reason: .asked(accounts: ids))
        }
        all.portfolio = if let span { [span.range] } else { try await FeatureStore(reader).ranges() }
        all.ranges = share.accounts.map(AccountRange.ranges) ?? all.portfolio
        return all
    }

    /// Reads what the scores of the day follow from.
    /// - Parameter continues: Whether the states of the day before will be given, so that none are read.
    func read(continues: Bool) async throws -> Facts {
        let plan = try await plan()
        let features = FeatureStore(reader)
        let calendar = try await features.calendar(from: day - model.recency.lookbackDays, to: day)
        let keyFeatures: [Int64]
        let figures: PortfolioFigures
        var ledger: UsageLedger?
        if let stored = plan.stored {
            keyFeatures = stored.keyFeatures
            figures = stored.figures
        } else {
            let reading = PortfolioReading(
                day: day, model: model, calendar: calendar, reader: reader, secondReader: secondReader, span: span)
            let result = try await reading.run(plan.portfolio)
            keyFeatures = result.keyFeatures
            figures = result.figures
            ledger = result.ledger
        }
        let previousDay = continues ? nil : try await features.previousDay(before: day, modelHash: modelHash)
        let facts = FactsQuery(
            asOf: day, previousDay: previousDay, modelHash: modelHash, keyFeatures: keyFeatures,
            featureDays: model.breadth.windowDays)
        let measured = try await ModelStore(reader).figures(of: model, asOf: day)
        let writing = ScoreWriting(
            figures: figures, calendar: calendar, model: model, facts: facts, measures: measured.figures,
            obstacles: share.obstacles.merging(models.obstacles(measured.failures, measuring: model)) { own, _ in own },
            reader: reader,
            secondReader: secondReader, ledger: ledger)
        return Facts(
            plan: plan, keyFeatures: keyFeatures, figures: figures, writing: writing,
            first: try await writing.firstPortion(plan.ranges))
    }

    /// Scores what was read, stores it and notes that the run finished.
    /// - Parameters:
    ///   - trail: Where smoothing stands, where the day before is not published yet.
    ///   - keepsStates: Whether the states are returned for the next day.
    func write(
        _ facts: Facts, after trail: Trail?, keepsStates: Bool
    ) async throws -> (outcome: ScoringStage.Outcome, trail: Trail) {
        let plan = facts.plan
        let store = ScoreStore(writer)
        let target = try await store.target(day: day, modelHash: modelHash, run: run)
        var writing = facts.writing
        writing.carried = trail?.states
        writing.keepsStates = keepsStates
        var result = ScoreWriting.Result()
        let written = try await store.write(to: target) { [writing] copy in
            result = try await writing.run(plan.ranges, first: facts.first, to: copy, of: target)
        }
        let changes = try await store.store(target, written: written, isComplete: plan.keys == nil)
        if plan.stored == nil {
            try await PortfolioStore(writer).store(
                facts.figures, keyFeatures: facts.keyFeatures, day: day, modelHash: modelHash,
                mean: result.moments.mean, deviation: result.moments.deviation, scored: result.moments.count,
                stale: facts.figures.feeds.stale(asOf: day, model: model))
        }
        var smoothedAgain = 0
        if smoothsLater, !changes.isEmpty {
            let again = SmoothingAgain(
                day: day, model: model, modelHash: modelHash, run: run, writer: writer)
            smoothedAgain = try await again.run(plan.ranges)
        }
        try await store.finishRun(
            run, accounts: written, changes: changes, snapshot: plan.snapshot, reason: plan.reason.sentence,
            isFull: plan.stored == nil)
        let outcome = ScoringStage.Outcome(
            day: day, accounts: written, keys: plan.keys, widening: plan.widening, changes: changes,
            smoothedAgain: smoothedAgain, unscored: result.unscored)
        return (outcome, Trail(day: day, states: result.states))
    }
}
