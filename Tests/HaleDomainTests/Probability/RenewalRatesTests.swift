import Foundation
import HaleDomain
import Testing

@Suite struct `What a renewal probability starts from` {
    private static let smb = RenewalGroup(segment: "smb")

    private static func chance(_ rates: RenewalRates, _ group: RenewalGroup, _ number: Int) -> Double {
        1 / (1 + exp(-rates.logOdds(of: group, number: number)))
    }

    /// A hundred contracts of a year that renew by themselves, of which ten left at the second renewal: 280 of 290 renewed.
    @Test func `learns from those that rolled on`() {
        var history = RenewalHistory()
        let group = RenewalGroup(segment: nil)
        history.add(SegmentCounts(renewed: 100, decided: 100), of: group, number: 1)
        history.add(SegmentCounts(renewed: 90, decided: 100), of: group, number: 2)
        history.add(SegmentCounts(renewed: 90, decided: 90), of: group, number: 3)
        let rates = RenewalRates(history, base: .rate)
        // m = 288 / 300, then (280 + 10 m) / 300.
        #expect(abs(Self.chance(rates, group, 4) - (280 + 9.6) / 300) < 1e-12)
        let total = history.total
        #expect(total.decided == 290 && total.lost == 10)
    }

    /// Sixty terms of which thirty ended in silence.
    @Test func `learns from those that lapsed`() {
        let rates = RenewalRates([nil: SegmentCounts(renewed: 30, decided: 60)], base: .rate)
        // m = 38 / 70, then (30 + 10 m) / 70.
        #expect(abs(Self.chance(rates, RenewalGroup(segment: nil), 1) - (30 + 10 * 38.0 / 70) / 70) < 1e-12)
    }

    /// The program's curve beside the best of a fine net of parameters, under the same likelihood written out anew.
    @Test func `has the likeliest beta-geometric curve where the number is the base`() throws {
        let counts: [Int: SegmentCounts] = [
            1: SegmentCounts(renewed: 130, decided: 200), 2: SegmentCounts(renewed: 100, decided: 130),
            3: SegmentCounts(renewed: 85, decided: 100), 5: SegmentCounts(renewed: 37, decided: 40),
        ]
        var history = RenewalHistory()
        for (number, own) in counts { history.add(own, of: Self.smb, number: number) }
        let rates = RenewalRates(history, base: .renewalNumber)
        // Ten renewals at the assumed 80 %, spread over the numbers as the 470 decided ones are.
        func likelihood(_ alpha: Double, _ beta: Double) -> Double {
            counts.reduce(0) { sum, entry in
                let (number, own) = entry
                let prior = 10 * Double(own.decided) / 470
                let rate = (beta + Double(number) - 1) / (alpha + beta + Double(number) - 1)
                return sum + (Double(own.renewed) + 0.8 * prior) * log(rate)
                    + (Double(own.decided - own.renewed) + 0.2 * prior) * log(1 - rate)
            }
        }
        let odds = try #require(rates.others[.year])
        let (alpha, beta) = (1 / odds.gain, exp(odds.logOdds) / odds.gain)
        let best = likelihood(alpha, beta)
        for left in -20...20 {
            for right in -20...20 where left != 0 || right != 0 {
                #expect(likelihood(alpha * exp(0.05 * Double(left)), beta * exp(0.05 * Double(right))) < best)
            }
        }
        #expect(abs(likelihood(alpha * 1.000_1, beta) - likelihood(alpha / 1.000_1, beta)) < 1e-5)
        // The odds rise by the same amount with each number.
        let byNumber = (1...4).map { exp(odds.logOdds(of: $0)) }
        #expect(abs(byNumber[3] - byNumber[0] - 3 * odds.gain) < 1e-9)
        #expect(Self.chance(rates, Self.smb, 1) < 0.7 && Self.chance(rates, Self.smb, 5) > 0.85)
    }

