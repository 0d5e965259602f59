package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Takes a scored day back, with all that followed from it: as if it had never been scored.
///
/// Scores, figures, runs and the forecast of the day go, and later days are smoothed again without it. Where it is the
/// newest day that rules have seen, alerts are as they were before it; where later days followed, alerts went on from it and
/// stay. Tasks follow from the newest day that is left. Facts stay, and so does what people said and what was sent.
package struct DayForgetting: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        package let day: Day
        /// Scores that went.
        package var scores = 0
        /// Later days that were smoothed again.
        package var smoothedAgain = 0
        /// Tasks that never were, and those that are open again.
        package var tasks: (removed: Int, reopened: Int) = (0, 0)
        /// Alerts that never were; nil where they went on from the day through later ones and stay.
        package var alertsRemoved: Int?
        /// Alerts that are as they were before.
        package var alertsRestored = 0
        /// Messages of the day that were sent, or are on their way, and stay so.
        package var messages = 0
        /// Alerts of which receivers will be told that it was otherwise.
        package var corrections = 0
        /// Whether the forecast that was frozen on the day stays.
        package var keepsFrozenForecast = false
        /// The newest scored day that is left; nil for none.
        package var newest: Day?
    }

    private let database: Database
    private let models: ModelSet
    private let playbooks: PlaybookSet
    private let announcing: AlertAnnouncing?

    /// A stage on a database with the models and the rules in force, and those who are told of alerts.
    package init(
        _ database: Database, models: ModelSet, rules: RuleLibrary, announcing: AlertAnnouncing? = nil
    ) {
        self.database = database
        self.models = models
        playbooks = (try? rules.playbooks()) ?? PlaybookSet()
        self.announcing = announcing
    }

    /// Takes a day back; `today` is the last day that can be scored. A dry run says what would come of it and keeps all.
    package func run(_ day: Day, today: Day, isDryRun: Bool = false) async throws -> Outcome {
        let outbox = try await announcing?.outbox(in: database)
        var outcome = try await database.withConnection { connection in
            try await connection.transaction(isDryRun: isDryRun) { transaction in
                try await forget(day, today: today, outbox, on: transaction)
            }
        }
        if isDryRun { return outcome }
        outcome.newest = try await database.withConnection { try await ScoreCalendar($0).newest(upTo: today) }
        guard let newest = outcome.newest else { return outcome }
        if day < newest { try await CalibrationStage(database).run(from: day, to: newest) }
        try await TaskStage(database, model: models.fallback, playbooks: playbooks).run(asOf: newest)
        if day < newest { try await ForecastStage(database).runNightly(asOf: newest) }
        return outcome
    }

    private func forget(
        _ day: Day, today: Day, _ outbox: AlertOutbox?, on transaction: Connection
    ) async throws -> Outcome {
        let scores = ScoreStore(transaction)
        let calendar = ScoreCalendar(transaction)
        let alerts = AlertStore(transaction)
        try await scores.lock()
        try await alerts.lock()
        guard try await calendar.contains(day) else { throw DayRefusal.neverScored(day) }
        if let later = try await calendar.days(from: max(day, today) + 1).last {
            throw DayRefusal.laterFirst(day, later: later)
        }
        var outcome = Outcome(day: day)
        let seen = try await alerts.standings().values.map(\.evaluatedOn).max()
        if seen.map({ $0 <= day }) ?? true {
            let rewound = try await AlertRewinding(day: day, transaction: transaction, outbox: outbox).run()
            outcome.alertsRemoved = rewound.removed
            outcome.alertsRestored = rewound.restored
            outcome.messages = rewound.messages
            outcome.corrections = rewound.corrections
        }
        let former = try await calendar.newest(upTo: day - 1)
        outcome.tasks = try await TaskStore(transaction).forget(day, after: former)
        let hashes = try await scores.models(of: day)
        (outcome.scores, outcome.keepsFrozenForecast) = try await scores.forget(day, today: today)
        for hash in hashes {
            outcome.smoothedAgain = max(
                outcome.smoothedAgain, try await smooth(after: day, modelHash: hash, on: transaction))
        }
        return outcome
    }

    /// Smooths the days after the day again, each model's from its newest day before.
    private func smooth(after day: Day, modelHash: String, on transaction: Connection) async throws -> Int {
        let kept = (models.primary + models.beside).first { ScoreStore.hash(of: $0) == modelHash }
        let former = try await ScoreCalendar(transaction).newest(before: day, modelHash: modelHash)
        let model = if let kept { kept } else { try await HealthModel.kept(hash: modelHash, on: transaction) }
        // A text that this version cannot read is of a model that scores no more.
        guard let model else { return 0 }
        return try await SmoothingAgain(
            day: former ?? day, model: model, modelHash: modelHash, run: nil, writer: transaction
        ).run(try await FeatureStore(transaction).ranges())
    }
}
