import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// `hale tasks reopen ACCOUNT`.
@Suite(.database) struct `Taking back the last change of an account` {
    private static let ana = TaskFixture.ana

    /// Two accounts with a task each, and one without.
    private func opened() async throws -> (TaskFixture, TaskActions, [String: Int64]) {
        let fixture = try await TaskFixture(accounts: ["acme", "bolt", "calm"])
        try await fixture.set("band = 'green', coverage = 1", of: "calm")
        try await TaskStage(fixture.database).run(asOf: fixture.day)
        let tasks = try await fixture.database.withConnection { try await TaskListing($0).tasks(asOf: fixture.day) }
        let numbers = Dictionary(uniqueKeysWithValues: tasks.map { ($0.accountID, $0.number ?? 0) })
        try #require(numbers.keys.sorted() == ["acme", "bolt"])
        return (fixture, TaskActions(fixture.database), numbers)
    }

    @Test(arguments: ["done", "dropped", "snoozed", "assigned"])
    func `finds it whatever was done, and says which`(kind: String) async throws {
        let (fixture, actions, numbers) = try await opened()
        let before = try await fixture.rows()
        let target = TaskActions.Target(accounts: ["acme"])
        switch kind {
        case "done": _ = try await actions.done(target, outcome: .saved, note: nil, by: Self.ana)
        case "dropped": _ = try await actions.drop(target, reason: nil, by: Self.ana)
        case "snoozed": _ = try await actions.snooze(target, until: fixture.day + 9, reason: "x", by: Self.ana)
        default: _ = try await actions.assign(target, to: TaskFixture.bob, note: nil, by: Self.ana)
        }
        #expect(try await fixture.rows() != before)
        let would = try await actions.reopen(target, by: TaskFixture.bob, isDryRun: true)
        #expect(would.map(\.task.number) == [numbers["acme"]] && would.map(\.change.rawValue) == [kind])
        let taken = try await actions.reopen(target, by: TaskFixture.bob)
        #expect(taken.map(\.task.number) == [numbers["acme"]] && taken.map(\.change.rawValue) == [kind])
        #expect(taken.map(\.person) == [Self.ana])
        #expect(try await fixture.rows() == before)
    }

    @Test func `goes back one change at a time, over all tasks of the account`() async throws {
        let (fixture, actions, numbers) = try await opened()
        let own = try await actions.add(
            "Send the slides", to: "acme", dueOn: nil, minutes: 15, assignee: nil, note: nil, by: Self.ana)
        let open = try await fixture.rows()
        let target = TaskActions.Target(accounts: ["acme"])
        _ = try await actions.done(.init(numbers: [own]), outcome: nil, note: nil, by: Self.ana)
        let first = try await fixture.rows()
        _ = try await actions.done(.init(numbers: [numbers["acme"] ?? 0]), outcome: nil, note: nil, by: Self.ana)
        #expect(try await actions.reopen(target, by: Self.ana).map(\.task.number) == [numbers["acme"]])
        #expect(try await fixture.rows() == first)
        #expect(try await actions.reopen(target, by: Self.ana).map(\.task.number) == [own])
        #expect(try await fixture.rows() == open)
        await #expect(throws: TaskActions.Refusal.nothingChanged(ofAccount: "acme")) {
            try await actions.reopen(target, by: Self.ana)
        }
        // What was one change of both is taken back at once.
        _ = try await actions.done(target, outcome: nil, note: nil, by: Self.ana)
        #expect(try await actions.reopen(target, by: Self.ana).count == 2)
        #expect(try await fixture.rows() == open)
    }

    @Test func `works on several accounts at once, all or none`() async throws {
        let (fixture, actions, numbers) = try await opened()
        let before = try await fixture.rows()
        _ = try await actions.done(.init(accounts: ["acme", "bolt"]), outcome: nil, note: nil, by: Self.ana)
        let done = try await fixture.rows()
        await #expect(throws: TaskActions.Refusal.nothingChanged(ofAccount: "calm")) {
            try await actions.reopen(.init(accounts: ["acme", "calm"]), by: Self.ana)
        }
        #expect(try await fixture.rows() == done)
        // Only that of the account that is named, although both were done at once; a number beside it counts once.
        let acme = numbers["acme"] ?? 0
        let taken = try await actions.reopen(.init(numbers: [acme], accounts: ["acme"]), by: Self.ana)
        #expect(taken.map(\.task.number) == [acme])
        _ = try await actions.reopen(.init(accounts: ["bolt"]), by: Self.ana)
        #expect(try await fixture.rows() == before)
        #expect(TaskActions.Refusal.nothingChanged(ofAccount: "calm").code == "HALE-TASK-011")
    }

    @Test func `what a call completed is open again, and the other task that is open by now is told`() async throws {
        let (fixture, actions, numbers) = try await opened()
        _ = try await TestDatabase.shared.query("update hale_data.task set completed_by = '{call}'")
        _ = try await ContactLog(fixture.database).log(.call, with: "acme", note: "spoke", by: Self.ana, on: nil)
        #expect(try await actions.reopen(.init(accounts: ["acme"]), by: Self.ana).map(\.change) == [.done])
        _ = try await actions.drop(.init(accounts: ["bolt"]), reason: nil, by: Self.ana)
        // Notice is another reason, so the account gets another task.
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on,notice_given_on\n"
                + "k-bolt,bolt,180002,EUR,\(fixture.day - 100),\(fixture.day + 265),\(fixture.day - 1)\n",
            into: fixture.database
        ) { $0.isHistory = true }
        try await TaskStage(fixture.database).run(asOf: fixture.day)
        let other = try await ImportFixture.number(
            "select max(task_id) from hale_data.task where closed_on is null and title like '%notice%'")
        await #expect(throws: TaskActions.Refusal.replaced(numbers["bolt"] ?? 0, by: Int64(other))) {
            try await actions.reopen(.init(accounts: ["bolt"]), by: Self.ana)
        }
    }
}
