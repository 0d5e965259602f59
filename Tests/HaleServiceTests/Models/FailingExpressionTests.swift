import HaleDomain
import HaleFiles
import HaleService
import HaleTestSupport
import Postgres
import Testing

/// Expressions that fail for one account. On 2 March a, b and c are 791 days old and d ten; they have 2, 5, 8 and 20 seats.
@Suite(.database) struct `An expression of a model that fails for an account` {
    private func run(_ files: [String: String], _ names: [String]) async throws -> (ScoreStage.Outcome, String) {
        let database = try await ModelPortfolio.load()
        let portfolio = try ModelPortfolio(files)
        let day = try ModelPortfolio.day()
        let outcome = try await DayRun(database, models: try portfolio.library.set(names), today: day).scores(
            from: day, to: day)
        return (try #require(outcome.first), portfolio.folder)
    }

    @Test func `in a condition leaves that account unscored, names file and line, and the others go on`() async throws {
        let (outcome, folder) = try await run(
            [
                "default": ModelPortfolio.seats(),
                "old": ModelPortfolio.seats("old", best: 20, when: "1 / (age_days - 10) = 0"),
            ], ["old"])
        #expect(
            outcome.unscored.map { "\($0.account) \($0.reason)" } == ["d \(folder)/old.yaml:2: when: division by zero"])
        // 2, 5 and 8 of 20 seats. Of d the reference alone is left, and nothing counts as known.
        #expect(
            try await ModelPortfolio.rows() == [
                "a old 10 red", "b old 25 red", "c old 40 red", "d default 50 unknown",
            ])
        let said = try await ImportFixture.texts(
            "select texts[1] as text from hale_data.health_score where band = 'unknown'")
        #expect(said == ["not scored: \(folder)/old.yaml:2: when: division by zero"])
    }

    @Test(arguments: [
        ("100 / (seats - 5)", "division by zero"),
        ("case when seats = 5 then cast('NaN' as numeric) else seats end", "the value is not a number"),
        ("ln(seats - 5)", "cannot take logarithm of zero"),
        ("cast(case when seats = 5 then 'Anna' else '1' end as integer)", "a value that it cannot work with"),
        ("case when seats = 5 then 2000000000 else 1 end * 2000000000", "integer out of range"),
    ])
    func `in a measure does the same`(expression: String, problem: String) async throws {
        let safe = expression.hasPrefix("ln") ? "case when seats < 5 then 0 else \(expression) end" : expression
        let text = ModelPortfolio.seats().replacing("expression: seats", with: "expression: \"\(safe)\"")
        let (outcome, folder) = try await run(["default": text], [])
        #expect(
            outcome.unscored.map { "\($0.account) \($0.reason)" } == [
                "b \(folder)/default.yaml:6: size.seats_bought: \(problem)"
            ])
        let bands = try await ImportFixture.texts(
            """
            select account.external_id || ' ' || (health.coverage > 0) as text
            from hale_data.health_score as health join hale_data.account as account using (account_id)
            order by 1
            """)
        #expect(bands == ["a true", "b false", "c true", "d true"])
    }

    @Test func `costs nothing of the days around it`() async throws {
        let database = try await ModelPortfolio.load()
        let day = try ModelPortfolio.day()
        // d is nine, ten and eleven days old.
        let text = ModelPortfolio.seats().replacing(
            "expression: seats", with: "expression: \"seats + 0 / (age_days - 10)\"")
        let portfolio = try ModelPortfolio(["default": text])
        let models = try portfolio.library.set([])
        let outcomes = try await ScoreStage(database, models: models, today: day + 1).run(from: day - 1, to: day + 1)
        #expect(outcomes.map { $0.unscored.map(\.account) } == [[], ["d"], []])
        let smoothed = try await ImportFixture.texts(
            """
            select concat_ws(' ', health.day - date '2026-03-02', health.smoothed_score, health.computed_band) as text
            from hale_data.health_score as health join hale_data.account as account using (account_id)
            where account.external_id = 'd'
            order by health.day
            """)
        #expect(smoothed == ["-1 100 green", "0 100 unknown", "1 100 green"])
    }
}
