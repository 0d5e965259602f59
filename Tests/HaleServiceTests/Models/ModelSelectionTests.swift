import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

@Suite(.database)
struct `The models in force` {
    private func models(_ names: [String] = ["young", "small"]) throws -> (ModelPortfolio, ModelSet) {
        let portfolio = try ModelPortfolio([
            "default": ModelPortfolio.seats(), "young": ModelPortfolio.seats("young", best: 40, when: "age_days < 90"),
            "small": ModelPortfolio.seats("small", best: 5, when: "segment = 'small'"),
            "beside": ModelPortfolio.seats("beside", best: 100, extra: "beside: true\n"),
        ])
        return (portfolio, try portfolio.library.set(names))
    }

    private func run(_ database: Database, _ models: ModelSet, scope: ScoreStage.Scope = .all) async throws -> [Int] {
        let changes = try await ScoreStage(database, models: models).run(asOf: ModelPortfolio.day(), scope: scope)
            .changes
        return [changes.inserted, changes.updated, changes.deleted, changes.unchanged]
    }

    @Test func `score each account by the first whose condition it meets`() async throws {
        let database = try await ModelPortfolio.load()
        let (_, models) = try models()
        #expect(try await run(database, models) == [4, 0, 0, 0])
        let rows = ["a small 40 red", "b small 100 green", "c default 80 green", "d young 50 amber"]
        #expect(try await ModelPortfolio.rows() == rows)
        // Every row names the model that made it, and the model's text is kept and reads as the model.
        let texts = try await ImportFixture.texts(
            """
            select model.text
            from hale_data.model
            where model_hash in (select model_hash from hale_data.health_score)
            order by model.name
            """)
        let kept = try texts.map { try ModelReader.read($0, file: "kept") }
        #expect(kept == models.primary.sorted { $0.name < $1.name })
        // The renewal probabilities rest on all scores: 40, 100, 80 and 50 have mean 67.5 and deviation 27.54.
        let moments = try await ImportFixture.texts(
            """
            select distinct
                concat_ws(' ', scored_accounts, round(score_mean::numeric, 6), round(score_deviation::numeric, 4)) as text
            from hale_data.portfolio_day
            """)
        #expect(moments == ["4 67.500000 27.5379"])
        #expect(try await run(database, models) == [0, 0, 0, 4])
        #expect(try await ModelPortfolio.rows() == rows)
    }

    @Test func `are asked in their order`() async throws {
        let database = try await ModelPortfolio.load()
        let portfolio = try ModelPortfolio([
            "default": ModelPortfolio.seats(), "all": ModelPortfolio.seats("all", when: "age_days is not null"),
            "small": ModelPortfolio.seats("small", when: "segment = 'small'"),
        ])
        _ = try await run(database, portfolio.library.set(["small", "all"]))
        #expect(
            try await ModelPortfolio.rows().map { $0.split(separator: " ")[1] } == ["small", "small", "all", "all"])
        _ = try await run(database, portfolio.library.set(["all", "default", "small"]))
        #expect(try await ModelPortfolio.rows().map { $0.split(separator: " ")[1] } == ["all", "all", "all", "all"])
    }

    @Test func `replace what models before them gave that day`() async throws {
        let database = try await ModelPortfolio.load()
        let (portfolio, models) = try models()
        _ = try await run(database, models)
        #expect(try await run(database, portfolio.library.set([])) == [3, 0, 0, 1])
        #expect(
            try await ModelPortfolio.rows()
                == ["a default 20 red", "b default 50 amber", "c default 80 green", "d default 100 green"])
    }

    @Test func `let an account go that meets another condition`() async throws {
        let database = try await ModelPortfolio.load()
        let (_, models) = try models()
        _ = try await run(database, models)
        try await ImportFixture.load(
            .accounts, "account_id,name,segment\na,Alpha,large\nc,Gamma,small\n", into: database)
        _ = try await run(database, models, scope: .changed)
        let rows = ["a default 20 red", "b small 100 green", "c small 100 green", "d young 50 amber"]
        #expect(try await ModelPortfolio.rows() == rows)
        _ = try await run(database, models)
        #expect(try await ModelPortfolio.rows() == rows)
    }

    @Test func `decide alone where others stand beside them`() async throws {
        let database = try await ModelPortfolio.load()
        let (_, models) = try models(["young", "small", "beside"])
        _ = try await run(database, models)
        let rows = try await ModelPortfolio.rows()
        #expect(rows.count == 8)
        #expect(
            rows.filter { $0.contains("beside") } == [
                "a beside 2 red", "b beside 5 red", "c beside 8 red", "d beside 20 red",
            ])
        let day = try ModelPortfolio.day()
        let listed = try await database.withConnection { try await AccountStore($0).health(asOf: day) }
        #expect(listed.map(\.accountID) == ["a", "b", "c", "d"])
        #expect(listed.map(\.band) == [.red, .green, .green, .amber])
        #expect(listed.allSatisfy { $0.history.count == 1 })
        // Red beside is no task: Beta is green.
        let tasks = try await TaskStage(database).plan(asOf: day, csm: nil)
        #expect(!tasks.contains { $0.account.accountID == "b" })
        #expect(Set(tasks.map(\.account.accountKey)).count == tasks.count)
        let shown = try await ImportFixture.texts(
            "select account_id || ' ' || model as text from hale.account_model_score where is_beside order by account_id"
        )
        #expect(shown == ["a beside", "b beside", "c beside", "d beside"])
    }

    @Test func `give the same as each alone, the figures of all accounts included`() async throws {
        let database = try await ScoreFixture.load()
        let day = try ModelPortfolio.day()
        func scores() async throws -> [String] { try await ScoreFixture.storedScores() }
        _ = try await ScoreStage(database).run(asOf: day)
        let alone = try await scores()
        let portfolio = try ModelPortfolio(["few": ModelPortfolio.seats("few", when: "country = 'FR'")])
        _ = try await ScoreStage(database, models: portfolio.library.set(["few"])).run(asOf: day)
        let together = try await scores()
        #expect(together.count == 4)
        #expect(Set(alone).intersection(together).count == 3)
        #expect(try await ImportFixture.number("select count(*) from hale_data.portfolio_day where accounts = 4") == 2)
    }

    @Test func `are refused when one is not known, stands twice or is misnamed`() throws {
        let portfolio = try ModelPortfolio(["other": ModelPortfolio.seats("name", when: "true")])
        for (names, problem) in [
            (["onbording"], "model onbording: is not known; did you mean onboarding? [HALE-MODEL-001]"),
            (
                ["enterprise", "enterprise"],
                "model enterprise: stands twice among the models in force [HALE-MODEL-009]"
            ),
            (["other"], "\(portfolio.folder)/other.yaml: the model is named name, its file other [HALE-MODEL-009]"),
        ] {
            do {
                _ = try portfolio.library.set(names)
                Issue.record("\(names) was taken")
            } catch {
                #expect(error.description == problem)
            }
        }
    }
}
