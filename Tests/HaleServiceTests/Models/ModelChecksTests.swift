import Foundation
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

@Suite(.database)
struct `Checks of models` {
    private func database() throws -> Database { try TestDatabase.shared.database }

    @Test func `find nothing wrong with what ships`() async throws {
        let checked = try await ModelChecks(database(), library: ModelLibrary()).check([])
        #expect(checked.compactMap(\.model?.name) == ["default", "enterprise", "onboarding"])
        #expect(checked.allSatisfy { $0.problems.isEmpty && !$0.purpose.isEmpty })
    }

    @Test func `pass the tests that ship, of which every model has some`() async throws {
        let tested = try await ModelChecks(database(), library: ModelLibrary()).test([])
        #expect(tested.filter { !$0.problems.isEmpty }.map { "\($0.test.name): \($0.problems)" } == [])
        #expect(Set(tested.map(\.test.model)) == ["default", "enterprise", "onboarding"])
        #expect(tested.contains { $0.test.expected.applies == false })
    }

    @Test(arguments: [
        ("age_days + 1", "argument of CASE/WHEN must be type boolean, not type integer", "segment = 'a'"),
        ("segment > 1", "operator does not exist: text > integer", "segment > '1'"),
    ])
    func `ask PostgreSQL about a condition`(bad: String, complaint: String, good: String) async throws {
        let portfolio = try ModelPortfolio([
            "bad": ModelPortfolio.seats("bad", when: bad), "good": ModelPortfolio.seats("good", when: good),
        ])
        let checked = try await ModelChecks(database(), library: portfolio.library).check(
            ["bad", "good"].map { "\(portfolio.folder)/\($0).yaml" })
        #expect(
            checked[0].problems.map(\.description)
                == ["\(portfolio.folder)/bad.yaml:2:7: \(complaint) [HALE-MODEL-008]"])
        #expect(checked[1].problems.isEmpty)
    }

    @Test func `ask PostgreSQL about a measure`() async throws {
        let text = ModelPortfolio.seats("default")
        let portfolio = try ModelPortfolio([
            "bad": text.replacing("expression: seats", with: "expression: segment = 'a'"), "good": text,
        ])
        let checked = try await ModelChecks(database(), library: portfolio.library).check(
            ["bad", "good"].map { "\(portfolio.folder)/\($0).yaml" })
        #expect(
            checked[0].problems.map(\.description) == [
                "\(portfolio.folder)/bad.yaml:6:76: cannot cast type boolean to double precision [HALE-MODEL-008]"
            ])
        #expect(checked[1].problems.isEmpty)
    }

    /// A test file with one expectation, right or wrong, and what is said of the wrong one.
    private static let expectations: [(good: String, bad: String, problem: String)] = [
        ("score: 60", "score: 61", "score is 60, expected 61"),
        ("score: 60.05", "score: 60.06", "score is 60, expected 60.06"),
        ("band: amber", "band: green", "band is amber, expected green"),
        ("coverage: 1", "coverage: 0.9", "coverage is 1, expected 0.9"),
        (
            "points: {size.seats_bought: 10}", "points: {size.seats_bought: -10}",
            "size.seats_bought is 10, expected -10"
        ),
        ("points: {size.seats_bought: 10}", "points: {size.seats: 10}", "the model has no driver size.seats"),
        ("reasons: []", "reasons: [usage_cliff]", "reasons are [], expected [usage_cliff]"),
        ("applies: true", "applies: false", "the model claims the account"),
    ]

    @Test(arguments: expectations)
    func `say what comes out otherwise than expected`(good: String, bad: String, problem: String) async throws {
        func file(_ expected: String) -> String {
            """
            model: small
            tests:
              - name: a test
                signals: {segment: small, measures: {size.seats_bought: 6}}
                expect: {\(expected)}

            """
        }
        let portfolio = try ModelPortfolio([
            "small": ModelPortfolio.seats("small", when: "segment = 'small'"), "tests/good": file(good),
            "tests/bad": file(bad),
        ])
        let tested = try await ModelChecks(database(), library: portfolio.library).test(
            ["good", "bad"].map { "\(portfolio.folder)/tests/\($0).yaml" })
        #expect(tested.map(\.problems) == [[], [problem]])
        #expect(tested[1].test.line == 3)
    }

    @Test(arguments: [
        ("model: small\n", "f:1:1: a file of tests needs the key tests [HALE-MODEL-004]"),
        ("model: small\ntests: []\n", "f:2:8: tests needs a list of tests here [HALE-MODEL-005]"),
        (
            "model: small\ntests: [{name: a, signals: {}, expect: {}}]\n",
            "f:2:40: a test that expects nothing cannot fail [HALE-MODEL-005]"
        ),
        (
            "model: small\ntests: [{name: a, signals: {seat: 3}, expect: {score: 1}}]\n",
            "f:2:29: signals has no key \"seat\"; did you mean seats? [HALE-MODEL-003]"
        ),
        (
            "model: small\ntests: [{name: a, signals: {seats: many}, expect: {score: 1}}]\n",
            "f:2:36: seats is a whole number, not \"many\" [HALE-MODEL-005]"
        ),
        (
            "model: small\ntests: [{name: a, signals: {}, expect: {reasons: [cliff]}}]\n",
            "f:2:50: reasons is a list of notice_given, decision_maker_detractor, champion_left, usage_cliff "
                + "[HALE-MODEL-005]"
        ),
    ])
    func `refuse a file of tests that cannot fail`(text: String, problem: String) async throws {
        let portfolio = try ModelPortfolio([
            "small": ModelPortfolio.seats("small", when: "segment = 'small'"), "tests/bad": text,
        ])
        let path = "\(portfolio.folder)/tests/bad.yaml"
        do {
            _ = try await ModelChecks(database(), library: portfolio.library).test([path])
            Issue.record("the file was taken")
        } catch let failure as FileFailure {
            #expect(failure.description.replacing(path, with: "f") == problem)
        }
    }
}
