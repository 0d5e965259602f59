import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Synchronization
import Testing

/// What usage has beside other kinds: people and features that come with it, contracts instead of accounts, event ids.
@Suite(.database)
struct `Importing usage` {
    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\nA2,Bolt\n", into: database)
        return database
    }

    @Test func `a first load leaves its tables counted, so that what follows is planned for them`() async throws {
        let database = try TestDatabase.shared.database
        let names = (1...2_000).map { "A\($0)" }
        try await ImportFixture.load(
            .accounts, "account_id,name\n" + names.map { "\($0),Account \($0)\n" }.joined(), into: database)
        try await ImportFixture.load(
            .usage, "account_id,person_id,occurred_at\n" + names.map { "\($0),P1,2026-01-05\n" }.joined(),
            into: database)
        for table in ["account", "person", "usage_month", "person_month", "usage_month_2026_01"] {
            #expect(
                try await ImportFixture.number(
                    "select reltuples from pg_class where oid = 'hale_data.\(table)'::regclass") == 2_000)
        }
    }

    @Test func `says which step it is at`() async throws {
        let steps = Mutex<[ImportStage.Step]>([])
        let file = try ImportFixture("account_id,person_id,feature,occurred_at\nA1,P1,boards,2026-01-05\n")
        _ = try await file.run(
            .usage, into: accounts(),
            progress: { progress in
                steps.withLock { if $0.last != progress.step { $0.append(progress.step) } }
            })
        #expect(steps.withLock { $0 } == [.survey, .rows, .names, .people, .features, .months])
    }

    @Test func `people and features first seen are created and counted`() async throws {
        let database = try await accounts()
        let first = try await ImportFixture.load(
            .usage,
            """
            account_id,person_id,feature,occurred_at
            A1,P1,boards,2026-01-05
            A1,P1,export,2026-01-05
            A1,P2,boards,2026-01-06
            A2,P1,boards,2026-01-06
            A2,,,2026-01-06

            """, into: database)
        // P1 and P2 of A1 and P1 of A2; boards and export.
        #expect([first.inserted, first.createdPeople, first.createdFeatures] == [5, 3, 2])
        let second = try await ImportFixture.load(
            .usage, "account_id,person_id,feature,occurred_at\nA1,P2,export,2026-02-01\nA1,P3,import,2026-02-01\n",
            into: database)
        #expect([second.inserted, second.createdPeople, second.createdFeatures] == [2, 1, 1])
        #expect(
            try await ImportFixture.texts(
                """
                select account.external_id || ' ' || person.external_id || ' ' || person.role as text
                from hale_data.person as person
                join hale_data.account as account on account.account_id = person.account_id
                order by 1
                """) == ["A1 P1 unknown", "A1 P2 unknown", "A1 P3 unknown", "A2 P1 unknown"])
        #expect(
            try await ImportFixture.texts("select name || ' ' || is_key as text from hale_data.feature order by name")
                == ["boards false", "export false", "import false"])
    }

    @Test func `people first seen in answers and touchpoints are created too`() async throws {
        let database = try await accounts()
        let answers = try await ImportFixture.load(
            .nps, "account_id,person_id,score,responded_at\nA1,P1,9,2026-01-05\nA1,P2,3,2026-01-05\n", into: database)
        #expect(answers.createdPeople == 2)
        let touchpoints = try await ImportFixture.load(
            .touchpoints, "account_id,person_id,occurred_at,kind\nA1,P2,2026-01-06,call\nA1,P3,2026-01-06,mail\n",
            into: database)
        #expect(touchpoints.createdPeople == 1)
    }

    @Test func `usage that names a contract counts for the contract's account`() async throws {
        let database = try await accounts()
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on\nK1,A1,5,EUR,2026-01-01\nK2,A2,5,EUR,2026-01-01\n",
            into: database)
        let receipt = try await ImportFixture.load(
            .usage,
            """
            contract_id,person_id,occurred_at,quantity
            K1,P1,2026-01-05,1
            K2,P1,2026-01-05,20
            K1,P1,2026-01-06,300

            """,
            into: database)
        #expect([receipt.inserted, receipt.createdPeople] == [3, 2])
        let totals = try await ImportFixture.texts(
            """
            select account.external_id || ' ' || sum(event.quantity) as text
            from hale_data.usage_event as event
            join hale_data.account as account on account.account_id = event.account_id
            group by account.external_id
            order by account.external_id
            """)
        #expect(totals == ["A1 301", "A2 20"])
    }

    @Test func `an event id counts once, within a file and across files`() async throws {
        let database = try await accounts()
        let header = "account_id,occurred_at,event_id\n"
        let first = try await ImportFixture.load(
            .usage, header + "A1,2026-01-05,e1\nA1,2026-01-05,e2\nA1,2026-01-05,e1\n", into: database)
        #expect([first.inserted, first.unchanged] == [2, 1])
        let second = try await ImportFixture.load(
            .usage, header + "A1,2026-01-05,e2\nA1,2026-01-06,e3\n", into: database)
        #expect([second.inserted, second.unchanged] == [1, 1])
        // The id counts within its account.
        let third = try await ImportFixture.load(.usage, header + "A2,2026-01-05,e1\n", into: database)
        #expect([third.inserted, third.unchanged] == [1, 0])
        #expect(try await ImportFixture.number("select count(*) from hale_data.usage_event") == 4)
        // A1 has e1 and e2 on the fifth and e3 on the sixth, and A2 has e1.
        #expect(
            try await ImportFixture.number(
                "select sum(total) from hale_data.usage_month, unnest(events) as total") == 4)
    }

    @Test func `rows without an event id are kept beside those that have one`() async throws {
        let database = try await accounts()
        let receipt = try await ImportFixture.load(
            .usage,
            "account_id,occurred_at,event_id\nA1,2026-01-05,\nA1,2026-01-05,\nA1,2026-01-05,e1\nA1,2026-01-05,e1\n",
            into: database)
        #expect([receipt.inserted, receipt.unchanged] == [3, 1])
    }

    @Test func `an event lies on its day in the organisation's time zone`() async throws {
        let database = try await accounts()
        try await database.withConnection { try await SettingStore($0).set(.timeZone, to: "America/New_York") }
        // 03:00 UTC is 22:00 of the day before in New York in winter; a time without an offset is New York's own.
        try await ImportFixture.load(
            .usage, "account_id,occurred_at\nA1,2026-01-06T03:00:00Z\nA1,2026-01-08T23:30:00\nA1,2026-01-10\n",
            into: database)
        let days = try await ImportFixture.texts("select day::text as text from hale_data.usage_event order by day")
        #expect(days == ["2026-01-05", "2026-01-08", "2026-01-10"])
    }
}
