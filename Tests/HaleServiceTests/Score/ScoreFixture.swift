import HaleDomain
import HaleStore
import HaleTestSupport
import Testing

/// Four accounts around a few days of March 2026: Acme is well used, Bolt a little, Cord stopped, and of Dorn nothing
/// is known but its name.
enum ScoreFixture {
    static let accountCount = 4

    static func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .accounts,
            """
            account_id,name,segment,country,created_on
            acme,Acme,SMB,DE,2025-01-01
            bolt,Bolt,SMB,FR,2025-01-01
            cord,Cord,,,2025-01-01
            dorn,Dorn,,,

            """, into: database)
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on,term_months,seats
            k1,acme,60000,EUR,2025-04-01,2026-06-30,12,5
            k2,bolt,24000,EUR,2025-10-01,2026-09-30,12,
            k3,cord,12000,EUR,2025-03-15,2026-04-14,12,

            """, into: database)
        try await ImportFixture.load(.usage, try usage(), into: database)
        try await ImportFixture.load(
            .tickets,
            """
            ticket_id,account_id,opened_at,closed_at,priority
            t1,acme,2026-01-12,2026-01-14,p2
            t2,bolt,2026-03-01,,p3

            """, into: database)
        try await ImportFixture.load(
            .nps,
            "response_id,account_id,person_id,score,responded_at\nr1,acme,p1,9,2026-01-20\nr2,bolt,p1,4,2026-02-10\n",
            into: database)
        return database
    }

    /// Working days from December on: four people of Acme, two of Bolt, and one of Cord until January.
    private static func usage() throws -> String {
        var text = "account_id,person_id,feature,occurred_at\n"
        let first = try DemoWorkspace.day("2025-12-01")
        let last = try DemoWorkspace.day("2026-03-06")
        for day in stride(from: first, to: last, by: 1) where !day.isWeekend {
            for person in 1...4 { text += "acme,p\(person),boards,\(day)\n" }
            for person in 1...2 where (day - first) % 2 == 0 { text += "bolt,p\(person),export,\(day)\n" }
            if day.components.month != 2, day.components.month != 3 { text += "cord,p1,boards,\(day)\n" }
        }
        return text
    }

    /// Everything that is computed of the stored days, one text a row.
    static func storedScores() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select (to_jsonb(stored) - 'run_id' - 'recorded_at')::text as text
            from hale_data.health_score as stored
            order by day, account_id
            """)
    }

    /// When and by which run the rows were written, one text a row.
    static func writes() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(' ', day, account_id, run_id, recorded_at) as text
            from hale_data.health_score
            order by day, account_id
            """)
    }

    /// Rows whose parts do not sum to the score, plain or smoothed.
    static func unbalancedRows() async throws -> Int64 {
        try await ImportFixture.number(
            """
            select count(*)
            from hale_data.health_score
            where abs(baseline + clip + (select sum(point) from unnest(points) as point) - score) > 1e-9
                or abs(
                    smoothed_baseline + smoothed_clip + (select sum(point) from unnest(smoothed_points) as point)
                    - smoothed_score) > 1e-9
                or cardinality(points) <> 10
            """)
    }
}
