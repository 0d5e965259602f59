package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// What a night does, in order: the scores of the days asked for, what renewals say of them, and the alerts of all days;
/// then, of the newest day, the tasks and the forecast, which is frozen once a week.
package struct DayRun: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The scores of each day.
        package let scores: [ScoreStage.Outcome]
        /// The alerts of each day that they had not seen; or why they stay as they were, while scores, tasks and forecast
        /// stand. Nil where they were left alone.
        package let alerts: Result<[AlertStage.Outcome], any Error>?
    }

    private let database: Database
    private let models: ModelSet
    private let alerts: AlertStage
    private let playbooks: PlaybookSet
    private let today: Day?

    /// A run on a database with the models and the rules in force, and those who are told of alerts. No day after `today`
    /// is scored or is anybody's newest; without it that is the organisation's own. The forecast is frozen as of `today`
    /// only, so that nothing is foretold with hindsight; never without it.
    package init(
        _ database: Database, models: ModelSet, rules: RuleLibrary, fleetGuard: FleetGuard = FleetGuard(),
        verdictGuard: VerdictGuard = VerdictGuard(), announcing: AlertAnnouncing? = nil, today: Day? = nil
    ) {
        self.database = database
        self.models = models
        self.today = today
        // A broken file is reported where the alerts need it; until then tasks keep the alert's own words.
        playbooks = (try? rules.playbooks()) ?? PlaybookSet()
        alerts = AlertStage(
            database, library: rules, fleetGuard: fleetGuard, verdictGuard: verdictGuard, announcing: announcing)
    }

    /// Runs the days from `first` to `last`; `onDay` is told of each as it is scored. With `leavesAlerts` the alerts are
    /// taken through the days by a later run.
    package func run(
        from first: Day, to last: Day, scope: ScoreStage.Scope = .all, leavesAlerts: Bool = false,
        onDay: (Day) -> Void = { _ in }
    ) async throws -> Outcome {
        let scores = try await ScoreStage(database, models: models, today: today).run(
            from: first, to: last, scope: scope
        ) {
            onDay($0.day)
        }
        try await CalibrationStage(database).run(from: first, to: last)
        guard let newest = try await database.withConnection({ try await ScoreCalendar($0).newest(upTo: today) })
        else {
            return Outcome(scores: scores, alerts: leavesAlerts ? nil : .success([]))
        }
        // Alerts do not see days that need not be kept.
        try await thin(newest: newest)
        let alerts = leavesAlerts ? nil : await caughtUp(from: first, to: newest)
        // Where only some accounts of the newest day were scored, only their tasks can have changed, and those of the
        // accounts whose alerts did.
        let some = scores.count == 1 && scores.first?.day == newest ? scores.first?.keys : nil
        let alerted = (try? alerts?.get()) ?? []
        try await TaskStage(database, model: models.fallback, playbooks: playbooks).run(
            asOf: newest, accounts: some.map { Set($0).union(alerted.flatMap(\.changedAccounts)).sorted() })
        // The distribution is that of all accounts, so a run of some leaves it to the next full one.
        if some == nil { try await ForecastStage(database).runNightly(asOf: newest) }
        if newest == today { try await ForecastFreezing(database).runWeekly(on: newest) }
        return Outcome(scores: scores, alerts: alerts)
    }

    /// Takes the alerts through the scored days that they have not seen.
    private func caughtUp(from first: Day, to newest: Day) async -> Result<[AlertStage.Outcome], any Error> {
        do {
            return .success(try await alerts.catchUp(from: first, to: newest))
        } catch {
            return .failure(error)
        }
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

extension AlertStage.Outcome {
    /// The accounts for which something fired or ended: that may call for a task, or for none any more.
    fileprivate var changedAccounts: [Int64] {
        events.filter { [.firing, .resolved].contains($0.kind) && $0.key.account > 0 }.map(\.key.account)
    }
}
