import HaleDomain
import HaleFiles
import HaleService
import HaleStore

/// The stages with one model in force: the shipped one, where a test is about something else.
extension ScoreStage {
    init(_ database: Database, model: HealthModel = .default, today: Day? = nil) {
        self.init(database, models: ModelSet(model), today: today)
    }
}

extension KnownAtScore {
    init(_ database: Database) {
        self.init(database, models: ModelSet(.default))
    }
}

extension DayRun {
    init(
        _ database: Database, models: ModelSet = ModelSet(.default), rules: RuleLibrary = RuleLibrary(),
        today: Day? = nil
    ) {
        self.init(database, models: models, rules: rules, announcing: nil, today: today)
    }

    /// The scores of some days and what follows from them, where a test is not about alerts.
    func scores(from first: Day, to last: Day, scope: ScoreStage.Scope = .all) async throws -> [ScoreStage.Outcome] {
        try await run(from: first, to: last, scope: scope, leavesAlerts: true).scores
    }
}

extension TaskStage {
    init(_ database: Database, playbooks: PlaybookSet = PlaybookSet()) {
        self.init(database, model: .default, playbooks: playbooks)
    }
}

extension BacktestStage {
    init(_ database: Database) {
        self.init(database, models: ModelSet(.default))
    }
}

extension EvidenceStage {
    init(_ database: Database, daysAtOnce: Int = mostDaysAtOnce) {
        self.init(database, models: ModelSet(.default), daysAtOnce: daysAtOnce)
    }
}
