import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What evidence says for the last time must not turn into "no data" the day after: a silence goes on.
@Suite(.database)
struct `Evidence that leaves its window` {
    /// The last day on which what stopped was seen; the look-back of 182 days holds it on the first of the two days.
    private static let last = "2025-06-30"
    private static let days = ["2025-12-29", "2025-12-30"]

    /// A driver on each of the two days, as x and c; "none" without data.
    private func readings(_ driver: String, of account: String, days: [String] = days) async throws -> [String] {
        try await ImportFixture.texts(
            """
            select coalesce(health.x[position] || ' ' || health.c[position], 'none') as text
            from hale_data.health_score as health
            join hale_data.account as account on account.account_id = health.account_id
            join hale_data.model as model on model.model_hash = health.model_hash
            cross join lateral (select array_position(model.drivers, '\(driver)') as position) as place
            where account.external_id = '\(account)' and health.day = any ('{\(days.joined(separator: ","))}')
            order by health.day
            """)
    }

    private func weekdays(_ first: String, _ last: String) throws -> [Day] {
        stride(from: try DemoWorkspace.day(first), through: try DemoWorkspace.day(last), by: 1).filter { !$0.isWeekend }
    }

    /// Others, so that a silence is the account's own, and one account with ten seats and a champion.
    private func load(champion: Bool = true) async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .accounts,
            "account_id,name,created_on\nX,Gone,2025-01-01\nY0,Here 0,2025-01-01\nY1,Here 1,2025-01-01\n",
            into: database)
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,seats,starts_on,ends_on,term_months,auto_renew
            C1,X,10000,EUR,10,2025-01-01,2027-01-01,24,false

            """, into: database)
        if champion {
            try await ImportFixture.load(
                .people, "person_id,account_id,name,role\nP1,X,Pat,champion\n", into: database)
        }
        var usage = "account_id,person_id,feature,occurred_at\n"
        for day in try weekdays("2025-01-06", "2026-01-30") { usage += "Y0,Q0,f,\(day)\nY1,Q1,f,\(day)\n" }
        try await ImportFixture.load(.usage, usage, into: database)
        return database
    }

    private func use(_ lines: (Day) -> String, until last: String = last, in database: Database) async throws {
        var usage = "account_id,person_id,feature,occurred_at\n"
        for day in try weekdays("2025-01-06", last) { usage += lines(day) }
        try await ImportFixture.load(.usage, usage, into: database)
    }

    private func score(_ database: Database, _ days: [String] = days) async throws {
        for day in days { _ = try await ScoreStage(database).run(asOf: try DemoWorkspace.day(day)) }
    }

    @Test func `a champion silent for longer than the look-back is as silent as before`() async throws {
        let database = try await load()
        try await use({ "X,P1,f,\($0)\n" }, in: database)
        try await score(database)
        #expect(try await readings("relationship.champion", of: "X") == ["0 1", "0 1"])
        #expect(try await readings("usage.recency", of: "X") == ["0 1", "0 1"])
        // Nobody of ten seats: x 0, c 10 / 15.
        #expect(try await readings("usage.seats", of: "X").map { $0.prefix(8) } == ["0 0.6666", "0 0.6666"])
        let rows = try await ImportFixture.texts(
            """
            select concat_ws(' ', health.band, health.score, health.coverage) as text
            from hale.account_health_on('2025-12-29') as now
            join hale_data.account as account on account.external_id = now.account_id
            join hale_data.health_score as health on health.account_id = account.account_id
            where now.account_id = 'X'
            order by health.day
            """)
        #expect(rows.count == 2 && Set(rows).count == 1, "\(rows)")
    }

    @Test func `days that are scored together see the same as each by itself`() async throws {
        let database = try await load()
        try await use({ "X,P1,f,\($0)\n" }, in: database)
        let (first, end) = (try DemoWorkspace.day("2025-12-20"), try DemoWorkspace.day("2026-01-10"))
        _ = try await ScoreStage(database).run(from: first, to: end)
        let together = try await ScoreFixture.storedScores()
        for day in stride(from: first, through: end, by: 1) { _ = try await ScoreStage(database).run(asOf: day) }
        #expect(try await ScoreFixture.storedScores() == together)
        let days = stride(from: first, through: end, by: 1).map(\.description)
        #expect(Set(try await readings("relationship.champion", of: "X", days: days)) == ["0 1"])
    }

    @Test func `what was learned of later changes nothing of what was known`() async throws {
        let database = try await load()
        try await use({ "X,P1,f,\($0)\n" }, in: database)
        let known = try await KnownAtScore(database).run(
            asOf: try DemoWorkspace.day("2025-12-30"), knownAt: "2999-01-01")
        let score = try #require(known.scores.first { $0.accountID == "X" })
        let champion = try #require(HealthModel.default.position(of: .champion))
        #expect(score.readings[champion] == DriverReading(x: 0, c: 1, mu: 0.65))
    }

    @Test func `a champion known from replies alone falls silent for good`() async throws {
        let database = try await load()
        // Usage of the account names nobody and goes on.
        try await use({ "X,,f,\($0)\n" }, until: "2026-01-30", in: database)
        var contacts = "account_id,person_id,kind,occurred_at\n"
        for day in try weekdays("2025-01-06", Self.last) { contacts += "X,P1,reply,\(day)\n" }
        try await ImportFixture.load(.touchpoints, contacts, into: database)
        try await score(database)
        #expect(try await readings("relationship.champion", of: "X") == ["0 1", "0 1"])
    }

    @Test func `a champion of whom nothing was ever seen is no data where usage names nobody`() async throws {
        let database = try await load()
        try await use({ "X,,f,\($0)\n" }, in: database)
        try await score(database)
        #expect(try await readings("relationship.champion", of: "X") == ["none", "none"])
        // Nor does usage that names nobody say that the seats are empty, however long it is ago.
        #expect(try await readings("usage.seats", of: "X") == ["none", "none"])
    }

    @Test func `a champion never seen is silent where usage named others`() async throws {
        let database = try await load()
        try await use({ "X,P2,f,\($0)\n" }, in: database)
        try await score(database)
        #expect(try await readings("relationship.champion", of: "X") == ["0 1", "0 1"])
    }

    @Test func `seats stay empty when the last named person leaves the window of 28 days`() async throws {
        let database = try await load(champion: false)
        // Most rows name nobody and go on; the one person who is named was last there on Monday, the first of December.
        try await use(
            { "X,,f,\($0)\nX,,f,\($0)\n" + ($0.description <= "2025-12-01" ? "X,P2,f,\($0)\n" : "") },
            until: "2026-12-30", in: database)
        let days = ["2025-12-29", "2025-12-30", "2026-06-01", "2026-06-02"]
        try await score(database, days)
        // One of ten seats is an eighth of the target of eight.
        #expect(
            try await readings("usage.seats", of: "X", days: days).map { $0.prefix { $0 != " " } }
                == ["0.125", "0", "0", "0"])
    }

    @Test func `usage is counted in the same unit however long the silence lasts`() async throws {
        let database = try await load(champion: false)
        // A third of the rows names nobody, but on the last day: one day alone would tell another unit.
        try await use(
            { "X,P2,f,\($0)\nX,P3,f,\($0)\n" + ($0.description < Self.last ? "X,,f,\($0)\n" : "") }, in: database)
        let days = ["2025-09-22", "2025-09-23", "2025-12-29", "2025-12-30"]
        try await score(database, days)
        let units = try await ImportFixture.texts(
            """
            select driver.text as text
            from unnest('{\(days.joined(separator: ","))}'::date[]) as day
            cross join lateral hale.account_driver_on(day) as driver
            where driver.account_id = 'X' and driver.driver = 'usage.seats'
            order by day
            """)
        #expect(Set(units) == ["0 of 10 seats used in 28 days"])
    }
}
