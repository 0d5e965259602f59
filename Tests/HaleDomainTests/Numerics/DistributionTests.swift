import HaleDomain
import Testing

@Suite struct `Distributions` {
    // Values of tables of the standard normal distribution.
    @Test(arguments: [
        (0.0, 0.5), (1.0, 0.841_344_746), (-1.0, 0.158_655_254), (1.959_963_985, 0.975), (-2.326_347_874, 0.01),
        (-6.0, 9.865_876e-10),
    ])
    func `the normal distribution function is exact in both tails`(z: Double, expected: Double) {
        #expect(abs(NormalDistribution.cumulative(z) / expected - 1) < 1e-6)
    }

    @Test func `a beta distribution with whole shapes is a polynomial`() {
        // Beta(2, 1) has P(X <= x) = x², Beta(1, 3) has 1 - (1 - x)³, Beta(2, 2) has 3x² - 2x³.
        for step in 0...20 {
            let x = Double(step) / 20
            #expect(abs(BetaDistribution(alpha: 2, beta: 1).cumulative(x) - x * x) < 1e-13)
            #expect(abs(BetaDistribution(alpha: 1, beta: 3).cumulative(x) - (1 - (1 - x) * (1 - x) * (1 - x))) < 1e-13)
            #expect(abs(BetaDistribution(alpha: 2, beta: 2).cumulative(x) - x * x * (3 - 2 * x)) < 1e-13)
        }
    }

    @Test(arguments: [(0.05, 0.3), (0.5, 12.0), (8.0, 2.0), (300.0, 90.0), (0.02, 0.01)])
    func `a quantile inverts the distribution function`(alpha: Double, beta: Double) {
        let distribution = BetaDistribution(alpha: alpha, beta: beta)
        for probability in [0.05, 0.3, 0.5, 0.9, 0.95] {
            let x = distribution.quantile(probability)
            guard x > 1e-12, x < 1 - 1e-12 else { continue }
            #expect(abs(distribution.cumulative(x) - probability) < 1e-9)
        }
        #expect(distribution.quantile(0) == 0)
        #expect(distribution.quantile(1) == 1)
    }
}
