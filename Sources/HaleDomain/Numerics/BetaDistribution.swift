/// The Beta(alpha, beta) distribution on 0...1.
package struct BetaDistribution: Sendable, Equatable {
    /// First shape, above 0.
    package let alpha: Double
    /// Second shape, above 0.
    package let beta: Double

    /// A distribution from its two shapes, both above 0.
    package init(alpha: Double, beta: Double) {
        self.alpha = alpha
        self.beta = beta
    }

    /// P(X <= x): the regularised incomplete beta function.
    package func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let logFront =
            alpha * Real.logarithm(x) + beta * Real.logarithmOfOnePlus(-x) - BetaDistribution.logBeta(alpha, beta)
        // The continued fraction converges fast only below the mean; above it the other tail is computed.
        if x < (alpha + 1) / (alpha + beta + 2) {
            return Real.exponential(logFront) * Self.continuedFraction(alpha, beta, x) / alpha
        }
        return 1 - Real.exponential(logFront) * Self.continuedFraction(beta, alpha, 1 - x) / beta
    }

    /// The x with P(X <= x) = probability, by bisection.
    package func quantile(_ probability: Double) -> Double {
        guard probability > 0 else { return 0 }
        guard probability < 1 else { return 1 }
        var low = 0.0
        var high = 1.0
        // 100 halvings leave nothing between two neighbouring numbers.
        for _ in 0..<100 where low < high {
            let middle = (low + high) / 2
            if cumulative(middle) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// ln B(a, b).
    static func logBeta(_ a: Double, _ b: Double) -> Double {
        Real.logarithmOfGamma(a) + Real.logarithmOfGamma(b) - Real.logarithmOfGamma(a + b)
    }

    /// The continued fraction of the incomplete beta function, by the modified Lentz method.
    private static func continuedFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        func awayFromZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var numerator = 1.0
        var denominator = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
        var fraction = denominator
        for step in 1...500 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            denominator = 1 / awayFromZero(1 + even * denominator)
            numerator = awayFromZero(1 + even / numerator)
            fraction *= denominator * numerator
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            denominator = 1 / awayFromZero(1 + odd * denominator)
            numerator = awayFromZero(1 + odd / numerator)
            let change = denominator * numerator
            fraction *= change
            if abs(change - 1) < 1e-15 { break }
        }
        return fraction
    }
}
