import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Packed usage made anew from the raw events.
@Suite(.database)
struct `Repacking usage` {
    private func database() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\nA2,Bolt\n", into: database)
        try await ImportFixture.load(
            .usage,
            """
            account_id,person_id,feature,occurred_at,quantity
            A1,P1,boards,2026-01-31T23:30:00Z,2
            A1,P2,boards,2026-01-31T12:00:00Z,3
            A1,P1,,2026-02-10T12:00:00Z,4
            A2,,export,2026-03-01T00:30:00Z,5

            """, into: database)
        return database
    }

    private let months = """
        select concat_ws(' ', account_id, month, active_days, events, quantity, people, named_events, person_days) as text
        from hale_data.usage_month
        order by account_id, month
        """

    @Test func `what was spoilt is as it was`() async throws {
        let database = try await database()
        let before = try await ImportFixture.texts(months)
        for statement in [
            "update hale_data.usage_month set people = events where month = '2026-01-01'",
            "delete from hale_data.usage_month where month = '2026-02-01'",
            "delete from hale_data.person_month where month = '2026-01-01'",
            "insert into hale_data.person_month select 1, 99, '2026-03-01', 1",
            "update hale_data.usage_month set person_days = '' where month = '2026-03-01'",
            "update hale_data.feature_month set events = 100",
        ] { _ = try await TestDatabase.shared.query(statement) }
        #expect(try await !PackedUsage.differences().isEmpty)
        let summary = try await RepackStage(database).run()
        #expect([summary.months, summary.accountMonths, summary.movedEvents] == [3, 3, 0])
        #expect(try await PackedUsage.differences() == [])
        #expect(try await ImportFixture.texts(months) == before)
    }

    @Test func `another time zone puts events on other days, in months that were not there`() async throws {
        let database = try await database()
        await #expect(throws: StoreError.self) {
            try await database.withConnection { try await SettingStore($0).set(.timeZone, to: "Pacific/Auckland") }
        }
        // 13 hours ahead: the event of 12:00 is on the next day, which is the first of February.
        let summary = try await RepackStage(database).run(timeZone: "Pacific/Auckland")
        #expect(summary.movedEvents == 3)
        #expect(try await PackedUsage.differences() == [])
        let days = try await ImportFixture.texts(
            "select day::text as text from hale_data.usage_event order by occurred_at")
        #expect(days == ["2026-02-01", "2026-02-01", "2026-02-11", "2026-03-01"])
        let receipt = try await ImportFixture.load(.usage, "account_id,occurred_at\nA1,2026-02-01\n", into: database)
        #expect(receipt.inserted == 1)
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `an unknown time zone changes nothing`() async throws {
        let database = try await database()
        let before = try await ImportFixture.texts(months)
        await #expect(throws: StoreError.self) { try await RepackStage(database).run(timeZone: "Mars/Olympus") }
        #expect(try await ImportFixture.texts(months) == before)
    }

    @Test func `imports that run meanwhile are neither lost nor counted twice`() async throws {
        let database = try await database()
        let fixtures = try (0..<2).map { file in
            try ImportFixture(
                "account_id,person_id,occurred_at\n"
                    + (1...28).map { "A1,Q\(file),2026-01-\($0 < 10 ? "0" : "")\($0)\n" }.joined())
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for fixture in fixtures { group.addTask { _ = try await fixture.run(.usage, into: database) } }
            group.addTask { _ = try await RepackStage(database).run() }
            try await group.waitForAll()
        }
        #expect(try await PackedUsage.differences() == [])
        #expect(try await ImportFixture.number("select count(*) from hale_data.usage_event") == 60)
    }
}
