import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// What a scored day saw stays with it: lists and rules read it there, and it is what the facts themselves say.
@Suite(.database)
struct `The facts that a scored day keeps` {
    /// Every fact of every account, by the scores' own figures and by the statement that computes them from what is known.
    private func differences(on day: Day) async throws -> [String] {
        func rows(_ function: String) -> String {
            """
            select
                fact.account_id, fact.name, fact.segment, fact.csm, fact.arr_minor, fact.currency, fact.seats,
                fact.live_contracts, fact.renews_on, fact.days_to_renewal, fact.contract_state, fact.events_28d,
                fact.quantity_28d, fact.prior_events_28d, fact.active_days_28d, fact.active_people_28d,
                fact.last_active_on, round(fact.nps::numeric, 9) as nps,
                round(fact.nps_estimate::numeric, 9) as estimate, round(fact.nps_estimate_low_90::numeric, 9) as low,
                round(fact.nps_estimate_high_90::numeric, 9) as high, fact.nps_responses, fact.open_tickets,
                fact.age_days
            from hale_data.\(function)('\(day)') as fact
            """
        }
        return try await ImportFixture.texts(
            """
            with kept as (\(rows("account_facts_kept_on"))), computed as (\(rows("account_facts_computed_on")))
            select 'kept: ' || kept::text as text from kept where not exists (
                select from computed where computed is not distinct from kept)
            union all
            select 'computed: ' || computed::text from computed where not exists (
                select from kept where kept is not distinct from computed)
            """)
    }

    private func count(of day: Day) async throws -> Int64 {
        try await ImportFixture.number("select count(*) from hale_data.account_facts_kept_on('\(day)')")
    }

    @Test(.timeLimit(.minutes(30)))
    func `are those that are computed, of every account of a made-up company`() async throws {
        let database = try TestDatabase.shared.database
        let anchor = try DemoWorkspace.day("2026-03-02")
        try await ImportedDemo.load(anchor: anchor, into: database)
        // Days that begin and end a month, so that the windows cover two months and three.
        for day in ["2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-03-02"].compactMap({ Day(iso: $0) }) {
            _ = try await ScoreStage(database).run(asOf: day)
            #expect(try await count(of: day) == 200)
            #expect(try await differences(on: day) == [], "\(day)")
        }
        // Several days at once are read from one span.
        let first = try DemoWorkspace.day("2026-02-10")
        _ = try await ScoreStage(database).run(from: first, to: first + 9)
        for offset in 0..<10 { #expect(try await differences(on: first + offset) == [], "\(first + offset)") }
        // Lists show 28 days whatever window a model looks at; this one's people are those of three months.
        var model = HealthModel.default
        model.trend.windowDays = 56
        _ = try await ScoreStage(database, model: model).run(asOf: anchor)
        #expect(try await count(of: anchor) == 200)
        #expect(try await differences(on: anchor) == [])
    }

    @Test func `stay when more becomes known, and are known of accounts that came later`() async throws {
        let database = try await ScoreFixture.load()
        let day = try DemoWorkspace.day("2026-03-04")
        _ = try await ScoreStage(database).run(asOf: day)
        func signals() async throws -> [String] {
            try await ImportFixture.texts(
                """
                select concat_ws(' ', account_id, open_tickets, age_days) as text
                from hale.account_signal_on('\(day)')
                order by 1
                """)
        }
        let before = try await signals()
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,priority\nlate,acme,2026-03-01,p1\n", into: database)
        try await ImportFixture.load(
            .accounts, "account_id,name,created_on\nzeta,Zeta,2026-02-04\n", into: database)
        // What came in is told once the day is scored again.
        #expect(try await signals() == before + ["zeta 0 28"])
        _ = try await ScoreStage(database).run(asOf: day, scope: .changed)
        let after = try await signals()
        #expect(after != before + ["zeta 0 28"] && after.last == "zeta 0 28")
        #expect(try await differences(on: day) == [])
    }

    @Test func `are computed for the scores of older versions, and kept from the next score on`() async throws {
        let database = try await ScoreFixture.load()
        let day = try DemoWorkspace.day("2026-03-04")
        _ = try await ScoreStage(database).run(asOf: day)
        _ = try await TestDatabase.shared.query("update hale_data.health_score set facts = facts[1:21]")
        _ = try await TestDatabase.shared.query("update hale_data.model set facts = facts[1:21]")
        #expect(try await count(of: day) == 0)
        let facts =
            "select account_id || ' ' || events_28d as text from hale_data.account_facts_on('\(day)') order by 1"
        let computed = try await ImportFixture.texts(facts)
        #expect(computed.count == 4)
        _ = try await ScoreStage(database).run(asOf: day)
        #expect(try await count(of: day) == 4)
        #expect(try await ImportFixture.texts(facts) == computed)
    }
}
