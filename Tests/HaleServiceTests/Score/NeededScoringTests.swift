import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Scoring a day of which nothing changed has nothing to do, and only then.
@Suite(.database)
struct `Scoring what is needed` {
    private var day: Day { get throws { try DemoWorkspace.day("2026-03-02") } }

    private func runs() async throws -> Int64 {
        try await ImportFixture.number("select count(*) from hale_data.score_run")
    }

    @Test func `leaves a day alone on which nothing changed`() async throws {
        let database = try await ScoreFixture.load()
        let stage = ScoreStage(database)
        let first = try await stage.run(asOf: day, scope: .needed)
        #expect(first.changes == ScoreStore.Changes(inserted: 4))
        let again = try await stage.run(asOf: day, scope: .needed)
        #expect(again.accounts == 4 && again.keys == nil)
        #expect(again.changes == ScoreStore.Changes(unchanged: 4))
        #expect(try await runs() == 1)
    }

    /// What may change, and how many rows of the day another run then replaces.
    enum Change: CaseIterable, Sendable {
        case facts, factsAndChangedRun, holidays, account, lostRow, otherModel, unfinished
    }

    @Test(arguments: Change.allCases) func `scores a day again of which anything changed`(_ change: Change) async throws
    {
        let database = try await ScoreFixture.load()
        var model = HealthModel.default
        _ = try await ScoreStage(database).run(asOf: day)
        switch change {
        case .facts, .factsAndChangedRun:
            try await ImportFixture.load(
                .tickets, "ticket_id,account_id,opened_at,priority\nt9,acme,2026-03-01,p1\n", into: database)
            // A run of some accounts takes the figures of all accounts from an earlier one.
            if change == .factsAndChangedRun { _ = try await ScoreStage(database).run(asOf: day, scope: .changed) }
        case .holidays: try await ImportFixture.load(.holidays, "country,day\nFR,2026-02-27\n", into: database)
        case .account: try await ImportFixture.load(.accounts, "account_id,name\neden,Eden\n", into: database)
        case .lostRow:
            _ = try await TestDatabase.shared.query(
                "delete from hale_data.health_score where account_id = (select min(account_id) from hale_data.account)")
        case .otherModel: model.trend.windowDays = 14
        case .unfinished:
            _ = try await TestDatabase.shared.query("update hale_data.score_run set finished_at = null")
        }
        let before = try await runs()
        _ = try await ScoreStage(database, model: model).run(asOf: day, scope: .needed)
        #expect(try await runs() == before + 1)
        let stored = try await ScoreFixture.storedScores()
        _ = try await ScoreStage(database, model: model).run(asOf: day, scope: .all)
        #expect(try await ScoreFixture.storedScores() == stored)
    }

    @Test func `of a range scores again what follows a changed day, so that smoothing goes on from it`() async throws {
        let database = try await ScoreFixture.load()
        let stage = ScoreStage(database)
        let last = try day + 3
        _ = try await stage.run(from: day, to: last, scope: .needed)
        // Known on the second day and after it, so the first stays.
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,priority\nt9,acme,2026-03-02,p1\nt8,acme,2026-03-02,p1\n",
            into: database)
        let outcomes = try await stage.run(from: day, to: last, scope: .needed)
        #expect(outcomes.map(\.changes.updated) == [0, 1, 1, 1])
        let stored = try await ScoreFixture.storedScores()
        _ = try await stage.run(from: day, to: last, scope: .all)
        #expect(try await ScoreFixture.storedScores() == stored)
    }
}
