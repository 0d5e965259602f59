import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The ledger says when and why a day was scored again, and a score says since when its inputs are stale.
@Suite(.database) struct `The ledger of runs` {
    private let day = Day(daysSince2000: 9_557)  // 2026-03-02, a Monday

    private func ledger() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws('|', inserted, replaced, unchanged, reason) as text
            from hale.score_run_on('2026-03-02')
            where finished_at is not null
            order by run_id
            """)
    }

    @Test func `says why a row was replaced, and the row names the run`() async throws {
        let database = try await ScoreFixture.load()
        _ = try await ScoreStage(database).run(asOf: day)
        _ = try await ScoreStage(database).run(asOf: day)
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,priority\nt7,acme,2026-02-10,p1\n", into: database)
        _ = try await ScoreStage(database).run(asOf: day)
        _ = try await ScoreStage(database).run(asOf: day, scope: .accounts(["bolt"]))
        try await ImportFixture.load(.holidays, "country,day\nFR,2026-02-27\n", into: database)
        _ = try await ScoreStage(database).run(asOf: day, scope: .changed)
        let lines = try await ledger()
        #expect(
            lines.prefix(4) == [
                "4|0|0|first run of this day by this model", "0|0|4|nothing changed since the last run",
                "0|1|3|facts of 1 account changed", "0|0|1|asked for: bolt",
            ])
        #expect(lines.last?.hasSuffix("|changed for all accounts: holidays") == true, "\(lines)")

        let history = try await ImportFixture.texts(
            """
            select concat_ws('|', account_id, band, computed_band, run_reason) as text
            from hale.account_health_history_on('2026-03-10')
            where account_id in ('acme', 'cord')
            order by account_id
            """)
        #expect(history.count == 2)
        #expect(history.first?.hasSuffix("facts of 1 account changed") == true, "\(history)")
        #expect(history.last?.hasSuffix("first run of this day by this model") == true, "\(history)")
    }

    @Test func `and the history of a day shows what people set for it`() async throws {
        let database = try await ScoreFixture.load()
        _ = try await ScoreStage(database).run(from: day, to: day + 2)
        _ = try await Judgements(database).set(
            .red, of: "acme", from: day + 1, until: day + 1, reason: "x", by: "ana@example.com")
        let bands = try await ImportFixture.texts(
            """
            select concat_ws('|', day, band, override_band) as text
            from hale.account_health_history_on('2026-03-04')
            where account_id = 'acme'
            order by day
            """)
        #expect(bands.map { String($0.split(separator: "|")[1]) }[1] == "red")
        #expect(bands.map { $0.hasSuffix("|red|red") } == [false, true, false])
    }

    @Test func `a score whose feeds went silent says since when`() async throws {
        let database = try await ScoreFixture.load()
        // The newest usage is of 5 March, the newest ticket of 1 March; a week without a fact is stale.
        for (day, since, feeds) in [
            (day, nil, "{}"), (day + 6, day + 6, "{tickets}"), (day + 13, day + 6, "{tickets,usage}"),
        ] {
            _ = try await ScoreStage(database).run(asOf: day)
            let health = try await database.withConnection {
                try await AccountStore($0).health(asOf: day, accounts: ["acme"]).first
            }
            #expect(health?.staleSince == since, "\(day)")
            #expect(
                try await ImportFixture.texts(
                    "select stale_feeds::text as text from hale_data.portfolio_day order by day desc limit 1") == [
                        feeds
                    ])
        }
    }
}
