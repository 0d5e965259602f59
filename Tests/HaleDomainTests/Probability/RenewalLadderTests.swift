import HaleDomain
import Testing

@Suite struct `The ladder of renewal probabilities` {
    private let few = ScoreDistribution(mean: 50, deviation: 5, accounts: 19)
    private let many = ScoreDistribution(mean: 50, deviation: 5, accounts: 20)

    @Test(arguments: [
        (ContractState.signed, 1.0, ProbabilityBasis.signed), (.noticeGiven, 0.05, .notice),
        (.lockedIn, 0.98, .lockedIn),
    ])
    func `follows the contract where it decides`(state: ContractState, expected: Double, basis: ProbabilityBasis) throws
    {
        let ladder = RenewalLadder(history: [:], scores: few)
        let renewal = try #require(ladder.probability(state: state, score: 10, segment: nil))
        #expect(renewal.probability == expected)
        #expect(renewal.basis == basis)
        #expect(renewal.basis.rung == nil)
    }

    @Test func `leaves out a lapsed contract and no contract`() {
        let ladder = RenewalLadder(history: [:], scores: few)
        #expect(ladder.probability(state: .lapsed, score: 90, segment: nil) == nil)
        #expect(ladder.probability(state: .noContract, score: 90, segment: nil) == nil)
    }

    @Test func `assumes a rate of eighty percent at a score of sixty-two before anything is decided`() throws {
        let ladder = RenewalLadder(history: [:], scores: few)
        let average = try #require(ladder.probability(state: .running, score: 62, segment: "x"))
        #expect(abs(average.probability - 0.8) < 1e-12)
        #expect(average.label == "assumed, n = 0")
        // One deviation of 15 points below: logit(.8) - .9 = .486294, so p = .619233.
        let lower = try #require(ladder.probability(state: .pastDue, score: 47, segment: "x"))
        #expect(abs(lower.probability - 0.619_233) < 1e-6)
        let unscored = try #require(ladder.probability(state: .running, score: nil, segment: "x"))
        #expect(abs(unscored.probability - 0.8) < 1e-12)
    }

    @Test func `takes mean and deviation of the day once twenty accounts are scored`() throws {
        let ladder = RenewalLadder(history: [:], scores: many)
        #expect(
            abs(try #require(ladder.probability(state: .running, score: 50, segment: nil)).probability - 0.8) < 1e-12)
        let flat = RenewalLadder(history: [:], scores: ScoreDistribution(mean: 50, deviation: 0.9, accounts: 200))
        #expect(abs(try #require(flat.probability(state: .running, score: 62, segment: nil)).probability - 0.8) < 1e-12)
    }

    @Test func `uses the segment's rate once something is decided`() throws {
        let history: RenewalHistory = [
            "smb": SegmentCounts(renewed: 2, decided: 4), nil: SegmentCounts(renewed: 1, decided: 1),
        ]
        let ladder = RenewalLadder(history: history, scores: few)
        // m = (3 + 8) / (5 + 10) = 11/15; smb: (2 + 10 m) / 14; without segment: (1 + 10 m) / 11.
        let global = 11.0 / 15
        for (segment, rate) in [("smb", (2 + 10 * global) / 14), (nil, (1 + 10 * global) / 11), ("new", global)] {
            let renewal = try #require(ladder.probability(state: .running, score: 62, segment: segment))
            #expect(abs(renewal.probability - rate) < 1e-12)
            #expect(renewal.label == "assumed slope, n = 5")
            #expect(renewal.basis.rung == 1)
        }
    }

    @Test func `rises with the score`() {
        let ladder = RenewalLadder(history: [:], scores: many)
        let probabilities = (0...100).compactMap {
            ladder.probability(state: .running, score: Double($0), segment: nil)?.probability
        }
        #expect(probabilities.count == 101)
        #expect(zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `sums the expected loss over the contracts of an account`() {
        let day = Day(daysSince2000: 9_000)
        let contract = AccountContract(
            [
                ContractFacts(contractID: "running", arrMinor: 100_000, renewsOn: day + 200),
                ContractFacts(contractID: "notice", arrMinor: 10_000, renewsOn: day + 200, noticeGiven: true),
                ContractFacts(contractID: "signed", arrMinor: 70_000, renewsOn: day + 20, signed: true),
                ContractFacts(contractID: "lapsed", arrMinor: 50_000, renewsOn: day - 100, isLive: false),
            ], asOf: day, model: .default)
        let ladder = RenewalLadder(history: [:], scores: few)
        let renewal = ladder.account(contract, score: 62, segment: nil)
        #expect(abs(renewal.expectedLossMinor - (100_000 * 0.2 + 10_000 * 0.95)) < 1e-6)
        #expect(renewal.probabilities.map { $0 == nil } == [false, false, false, true])
    }

    @Test func `knows mean and deviation of scores`() {
        let scores = ScoreDistribution(scores: [40, 50, 60])
        #expect(scores == ScoreDistribution(mean: 50, deviation: 10, accounts: 3))
        #expect(ScoreDistribution(scores: [40]).deviation == 0)
        #expect(ScoreDistribution(scores: []).accounts == 0)
    }
}
