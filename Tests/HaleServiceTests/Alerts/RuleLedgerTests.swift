import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What rules were worth. On 4 March cord has 41 days to its renewal, acme 118 and bolt 210.
@Suite(.database) struct `The ledger of rules` {
    private static let first = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)
    private static let playbooks = """
        playbooks:
          - {playbook: call, title: Call, minutes: 45, due_in: 1d, steps: [Call.]}

        """

    private func ledger(
        _ folder: RuleFolder, from first: Int = 0, to last: Int = 3, lossesUntil: Int = 30
    ) async throws -> RuleLedger {
        try await RuleLedger.of(
            folder.library, from: Self.first + first, to: Self.first + last, lossesUntil: Self.first + lossesUntil,
            try TestDatabase.shared.database)
    }

    private func number(_ rule: String, _ account: String) async throws -> Int64 {
        try await ImportFixture.number(
            """
            select max(alert.alert_id) from hale_data.alert as alert
            join hale_data.account as account on account.account_id = alert.account_id
            where alert.rule = '\(rule)' and account.external_id = '\(account)'
            """)
    }

    @Test func `counts what fired, was acted on, judged and lost, rule by rule`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Odd\nwhen: days_to_renewal % 2 = 1", "alert: Soon\nwhen: days_to_renewal <= 41\nplaybook: call",
                "alert: Never\nwhen: arr < 0"), playbooks: Self.playbooks)
        // Odd: cord on 4 and 6 March, acme and bolt on 5 and 7; Soon: cord on the 4th.
        let run = DayRun(database, models: ModelSet(.default), rules: folder.library, today: Self.first + 3)
        _ = try await run.run(from: Self.first, to: Self.first + 3).alerts?.get()
        let actions = AlertActions(database)
        let acme = try await number("Odd", "acme")
        try await actions.acknowledge(acme, by: "ana@example.com", note: nil, takesOver: false)
        try await actions.judge(acme, .noise, by: "ana@example.com", note: "too early")
        try await actions.judge(acme, .useful, by: "ana@example.com", note: nil)
        try await actions.judge(try await number("Odd", "bolt"), .noise, by: "bob@example.com", note: nil)
        _ = try await TestDatabase.shared.query(
            """
            update hale_data.task as task set closed_on = date '2026-03-07', closed_reason = 'done'
            from hale_data.account as account
            where account.account_id = task.account_id and account.external_id = 'cord' and task.playbook = 'call'
            returning task.task_id
            """)
        // Cord is lost twelve days later.
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,outcome,decided_on\n"
                + "k3,cord,12000,EUR,2025-03-15,2026-04-14,12,lost,2026-03-16\n", into: database)

        var odd = RuleLedgerEntry(rule: "Odd")
        (odd.fired, odd.accounts, odd.actedOn, odd.lost) = (6, 3, 1, 1)
        odd.verdicts = RuleVerdicts(useful: 1, noise: 1)
        var soon = RuleLedgerEntry(rule: "Soon")
        (soon.fired, soon.accounts, soon.actedOn, soon.lost, soon.minutes) = (1, 1, 1, 1, 45)
        let found = try await ledger(folder)
        #expect(found.entries == [odd, soon, RuleLedgerEntry(rule: "Never")])
        #expect(found.lost == 1)

        // Before the loss, and of the days without cord's first alerts.
        #expect(try await ledger(folder, lossesUntil: 11).entries.map(\.lost) == [0, 0, 0])
        let later = try await ledger(folder, from: 1, to: 1)
        #expect(later.entries.map { "\($0.rule) \($0.fired) \($0.lost)" } == ["Odd 2 0", "Never 0 0", "Soon 0 0"])
    }

    @Test func `takes the word of nobody on what never fired, on a rule, or on nothing`() async throws {
        let database = try await ScoreFixture.load()
        let folder = try RuleFolder(RuleFolder.file("alert: Slow\nwhen: days_to_renewal <= 41\nfor: 5d\nlimit: 1"))
        _ = try await ScoreStage(database).run(asOf: Self.first)
        try await AlertStage(database, library: folder.library).run(asOf: Self.first)
        let pending = try await number("Slow", "cord")
        await #expect(throws: AlertActions.Refusal.notJudged(pending)) {
            try await AlertActions(database).judge(pending, .useful, by: "ana@example.com", note: nil)
        }
        await #expect(throws: AlertActions.Refusal.unknownAlert(99)) {
            try await AlertActions(database).judge(99, .useful, by: "ana@example.com", note: nil)
        }
        #expect(try await ledger(folder).entries == [RuleLedgerEntry(rule: "Slow")])
    }
}
