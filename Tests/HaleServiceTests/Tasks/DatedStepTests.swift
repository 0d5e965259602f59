import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Dated steps through the nights.
@Suite(.database) struct `Dated steps in the night` {
    private static let playbooks = """
        playbooks:
          - playbook: renew
            title: Renew
            replaces: [decision_near, unknown_band]
            save_rate: 0.1
            plan:
              - {step: first, at: decision - 60d, title: Ask, minutes: 15, completed_by: [meeting]}
              - {step: second, at: decision - 57d, title: Offer, who: least_loaded, do: [Send it.]}

        """
    private static let day = Day(iso: "2026-03-02") ?? Day(daysSince2000: 0)

    /// One account whose renewal is decided in 60 days.
    private func loaded() async throws -> (Database, RuleFolder) {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .csms, "email,name,capacity_minutes\nana@example.com,Ana,240\nbob@example.com,Bob,240\n", into: database)
        try await ImportFixture.load(
            .accounts, "account_id,name,csm_email\nacme,Acme,ana@example.com\n", into: database)
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on,notice_days\nk1,acme,90000,EUR,2025-05-01,\(Self.day + 90),30\n",
            into: database
        ) {
            $0.isHistory = true
            $0.termEnd = .dayAfter
        }
        return (database, try RuleFolder("groups: []\n", playbooks: Self.playbooks))
    }

    private func night(_ offset: Int, _ database: Database, _ folder: RuleFolder) async throws {
        _ = try await ScoreStage(database).run(asOf: Self.day + offset)
        try await TaskStage(database, playbooks: folder.library.playbooks()).run(asOf: Self.day + offset)
    }

    /// Step, state and who does it, of all steps.
    private func steps() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(' ', task.step, coalesce(task.closed_reason, 'open'), assignee.email) as text
            from hale_data.task as task
            left join hale_data.csm as assignee on assignee.csm_id = task.assignee_id
            where task.origin = 'step' and task.playbook = 'renew'
            order by task.task_id
            """)
    }

    @Test func `open on their day, once, and lapse when the next one opens`() async throws {
        let (database, folder) = try await loaded()
        try await night(-1, database, folder)
        #expect(try await steps() == [])
        try await night(0, database, folder)
        #expect(try await steps() == ["first open"])
        try await night(0, database, folder)
        try await night(2, database, folder)
        #expect(try await steps() == ["first open"])
        try await night(3, database, folder)
        // Bob has nothing to do yet, Ana the first step until tonight.
        #expect(try await steps() == ["first lapsed", "second open bob@example.com"])
    }

    @Test func `a step that is done does not come back, and a night of a day before changes nothing`() async throws {
        let (database, folder) = try await loaded()
        try await night(0, database, folder)
        let number = try await ImportFixture.number("select task_id from hale_data.task where playbook = 'renew'")
        _ = try await TestDatabase.shared.query(
            """
            update hale_data.task set closed_on = '\(Self.day)', closed_reason = 'done', blocks_until = lapses_on
            where task_id = \(number)
            """)
        try await night(0, database, folder)
        try await night(1, database, folder)
        #expect(try await steps() == ["first done"])
    }

    @Test func `are cancelled when the renewal is settled, and come back as the same task when it is not`() async throws
    {
        let (database, folder) = try await loaded()
        try await night(0, database, folder)
        let contracts = "contract_id,account_id,arr,currency,starts_on,ends_on,notice_days,cancelled_on\n"
        try await ImportFixture.load(
            .contracts, contracts + "k1,acme,90000,EUR,2025-05-01,\(Self.day + 90),30,\(Self.day + 1)\n", into: database
        ) {
            $0.isHistory = true
            $0.termEnd = .dayAfter
        }
        try await night(1, database, folder)
        #expect(try await steps() == ["first cancelled"])
    }
}