    /// A segment of few renewals keeps the spread of all, on a level of which as many are expected to renew as did, with
    /// ten renewals more on the curve of all.
    @Test func `gives a segment with little of its own the curve of all on its own level`() throws {
        var history = RenewalHistory()
        for (number, renewed, decided) in [(1, 300, 400), (2, 255, 300), (3, 230, 255)] {
            history.add(SegmentCounts(renewed: renewed, decided: decided), of: Self.smb, number: number)
        }
        let few = RenewalGroup(segment: "few")
        history.add(SegmentCounts(renewed: 6, decided: 12), of: few, number: 1)
        history.add(SegmentCounts(renewed: 4, decided: 6), of: few, number: 2)
        let rates = RenewalRates(history, base: .renewalNumber)
        let all = RenewalGroup(segment: "new")
        let expected = 12 * Self.chance(rates, few, 1) + 6 * Self.chance(rates, few, 2)
        let drawn = 10.0 / 18 * (12 * Self.chance(rates, all, 1) + 6 * Self.chance(rates, all, 2))
        #expect(abs(expected * (1 + 10.0 / 18) - (10 + drawn)) < 1e-9)
        let (own, other) = (try #require(rates.groups[few]), try #require(rates.others[.year]))
        // alpha + beta is that of all.
        #expect(abs((1 + exp(own.logOdds)) / own.gain - (1 + exp(other.logOdds)) / other.gain) < 1e-9)
        #expect(Self.chance(rates, few, 1) < Self.chance(rates, all, 1))
        // One with enough has its own.
        let fitted = try #require(rates.groups[Self.smb])
        #expect(abs((1 + exp(fitted.logOdds)) / fitted.gain - (1 + exp(other.logOdds)) / other.gain) > 1e-6)
    }

    /// Fifty customers by the month renewed 2,375 times and left 25 times in four years; of fifty by the year ten left.
    @Test func `does not let monthly renewals swamp yearly ones`() throws {
        var history = RenewalHistory()
        let (month, year) = (RenewalGroup(segment: nil, term: .month), RenewalGroup(segment: nil))
        history.add(SegmentCounts(renewed: 2_375, decided: 2_400), of: month, number: 1)
        history.add(SegmentCounts(renewed: 40, decided: 50), of: year, number: 1)
        let rates = RenewalRates(history, base: .rate)
        #expect(abs(Self.chance(rates, year, 1) - 0.8) < 1e-12)
        #expect(abs(Self.chance(rates, month, 1) - 2_375.0 / 2_400) < 2e-4)
        // Terms that nobody decided yet have the assumed rate of a year, spread over its parts.
        let quarter = RenewalGroup(segment: nil, term: .quarter)
        #expect(abs(Self.chance(rates, quarter, 1) - pow(0.8, 0.25)) < 1e-12)
        let terms = [nil, 1, 2, 3, 5, 6, 11, 12, 24].map { RenewalTerm(months: $0).rawValue }
        #expect(terms == [12, 1, 1, 3, 3, 6, 6, 12, 12])
    }

    /// Customers of a world in which each has a chance of leaving of its own, or all have the same.
    private static func world(spread: Bool, seed: UInt64) -> [DecidedCounts] {
        var generator = SplitMix(seed: seed)
        var decided: [DecidedCounts] = []
        for _ in 0..<400 {
            let leaving = spread ? (Double.random(in: 0...1, using: &generator) < 0.3 ? 0.6 : 0.04) : 0.15
            let start = Int.random(in: 0...1_500, using: &generator)
            for number in 1...6 {
                let isRenewed = Double.random(in: 0...1, using: &generator) >= leaving
                decided.append(
                    DecidedCounts(
                        decidedOn: Day(daysSince2000: Int32(5_000 + start + 365 * number)), group: smb, number: number,
                        counts: SegmentCounts(renewed: isRenewed ? 1 : 0, decided: 1)))
                if !isRenewed { break }
            }
        }
        return decided
    }

    @Test(arguments: 1...4) func `takes the number where it foretells the newest renewals better`(seed: UInt64) {
        let choice = BaseChoice(Self.world(spread: true, seed: seed))
        #expect(choice.rates.base == .renewalNumber)
        guard case .taken(let folds) = choice.step.outcome else {
            Issue.record("\(choice.step)")
            return
        }
        #expect(folds.count == 2 && folds.allSatisfy { $0.above < $0.below })
        #expect(choice.step.sentence.hasPrefix("The rate of the renewal's number foretells the newest renewals better"))
    }

    @Test func `mostly keeps one rate where all customers are alike`() {
        let kept = (1...12).filter { BaseChoice(Self.world(spread: false, seed: $0)).rates.base == .rate }
        // By chance both folds speak for the number now and then, and then it hardly differs from one rate.
        #expect(kept.count >= 7)
    }

    @Test func `keeps one rate where nothing tells numbers apart`() {
        #expect(BaseChoice([]).step.outcome == .oneNumber)
        let first = Self.world(spread: true, seed: 1).filter { $0.number == 1 }
        #expect(BaseChoice(first).step.outcome == .oneNumber)
        // All within a few weeks: nothing is old enough to foretell the newest from.
        let close = Self.world(spread: true, seed: 1).map { entry in
            var entry = entry
            entry.decidedOn = Day(daysSince2000: 9_000 + entry.decidedOn.daysSince2000 % 40)
            return entry
        }
        #expect(BaseChoice(close).step.outcome == .notCompared)
    }

    @Test func `says in the formula which base and rung were taken, and why`() {
        let formula = RenewalFormula(decided: Self.world(spread: true, seed: 1))
        #expect(formula.rung == 1 && formula.rates.base == .renewalNumber)
        #expect(formula.reasons.count == 1)
        #expect(formula.refusals == ["Rung 2 needs 10 lost and 10 renewed ones; there are 0 and 0."])
        let ladder = RenewalLadder(
            formula: formula, scores: ScoreDistribution(mean: 60, deviation: 10, accounts: 50))
        let chances = (1...5).compactMap {
            ladder.probability(state: .running, score: 60, segment: "smb", number: $0)?.probability
        }
        #expect(chances.count == 5 && zip(chances, chances.dropFirst()).allSatisfy { $0 < $1 })
        #expect(RenewalFormula(decided: []).refusals.count == 1)
    }
}
