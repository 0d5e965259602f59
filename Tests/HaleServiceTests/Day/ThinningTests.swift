import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Old scores are thinned or forgotten where the settings say so, and the rest stays as it was.
@Suite(.database) struct `Thinning of scores` {
    private let day = Day(daysSince2000: 9_557)  // 2026-03-02, a Monday

    private func days() async throws -> [Day] {
        try await ImportFixture.texts("select distinct day::text as text from hale_data.health_score order by 1")
            .map { try DemoWorkspace.day($0) }
    }

    private func set(_ setting: OrganisationSetting, _ value: String) async throws {
        try await TestDatabase.shared.database.withConnection { try await SettingStore($0).set(setting, to: value) }
    }

    @Test(.timeLimit(.minutes(30)))
    func `keeps the last day of each old week, forgets the oldest, and touches nothing else`() async throws {
        let database = try await ScoreFixture.load()
        // Two weeks that are old to the newest day, from a Monday to a Sunday, and one a year older.
        let first = day - 140
        _ = try await DayRun(database).scores(from: first - 300, to: first - 299)
        _ = try await DayRun(database).scores(from: first, to: first + 13)
        _ = try await DayRun(database).scores(from: day - 1, to: day)
        #expect(try await days().count == 18)
        let before = Set(try await ScoreFixture.storedScores())
        try await set(.dailyScoreDays, "100")
        try await set(.scoreDays, "365")
        // Alerts that ended on the last day that is forgotten and on the first that is kept.
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.alert (
                account_id, rule, state, severity, labels, annotations, since_on, true_days, resolved_on, evaluated_on)
            select 1, 'Old', 'resolved', 'info', '{}', '{}', ended, 1, ended, ended
            from unnest(array[date '2025-03-02', '2025-03-03']) as ended
            returning alert_id::text
            """)
        let outcome = try await DayRun(database).scores(from: day, to: day)
        #expect(
            try await ImportFixture.texts("select resolved_on::text as text from hale_data.alert") == ["2025-03-03"])
        #expect(outcome.first?.changes.isEmpty == true)
        #expect(try await days() == [first + 6, first + 13, day - 1, day])
        #expect(Set(try await ScoreFixture.storedScores()).isSubset(of: before))
        for table in ["portfolio_day", "score_run"] {
            #expect(
                try await ImportFixture.number("select count(distinct day) from hale_data.\(table)") == 4, "\(table)")
        }
        // A day that is gone was never scored; one after it can be scored again.
        let isScored = try await database.withConnection { try await ScoreCalendar($0).contains(first + 5) }
        #expect(!isScored)
        _ = try await ScoreStage(database).run(asOf: first + 6)
        #expect(try await ScoreFixture.unbalancedRows() == 0)
    }

    @Test(arguments: ["0", "89", "-5", "a year", "100000", ""])
    func `a number of days that makes no sense is refused`(value: String) async throws {
        await #expect(throws: StoreError.self) { try await set(.scoreDays, value) }
        await #expect(throws: StoreError.self) { try await set(.dailyScoreDays, value) }
    }
}
