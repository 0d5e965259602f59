import HaleDomain
import Testing

@Suite struct `The normal quantile` {
    /// Published to so many digits.
    @Test(arguments: [
        (0.5, 0), (0.975, 1.959963984540054), (0.95, 1.6448536269514722), (0.9, 1.2815515655446004),
        (0.25, -0.6744897501960817), (1e-9, -5.997807015007686),
    ])
    func `is known`(probability: Double, z: Double) {
        #expect(abs(NormalDistribution.quantile(probability) - z) < 1e-13)
    }

    @Test func `undoes the distribution function, in both tails`() {
        for step in 1..<2_000 {
            let z = Double(step - 1_000) * 0.006
            let probability = NormalDistribution.cumulative(z)
            // Near 1 a probability has fewer digits of its distance to 1 than near 0.
            let tolerance = z > 0 ? 1e-15 / NormalDistribution.cumulative(-z) + 1e-13 : 1e-13
            #expect(abs(NormalDistribution.quantile(probability) - z) < tolerance, "\(z)")
        }
    }
}
