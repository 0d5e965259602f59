import HaleDomain
import HaleService
import HaleTestSupport
import Testing

@Suite(.database)
struct `A replay of rules` {
    private static let first = Day(iso: "2026-03-04") ?? Day(daysSince2000: 0)

    private func replay(_ folder: RuleFolder) async throws -> RuleReplay.Outcome {
        // From 4 March on cord has 41, 40, 39 and 38 days to its renewal, acme and bolt more; dorn has no contract.
        let database = try await ScoreFixture.load()
        let last = Self.first + 3
        _ = try await ScoreStage(database).run(from: Self.first, to: last)
        return try await RuleReplay(database, library: folder.library).run(
            from: Self.first, to: last, lossesUntil: last)
    }

    @Test func `tells nothing of an account on the days on which a rule fails for it, and all of the others`()
        async throws
    {
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Bad\nwhen: 1000 / (days_to_renewal - 40) > 0", "alert: Good\nwhen: days_to_renewal <= 41"))
        let outcome = try await replay(folder)
        #expect(outcome.complaints.map(\.sentence) == ["rule Bad says nothing of cord: division by zero"])
        #expect(outcome.accounts == 4 && outcome.days.count == 4)
        // cord: 1000 / 1 fires on 4 March, nothing is known on the 5th, 1000 / -1 ends it on the 6th.
        #expect(outcome.rules.map { "\($0.rule.name) \($0.firings) \($0.accounts.count)" } == ["Bad 3 3", "Good 1 1"])
    }

    @Test(arguments: [("cord", "division by zero"), ("acme", nil)])
    func `and an explanation of a rule says of which account it says nothing, and why`(
        account: String, problem: String?
    ) async throws {
        let folder = try RuleFolder(RuleFolder.file("alert: Bad\nwhen: 1000 / (days_to_renewal - 40) > 0"))
        let database = try await ScoreFixture.load()
        _ = try await ScoreStage(database).run(from: Self.first, to: Self.first + 1)
        let explanation = try await RuleExplanation.of(
            "Bad", library: folder.library, account: account, on: Self.first + 1, database)
        let found = try #require(explanation.account)
        #expect(found.problem == problem)
        #expect(found.reading.met == (problem == nil ? .holds : .unknown))
        if account == "cord" { #expect(found.values["days_to_renewal"] == "40") }
    }

    @Test func `leaves out a rule that works on no day, and only that`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file(
                "alert: Never\nwhen: cast(band as integer) > 0", "alert: Good\nwhen: days_to_renewal <= 41"))
        let outcome = try await replay(folder)
        let never = try #require(outcome.complaints.first)
        #expect(outcome.complaints.count == 1 && never.rule == "Never" && never.accounts.count == 4)
        #expect(outcome.rules.map { "\($0.rule.name) \($0.firings)" } == ["Never 0", "Good 1"])
    }
}
