import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Why a score moved between two stored days.
@Suite(.database) struct `Explaining a change` {
    private static let accounts = ["acme", "bolt", "cord", "dorn"]

    @Test func `leaves no rest between any two days of any account`() async throws {
        let database = try await ScoreFixture.load()
        let first = try DemoWorkspace.day("2026-02-20")
        let last = try DemoWorkspace.day("2026-03-05")
        _ = try await ScoreStage(database).run(from: first, to: last)
        var moved = 0
        for account in Self.accounts {
            for before in stride(from: first, to: last, by: 3) {
                let outcome = try await ChangeExplanation(database).run(account: account, since: before, to: last)
                #expect(outcome.before.day == before)
                #expect(outcome.after.day == last)
                let difference = outcome.after.score - outcome.before.score
                #expect(
                    abs(outcome.change.lines.reduce(0) { $0 + $1.total } - difference) < 1e-9,
                    "\(account) since \(before)")
                #expect(outcome.change.lines.allSatisfy { abs($0.configuration) < 1e-9 })
                moved += abs(difference) > 0.5 ? 1 : 0
            }
        }
        #expect(moved > 5)
    }

    @Test func `scores the earlier day again under a new model and shows the difference as configuration`() async throws
    {
        let database = try await ScoreFixture.load()
        let first = try DemoWorkspace.day("2026-03-02")
        let last = try DemoWorkspace.day("2026-03-05")
        var old = HealthModel.default
        old.name = "old"
        old.drivers[try #require(old.position(of: .contract))].dimensionWeight = 0.5
        old.trend.windowDays = 28
        _ = try await ScoreStage(database, model: old).run(asOf: first)
        _ = try await ScoreStage(database).run(asOf: last)
        let outcome = try await ChangeExplanation(database).run(account: "bolt", since: first, to: last)
        #expect(outcome.before.model == "old")
        #expect(
            abs(outcome.change.lines.reduce(0) { $0 + $1.total } - (outcome.after.score - outcome.before.score)) < 1e-9)

        // What the new model would have said on the first day, by a run of it in a database of its own day.
        _ = try await TestDatabase.shared.query("delete from hale_data.health_score where day = '2026-03-02'")
        _ = try await ScoreStage(database).run(asOf: first)
        let restated = try await database.withConnection {
            try await AccountStore($0).explanation(of: "bolt", asOf: first)
        }
        let configuration = outcome.change.lines.reduce(0) { $0 + $1.configuration }
        let expected = try #require(restated).score - outcome.before.score
        #expect(abs(expected) > 0.1)
        // The references of NPS are the same on both days, so that nothing else is configuration.
        #expect(abs(configuration - expected) < 1e-9)
    }

    @Test func `takes the newest scored days up to those asked for, and refuses where there is one day only`()
        async throws
    {
        let database = try await ScoreFixture.load()
        let first = try DemoWorkspace.day("2026-03-02")
        for day in [first, first + 2] { _ = try await ScoreStage(database).run(asOf: day) }
        let why = ChangeExplanation(database)
        let outcome = try await why.run(account: "acme", since: first + 1, to: first + 4)
        #expect([outcome.before.day, outcome.after.day] == [first, first + 2])
        await #expect(throws: ChangeExplanation.Refusal.nothingBetween(first + 2)) {
            try await why.run(account: "acme", since: first + 2, to: first + 4)
        }
        await #expect(throws: ChangeExplanation.Refusal.notScored("acme", upTo: first - 1)) {
            try await why.run(account: "acme", since: first - 1, to: first + 4)
        }
    }
}
