import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// What a CSM's other accounts, and who is there, mean for tasks.
@Suite(.database) struct `Tasks and the portfolio of a CSM` {
    /// 2026-03-02, a Monday.
    private static let day = Day(daysSince2000: 9_557)

    /// Ana has five paying accounts and one that pays nothing, Bob two that pay the same, Cem none; nobody has the last.
    private func portfolio() async throws -> Database {
        let database = try TestDatabase.shared.database
        let accounts = [
            ("a1", "ana", 100), ("a2", "ana", 200), ("a3", "ana", 300), ("a4", "ana", 400), ("a5", "ana", 500),
            ("a6", "ana", 0), ("b1", "bob", 50), ("b2", "bob", 50), ("n1", "", 10),
        ]
        try await ImportFixture.load(
            .csms, "email,name\n" + ["ana", "bob", "cem"].map { "\($0)@example.com,\($0)\n" }.joined(), into: database)
        try await ImportFixture.load(
            .accounts,
            "account_id,name,csm_email\n"
                + accounts.map { "\($0.0),\($0.0),\($0.1.isEmpty ? "" : $0.1 + "@example.com")\n" }.joined(),
            into: database)
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on\n"
                + accounts.filter { $0.2 > 0 }.map {
                    "k\($0.0),\($0.0),\($0.2),EUR,\(Self.day - 100),\(Self.day + 265)\n"
                }.joined(), into: database
        ) { $0.isHistory = true }
        _ = try await ScoreStage(database).run(asOf: Self.day)
        return database
    }

    private func small(_ database: Database) async throws -> Set<String> {
        let accounts = try await ImportFixture.texts("select account_id::text as text from hale_data.account")
        let small = try await database.withConnection {
            try await TaskListing($0).smallAccounts(asOf: Self.day, among: Set(accounts.compactMap { Int64($0) }))
        }
        let names = try await ImportFixture.texts(
            "select external_id as text from hale_data.account where account_id in "
                + "(\((small.map(String.init) + ["-1"]).joined(separator: ",")))")
        return Set(names)
    }

    private func cover(_ account: String, by csm: String, from first: Day, until last: Day) async throws {
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.account_cover (account_id, csm_id, starts_on, until_on)
            select account_id, (select csm_id from hale_data.csm where email = '\(csm)@example.com'),
                '\(first)', '\(last)'
            from hale_data.account
            where external_id = '\(account)'
            """)
    }

    private func performers(_ database: Database, on day: Day) async throws -> [String] {
        try await database.withConnection { try await TaskStore($0).performers(on: day) }
            .map { "\($0.email.prefix(3)) \($0.openMinutes)" }
    }

    @Test func `an account is small below the median of what its CSM's accounts pay`() async throws {
        let database = try await portfolio()
        // Of 100 to 500 the median is 300; an account that pays nothing is not counted. Of two that pay the same none is
        // below. Nobody's account is not compared.
        #expect(try await small(database) == ["a1", "a2"])
        // What is looked after on the day counts: with 50 the median of Ana's six is 250, and Bob's last is his median.
        try await cover("b1", by: "ana", from: Self.day, until: Self.day)
        #expect(try await small(database) == ["a1", "a2", "b1"])
        // Asked for one account, the portfolio is the same.
        let key = try await ImportFixture.number("select account_id from hale_data.account where external_id = 'a2'")
        let one = try await database.withConnection {
            try await TaskListing($0).smallAccounts(asOf: Self.day, among: [Int64(key)])
        }
        #expect(one == [Int64(key)])
        try await TaskStage(database).run(asOf: Self.day)
        let listed = try await TaskDesk(database) { TaskStage(database, model: .default) }
            .tasks(asOf: Self.day, csm: "ana@example.com")
        #expect(Set(listed.filter(\.isOfSmallAccount).map(\.accountID)) == ["a1", "a2", "b1"])
        #expect(listed.count > 3)
    }

    @Test func `who covers has the load, and who is absent gets no new task`() async throws {
        let database = try await portfolio()
        try await TaskStage(database).run(asOf: Self.day)
        let minutes = try await ImportFixture.number(
            """
            select sum(task.minutes) from hale_data.task as task join hale_data.account using (account_id)
            where external_id like 'b%' and closed_on is null
            """)
        try #require(minutes > 0)
        let before = try await performers(database, on: Self.day)
        #expect(before.map { $0.prefix(3) } == ["ana", "bob", "cem"] && before[1] == "bob \(minutes)")
        #expect(before[2] == "cem 0")
        // One of two accounts is covered: Bob is there, with what is left.
        try await cover("b1", by: "cem", from: Self.day + 1, until: Self.day + 3)
        #expect(try await performers(database, on: Self.day + 1).map { $0.prefix(3) } == ["ana", "bob", "cem"])
        #expect(try await performers(database, on: Self.day + 1)[1] != "bob \(minutes)")
        // All of them: absent from the first to the last day, and Cem has what Bob had. Who has no account is there.
        try await cover("b2", by: "cem", from: Self.day + 2, until: Self.day + 3)
        for day in [Self.day + 2, Self.day + 3] {
            #expect(try await performers(database, on: day) == [before[0], "cem \(minutes)"])
        }
        #expect(try await performers(database, on: Self.day + 4) == before)
        // What Bob was given of his own goes to the cover as well.
        _ = try await TestDatabase.shared.query(
            "update hale_data.task set assignee_id = (select csm_id from hale_data.csm where email = 'bob@example.com') "
                + "where account_id in (select account_id from hale_data.account where external_id = 'b1')")
        #expect(try await performers(database, on: Self.day + 3) == [before[0], "cem \(minutes)"])
    }
}
