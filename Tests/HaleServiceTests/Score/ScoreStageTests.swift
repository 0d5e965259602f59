import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Scores stored day by day: complete, explained, and the same however often they are computed.
@Suite(.database)
struct `Scoring a day` {
    @Test(.timeLimit(.minutes(30)))
    func `the made-up company is scored whole, and a new fact changes one account`() async throws {
        let database = try TestDatabase.shared.database
        let day = try DemoWorkspace.day("2026-03-02")
        try await ImportedDemo.load(anchor: day, into: database)

        let first = try await ScoreStage(database).run(asOf: day)
        #expect(first.accounts == 200)
        #expect(counts(first) == [200, 0, 0, 0])
        #expect(
            try await ImportFixture.number(
                "select count(distinct account_id) from hale_data.health_score where day = '2026-03-02'") == 200)
        #expect(try await ImportFixture.number("select count(*) from hale_data.health_score") == 200)
        #expect(try await ScoreFixture.unbalancedRows() == 0)
        #expect(
            try await ImportFixture.texts("select day || ' ' || accounts as text from hale_data.portfolio_day")
                == ["2026-03-02 200"])

        let written = try await ScoreFixture.writes()
        #expect(try await counts(ScoreStage(database).run(asOf: day)) == [0, 0, 0, 200])
        #expect(try await ScoreFixture.writes() == written)

        // A ticket older than the newest ones leaves the age of the feed as it is, so it concerns its account alone.
        let account = try #require(
            try await ImportFixture.texts(
                """
                select external_id as text
                from hale_data.account
                where account_id not in (select account_id from hale_data.ticket)
                order by external_id
                limit 1
                """
            ).first)
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,priority\nnew-1,\(account),2026-01-10,p1\n", into: database)
        #expect(try await counts(ScoreStage(database).run(asOf: day)) == [0, 1, 0, 199])
        let after = try await ScoreFixture.writes()
        #expect(Set(after).subtracting(written).count == 1)
        #expect(
            try await ImportFixture.texts(
                """
                select account.external_id as text
                from hale_data.health_score as health
                join hale_data.account as account on account.account_id = health.account_id
                order by health.run_id desc
                limit 1
                """) == [account])
    }

    /// New, replaced, removed and unchanged rows.
    private func counts(_ outcome: ScoreStage.Outcome) -> [Int] {
        [outcome.changes.inserted, outcome.changes.updated, outcome.changes.deleted, outcome.changes.unchanged]
    }

    private func newestDay(in database: Database) async throws -> Day? {
        try await database.withConnection { try await ScoreCalendar($0).newest() }
    }

    @Test func `each account has a row on each day, and its parts sum to the score`() async throws {
        let database = try await ScoreFixture.load()
        let outcomes = try await ScoreStage(database).run(
            from: DemoWorkspace.day("2026-03-02"), to: DemoWorkspace.day("2026-03-05"))
        #expect(outcomes.map(\.accounts) == [4, 4, 4, 4])
        #expect(
            try await ImportFixture.texts(
                "select day || ' ' || count(*) as text from hale_data.health_score group by day order by day")
                == ["2026-03-02 4", "2026-03-03 4", "2026-03-04 4", "2026-03-05 4"])
        #expect(try await ScoreFixture.unbalancedRows() == 0)
        #expect(try await ImportFixture.number("select count(*) from hale_data.portfolio_day where accounts = 4") == 4)
        #expect(
            try await ImportFixture.number(
                "select count(*) from hale_data.health_score where score < 0 or score > 100 or low > high") == 0)
    }

    @Test func `running a day again writes nothing`() async throws {
        let database = try await ScoreFixture.load()
        let day = try DemoWorkspace.day("2026-03-02")
        #expect(try await counts(ScoreStage(database).run(asOf: day)) == [4, 0, 0, 0])
        let written = try await ScoreFixture.writes()
        let portfolio = try await ImportFixture.texts("select recorded_at::text as text from hale_data.portfolio_day")
        #expect(try await counts(ScoreStage(database).run(asOf: day)) == [0, 0, 0, 4])
        #expect(try await ScoreFixture.writes() == written)
        #expect(
            try await ImportFixture.texts("select recorded_at::text as text from hale_data.portfolio_day") == portfolio)
    }

    @Test func `facts of the day itself and later do not count`() async throws {
        let database = try await ScoreFixture.load()
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        let before = try await ScoreFixture.storedScores()
        try await ImportFixture.load(
            .tickets,
            "ticket_id,account_id,opened_at,priority\nt8,acme,2026-03-02T00:00:00Z,p1\nt9,bolt,2026-03-04,p1\n",
            into: database)
        try await ImportFixture.load(
            .usage, "account_id,person_id,occurred_at\ncord,p1,2026-03-02T00:00:00Z\ndorn,p1,2026-03-05\n",
            into: database)
        #expect(try await counts(ScoreStage(database).run(asOf: day)) == [0, 0, 0, 4])
        #expect(try await ScoreFixture.storedScores() == before)
    }

    @Test func `replacing a past day smooths the later ones as a first run would`() async throws {
        let database = try await ScoreFixture.load()
        let first = try DemoWorkspace.day("2026-03-02")
        let last = try DemoWorkspace.day("2026-03-05")
        _ = try await ScoreStage(database).run(from: first, to: last)
        let before = try await ScoreFixture.storedScores()
        // An urgent ticket of Acme becomes known that was open on the first day only.
        try await ImportFixture.load(
            .tickets,
            "ticket_id,account_id,opened_at,closed_at,priority\nt5,acme,2026-02-20,2026-03-02T12:00:00Z,p1\n",
            into: database)
        let outcome = try await ScoreStage(database).run(asOf: first)
        #expect(counts(outcome) == [0, 1, 0, 3])
        #expect(outcome.smoothedAgain == 3)
        let replaced = try await ScoreFixture.storedScores()
        #expect(Set(replaced).subtracting(before).count == 4)

        for table in ["health_score", "portfolio_day", "score_run"] {
            _ = try await TestDatabase.shared.query("delete from hale_data.\(table)")
        }
        _ = try await ScoreStage(database).run(from: first, to: last)
        #expect(try await ScoreFixture.storedScores() == replaced)
    }

    @Test func `two runs of a day at once leave one row each`() async throws {
        let database = try await ScoreFixture.load()
        let day = try DemoWorkspace.day("2026-03-02")
        let inserted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<2 { group.addTask { try await ScoreStage(database).run(asOf: day).changes.inserted } }
            var inserted: [Int] = []
            for try await count in group { inserted.append(count) }
            return inserted
        }
        #expect(inserted.sorted() == [0, 4])
        #expect(try await ImportFixture.number("select count(*) from hale_data.health_score") == 4)
        #expect(try await ImportFixture.number("select count(*) from hale_data.portfolio_day") == 1)
        #expect(
            try await ImportFixture.number(
                "select count(*) from hale_data.score_run where finished_at is not null") == 2)
    }

    @Test(.timeLimit(.minutes(30)), arguments: ["score_run", "health_score", "portfolio_day"])
    func `a run that dies leaves the last complete day in sight, and the next one completes it`(
        _ table: String
    ) async throws {
        let database = try await ScoreFixture.load()
        let complete = try DemoWorkspace.day("2026-03-03")
        _ = try await ScoreStage(database).run(asOf: complete)
        let before = try await ScoreFixture.storedScores()
        let error = try await BackendTermination.error(whileWritingTo: table) {
            _ = try await ScoreStage(database).run(asOf: complete + 1)
        }
        #expect(error is PostgresError)
        #expect(try await newestDay(in: database) == complete)
        let isScored = try await database.withConnection { try await ScoreCalendar($0).contains(complete + 1) }
        #expect(!isScored)
        #expect(try await ScoreFixture.storedScores() == before)

        #expect(try await counts(ScoreStage(database).run(asOf: complete + 1)) == [4, 0, 0, 0])
        #expect(try await newestDay(in: database) == complete + 1)
    }
}
