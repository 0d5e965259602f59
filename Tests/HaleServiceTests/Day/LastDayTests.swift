import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Today is the last day that can be scored, and a later one that is stored is nobody's newest.
@Suite(.database) struct `The last day that can be scored` {
    private static let day = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)
    private static let typed = Day(iso: "2199-03-04") ?? Day(daysSince2000: 0)

    private func runs() async throws -> Int64 {
        try await ImportFixture.number("select count(*) from hale_data.score_run")
    }

    @Test func `is today; a later one is refused by name before anything is written`() async throws {
        let database = try await ScoreFixture.load()
        let refusal = DayRefusal.notReached(Self.day + 1, today: Self.day)
        let stage = ScoreStage(database, today: Self.day)
        let one = await #expect(throws: DayRefusal.self) { try await stage.run(asOf: Self.day + 1) }
        let range = await #expect(throws: DayRefusal.self) {
            try await stage.run(from: Self.day - 1, to: Self.day + 1)
        }
        let night = await #expect(throws: DayRefusal.self) {
            try await DayRun(database, today: Self.day).scores(from: Self.day, to: Self.day + 1)
        }
        #expect(one == refusal && range == refusal && night == refusal)
        #expect(
            refusal.description
                == "HALE-DAY-001: 2026-03-05 is after today, 2026-03-04 in the organisation's time zone: give a day up to today"
        )
        #expect(try await runs() == 0)
        _ = try await stage.run(asOf: Self.day)
        #expect(try await runs() == 1)
    }

    @Test func `is the organisation's own where none is given`() async throws {
        let database = try await ScoreFixture.load()
        let today = try await database.withConnection { try await AccountStore($0).today() }
        let refused = await #expect(throws: DayRefusal.self) { try await ScoreStage(database).run(asOf: Self.typed) }
        guard case .notReached(Self.typed, let last) = refused else {
            Issue.record("refused with \(String(describing: refused))")
            return
        }
        #expect(last >= today)
    }

    @Test func `a later day that is stored is nobody's newest, and thinning forgets nothing for it`() async throws {
        let database = try await ScoreFixture.load()
        let rules = try RuleFolder(RuleFolder.file("alert: Soon\nwhen: days_to_renewal <= 41"))
        func night(_ day: Day) -> DayRun { DayRun(database, rules: rules.library, today: day) }
        _ = try await night(Self.day).scores(from: Self.day - 1, to: Self.day)
        // As an older version let it pass.
        _ = try await ScoreStage(database, today: Self.typed).run(asOf: Self.typed)
        let newest = try await ImportFixture.texts("select hale.newest_day()::text as text")
        #expect(newest == [Self.day.description])
        try await database.withConnection { connection in
            #expect(try await ScoreCalendar(connection).newest(upTo: Self.day) == Self.day)
            try await SettingStore(connection).set(.scoreDays, to: "90")
            try await SettingStore(connection).set(.dailyScoreDays, to: "90")
        }
        let outcomes = try await night(Self.day + 1).run(from: Self.day - 1, to: Self.day + 1, scope: .needed).alerts?
            .get()
        #expect(outcomes?.map(\.day) == [Self.day - 1, Self.day, Self.day + 1])
        let days = try await ImportFixture.texts(
            "select distinct day::text as text from hale_data.health_score order by 1")
        #expect(days == ["2026-03-03", "2026-03-04", "2026-03-05", "2199-03-04"])
        let tasks = try await ImportFixture.texts("select distinct as_of::text as text from hale_data.task")
        #expect(tasks == ["2026-03-05"])
    }

    @Test func `is not used up where no account is known`() async throws {
        let database = try TestDatabase.shared.database
        let outcomes = try await DayRun(database, today: Self.day).scores(from: Self.day - 3, to: Self.day)
        #expect(outcomes.map(\.day) == (0...3).map { Self.day - 3 + $0 })
        #expect(outcomes.allSatisfy { $0.accounts == 0 && $0.keys == nil })
        #expect(try await runs() == 0)
        _ = try await ScoreFixture.load()
        let again = try await DayRun(database, today: Self.day).scores(from: Self.day, to: Self.day, scope: .needed)
        #expect(again.map(\.accounts) == [ScoreFixture.accountCount])
        #expect(again.first?.changes.inserted == ScoreFixture.accountCount)
    }
}
