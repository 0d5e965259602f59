import Foundation
import HaleDelivery
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What one night does, from the scores to the forecast. Cord has 41 days to its renewal on 4 March; Dorn has nothing until
/// it is given an open ticket.
@Suite(.database) struct `A night` {
    private static let day = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)
    private static let playbooks = """
        playbooks:
          - {playbook: call, title: Call them, due_in: 3d}
          - {playbook: look, title: Have a look}

        """

    private func run(_ rules: RuleLibrary, _ day: Day) throws -> DayRun {
        DayRun(try TestDatabase.shared.database, rules: rules, today: day)
    }

    private func tickets(_ row: String) async throws {
        // No file is the same as one before.
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,closed_at,priority,subject\n\(row),\(UUID())\n",
            into: try TestDatabase.shared.database)
    }

    private func tasks() async throws -> [String] {
        try await ImportFixture.texts(
            "select (to_jsonb(task) - 'task_id')::text as text from hale_data.task as task order by account_id, task_id"
        )
    }

    /// Takes everything away that nights wrote, and the facts that came in between them.
    private func beginAnew() async throws {
        for table in [
            "task", "outbox", "alert_event", "alert", "alert_rule", "health_score", "score_run", "portfolio_day",
            "calibration", "forecast_snapshot", "frozen_forecast", "frozen_renewal",
        ] {
            _ = try await TestDatabase.shared.query("delete from hale_data.\(table)")
        }
        _ = try await TestDatabase.shared.query("delete from hale_data.ticket where external_id like 'x%'")
    }

    /// The mornings of some nights: with all accounts, with what changed on the day, and with another rule on it.
    private func mornings(
        _ night: (RuleLibrary, Day, ScoreStage.Scope) async throws -> Void
    ) async throws -> [[String]] {
        let rules = [
            "alert: Soon\nwhen: days_to_renewal in (39, 40)\nseverity: critical\nplaybook: call\ninhibits: [Late]",
            "alert: Late\nwhen: days_to_renewal <= 41\nplaybook: look\nannotations: {summary: \"{{name}} is late\"}",
            "alert: Ticket\nwhen: open_tickets > 0 and name = 'Dorn'\nplaybook: look",
        ]
        let few = try RuleFolder(RuleFolder.file(rules[0], rules[1], rules[2]), playbooks: Self.playbooks)
        let more = try RuleFolder(
            RuleFolder.file(rules[0], rules[1], rules[2], "alert: Bolt\nwhen: name = 'Bolt'\nplaybook: look"),
            playbooks: Self.playbooks)
        var mornings: [[String]] = []
        func take(_ rules: RuleFolder, _ offset: Int, _ scope: ScoreStage.Scope) async throws {
            try await night(rules.library, Self.day + offset, scope)
            mornings.append(try await tasks())
        }
        try await take(few, 0, .needed)
        try await take(few, 1, .needed)
        try await tickets("x1,dorn,2026-03-02,,p1")
        try await take(more, 1, .changed)
        try await take(more, 2, .needed)
        try await tickets("x1,dorn,2026-03-02,2026-03-06,p1")
        try await take(more, 3, .needed)
        try await take(more, 3, .all)
        return mornings
    }

    /// The peer: every stage called by itself, and the tasks twice, before the alerts and after them.
    private func inSteps(_ rules: RuleLibrary, _ day: Day, _ scope: ScoreStage.Scope) async throws {
        let database = try TestDatabase.shared.database
        let stage = TaskStage(database, model: .default, playbooks: try rules.playbooks())
        let scored = try await ScoreStage(database, today: day).run(asOf: day, scope: scope)
        try await CalibrationStage(database).run(from: day, to: day)
        try await stage.run(asOf: day, accounts: scored.keys)
        let events = try await AlertStage(database, library: rules).catchUp(from: day, to: day).flatMap(\.events)
        let accounts = Set(events.filter { [.firing, .resolved].contains($0.kind) }.map(\.key.account))
        try await stage.run(asOf: day, accounts: accounts.sorted())
    }

    @Test func `makes the tasks once, the same as before the alerts and after them`() async throws {
        _ = try await ScoreFixture.load()
        let once = try await mornings { rules, day, scope in
            let alerts = try await run(rules, day).run(from: day, to: day, scope: scope).alerts
            #expect(try alerts?.get().map(\.day) == [day])
        }
        try await beginAnew()
        #expect(try await mornings(inSteps) == once)
        // Cord's task asks for one playbook or the other on every day. Dorn's ticket asks for one until it is closed, and
        // the rule that came with it for another account.
        let called = once.map {
            $0.filter { $0.contains("\"playbook\": \"") && $0.contains("\"origin\": \"account\"") }.count
        }
        #expect(called == [1, 1, 3, 3, 2, 2])
    }

    @Test func `says in a task what its alert says, and of which day`() async throws {
        _ = try await ScoreFixture.load()
        let rules = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal <= 41\nplaybook: call\n"
                    + "annotations: {summary: \"{{name}} renews in {{days_to_renewal}} days\"}"),
            playbooks: Self.playbooks)
        for (offset, said) in ["in 41 days.", "in 41 days (on 4 Mar).", "in 41 days (on 4 Mar)."].enumerated() {
            let day = Self.day + offset
            for scope in [ScoreStage.Scope.needed, .all] {
                _ = try await run(rules.library, day).run(from: day, to: day, scope: scope)
                #expect(try await tasks().filter { $0.contains("Cord renews \(said)") }.count == 1)
            }
        }
    }

    @Test func `keeps why its alerts failed, and scores, tasks and forecast stand`() async throws {
        _ = try await ScoreFixture.load()
        let rules = try RuleFolder("groups: 5\n")
        let outcome = try await run(rules.library, Self.day).run(from: Self.day, to: Self.day)
        let failure = #expect(throws: FileFailure.self) { try outcome.alerts?.get() }
        #expect(failure?.description.contains("rules/own.yaml:1") == true, "\(String(describing: failure))")
        #expect(outcome.scores.map(\.accounts) == [ScoreFixture.accountCount])
        let found = (tasks: try await tasks(), forecasts: try await forecasts())
        #expect(!found.tasks.isEmpty && found.forecasts > 0)
        try await beginAnew()
        let left = try await run(rules.library, Self.day).run(from: Self.day, to: Self.day, leavesAlerts: true)
        #expect(left.alerts == nil)
        #expect(try await tasks() == found.tasks)
        #expect(try await forecasts() == found.forecasts)
    }

    private func forecasts() async throws -> Int64 {
        try await ImportFixture.number("select count(*) from hale_data.forecast_snapshot")
    }
}
