/// A logistic regression drawn towards prior coefficients (mathematics §2): minimises
/// -Σw(y ln p + (1-y) ln(1-p)) + ½ λ ‖β-β⁰‖², the intercept unpenalised, where the log odds of p begin with an offset.
package struct LogisticRegression: Sendable, Hashable {
    /// Intercept, then one coefficient a feature.
    package let coefficients: [Double]

    private static let gradientTolerance = 1e-8
    private static let improvementTolerance = 1e-12
    private static let sufficientDecrease = 1e-4
    private static let shortestStep = 1e-6
    private static let ridge = 1e-10
    private static let mostIterations = 50

    /// Fits by Newton's method with halved steps; nil where it does not converge, or where there is no observation.
    /// - Parameters:
    ///   - features: One row an observation, standardised, all of the same length.
    ///   - outcomes: 1 or 0 for each observation.
    ///   - offsets: Log odds of each before the coefficients add theirs; empty for zeros.
    ///   - weights: w of each; empty for ones.
    ///   - penalty: λ, at least 0.
    ///   - prior: β⁰, intercept first; that of the intercept is not looked at. Empty for zeros.
    package init?(
        features: [[Double]], outcomes: [Double], offsets: [Double] = [], weights: [Double] = [], penalty: Double,
        prior: [Double] = []
    ) {
        guard let width = features.first?.count, features.count == outcomes.count else { return nil }
        let problem = Problem(
            features: features, outcomes: outcomes, offsets: offsets, weights: weights, penalty: penalty,
            prior: prior.isEmpty ? Array(repeating: 0, count: width + 1) : prior)
        guard let coefficients = problem.solve() else { return nil }
        self.coefficients = coefficients
    }

    /// P(outcome is 1) of an observation.
    package func probability(_ features: [Double], offset: Double = 0) -> Double {
        Real.logistic(offset + Self.linear(coefficients, features))
    }

    fileprivate static func linear(_ coefficients: [Double], _ features: [Double]) -> Double {
        var sum = coefficients[0]
        for index in features.indices { sum += coefficients[index + 1] * features[index] }
        return sum
    }

    /// The function that is minimised.
    private struct Problem {
        let features: [[Double]]
        let outcomes: [Double]
        let offsets: [Double]
        let weights: [Double]
        let penalty: Double
        let prior: [Double]

        func solve() -> [Double]? {
            var coefficients = prior
            if coefficients[0] == 0, offsets.isEmpty {
                // Half an observation of either kind keeps the start finite.
                let rate = (outcomes.reduce(0, +) + 0.5) / (Double(outcomes.count) + 1)
                coefficients[0] = Real.logit(rate)
            }
            var value = value(coefficients)
            for _ in 0..<LogisticRegression.mostIterations {
                let (gradient, hessian) = derivatives(coefficients)
                if gradient.allSatisfy({ abs($0) < LogisticRegression.gradientTolerance }) {
                    return coefficients
                }
                guard let direction = Cholesky.solve(hessian, gradient) else { return nil }
                let slope = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
                var step = 1.0
                var next = coefficients
                var nextValue = value
                while true {
                    for index in next.indices { next[index] = coefficients[index] - step * direction[index] }
                    nextValue = self.value(next)
                    if nextValue <= value - LogisticRegression.sufficientDecrease * step * slope
                        || step < LogisticRegression.shortestStep
                    {
                        break
                    }
                    step /= 2
                }
                guard nextValue.isFinite else { return nil }
                if value - nextValue < LogisticRegression.improvementTolerance * max(1, abs(value)) {
                    return next
                }
                coefficients = next
                value = nextValue
            }
            return nil
        }

        private func logOdds(_ coefficients: [Double], at index: Int) -> Double {
            (offsets.isEmpty ? 0 : offsets[index]) + LogisticRegression.linear(coefficients, features[index])
        }

        private func weight(at index: Int) -> Double { weights.isEmpty ? 1 : weights[index] }

        private func value(_ coefficients: [Double]) -> Double {
            var sum = 0.0
            for index in features.indices {
                let z = logOdds(coefficients, at: index)
                // ln(1 + e^z) without overflow.
                let loss = max(z, 0) + Real.logarithmOfOnePlus(Real.exponential(-abs(z))) - outcomes[index] * z
                sum += weight(at: index) * loss
            }
            for index in 1..<coefficients.count {
                let distance = coefficients[index] - prior[index]
                sum += 0.5 * penalty * distance * distance
            }
            return sum
        }

        private func derivatives(_ coefficients: [Double]) -> (gradient: [Double], hessian: [[Double]]) {
            let width = coefficients.count
            var gradient = Array(repeating: 0.0, count: width)
            var hessian = Array(repeating: Array(repeating: 0.0, count: width), count: width)
            var extended = Array(repeating: 1.0, count: width)
            for position in features.indices {
                let row = features[position]
                for index in row.indices { extended[index + 1] = row[index] }
                let probability = Real.logistic(logOdds(coefficients, at: position))
                let counted = weight(at: position)
                let weight = counted * probability * (1 - probability)
                for left in 0..<width {
                    gradient[left] += counted * extended[left] * (probability - outcomes[position])
                    for right in 0...left { hessian[left][right] += weight * extended[left] * extended[right] }
                }
            }
            for index in 0..<width {
                if index > 0 {
                    gradient[index] += penalty * (coefficients[index] - prior[index])
                    hessian[index][index] += penalty
                }
                hessian[index][index] += LogisticRegression.ridge
                for right in 0..<index { hessian[right][index] = hessian[index][right] }
            }
            return (gradient, hessian)
        }
    }
}
