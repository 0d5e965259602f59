import HaleDomain
import Testing

@Suite struct `The distribution of renewed ARR` {
    typealias Renewal = RenewalDistribution.Renewal

    private static func renewals(_ count: Int, amounts: ClosedRange<Int>, seed: UInt64) -> [Renewal] {
        var generator = SplitMix(seed: seed)
        return (0..<count).map { _ in
            Renewal(
                probability: Double.random(in: 0...1, using: &generator),
                amount: Double(Int.random(in: amounts, using: &generator)))
        }
    }

    @Test(arguments: 1...20) func `is that of all outcomes one by one`(seed: Int) throws {
        let renewals = Self.renewals(8, amounts: 0...12, seed: UInt64(seed))
        let distribution = RenewalDistribution(renewals, grid: 1, correlation: 0)
        var expected = Array(repeating: 0.0, count: distribution.mass.count)
        for outcome in 0..<(1 << renewals.count) {
            var (probability, amount) = (1.0, 0)
            for (index, renewal) in renewals.enumerated() {
                let renewed = outcome >> index & 1 == 1
                probability *= renewed ? renewal.probability : 1 - renewal.probability
                amount += renewed ? Int(renewal.amount) : 0
            }
            expected[amount] += probability
        }
        for (mass, known) in zip(distribution.mass, expected) { #expect(abs(mass - known) < 1e-14) }
        #expect(distribution.mass.count == expected.count)
    }

    @Test(arguments: [0.0, 0.05, 0.3, 0.7]) func `has a mean that neither grid nor correlation moves`(
        correlation: Double
    ) {
        let renewals = Self.renewals(60, amounts: 500...90_000, seed: 7)
        let total = renewals.reduce(0) { $0 + $1.amount }
        let grid = RenewalDistribution.grid(total: total)
        let distribution = RenewalDistribution(renewals, grid: grid, correlation: correlation)
        let onGrid = distribution.mass.enumerated().reduce(0) { $0 + Double($1.offset) * grid * $1.element }
        #expect(abs(distribution.mass.reduce(0, +) - 1) < 1e-12)
        // Twenty-one points over the common factor miss a strong correlation by more than a weak one.
        #expect(abs(onGrid - distribution.mean) < (correlation < 0.5 ? 1e-6 : 1e-3) * total)
        #expect(distribution.book == total)
    }

    @Test func `is wider when renewals go together, and of the spread of one draw when they are one`() {
        let renewals = Array(repeating: Renewal(probability: 0.8, amount: 100), count: 50)
        let spreads = [0, 0.05, 0.2, 0.5].map {
            RenewalDistribution(renewals, grid: 10, correlation: $0).deviation
        }
        // Independent: 100 √(50 · 0.8 · 0.2).
        #expect(abs(spreads[0] - 282.842_712_474_619) < 1e-9)
        #expect(spreads == spreads.sorted())
        #expect(Set(spreads).count == 4)
    }

    @Test func `shows no quantile above all that can be renewed`() {
        let distribution = RenewalDistribution(
            [Renewal(probability: 0.999, amount: 1_499), Renewal(probability: 0, amount: 700)], grid: 1_000,
            correlation: 0)
        #expect(distribution.quantile(0.9) == 2_000)
        #expect(distribution.shownQuantile(0.9) == 1_499)
        #expect(distribution.shownQuantile(0.0001) == 0)
    }

    @Test func `of nothing is nothing`() {
        let distribution = RenewalDistribution([], grid: 1)
        #expect(distribution.mean == 0 && distribution.deviation == 0)
        #expect(distribution.quantile(0.1) == 0 && distribution.quantile(0.9) == 0)
    }

    @Test func `has a grid of a unit at least and of 4,000 steps at most`() {
        #expect(RenewalDistribution.grid(total: 100) == 1)
        #expect(RenewalDistribution.grid(total: 8_000_000) == 2_000)
        #expect(RenewalDistribution.grid(total: 100, unit: 0.01) == 0.025)
    }
}
