import HaleDomain
import HaleStore
import Postgres

/// One run of the scoring stage, inside the transaction that publishes it.
struct DayScoring {
    let day: Day
    let scope: ScoringStage.Scope
    let smoothsLater: Bool
    let model: HealthModel
    let modelHash: String
    let run: Int64
    let reader: Connection
    /// Sees what `reader` sees.
    let secondReader: Connection
    let writer: Connection

    /// What is scored, and with which figures.
    private struct Plan {
        var ranges: [AccountRange]
        var keys: [Int64]?
        var widening: ScoringStage.Widening?
        var stored: PortfolioStore.Stored?
        /// What the finished run claims to have seen.
        var snapshot: String?
        /// Why the day is scored.
        var reason = RunReason.firstRun
    }

    /// Scores, stores and publishes the day.
    func run() async throws -> ScoringStage.Outcome {
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
        case .all: break
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
            let keys = try await changes.changedAccounts(since: last)
            return Plan(
                ranges: AccountRange.ranges(of: keys), keys: keys, stored: stored, snapshot: snapshot,
                reason: all.reason)
        case .accounts(let ids):
            let keys = try await changes.keys(of: ids)
            guard let last, let stored else {
                all.widening = .notScoredBefore
                break
            }
            // Other accounts may have changed since the last run, so this one has seen no more than that.
            return Plan(
                ranges: AccountRange.ranges(of: keys), keys: keys, stored: stored, snapshot: last,
                reason: .asked(accounts: ids))
        }
        all.ranges = try await FeatureStore(reader).ranges()
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
            let result = try await reading.run(plan.ranges, keyFeatures: keyFeatures.count)
            figures = result.figures
            ledger = result.ledger
        }
        let target = try await store.target(day: day, modelHash: modelHash, run: run)
        let facts = FactsQuery(
            asOf: day, previousDay: try await features.previousDay(before: day, modelHash: modelHash),
            modelHash: modelHash, keyFeatures: keyFeatures)
        let writing = ScoreWriting(
            figures: figures, calendar: calendar, model: model, facts: facts, reader: reader,
            secondReader: secondReader, ledger: ledger, target: target)
        var moments = Moments()
        let written = try await store.write(to: target) { copy in
            moments = try await writing.run(plan.ranges, to: copy)
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
            run, accounts: written, changes: changes, snapshot: plan.snapshot, reason: plan.reason.sentence)
        return ScoringStage.Outcome(
            day: day, accounts: written, keys: plan.keys, widening: plan.widening, changes: changes,
            smoothedAgain: smoothedAgain)
    }
}
