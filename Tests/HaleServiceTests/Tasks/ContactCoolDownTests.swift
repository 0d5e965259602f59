import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Contacts as they are imported and logged, and what the night then opens.
@Suite(.database) struct `After a contact` {
    private static let header = "account_id,occurred_at,kind,csm_email\n"

    /// Days before today, and whether a task is opened today.
    @Test(arguments: [
        ("call", 0, false), ("meeting", 13, false), ("email", 13, false), ("call", 14, true), ("call", 15, true),
        ("reply", 1, true), ("", 1, true),
    ])
    func `of ours nothing new is opened for 14 days`(kind: String, days: Int, isOpened: Bool) async throws {
        let fixture = try await TaskFixture(accounts: ["acme", "bolt"])
        try await ImportFixture.load(
            .touchpoints, Self.header + "acme,\(fixture.day - days),\(kind),\(TaskFixture.ana)\n",
            into: fixture.database)
        try await TaskStage(fixture.database).run(asOf: fixture.day)
        let planned = try await TaskStage(fixture.database).plan(asOf: fixture.day, csm: nil)
        #expect(planned.map(\.account.accountID) == (isOpened ? ["acme", "bolt"] : ["bolt"]))
        let stored = try await fixture.database.withConnection { try await TaskListing($0).tasks(asOf: fixture.day) }
        #expect(stored.map(\.accountID) == planned.map(\.account.accountID))
    }

    @Test func `what is open stays, also on later nights, and what took place after a day does not count on it`()
        async throws
    {
        let fixture = try await TaskFixture(accounts: ["acme"])
        try await TaskStage(fixture.database).run(asOf: fixture.day)
        let rows = try await fixture.rows()
        #expect(rows.count == 1)
        try await ImportFixture.load(
            .touchpoints, Self.header + "acme,\(fixture.day + 1),email,\(TaskFixture.ana)\n", into: fixture.database)
        for _ in 0..<2 {
            try await TaskStage(fixture.database).run(asOf: fixture.day)
            #expect(try await fixture.rows() == rows)
        }
        _ = try await TestDatabase.shared.query("delete from hale_data.task")
        try await TaskStage(fixture.database).run(asOf: fixture.day)
        #expect(try await fixture.rows().count == 1)
    }

    @Test func `a call that is logged closes what it completes, and nothing else follows in the night`() async throws {
        let fixture = try await TaskFixture(accounts: ["acme"])
        try await fixture.set("band = 'red', coverage = 1", of: "acme")
        try await TaskStage(fixture.database).run(asOf: fixture.day)
        let logged = try await ContactLog(fixture.database).log(
            .call, with: "acme", note: "spoke to Kim", by: TaskFixture.ana, on: nil)
        #expect(logged.completed == 1)
        // The decline is another reason, and waits all the same; a newer cliff would not.
        try await fixture.set("decline_since = '\(fixture.day)'", of: "acme")
        #expect(try await TaskStage(fixture.database).plan(asOf: fixture.day, csm: nil).isEmpty)
        try await fixture.set("cliff_since = '\(fixture.day)'", of: "acme")
        #expect(try await TaskStage(fixture.database).plan(asOf: fixture.day, csm: nil).isEmpty)
        _ = try await TestDatabase.shared.query(
            "update hale_data.touchpoint set occurred_at = occurred_at - interval '1 day'")
        let planned = try await TaskStage(fixture.database).plan(asOf: fixture.day, csm: nil)
        #expect(planned.first?.draft.reasons.contains(.cliff) == true)
    }
}
