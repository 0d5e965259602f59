import HaleDomain
import HaleFiles
import HaleService
import HaleTestSupport
import Testing

/// What rules ask to be done about their alerts.
@Suite(.database) struct `Playbooks` {
    private static let first = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)
    private static let playbooks = """
        playbooks:
          - playbook: call
            title: Call them
            minutes: 60
            due_in: 3d
            replaces: [decision_near, band_red]
            steps: [Dial., Talk.]
          - playbook: look
            title: Have a look

        """

    private func library(_ playbooks: String) throws -> RuleLibrary {
        try RuleFolder("groups: []\n", playbooks: playbooks).library
    }

    @Test func `are read with all their keys, and the shipped ones stand beside`() throws {
        let folder = try RuleFolder("groups: []\n", playbooks: Self.playbooks)
        let set = try folder.library.playbooks()
        #expect(
            set["call"]
                == Playbook(
                    name: "call", title: "Call them", minutes: 60, dueDays: 3, replaces: [.decisionNear, .bandRed],
                    steps: ["Dial.", "Talk."]))
        #expect(set["look"] == Playbook(name: "look", title: "Have a look", minutes: 30, dueDays: 7))
        #expect(set.playbook(named: "usage-cliff")?.file == "shipped playbooks/churn-risk.yaml")
        #expect(set.playbook(named: "call")?.line == 2)
        // A task whose playbook is gone is not.
        #expect(set["gone"].name == "gone" && !set["gone"].title.isEmpty)
    }

    @Test(arguments: [
        ("- playbook: call", "2:5: a playbook needs the key title"),
        ("- title: Call", "2:5: a playbook needs the key playbook"),
        ("- {playbook: Call, title: x}", "2:16: \"Call\" is no name"),
        ("- {playbook: call, title: x, minuts: 5}", "2:32: a playbook has no key \"minuts\"; did you mean minutes?"),
        ("- {playbook: call, title: x, minutes: 0}", "2:41: minutes is"),
        ("- {playbook: call, title: x, minutes: soon}", "2:41: minutes is a whole number"),
        ("- {playbook: call, title: x, due_in: 2w}", "2:40: due_in is a number of days such as 2d"),
        ("- {playbook: call, title: x, due_in: 366d}", "2:40: due_in is a number of days such as 2d, at most 365d"),
        ("- {playbook: call, title: x, replaces: [red]}", "2:43: replaces is one of notice_given"),
        ("- {playbook: call, title: x, steps: Call}", "2:39: steps needs a list here"),
        ("- {playbook: call, title: x, data_task: maybe}", "2:43: data_task is true or false"),
        ("- {playbook: call, title: x}\n  - {playbook: call, title: y}", "3: there is a playbook call already, in "),
        ("- {playbook: data-missing, title: x}", "there is a playbook data-missing already, in "),
    ])
    func `are refused with their place`(playbook: String, message: String) throws {
        let folder = try RuleFolder("groups: []\n", playbooks: "playbooks:\n  \(playbook)\n")
        let failure = #expect(throws: FileFailure.self) { try folder.library.playbooks() }
        let lines = failure?.problems.map(\.description) ?? []
        #expect(lines.contains { $0.contains(message) }, "\(lines)")
    }

    @Test func `that are not there are a problem of the rule that asks for them`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file("alert: Soon\nwhen: arr > 0\nplaybook: cal"), playbooks: Self.playbooks)
        let database = try TestDatabase.shared.database
        let failure = await #expect(throws: FileFailure.self) { try await folder.library.load(database) }
        #expect(
            failure?.description.hasSuffix(
                "rules/own.yaml:6:19: there is no playbook cal; did you mean call? [HALE-RULE-008]") == true,
            "\(failure?.description ?? "")")
        let checked = try await RuleChecks(database, library: folder.library).check([])
        #expect(checked.problems.map(\.fault) == [.set])
    }

    /// Title, playbook and reasons of the open tasks, and what became of the others.
    private func tasks() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' | ', account.external_id, coalesce(task.playbook, '-'), task.title, task.minutes, task.due_on,
                array_to_string(task.reasons, ' '), 'closed ' || task.closed_on) as text
            from hale_data.task as task
            join hale_data.account as account on account.account_id = task.account_id
            where task.playbook is not null and task.origin = 'account'
            order by account.external_id, task.task_id
            """)
    }

    /// Of cord's renewal 41 days are left on the first day.
    @Test func `open a task with the alert, and close it with its end`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal in (39, 40)\nseverity: critical\nplaybook: call\n"
                    + "annotations: {summary: \"{{name}} is due\"}",
                "alert: Late\nwhen: days_to_renewal in (39, 40)\nplaybook: look"),
            playbooks: Self.playbooks)
        let database = try await ScoreFixture.load()
        func night(_ offset: Int) async throws {
            let run = DayRun(database, rules: folder.library)
            _ = try await run.run(from: Self.first + offset, to: Self.first + offset)
        }
        try await night(0)
        #expect(try await tasks() == [])
        try await night(1)
        // One task for the account with what both alerts say; the gravest names it. Usage fell off a cliff too, which is due
        // at once.
        let opened = try await tasks()
        #expect(opened.count == 1)
        #expect(
            opened.first?.hasPrefix(
                "cord | call | Call them | 60 | 2026-03-05 | Cord is due. The alert Late fires. Usage fell") == true,
            "\(opened)")
        #expect(opened.first?.contains("is decided") == false)
        try await night(2)
        #expect(try await tasks().map { $0.contains("Call them") } == [true])
        // Over: cord's usage fell off a cliff all the same, so the task goes on without the playbook.
        try await night(3)
        #expect(try await tasks() == [])
        #expect(
            try await ImportFixture.number(
                "select count(*) from hale_data.task join hale_data.account using (account_id) "
                    + "where external_id = 'cord' and closed_on is null and origin = 'account'") == 1)
    }

    @Test func `open no task for what is hidden or silenced`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Soon\nwhen: days_to_renewal <= 41\nplaybook: call\ninhibits: [Late]",
                "alert: Late\nwhen: days_to_renewal <= 41\nplaybook: look"), playbooks: Self.playbooks)
        let database = try await ScoreFixture.load()
        let run = DayRun(database, rules: folder.library)
        _ = try await run.run(from: Self.first, to: Self.first)
        #expect(try await tasks().first?.contains("Late") == false)
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.silence (matchers, author, reason, starts_at, ends_at)
            values ('{"alert": "Soon"}', 'ana@example.com', 'known', now(), now() + interval '1 day')
            """)
        let stage = TaskStage(database, playbooks: try folder.library.playbooks())
        let planned = try await stage.plan(asOf: Self.first, csm: nil)
        #expect(planned.filter { $0.draft.origin == .account }.allSatisfy { $0.draft.playbook == nil })
    }
}
