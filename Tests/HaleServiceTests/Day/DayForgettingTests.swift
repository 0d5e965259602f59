import HaleDelivery
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// A day that is taken back is as if it had never been scored. Cord has 41 days to its renewal on 4 March.
@Suite(.database) struct `A day that is taken back` {
    private static let first = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)
    private static let typed = Day(iso: "2026-12-05") ?? Day(daysSince2000: 0)
    private static let receivers = """
        receivers:
          - {name: team, url: "https://hooks.example.com/team", format: slack}
        routes:
          - receiver: team

        """

    private let announcing = AlertAnnouncing { try ReceiverFile.read(receivers, path: "receivers.yaml") }

    /// What holds on days 41, 40, 39 …, and what holds nine months later.
    private func rules() throws -> RuleFolder {
        try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: coalesce(days_to_renewal, 999) between 0 and 41",
                "alert: Slow\nwhen: days_to_renewal <= 40\nfor: 2d",
                "alert: Slower\nwhen: days_to_renewal <= 41\nfor: 9d",
                "alert: Gone\nwhen: live_contracts = 0 and name <> 'Dorn'"))
    }

    private func night(_ database: Database, _ folder: RuleFolder, _ days: ClosedRange<Int>) async throws {
        for day in days { try await score(database, folder, Self.first + day) }
    }

    private func score(_ database: Database, _ folder: RuleFolder, _ day: Day) async throws {
        let run = DayRun(
            database, models: ModelSet(.default), rules: folder.library, announcing: announcing, today: day)
        _ = try await run.run(from: day, to: day).alerts?.get()
    }

    private func forget(
        _ database: Database, _ folder: RuleFolder, _ day: Day, today: Day, isDryRun: Bool = false
    ) async throws -> DayForgetting.Outcome {
        try await DayForgetting(
            database, models: ModelSet(.default), rules: folder.library, announcing: announcing
        ).run(day, today: today, isDryRun: isDryRun)
    }

    /// Everything that a night writes, but for when, by which run and what is kept of the state before.
    private func stored() async throws -> [String] {
        var rows: [String] = []
        for (table, left) in [
            ("health_score", "run_id"), ("portfolio_day", ""), ("calibration", ""), ("forecast_snapshot", ""),
            ("task", "task_id"), ("alert", "before"), ("alert_event", ""), ("outbox", "not_before"),
            ("frozen_forecast", ""),
        ] {
            rows += try await ImportFixture.texts(
                "select '\(table) ' || (to_jsonb(stored) - 'recorded_at' - '\(left)')::text as text from hale_data.\(table) as stored order by 1"
            )
        }
        rows += try await ImportFixture.texts(
            "select 'run ' || day || ' ' || model_hash as text from hale_data.score_run order by 1")
        return rows + (try await standings())
    }

    private func standings() async throws -> [String] {
        try await ImportFixture.texts(
            "select concat_ws(' ', rule, first_evaluated_on, evaluated_on, held_since) as text from hale_data.alert_rule order by 1"
        )
    }

    @Test(arguments: [false, true])
    func `leaves everything as it was, with what was kept of alerts or without`(isOld: Bool) async throws {
        let database = try await ScoreFixture.load()
        let folder = try rules()
        try await night(database, folder, 0...3)
        let before = try await stored()
        try await score(database, folder, Self.typed)
        #expect(try await standings().allSatisfy { $0.contains("2026-12-05") })
        let wrong = try await StoredAlerts.all()
        #expect(
            wrong.contains { $0.hasPrefix("cord Gone firing 12-05") } && wrong.contains { $0.contains("ended 12-05") })
        if isOld {
            _ = try await TestDatabase.shared.query(
                "with old as (update hale_data.alert set before = null returning 1) update hale_data.alert_rule set previous_on = null, evaluated_run = null returning rule"
            )
        }
        let rehearsed = try await forget(database, folder, Self.typed, today: Self.first + 3, isDryRun: true)
        let outcome = try await forget(database, folder, Self.typed, today: Self.first + 3)
        #expect(rehearsed.scores == 4 && outcome.scores == 4 && outcome.newest == Self.first + 3)
        #expect(outcome.alertsRemoved == rehearsed.alertsRemoved && outcome.messages == 0)
        let after = try await stored()
        #expect(after.count == before.count)
        for (now, then) in zip(after, before) where now != then { Issue.record("\(now)\nwas \(then)") }
        // The night after goes on as if nothing had been.
        try await night(database, folder, 4...4)
        let alerts = try await StoredAlerts.all().filter { $0.hasPrefix("cord S") }
        #expect(
            alerts == [
                "cord Soon firing 03-04 5 fired 03-04", "cord Slower pending 03-04 5",
                "cord Slow firing 03-05 4 fired 03-06",
            ])
    }

    @Test func `lets the days follow that were scored while rules waited for it`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try rules()
        try await night(database, folder, 0...1)
        try await score(database, folder, Self.typed)
        // Nights of an older version: scored, and no rule was due.
        _ = try await ScoreStage(database, today: Self.first + 3).run(from: Self.first + 2, to: Self.first + 3)
        _ = try await forget(database, folder, Self.typed, today: Self.first + 3)
        try await night(database, folder, 4...4)
        let alerts = try await StoredAlerts.all().filter { $0.hasPrefix("cord S") }
        #expect(
            alerts == [
                "cord Soon firing 03-04 5 fired 03-04", "cord Slower pending 03-04 5",
                "cord Slow firing 03-05 4 fired 03-06",
            ])
    }

    @Test func `between others leaves their scores as without it, and alerts as later days left them`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try rules()
        for day in [0, 1, 3, 4] { try await night(database, folder, day...day) }
        let before = try await ScoreFixture.storedScores()
        let alerts = try await StoredAlerts.rows()
        _ = try await ScoreStage(database, today: Self.first + 4).run(asOf: Self.first + 2)
        #expect(try await ScoreFixture.storedScores().filter { !$0.contains("\"2026-03-06\"") } != before)
        let outcome = try await forget(database, folder, Self.first + 2, today: Self.first + 4)
        #expect(outcome.smoothedAgain == 2 && outcome.alertsRemoved == nil)
        #expect(try await ScoreFixture.storedScores() == before)
        #expect(try await StoredAlerts.rows() == alerts)
        #expect(try await ScoreFixture.unbalancedRows() == 0)
    }

    @Test func `leaves hidden what another rule hid on the day before it`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Grave\nwhen: days_to_renewal between 0 and 41\ninhibits: [Light]",
                "alert: Light\nwhen: days_to_renewal between 0 and 41"))
        try await night(database, folder, 0...1)
        let before = try await StoredAlerts.all()
        #expect(before.contains { $0.hasSuffix("hidden by Grave") })
        try await night(database, folder, 2...2)
        _ = try await forget(database, folder, Self.first + 2, today: Self.first + 2)
        #expect(try await StoredAlerts.all() == before)
    }

    @Test func `that was the first leaves the later ones to begin anew`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try rules()
        _ = try await ScoreStage(database, today: Self.first + 1).run(asOf: Self.first + 1)
        let before = try await ScoreFixture.storedScores()
        _ = try await ScoreStage(database, today: Self.first + 1).run(asOf: Self.first)
        _ = try await forget(database, folder, Self.first, today: Self.first + 1)
        #expect(try await ScoreFixture.storedScores() == before)
    }

    @Test func `is refused where it was never scored, and where a later one has to go first`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try rules()
        try await night(database, folder, 0...0)
        let never = await #expect(throws: DayRefusal.self) {
            try await forget(database, folder, Self.first + 1, today: Self.first + 1)
        }
        #expect(never == .neverScored(Self.first + 1))
        try await score(database, folder, Self.typed - 1)
        try await score(database, folder, Self.typed)
        let later = await #expect(throws: DayRefusal.self) {
            try await forget(database, folder, Self.typed - 1, today: Self.first)
        }
        #expect(later == .laterFirst(Self.typed - 1, later: Self.typed))
        _ = try await forget(database, folder, Self.typed, today: Self.first)
        _ = try await forget(database, folder, Self.typed - 1, today: Self.first)
        #expect(try await standings().allSatisfy { $0.hasSuffix("2026-03-04 2026-03-04") })
    }

    @Test func `leaves what was sent, and tells receivers that it was otherwise`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: coalesce(days_to_renewal, 999) between 0 and 41",
                "alert: Gone\nwhen: live_contracts = 0 and name = 'Cord'"))
        try await night(database, folder, 0...0)
        try await score(database, folder, Self.typed)
        // Cord's is over and another fires; all of it is sent.
        _ = try await TestDatabase.shared.query(
            """
            with sent as (
                insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body, state, finished_at)
                select 'msg_1', receiver_id, 'alerts', 'g', '{}', 'delivered', now() from hale_data.receiver
                returning delivery_id)
            update hale_data.outbox set flushed_at = now(), delivery_id = sent.delivery_id from sent
            returning outbox_id::text
            """)
        let outcome = try await forget(database, folder, Self.typed, today: Self.first)
        #expect(outcome.messages == 2 && outcome.corrections == 2)
        try await StoredAlerts.all(are: [
            "cord Soon firing 03-04 1 fired 03-04", "cord Gone resolved 12-05 1 fired 12-05 ended 12-05",
        ])
        let waiting = try await ImportFixture.texts(
            """
            select alert.rule || ' ' || waiting.kind || ' ' || event.reason as text
            from hale_data.outbox as waiting
            join hale_data.alert_event as event using (account_id, event_id)
            join hale_data.alert as alert on alert.alert_id = event.alert_id
            where waiting.flushed_at is null
            order by alert.alert_id
            """)
        #expect(
            waiting == [
                "Soon firing 2026-12-05 was taken back.", "Gone resolved 2026-12-05 was taken back.",
            ])
    }

    @Test func `keeps what people said of renewals, and a forecast that was frozen on a day that has come`()
        async throws
    {
        let database = try await ScoreFixture.load()
        let folder = try rules()
        try await night(database, folder, 0...0)
        try await score(database, folder, Self.typed)
        for day in [Self.first, Self.typed] {
            _ = try await TestDatabase.shared.query(
                """
                insert into hale_data.forecast_entry (account_id, contract_id, renewal_on, category, entered_by, said_on)
                values (1, 1, date '2026-04-14', 'commit', 'ana@example.com', '\(day)') returning entry_id::text
                """)
        }
        _ = try await forget(database, folder, Self.typed, today: Self.first)
        let said = try await ImportFixture.texts("select said_on::text as text from hale_data.forecast_entry")
        #expect(said == ["2026-03-04", "2026-03-04"])
        let frozen = try await ImportFixture.texts("select distinct day::text as text from hale_data.frozen_forecast")
        #expect(frozen == ["2026-03-04"])
        let outcome = try await forget(database, folder, Self.first, today: Self.first)
        #expect(outcome.keepsFrozenForecast && outcome.newest == nil)
        #expect(try await ImportFixture.number("select count(*) from hale_data.frozen_forecast") > 0)
        #expect(try await ImportFixture.number("select count(*) from hale_data.health_score") == 0)
        #expect(try await ImportFixture.number("select count(*) from hale_data.task") == 0)
        #expect(try await standings() == [])
    }
}
