/// How long customers stay when their chances of leaving differ as a beta distribution and each one's chance changes
/// with the time that the customer has stayed: the beta-discrete-Weibull model (Fader, Hardie, Liu, Davin and
/// Steenburgh 2018). With a shape of 1 nobody's chance changes, and it is the shifted beta-geometric model.
package struct BetaDiscreteWeibull: RenewalSurvival, Hashable {
    /// First parameter of the distribution of the chance to leave at the first renewal.
    package let alpha: Double
    /// Second parameter.
    package let beta: Double
    /// Below 1 a customer's own chance to leave falls with time, above 1 it rises.
    package let shape: Double

    /// A model of known parameters, all above 0.
    package init(alpha: Double, beta: Double, shape: Double) {
        self.alpha = alpha
        self.beta = beta
        self.shape = shape
    }

    /// The model in which nobody's chance changes.
    package init(_ model: ShiftedBetaGeometric) {
        self.init(alpha: model.alpha, beta: model.beta, shape: 1)
    }

    /// Share of those who are asked for the `period`-th renewal (1 for the first) that renew.
    package func retention(at period: Int) -> Double {
        guard shape != 1 else { return ShiftedBetaGeometric(alpha: alpha, beta: beta).retention(at: period) }
        return Real.exponential(logSurvival(after: period) - logSurvival(after: period - 1))
    }

    /// ln of B(alpha, beta + t^shape) / B(alpha, beta): of the share of customers left after t periods.
    func logSurvival(after periods: Int) -> Double {
        guard periods > 0 else { return 0 }
        return Self.logRise(from: beta, by: alpha)
            - Self.logRise(from: beta + Real.power(Double(periods), shape), by: alpha)
    }

    private static let leastOfSeries = 16.0

    /// ln of gamma(value + rise) / gamma(value), without cancellation for great values.
    private static func logRise(from value: Double, by rise: Double) -> Double {
        // Stirling's series needs a greater value; each step takes one factor out of both functions.
        var (value, factors) = (value, 1.0)
        while value < leastOfSeries {
            factors *= value / (value + rise)
            value += 1
        }
        let end = value + rise
        func rest(_ x: Double) -> Double {
            let square = x * x
            return (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / x
        }
        return (value - 0.5) * Real.logarithmOfOnePlus(rise / value) + rise * Real.logarithm(end) - rise + rest(end)
            - rest(value) + Real.logarithm(factors)
    }
}
