/// A logistic regression drawn towards prior coefficients (mathematics §2): minimises
/// -Σ(y ln p + (1-y) ln(1-p)) + ½ λ ‖β-β⁰‖², the intercept unpenalised.
public struct LogisticRegression: Sendable, Hashable {
    /// Intercept, then one coefficient a feature.
    public let coefficients: [Double]
    /// Newton steps that were taken.
    public let iterations: Int

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
    ///   - penalty: λ, at least 0.
    ///   - prior: β⁰, intercept first; that of the intercept is not looked at. Empty for zeros.
    public init?(features: [[Double]], outcomes: [Double], penalty: Double, prior: [Double] = []) {
        guard let width = features.first?.count, features.count == outcomes.count else { return nil }
        let problem = Problem(
            features: features, outcomes: outcomes, penalty: penalty,
            prior: prior.isEmpty ? Array(repeating: 0, count: width + 1) : prior)
        guard let solved = problem.solve() else { return nil }
        coefficients = solved.coefficients
        iterations = solved.iterations
    }

    /// P(outcome is 1) of an observation.
    public func probability(_ features: [Double]) -> Double {
        Real.logistic(Self.linear(coefficients, features))
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
        let penalty: Double
        let prior: [Double]

        func solve() -> (coefficients: [Double], iterations: Int)? {
            var coefficients = prior
            if coefficients[0] == 0 {
                // Half an observation of either kind keeps the start finite.
                let rate = (outcomes.reduce(0, +) + 0.5) / (Double(outcomes.count) + 1)
                coefficients[0] = Real.logit(rate)
            }
            var value = value(coefficients)
            for iteration in 0..<LogisticRegression.mostIterations {
                let (gradient, hessian) = derivatives(coefficients)
                if gradient.allSatisfy({ abs($0) < LogisticRegression.gradientTolerance }) {
                    return (coefficients, iteration)
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
                    return (next, iteration + 1)
                }
                coefficients = next
                value = nextValue
            }
            return nil
        }

        private func value(_ coefficients: [Double]) -> Double {
            var sum = 0.0
            for (row, outcome) in zip(features, outcomes) {
                let z = LogisticRegression.linear(coefficients, row)
                // ln(1 + e^z) without overflow.
                sum += max(z, 0) + Real.logarithmOfOnePlus(Real.exponential(-abs(z))) - outcome * z
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
            for (row, outcome) in zip(features, outcomes) {
                for index in row.indices { extended[index + 1] = row[index] }
                let probability = Real.logistic(LogisticRegression.linear(coefficients, row))
                let weight = probability * (1 - probability)
                for left in 0..<width {
                    gradient[left] += extended[left] * (probability - outcome)
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
