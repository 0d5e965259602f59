package import HaleDomain
package import HaleStore
import Postgres

/// What a night does, in order: the scores of the days asked for and what renewals say of them, the tasks and the forecast
/// of the newest one, which is frozen once a week, and the alerts of all days.
package struct DayRun: Sendable {
    private let database: Database
    private let models: ModelSet
    private let alerts: AlertStage
    private let playbooks: PlaybookSet
    private let today: Day?

    /// A run on a database with the models and the rules in force, and those who are told of alerts. No day after `today`
    /// is scored or is anybody's newest; without it that is the organisation's own. The forecast is frozen as of `today`
    /// only, so that nothing is foretold with hindsight; never without it.
    package init(
        _ database: Database, models: ModelSet = ModelSet(), rules: RuleLibrary = RuleLibrary(),
        fleetGuard: FleetGuard = FleetGuard(), announcing: AlertAnnouncing? = nil, today: Day? = nil
    ) {
        self.database = database
        self.models = models
        self.today = today
        // A broken file is reported where the alerts need it; until then tasks keep the alert's own words.
        playbooks = (try? rules.playbooks()) ?? PlaybookSet()
        alerts = AlertStage(database, library: rules, fleetGuard: fleetGuard, announcing: announcing)
    }

    /// Takes the alerts through the scored days that they have not seen, after a run of days from `first` on. Throws
    /// `FileFailure` where a file of rules is broken: scores and tasks are there by then, and the alerts stay as they were.
    package func runAlerts(from first: Day) async throws -> [AlertStage.Outcome] {
        guard let newest = try await database.withConnection({ try await AccountStore($0).newestDay(upTo: today) })
        else {
            return []
        }
        let outcomes = try await alerts.catchUp(from: first, to: newest)
        // What fired or ended may call for a task, or for none any more.
        let accounts = Set(
            outcomes.flatMap(\.events).filter { [.firing, .resolved].contains($0.kind) && $0.key.account > 0 }.map(
                \.key.account))
        if !accounts.isEmpty { try await tasks.run(asOf: newest, accounts: accounts.sorted()) }
        return outcomes
    }

    private var tasks: TaskStage { TaskStage(database, model: models.fallback, playbooks: playbooks) }

    /// Scores the days from `first` to `last`; `onDay` is told of each as it is finished.
    package func run(
        from first: Day, to last: Day, scope: ScoringStage.Scope = .all, onDay: (Day) -> Void = { _ in }
    ) async throws -> [ScoringStage.Outcome] {
        let outcomes = try await ScoringStage(database, models: models, today: today).run(
            from: first, to: last, scope: scope
        ) {
            onDay($0.day)
        }
        try await CalibrationStage(database).run(from: first, to: last)
        let newest = try await database.withConnection { try await AccountStore($0).newestDay(upTo: today) }
        // Where only some accounts of the newest day were scored, only their tasks can have changed.
        let some = outcomes.count == 1 && outcomes.first?.day == newest ? outcomes.first?.keys : nil
        if let newest {
            try await tasks.run(asOf: newest, accounts: some)
            // The distribution is that of all accounts, so a run of some leaves it to the next full one.
            if some == nil { try await ForecastStage(database).runNightly(asOf: newest) }
            if newest == today { try await ForecastFreezing(database).runWeekly(on: newest) }
            try await thin(newest: newest)
        }
        return outcomes
    }

    /// Forgets the days that the settings say need not be kept.
    private func thin(newest: Day) async throws {
        try await database.withConnection { connection in
            let settings = try await SettingStore(connection).all()
            let daily = settings[.dailyScoreDays].flatMap { Int($0) }
            let all = settings[.scoreDays].flatMap { Int($0) }
            guard daily != nil || all != nil else { return }
            try await connection.transaction { transaction in
                let store = ScoreStore(transaction)
                // No run may go on top of a day that goes.
                try await store.lock()
                _ = try await store.thin(newest: newest, dailyDays: daily, days: all)
                // Alerts go with the scores that would explain them.
                if let all {
                    try await AlertStore(transaction).lock()
                    _ = try await AlertStore(transaction).forget(endedUpTo: newest - all)
                }
            }
        }
    }
}
