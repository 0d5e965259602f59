import HaleDomain
import HaleStore
import Postgres

/// One run of the scoring stage, inside the transaction that publishes it.
struct DayScoring {
    let day: Day
    let scope: ScoringStage.Scope
    let smoothsLater: Bool
    /// The model, and the accounts that are its own.
    let share: ModelShare
    let reader: Connection
    /// Sees what `reader` sees.
    let secondReader: Connection
    let writer: Connection

    private var model: HealthModel { share.model }
    private var modelHash: String { share.hash }
    private var run: Int64 { share.run }

    /// What is scored, and with which figures.
    private struct Plan {
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

    /// Scores, stores and publishes the day.
    func score() async throws -> ScoringStage.Outcome {
        // What is read must not be older than what another run wrote, so the snapshot is taken after the wait.
        try await ScoreStore(writer).lock()
        return try await SharedSnapshot(reader, secondReader).read {
            try await score(try await plan(), on: reader)
        }
    }

    private func plan() async throws -> Plan {
        let changes = ChangeStore(reader)
        let snapshot = try await changes.snapshot()
        let last = try await changes.lastSnapshot(on: day, modelHash: modelHash)
        let stored = try await PortfolioStore(reader).figures(on: day, modelHash: modelHash)
        var all = Plan(ranges: [], snapshot: snapshot)
        if let last {
            all.reason = .again(
                common: try await changes.commonChanges(since: last),
                accounts: try await changes.changeCount(since: last))
        }
        switch scope {
        case .all, .needed: break
        case .allWithStoredFigures:
            all.stored = stored
        case .changed:
            guard let last, let stored else {
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
            guard let last, let stored else {
                all.widening = .notScoredBefore
                break
            }
            // Other accounts may have changed since the last run, so this one has seen no more than that.
            return Plan(
                ranges: AccountRange.ranges(of: keys), keys: keys, stored: stored, snapshot: last,
                reason: .asked(accounts: ids))
        }
        all.portfolio = try await FeatureStore(reader).ranges()
        all.ranges = share.accounts.map(AccountRange.ranges) ?? all.portfolio
        return all
    }

    private func score(_ plan: Plan, on reader: Connection) async throws -> ScoringStage.Outcome {
        let features = FeatureStore(reader)
        let store = ScoreStore(writer)
        let calendar = try await features.calendar(from: day - model.recency.lookbackDays, to: day)
        let keyFeatures: [Int64]
        let figures: PortfolioFigures
        var ledger: UsageLedger?
        if let stored = plan.stored {
            keyFeatures = stored.keyFeatures
            figures = stored.figures
        } else {
            keyFeatures = try await features.keyFeatures(asOf: day)
            let reading = PortfolioReading(
                day: day, model: model, calendar: calendar, reader: reader, secondReader: secondReader)
            let result = try await reading.run(plan.portfolio, keyFeatures: keyFeatures.count)
            figures = result.figures
            ledger = result.ledger
        }
        let target = try await store.target(day: day, modelHash: modelHash, run: run)
        let facts = FactsQuery(
            asOf: day, previousDay: try await features.previousDay(before: day, modelHash: modelHash),
            modelHash: modelHash, keyFeatures: keyFeatures, featureDays: model.breadth.windowDays)
        let writing = ScoreWriting(
            figures: figures, calendar: calendar, model: model, facts: facts,
            measures: try await ModelStore(reader).figures(of: model, asOf: day), reader: reader,
            secondReader: secondReader, ledger: ledger)
        var moments = Moments()
        let written = try await store.write(to: target) { copy in
            moments = try await writing.run(plan.ranges, to: copy, of: target)
        }
        let changes = try await store.store(target, written: written, isComplete: plan.keys == nil)
        if plan.stored == nil {
            try await PortfolioStore(writer).store(
                figures, keyFeatures: keyFeatures, day: day, modelHash: modelHash, mean: moments.mean,
                deviation: moments.deviation, scored: moments.count,
                stale: figures.feeds.stale(asOf: day, model: model))
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
        return ScoringStage.Outcome(
            day: day, accounts: written, keys: plan.keys, widening: plan.widening, changes: changes,
            smoothedAgain: smoothedAgain)
    }
}
