import HaleDomain
import HaleService
import HaleTestSupport
import Postgres
import Testing

/// What rules see of the four accounts of the fixture.
@Suite(.database) struct `The signals` {
    private static let day = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)

    private func texts(_ query: String) async throws -> [String] { try await ImportFixture.texts(query) }

    @Test func `are one row per account, with or without tasks, on any day`() async throws {
        let database = try await ScoreFixture.load()
        for offset in 0..<4 { _ = try await DayRun(database).scores(from: Self.day + offset, to: Self.day + offset) }
        // Tasks of other days must not be taken for tasks of this one, nor their days for the day.
        #expect(try await ImportFixture.number("select count(*) from hale_data.task") > 0)
        #expect(
            try await ImportFixture.number(
                "select count(distinct account_id) from hale_data.task where origin = 'account'") < 4)
        for date in ["2026-03-03", "2026-03-04", "2026-03-06", "2026-03-07"] {
            let accounts = try await texts(
                "select account_id as text from hale.account_signal_on('\(date)') order by 1")
            #expect(accounts == ["acme", "bolt", "cord", "dorn"], "\(date)")
        }
    }

    @Test func `count their days from the day asked for`() async throws {
        let database = try await ScoreFixture.load()
        _ = try await DayRun(database).scores(from: Self.day, to: Self.day + 1)
        // Usage of acme and bolt goes on until 5 March, on working days, of bolt on every second day counted from
        // 1 December, so on 5 March too far: 3 March is its last before the 4th. Cord's ended on 30 January.
        let active = try await texts(
            """
            select concat_ws(' ', account_id, last_active_on, days_since_active, days_to_renewal, days_to_decision,
                coalesce(feed_stale_days::text, '-')) as text
            from hale.account_signal_on('2026-03-04')
            order by account_id
            """)
        #expect(
            active == [
                "acme 2026-03-03 1 118 88 0", "bolt 2026-03-03 1 210 180 0", "cord 2026-01-30 33 41 11 0", "dorn 0",
            ])
    }

    @Test func `say for how long an account is red`() async throws {
        let database = try await ScoreFixture.load()
        _ = try await DayRun(database).scores(from: Self.day, to: Self.day + 5)
        let bands = ["green", "red", "red", "amber", "red", "red"]
        for (offset, band) in bands.enumerated() {
            _ = try await TestDatabase.shared.query(
                """
                update hale_data.health_score
                set band = $1::text
                where day = $2::text::date and account_id in (
                    select account_id from hale_data.account where external_id in ('acme', 'dorn'))
                """, [band, (Self.day + offset).description])
        }
        // Dorn was never anything but red.
        _ = try await TestDatabase.shared.query(
            """
            update hale_data.health_score set band = 'red'
            where account_id = (select account_id from hale_data.account where external_id = 'dorn')
            """)
        for (offset, days) in [(0, [0, 1]), (1, [1, 2]), (2, [2, 3]), (3, [0, 4]), (4, [1, 5]), (5, [2, 6])] {
            let found = try await texts(
                """
                select days_red::text as text from hale.account_signal_on('\(Self.day + offset)')
                where account_id in ('acme', 'dorn') order by account_id
                """)
            #expect(found == days.map { "\($0)" }, "day \(offset)")
        }
    }

    @Test func `know nothing of a score on a day that was not scored`() async throws {
        _ = try await ScoreFixture.load()
        let found = try await texts(
            """
            select concat_ws('|', account_id, arr, score, band, usage_cliff, data_missing, coverage) as text
            from hale.account_signal_on('2026-03-04')
            order by account_id
            """)
        #expect(found == ["acme|60000.00", "bolt|24000.00", "cord|12000.00", "dorn|0.00"])
    }
}
