import Foundation
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// A stored open task.
struct StoredTask {
    let account: String
    let title: String
    let isData: Bool
    let dueOn: String
    let valueProtected: Double
    let basis: String?
}

/// One open task for each account that needs somebody's time, and what it is worth.
@Suite(.database)
struct `Planning the tasks of a day` {
    /// Seen from 2 March 2026: one renewal is decided in 30 days, one customer has given notice, one has left, and of
    /// one no contract is known. Nothing else is known of them, so none has a score.
    private static let contracts = """
        contract_id,account_id,arr,currency,starts_on,ends_on,notice_given_on,cancelled_on
        k1,near,100000,EUR,2025-05-02,2026-05-01,,
        k2,notice,50000,EUR,2025-07-01,2026-06-30,2026-02-20,

        """
    private static let formerContract = "k3,former,70000,EUR,2025-01-15,2026-01-15,,2026-01-15\n"

    private func portfolio(withFormer: Bool = true) async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .accounts, "account_id,name\nnear,Near\nnotice,Notice\nformer,Former\nbare,Bare\n", into: database)
        let contracts = Self.contracts + (withFormer ? Self.formerContract : "")
        try await ImportFixture.load(.contracts, contracts, into: database) { $0.isHistory = true }
        return database
    }

    /// Open tasks in the order of the list.
    private func openTasks() async throws -> [StoredTask] {
        try await TestDatabase.shared.query(
            """
            select account.external_id, task.title, task.is_data_task, task.due_on::text as due_on,
                task.value_protected, task.probability_basis
            from hale_data.task as task
            join hale_data.account as account on account.account_id = task.account_id
            where task.closed_on is null
            order by task.is_data_task, task.priority desc, account.external_id
            """
        ).map { row in
            StoredTask(
                account: try row.decode("external_id"), title: try row.decode("title"),
                isData: try row.decode("is_data_task"), dueOn: try row.decode("due_on"),
                valueProtected: try row.decode("value_protected"), basis: try row.decodeIfPresent("probability_basis"))
        }
    }

    private func counts(_ changes: TaskStore.Changes) -> [Int] { [changes.opened, changes.refreshed, changes.closed] }

    @Test func `each account has one task, the most valuable first and data tasks last`() async throws {
        let database = try await portfolio()
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        #expect(try await counts(TaskStage(database).run(asOf: day)) == [3, 0, 0])

        let tasks = try await openTasks()
        // The customer under notice is twice as much at risk and three times as urgent; who has left is not called.
        #expect(tasks.map(\.account) == ["notice", "near", "bare"])
        #expect(
            tasks.map(\.title) == [
                "Talk about the notice of non-renewal", "Prepare the renewal", "Add the contract",
            ])
        #expect(tasks.map(\.isData) == [false, false, true])
        // Under notice today, the renewal within a week, what is missing within two.
        #expect(tasks.map(\.dueOn) == ["2026-03-02", "2026-03-09", "2026-03-16"])
        #expect(try await ImportFixture.number("select count(*) from hale_data.task") == 3)

        let planned = try await TaskStage(database).plan(asOf: day, csm: nil).map(\.draft)
        #expect(planned.sorted(by: TaskDraft.isBefore).map(\.account.accountID) == ["notice", "near", "bare"])
    }

    @Test func `the value of a task is the ARR it keeps at the assumed rates`() async throws {
        let database = try await portfolio(withFormer: false)
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        try await TaskStage(database).run(asOf: day)
        // Without a contract of its own the fourth account is like the third.
        let tasks = try await openTasks()
        try #require(tasks.count == 4)
        // ARR · margin 0.8 · P(lost) · 0.3 saved.
        // Under notice P(renewed) = 0.05: 50,000 · 0.8 · 0.95 · 0.3 = 11,400.
        #expect(abs(tasks[0].valueProtected - 11_400) < 1e-6)
        #expect(tasks[0].basis == "notice")
        // Without a score P(renewed) = 0.8: 100,000 · 0.8 · 0.2 · 0.3 = 4,800.
        #expect(abs(tasks[1].valueProtected - 4800) < 1e-6)
        #expect(tasks[1].basis == "assumed, n = 0")
        #expect(tasks[2...].allSatisfy { $0.isData && $0.valueProtected == 0 && $0.basis == nil })
    }

    @Test func `a lost customer lowers the rate that the others are expected to renew at`() async throws {
        let database = try await portfolio()
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        try await TaskStage(database).run(asOf: day)
        let task = try #require(try await openTasks().first { $0.account == "near" })
        // 0 of 1 renewed beside 10 assumed at 0.8 is 8/11 for all; 0 of 1 beside 10 of those is 80/121 for the segment.
        #expect(abs(task.valueProtected - 100_000 * 0.8 * (1 - 80.0 / 121) * 0.3) < 1e-6)
        #expect(task.basis == "assumed slope, n = 1")
    }

    @Test func `a score moves the probability by the assumed slope while few accounts are scored`() async throws {
        let database = try await ScoreFixture.load()
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        let found = try await database.withConnection { connection in
            try await AccountStore(connection).health(asOf: day, accounts: ["cord"])
        }
        let account = try #require(found.first)
        let coverage = try #require(account.coverage)
        let score = try #require(account.score)
        // logit(0.8) = ln 4; 0.9 logits per 15 points around 62; an account that is not scored has the rate alone.
        let logit = log(4.0) + (coverage < 0.3 ? 0 : 0.9 * (score - 62) / 15)
        let probability = 1 / (1 + exp(-logit))
        // Cord's contract of 12,000 ends on 14 April, so notice has to be given by 15 March.
        let planned = try await TaskStage(database).plan(asOf: day, csm: nil)
        let task = try #require(planned.first { $0.draft.account.accountID == "cord" })
        let expected = 12_000 * 0.8 * (1 - probability) * 0.3
        #expect(abs(task.draft.priority.valueProtected - expected) < 1e-6)
        #expect(abs(Double(task.valueProtectedMinor) - 100 * expected) <= 0.5 + 1e-6)
        #expect(task.draft.reasons.contains(.decisionNear))
        #expect(task.basis == "assumed, n = 0")
    }

    @Test func `running it again changes nothing`() async throws {
        let database = try await portfolio()
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        try await TaskStage(database).run(asOf: day)
        let rows = "select task::text as text from hale_data.task as task order by task_id"
        let before = try await ImportFixture.texts(rows)
        #expect(try await counts(TaskStage(database).run(asOf: day)) == [0, 0, 0])
        #expect(try await ImportFixture.texts(rows) == before)
    }

    @Test
    func `a task is closed when nothing calls for it any more, and opened anew when something does`() async throws {
        let database = try await portfolio()
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        try await TaskStage(database).run(asOf: day)
        #expect(try await openTasks().map(\.account) == ["notice", "near", "bare"])

        // The customer under notice has stopped: it is a former one from 2 March on.
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,cancelled_on,recorded_at
            k2,notice,50000,EUR,2025-07-01,2026-03-02,2026-03-02

            """,
            into: database)
        _ = try await ScoreStage(database).run(asOf: day + 1)
        // The others are known from the later day now.
        #expect(try await counts(TaskStage(database).run(asOf: day + 1)) == [0, 2, 1])
        #expect(try await openTasks().map(\.account) == ["near", "bare"])
        #expect(
            try await ImportFixture.texts(
                "select closed_on || ' ' || closed_reason as text from hale_data.task where closed_on is not null")
                == ["2026-03-03 resolved"])

        // It comes back with a new contract that is decided soon.
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on\nk9,notice,50000,EUR,2026-03-03,2026-04-30\n",
            into: database)
        _ = try await ScoreStage(database).run(asOf: day + 2)
        #expect(try await counts(TaskStage(database).run(asOf: day + 2)) == [1, 2, 0])
        #expect(
            try await ImportFixture.number(
                """
                select max(tasks)
                from (
                    select count(*) as tasks from hale_data.task where closed_on is null group by account_id
                ) as by_account
                """) == 1)
        #expect(try await ImportFixture.number("select count(*) from hale_data.task") == 4)
    }

    @Test func `a CSM is shown the tasks of their own accounts`() async throws {
        let database = try await portfolio()
        try await ImportFixture.load(.csms, "email\nann@example.com\nbo@example.com\n", into: database)
        try await ImportFixture.load(
            .accounts, "account_id,name,csm_email\nnear,Near,ann@example.com\nnotice,Notice,bo@example.com\n",
            into: database)
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        let planned = try await TaskStage(database).plan(asOf: day, csm: "Ann@example.com")
        #expect(planned.map(\.draft.account.accountID) == ["near"])
        #expect(planned.first?.account.csm == "ann@example.com")
    }
}
