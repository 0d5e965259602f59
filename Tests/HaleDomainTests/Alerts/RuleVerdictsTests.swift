import HaleDomain
import Testing

/// What people say of a rule's alerts.
@Suite struct `Verdicts on a rule` {
    /// The quantiles are those of scipy.stats.beta.ppf with shapes one half above the counts.
    @Test(arguments: [
        (8, 2, 0.8, 0.5475043630373166, 0.939786281733811), (0, 10, 0, 0.000191736288974476, 0.1707731082448478),
        (1, 0, 1, 0.22851981380632877, 0.9984570806973271), (3, 17, 0.15, 0.05624805429041881, 0.31368035743571937),
        (50, 50, 0.5, 0.4185121511453916, 0.5814878488546085),
    ])
    func `give its precision and the interval of Jeffreys`(
        useful: Int, noise: Int, precision: Double, low: Double, high: Double
    ) throws {
        let verdicts = RuleVerdicts(useful: useful, noise: noise)
        #expect(verdicts.precision == precision)
        let interval = try #require(verdicts.interval)
        #expect(abs(interval.lowerBound - low) < 1e-9 && abs(interval.upperBound - high) < 1e-9)
    }

    @Test func `that nobody gave say nothing`() {
        #expect(RuleVerdicts().precision == nil && RuleVerdicts().interval == nil)
    }

    @Test(arguments: [
        (0, 9, 0.2, false), (1, 9, 0.2, true), (2, 8, 0.2, false), (19, 81, 0.2, true), (20, 80, 0.2, false),
        (0, 100, 0, false), (9, 1, 1, true),
    ])
    func `stop a rule from ten of them on, below the precision that is asked for`(
        useful: Int, noise: Int, precision: Double, stops: Bool
    ) {
        let verdictGuard = VerdictGuard(minimumPrecision: precision)
        #expect(verdictGuard.stops(RuleVerdicts(useful: useful, noise: noise)) == stops)
    }
}
