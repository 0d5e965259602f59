import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Models that an earlier version shipped, which organisations keep until they switch.
@Suite(.database)
struct `Shipped models of version 0.1` {
    private let old = ModelLibrary(shipped: .version01)

    /// What version 0.1 stored as the hashes of its models.
    @Test(arguments: [
        ("default", "579cf14a78e200ba2417d055492c7c3805bd3ba32261d7742771f96294abf776"),
        ("onboarding", "04e89fe72dddf723223763bb37b6f163cb25e03aeba805b3270b89175ed818c5"),
        ("enterprise", "7c90f0dd39048d68aebea1700ec8d07ba2a0e65c1d8615a23f209f6ab36288b6"),
    ])
    func `are the same to the last character`(name: String, hash: String) throws {
        #expect(ScoreStore.hash(of: try old.file(named: name).model) == hash)
        #expect(ScoreStore.hash(of: try ModelLibrary().file(named: name).model) != hash)
    }

    @Test func `are what a file means that names nothing`() throws {
        let portfolio = try ModelPortfolio(["default": "name: default\nbands: {green_from: 75}\n"])
        let kept = ModelLibrary(folders: [portfolio.folder], shipped: .version01)
        var expected = try old.file(named: "default").model
        expected.bands.greenFrom = 75
        #expect(try kept.set([]).fallback == expected)
        #expect(expected.position(of: .level) == nil)
        #expect(try kept.with(.newest).set([]).fallback.position(of: .level) == 0)
    }

    @Test func `pass their own tests`() async throws {
        let tested = try await ModelChecks(TestDatabase.shared.database, library: old).test([])
        #expect(tested.count > 10)
        #expect(tested.flatMap(\.problems) == [])
    }

    @Test func `go on with their own days, and the newest begin anew`() async throws {
        let database = try await ScoreFixture.load()
        let day = try DemoWorkspace.day("2026-02-23")
        // Little is known of these accounts.
        let portfolio = try ModelPortfolio(["default": "name: default\ncomposition: {minimum_coverage: 0.1}\n"])
        let library = ModelLibrary(folders: [portfolio.folder])
        let before = ScoreStage(database, models: try library.with(.version01).set([]))
        for offset in 0..<3 { _ = try await before.run(asOf: day + offset) }
        let kept = try await ScoreFixture.storedScores()
        let after = ScoreStage(database, models: try library.set([]))
        for offset in 3..<5 { _ = try await after.run(asOf: day + offset) }
        let stored = try await ScoreFixture.storedScores()
        #expect(Array(stored.prefix(kept.count)) == kept)
        // On the first day of another model the smoothed score is the score, on the second it follows it.
        let smoothed = try await ImportFixture.texts(
            """
            select concat_ws(' ', health.day, bool_and(health.smoothed_score = health.score)) as text
            from hale_data.health_score as health
            where health.coverage >= 0.1
            group by health.day
            order by health.day
            """)
        #expect(
            smoothed == ["2026-02-23 t", "2026-02-24 f", "2026-02-25 f", "2026-02-26 t", "2026-02-27 f"])
    }

    @Test func `keep the facts that the version knew, in its order`() async throws {
        let database = try await ScoreFixture.load()
        let models = try old.set([])
        let known = ScoreFact.allCases.prefix { $0 != .usageLevel }
        #expect(known.count == 19 && known.last == .overdueDays)
        // As version 0.1 stored its model.
        _ = try await database.withConnection { try await ScoreStore($0).register(models.fallback) }
        _ = try await TestDatabase.shared.query(
            "update hale_data.model set facts = '{\(known.map(\.rawValue).joined(separator: ","))}'")
        _ = try await ScoreStage(database, models: models).run(asOf: try DemoWorkspace.day("2026-03-02"))
        let signals = try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', account_id, silent_business_days, usage_level is null, usage_level_x is null, usage_trend_x is null
            ) as text
            from hale.account_signal_on('2026-03-02')
            where account_id in ('acme', 'cord')
            order by account_id
            """)
        // Cord was last there on Friday, the thirtieth of January: twenty business days of February.
        #expect(signals == ["acme 0 t t f", "cord 20 t t f"])
    }
}
