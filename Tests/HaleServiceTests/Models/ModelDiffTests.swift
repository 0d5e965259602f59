import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

@Suite(.database)
struct `A comparison of models` {
    private func diff(
        _ new: String, names: [String] = [], rules: RuleLibrary = RuleLibrary(),
        loading load: (Database) async throws -> Void = { _ in }
    ) async throws -> ModelDiff {
        let database = try await ModelPortfolio.load()
        try await load(database)
        let portfolio = try ModelPortfolio([
            "default": ModelPortfolio.seats(), "small": ModelPortfolio.seats("small", when: "segment = 'small'"),
        ])
        let inForce = try portfolio.library.set(names)
        let day = try ModelPortfolio.day()
        _ = try await ScoreStage(database, models: inForce).run(asOf: day)
        let before = try await ScoreFixture.writes()
        let diff = try await ModelDiff.run(
            database, from: inForce, to: inForce.replacing(with: try ModelReader.read(new, file: "new")), day: day,
            rules: rules)
        #expect(try await ScoreFixture.writes() == before, "a comparison writes nothing")
        return diff
    }

    @Test func `says who changes band, by which driver, and the money that moves`() async throws {
        // Twice the points for a seat: 20, 50, 80, 100 become 40, 100, 100, 100. Beta goes from amber to green with
        // 20,000; Gamma stays green, Alpha red.
        let diff = try await diff(ModelPortfolio.seats(best: 5))
        #expect(diff.accounts == 4)
        #expect(diff.changed.map(\.accountID) == ["b", "a", "c"])
        #expect(diff.changed.map(\.name) == ["Beta", "Alpha", "Gamma"])
        #expect(zip(diff.changed.map(\.change), [50, 20, 20]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(diff.changed.filter(\.changesBand).map(\.accountID) == ["b"])
        #expect(diff.changed.first?.band.before == .amber && diff.changed.first?.band.after == .green)
        #expect(diff.arrMovedMinor == 2_000_000 && diff.currency == "EUR")
        #expect(diff.changed.allSatisfy { $0.driver?.name == "size.seats_bought" })
        #expect(zip(diff.changed.compactMap(\.driver?.points), [50, 20, 20]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(diff.comparesTasks && !diff.changesSmoothing)
        #expect(diff.changed.allSatisfy { !$0.changesTask })
    }

    @Test func `says which tasks would open and close`() async throws {
        // A quarter of the points: 20, 50, 80, 100 become 5, 12.5, 20, 50. Beta and Gamma turn red. Beta's task is worth
        // its while; Gamma's 200 x .8 x .756 x .3 = 36 are less than the 40 that half an hour costs.
        let diff = try await diff(ModelPortfolio.seats(best: 40))
        #expect(diff.changed.filter(\.changesBand).map(\.accountID) == ["c", "d", "b"])
        #expect(diff.changed.filter(\.changesTask).map(\.accountID) == ["b"])
        let beta = try #require(diff.changed.first { $0.accountID == "b" })
        #expect(beta.task.before == nil && beta.task.after == "Make a plan to get out of red")
    }

    @Test func `says which alerts would open and close`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Red\nwhen: band = 'red'", "alert: NotGreen\nwhen: score < 70 and seats > 0",
                "alert: Constant\nwhen: seats > 0"))
        // 20, 50, 80, 100 become 40, 100, 100, 100: Alpha stays red, Beta is green.
        let better = try await diff(ModelPortfolio.seats(best: 5), rules: folder.library)
        #expect(better.changed.filter(\.changesAlerts).map(\.accountID) == ["b"])
        let beta = try #require(better.changed.first { $0.accountID == "b" })
        #expect(beta.alerts.opened.isEmpty && beta.alerts.closed == ["NotGreen"])
    }

    @Test func `says which alerts other constants of contracts and answers would open and close`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Lapsed\nwhen: contract_state = 'lapsed'", "alert: Pleased\nwhen: nps_estimate > 5"))
        // A contract of Alpha has been past due for 20 days; a user of Beta answered 9 of 10.
        let changed = "contract: {lapsed_days: 10}\nnps: {promoter_score: 10}\n"
        let diff = try await diff(ModelPortfolio.seats() + changed, rules: folder.library) { database in
            try await ImportFixture.load(
                .contracts,
                "contract_id,account_id,product,arr,currency,starts_on,ends_on\nkx,a,X,100,EUR,2025-02-10,2026-02-10\n",
                into: database
            ) { $0.isHistory = true }
            try await ImportFixture.load(
                .nps, "account_id,person_id,score,responded_at\nb,p,9,2026-02-20\n", into: database)
        }
        let changes = diff.changed.filter(\.changesAlerts).map { "\($0.accountID) \($0.alerts)" }.sorted()
        #expect(changes == [#"a (opened: ["Lapsed"], closed: [])"#, #"b (opened: [], closed: ["Pleased"])"#])
    }

    @Test func `says which alerts a worse model would open`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file("alert: Red\nwhen: band = 'red'", "alert: Long\nwhen: days_red > 1"))
        // 20, 50, 80, 100 become 5, 12.5, 20, 50: Beta and Gamma turn red, and a trial knows no days before.
        let worse = try await diff(ModelPortfolio.seats(best: 40), rules: folder.library)
        let opened = worse.changed.filter { !$0.alerts.opened.isEmpty }
        #expect(Set(opened.map(\.accountID)) == ["b", "c"])
        #expect(opened.allSatisfy { $0.alerts.opened == ["Red"] && $0.alerts.closed.isEmpty })
    }

    @Test func `compares no alert of an account for which a rule fails, and all others`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Poison\nwhen: 10 / (score - 100) < 0", "alert: NotGreen\nwhen: score < 70 and seats > 0"))
        // 20, 50, 80, 100 become 40, 100, 100, 100: it fails for Delta before, for Beta, Gamma and Delta after.
        let diff = try await diff(ModelPortfolio.seats(best: 5), rules: folder.library)
        #expect(diff.complaints.map(\.sentence) == ["rule Poison says nothing of b, c, d: division by zero"])
        let changes = diff.changed.filter(\.changesAlerts).map { "\($0.accountID) \($0.alerts)" }
        #expect(changes == ["b (opened: [], closed: [\"NotGreen\"])"])
    }

    @Test func `finds nothing where nothing differs`() async throws {
        #expect(try await diff(ModelPortfolio.seats()).changed.isEmpty)
    }

    @Test func `puts a model that was not in force before the others`() async throws {
        let diff = try await diff(ModelPortfolio.seats("young", best: 40, when: "age_days < 90"), names: ["small"])
        #expect(diff.changed.map(\.accountID) == ["d"])
        #expect(diff.changed.first?.model.before == "default" && diff.changed.first?.model.after == "young")
        #expect(abs((diff.changed.first?.score.after ?? 0) - 50) < 1e-9)
    }

    @Test func `says that smoothing differs, which a day does not show`() async throws {
        let diff = try await diff(ModelPortfolio.seats(extra: "smoothing: {half_life_days: 3}\n"))
        #expect(diff.changed.isEmpty && diff.changesSmoothing)
    }
}
