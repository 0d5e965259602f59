import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Days of a small portfolio are read ahead and published together; what is stored must not show it.
@Suite(.database) struct `A range of days` {
    /// Besides the four accounts of the fixture: Erle's usage names nobody, and falls silent for longer than scores look
    /// back; Fink begins within the range, without a date of its own; champions come, are met and leave.
    private func portfolio() async throws -> Database {
        let database = try await ScoreFixture.load()
        try await ImportFixture.load(.accounts, "account_id,name\nerle,Erle\nfink,Fink\n", into: database)
        try await ImportFixture.load(
            .people,
            """
            person_id,account_id,role,left_on
            p1,acme,champion,
            p2,acme,champion,2026-02-10
            p1,bolt,champion,2026-01-15

            """, into: database)
        try await ImportFixture.load(
            .touchpoints,
            """
            account_id,occurred_at,kind,person_id
            acme,2025-12-10,meeting,p1
            bolt,2026-01-08,reply,p1
            acme,2026-02-03,call,p2

            """, into: database)
        var usage = "account_id,feature,occurred_at,quantity\n"
        let first = try DemoWorkspace.day("2025-11-03")
        for day in stride(from: first, to: first + 60, by: 1) where !day.isWeekend { usage += "erle,boards,\(day),3\n" }
        let later = try DemoWorkspace.day("2026-02-18")
        for day in stride(from: later, to: later + 9, by: 1) { usage += "fink,export,\(day),1\n" }
        try await ImportFixture.load(.usage, usage, into: database)
        return database
    }

    private static func figures() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select (to_jsonb(figures) - 'recorded_at')::text as text
            from hale_data.portfolio_day as figures
            order by day, model_hash
            """)
    }

    /// Until more than 182 days after Erle was last heard of; the year's end and a month of 29 days are not special.
    private static let last = "2026-07-20"

    @Test(.timeLimit(.minutes(30))) func `is stored as its days are one by one`() async throws {
        let database = try await portfolio()
        let models = try ModelLibrary().set(["onboarding", "enterprise"])
        let stage = ScoreStage(database, models: models)
        let first = try DemoWorkspace.day("2025-12-20")
        let last = try DemoWorkspace.day(Self.last)
        let outcomes = try await stage.run(from: first, to: last)
        #expect(outcomes.map(\.day) == Array(first...last))
        #expect(outcomes.allSatisfy { $0.changes == .init(inserted: 6) })
        let stored = try await ScoreFixture.storedScores()
        let figures = try await Self.figures()
        #expect(stored.count == outcomes.count * 6)
        // What the portfolio is made for is in it.
        #expect(
            try await ImportFixture.texts("select distinct name as text from hale_data.model order by 1")
                == ["default", "enterprise", "onboarding"])

        // Each day alone, from what is stored of the day before: not a figure differs.
        for day in stride(from: first, through: last, by: 5) {
            let outcome = try await stage.run(asOf: day)
            #expect(outcome.changes == .init(unchanged: 6), "\(day)")
        }
        #expect(try await ScoreFixture.storedScores() == stored)
        #expect(try await Self.figures() == figures)
    }

    @Test func `goes on from the days stored before it, and what follows it is smoothed again`() async throws {
        let database = try await portfolio()
        let stage = ScoreStage(database)
        let first = try DemoWorkspace.day("2026-02-01")
        for day in stride(from: first, through: first + 14, by: 1) { _ = try await stage.run(asOf: day) }
        let stored = try await ScoreFixture.storedScores()
        _ = try await TestDatabase.shared.query(
            "delete from hale_data.health_score where day > '2026-02-04' and day < '2026-02-10'")
        _ = try await TestDatabase.shared.query(
            "delete from hale_data.score_run where day > '2026-02-04' and day < '2026-02-10'")
        let again = try await stage.run(from: first + 4, to: first + 8)
        #expect(again.last?.smoothedAgain == 6)
        #expect(try await ScoreFixture.storedScores() == stored)
    }

    @Test func `up to a day without an exchange rate is kept`() async throws {
        let database = try TestDatabase.shared.database
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on\nK1,A1,1000,EUR,2026-01-01\nK2,A1,1000,USD,2026-03-05\n",
            into: database)
        let first = try DemoWorkspace.day("2026-03-01")
        await #expect(throws: StoreError.missingRate(currency: "USD", day: "2026-03-05")) {
            _ = try await ScoreStage(database).run(from: first, to: first + 9)
        }
        #expect(
            try await ImportFixture.texts("select day::text as text from hale_data.health_score order by day")
                == ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"])
        #expect(try await ImportFixture.number("select count(*) from hale_data.score_run where error is null") == 4)
    }
}
