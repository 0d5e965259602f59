import Foundation
import HaleTestSupport
import Testing

/// `hale models`, and the models in force.
@Suite(.database)
struct `The models command` {
    /// Somebody with a folder `models` in the current directory.
    private func user(_ files: [String: String]) throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
        try FileManager.default.createDirectory(
            at: user.directory.appending(path: "models/tests"), withIntermediateDirectories: true)
        for (name, text) in files { try user.write(text, to: "models/\(name).yaml") }
        return user
    }

    @Test func `checks what ships, and says what is in force`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run(
            "models", "check", "--format", "json", variables: ["HALE_MODELS": "onboarding, default"])
        #expect(run.status == 0 && run.errors.isEmpty)
        let models = try #require(try run.json()["models"]?.elements)
        #expect(models.map { $0["model"]?.textValue } == ["default", "enterprise", "onboarding"])
        #expect(models.map { $0["inForce"] } == [.bool(true), .bool(false), .bool(true)])
        #expect(models[2]["when"] == .text("age_days < 90"))
    }

    @Test func `rolls accounts up to their parent, which the parent's page shows`() async throws {
        let user = try await SmallPortfolio.user()
        try FileManager.default.createDirectory(
            at: user.directory.appending(path: "models"), withIntermediateDirectories: true)
        try user.write(
            "name: default\nroll_up: worst_child\ncomposition: {minimum_coverage: 0.01}\n", to: "models/default.yaml")
        try user.write("account_id,name,parent_account_id\nA-1,One,A-3\nA-2,Two,A-3\n", to: "parents.csv")
        #expect(try await user.run("import", "accounts", "parents.csv").status == 0)
        #expect(try await user.run("score", "--as-of", SmallPortfolio.day).status == 0)
        let listed = try await user.run("accounts", "list", "--format", "json").json()["accounts"]?.elements ?? []
        let below = listed.filter { $0["accountId"] != .text("A-3") }
        let scores = below.compactMap { $0["smoothedScore"]?.numberValue }
        let lowest = try #require(scores.min())
        let lowestAccount = below.first { $0["smoothedScore"] == .number(lowest) }
        let worst = try #require(lowestAccount?["accountId"]?.textValue)

        let shown = try await user.run("accounts", "show", "A-3", "--format", "json").json()["rollUp"]
        #expect(shown?["rollUp"] == .text("worst_child"))
        #expect(shown?["accounts"] == .number(2))
        #expect(shown?["score"] == .number(lowest))
        #expect(shown?["worstAccountId"] == .text(worst))
        // The contract of the other has ended.
        #expect(shown?["arr"]?["minor"] == .number(1_200_000))
        let page = try await user.run("accounts", "show", "A-3").output
        #expect(page.contains("the lowest of 2 scored accounts, EUR 12,000; \(worst) is lowest"))
        #expect(try await user.run("accounts", "show", "A-2", "--format", "json").json()["rollUp"] == .null)
    }

    @Test func `exits with 3 and the place of what is wrong`() async throws {
        let user = try user([
            "good": "name: good\nwhen: segment = 'a'\n", "bad": "name: bad\nwhen: segmnt = 'a'\nband: {deadband: 3}\n",
        ])
        let run = try await user.run("models", "check", "--format", "json")
        #expect(run.status == 3)
        #expect(
            run.errorLines.prefix(2) == [
                "hale: models/bad.yaml:3:1: a model has no key \"band\"; did you mean bands? [HALE-MODEL-003]",
                "hale: models/bad.yaml:2:7: there is no column 'segmnt'; did you mean segment? [HALE-MODEL-008]",
            ])
        let bad = try #require(try run.json()["models"]?.elements?.first)
        #expect(bad["problems"]?.elements?.first?["line"] == .number(3))
        #expect(try await user.run("models", "check", "models/good.yaml").status == 0)
    }

    @Test func `runs the tests of models, and exits with 3 when one fails`() async throws {
        let user = try user([:])
        let shipped = try await user.run("models", "test")
        #expect(shipped.status == 0, "\(shipped.everything)")
        let text = try await user.run("models", "show", "default").output
        try user.write(text.replacing("green_from: 70", with: "green_from: 95"), to: "models/default.yaml")
        try user.write(
            """
            model: default
            tests:
              - name: nobody is known
                signals: {}
                expect: {band: unknown}
              - name: a signed contract is not enough
                signals: {contracts: [{days_to_renewal: 9, signed: true}]}
                expect: {band: green}

            """, to: "models/tests/default.yaml")
        let own = try await user.run("models", "test", "models/tests/default.yaml", "--format", "json")
        #expect(own.status == 3)
        #expect(
            own.errorLines.first
                == "hale: models/tests/default.yaml:6: a signed contract is not enough: band is unknown, expected green"
        )
        let answer = try own.json()
        #expect(answer["passed"] == .number(1) && answer["failed"] == .number(1))
    }

    @Test func `explains a model with every constant`() async throws {
        let user = try CommandLineUser()
        let answer = try await user.run("models", "explain", "enterprise", "--format", "json").json()
        let drivers = try #require(answer["drivers"]?.elements)
        #expect(abs(drivers.compactMap { $0["weight"]?.numberValue }.reduce(0, +) - 1) < 1e-9)
        #expect(drivers.contains { $0["driver"] == .text("sentiment.csm") && $0["kind"] == .text("sentiment") })
        let constants = try #require(answer["constants"]?.elements)
        let smoothing = try #require(constants.first { $0["constant"] == .text("smoothing.half_life_days") })
        #expect(smoothing["value"] == .number(14) && smoothing["default"] == .number(7))
        #expect(smoothing["unit"] == .text("days"))
        let table = try await user.run("models", "explain")
        #expect(table.status == 0 && table.output.contains("bands.green_from"))
    }

    @Test func `compares a model with the one in force`() async throws {
        let user = try await SmallPortfolio.user()
        let text = try await user.run("models", "show", "default").output
        try user.write(text, to: "same.yaml")
        let same = try await user.run("models", "diff", "same.yaml", "--format", "json")
        #expect(same.status == 0, "\(same.everything)")
        #expect(try same.json()["changes"] == .list([]))
        // Nobody reaches an amber that begins at 99, and no deadband is left over.
        try user.write(
            text.replacing("amber_from: 45", with: "amber_from: 99").replacing(
                "green_from: 70", with: "green_from: 100"
            )
            .replacing("deadband: 5", with: "deadband: 0"), to: "strict.yaml")
        let strict = try await user.run("models", "diff", "strict.yaml", "--format", "json")
        #expect(strict.status == 3)
        let answer = try strict.json()
        #expect(answer["asOf"] == .text(SmallPortfolio.day) && answer["accounts"] == .number(3))
        let changes = try #require(answer["changes"]?.elements)
        #expect(changes.allSatisfy { $0["bandAfter"] == .text("red") && $0["scoreBefore"] == $0["scoreAfter"] })
        #expect(answer["changedBands"] == .number(Double(changes.count)) && answer["changedScores"] == .number(0))
        #expect(!changes.isEmpty)
        #expect(try await user.run("models", "diff", "strict.yaml").status == 3)
    }

    @Test func `keeps the models that a version shipped until one switches`() async throws {
        let user = try await SmallPortfolio.user()
        func drivers() async throws -> [String?] {
            let shown = try await user.run("accounts", "show", "A-1", "--format", "json").json()
            return shown["drivers"]?.elements?.map { $0["driver"]?.textValue } ?? []
        }
        let newest = try await user.run("models", "diff")
        #expect(newest.status == 1)
        #expect(newest.errorLines.first?.contains("HALE-CLI-014") == true)
        #expect(try await user.run("config", "set", "shipped_models", "0.3").status == 1)
        #expect(try await user.run("config", "set", "shipped_models", "0.1").status == 0)
        #expect(try await user.run("score", "--as-of", SmallPortfolio.day).status == 0)
        #expect(try await !drivers().contains("usage.level"))
        let checked = try await user.run("models", "check")
        #expect(checked.status == 0 && checked.errors.contains("version 0.1: hale models diff shows"))

        let diff = try await user.run("models", "diff", "--format", "json")
        #expect(diff.status == 3, "\(diff.everything)")
        #expect(try diff.json()["model"] == .text("shipped models"))
        #expect(try diff.json()["changedScores"]?.numberValue ?? 0 > 0)

        let switched = try await user.run("models", "switch")
        #expect(switched.status == 0 && switched.output.contains("config set shipped_models 0.1"))
        #expect(try await user.run("models", "switch").status == 1)
        #expect(try await user.run("score", "--as-of", SmallPortfolio.day).status == 0)
        #expect(try await drivers().contains("usage.level"))
        let shown = try await user.run("models", "show", "default", "--shipped", "0.1")
        #expect(shown.output.contains("trend: {weight: 30"))
    }

    @Test func `compares a file that is in force already with what scored last`() async throws {
        let user = try await SmallPortfolio.user()
        try FileManager.default.createDirectory(
            at: user.directory.appending(path: "models"), withIntermediateDirectories: true)
        let text = try await user.run("models", "show", "default").output
        func diff() async throws -> (run: CommandLineRun, answer: JSONAnswer) {
            let run = try await user.run("models", "diff", "models/default.yaml", "--format", "json")
            return (run, try run.json())
        }
        try user.write(text, to: "models/default.yaml")
        let same = try await diff()
        #expect(same.run.status == 0 && same.answer["comparedWith"] == .text("unchanged"))
        // Nobody reaches an amber that begins at 99.
        try user.write(
            text.replacing("amber_from: 45", with: "amber_from: 99").replacing(
                "green_from: 70", with: "green_from: 100"
            )
            .replacing("deadband: 5", with: "deadband: 0"), to: "models/default.yaml")
        let changed = try await diff()
        #expect(changed.run.status == 3 && changed.answer["comparedWith"] == .text("scoredLast"))
        #expect(changed.answer["changes"]?.elements?.isEmpty == false)
        #expect(changed.answer["changes"]?.elements?.allSatisfy { $0["bandAfter"] == .text("red") } == true)
        #expect(try await user.run("score", "--as-of", SmallPortfolio.day).status == 0)
        let scored = try await diff()
        #expect(scored.run.status == 0 && scored.answer["comparedWith"] == .text("unchanged"))
    }

    @Test func `puts the models of the setting in force`() async throws {
        let user = try await SmallPortfolio.user()
        try user.write("models: enterprise\n", to: "hale.yaml")
        #expect(try await user.run("score", "--as-of", SmallPortfolio.day).status == 0)
        for (account, model) in [("A-1", "enterprise"), ("A-2", "default"), ("A-3", "default")] {
            let answer = try await user.run("accounts", "show", account, "--format", "json").json()
            #expect(answer["model"] == .text(model))
            let explained = try await user.run("models", "explain", "--account", account, "--format", "json").json()
            #expect(explained["model"] == .text(model) && explained["account"] == .text(account))
        }
        #expect(try await user.run("models", "explain", "--account", "nobody").status == 1)
        try FileManager.default.createDirectory(
            at: user.directory.appending(path: "models"), withIntermediateDirectories: true)
        try user.write("name: enterprise\nwhen: segment = 'x'\nbands: {amber_from: 80}\n", to: "models/enterprise.yaml")
        let broken = try await user.run("score", "--as-of", SmallPortfolio.day)
        #expect(broken.status == 1)
        #expect(
            broken.errorLines == [
                "hale: models/enterprise.yaml:3:21: the bands overlap: amber begins at 80 and green at 70 [HALE-MODEL-007]"
            ])
        // The good day stands.
        let answer = try await user.run("accounts", "show", "A-1", "--format", "json").json()
        #expect(answer["model"] == .text("enterprise"))
        let unknown = try await user.run("score", variables: ["HALE_MODELS": "entreprise"])
        #expect(unknown.status == 1)
        #expect(
            unknown.errorLines
                == ["hale: model entreprise: is not known; did you mean enterprise? [HALE-MODEL-001]"])
    }
}
