/// Renewal rates by the number of the renewal where customers differ in how inclined they are to leave: those inclined to
/// stay are left, so the odds of a renewal rise by the same amount with each one before it (the beta-geometric model of
/// Fader and Hardie, mathematics §2).
struct BetaGeometricCurve: Sendable, Hashable {
    /// First parameter of the distribution of the chance to leave.
    let alpha: Double
    /// Second parameter.
    let beta: Double

    /// Renewals of one number, or what stands for them.
    struct Exposure {
        let number: Int
        var renewed: Double
        var lost: Double
    }

    private static let range = (low: 1e-3, high: 1e4)
    private static let mostSteps = 200
    private static let settled = 1e-12

    init(alpha: Double, beta: Double) {
        self.alpha = alpha
        self.beta = beta
    }

    /// A curve with the mean chance of a first renewal, and the same spread of customers as another curve.
    init(firstRate: Double, concentration: Double) {
        self.init(alpha: (1 - firstRate) * concentration, beta: firstRate * concentration)
    }

    /// Chance of the renewal of a number.
    func rate(of number: Int) -> Double {
        let before = Double(number - 1)
        return (beta + before) / (alpha + beta + before)
    }

    /// Odds of the first renewal, and what each one before adds.
    var odds: RenewalOdds { RenewalOdds(logOdds: Real.logarithm(beta / alpha), gain: 1 / alpha) }

    /// The curve of the greatest likelihood: Newton's method on the logarithms of both parameters, damped where the
    /// likelihood is not concave. Exposures of a single number leave it open, and the start decides.
    init(fitting exposures: [Exposure]) {
        let ordered = exposures.sorted { $0.number < $1.number }
        let (lost, renewed) = ordered.reduce((0.5, 0.5)) { ($0.0 + $1.lost, $0.1 + $1.renewed) }
        // Ten customers' worth of the mean rate.
        var point = Self.bounded(
            a: Real.logarithm(10 * lost / (lost + renewed)), b: Real.logarithm(10 * renewed / (lost + renewed)))
        var value = Self.logLikelihood(ordered, at: point)
        var damping = 1e-3
        for _ in 0..<Self.mostSteps {
            guard damping < 1e12 else { break }
            guard let step = Self.step(ordered, from: point, damping: damping) else {
                damping *= 10
                continue
            }
            let next = Self.bounded(a: point.a + step.a, b: point.b + step.b)
            let nextValue = Self.logLikelihood(ordered, at: next)
            guard nextValue >= value else {
                damping *= 10
                continue
            }
            let moved = max(abs(next.a - point.a), abs(next.b - point.b))
            (point, value) = (next, nextValue)
            damping = max(damping / 10, Self.settled)
            if moved < Self.settled { break }
        }
        self.init(alpha: Real.exponential(point.a), beta: Real.exponential(point.b))
    }

    private static func bounded(a: Double, b: Double) -> (a: Double, b: Double) {
        let (low, high) = (Real.logarithm(range.low), Real.logarithm(range.high))
        return (Real.clamp(a, low, high), Real.clamp(b, low, high))
    }

    private static func logLikelihood(_ exposures: [Exposure], at point: (a: Double, b: Double)) -> Double {
        let (alpha, beta) = (Real.exponential(point.a), Real.exponential(point.b))
        return exposures.reduce(0) { sum, exposure in
            let below = beta + Double(exposure.number - 1)
            let total = Real.logarithm(alpha + below)
            return sum + exposure.lost * (point.a - total) + exposure.renewed * (Real.logarithm(below) - total)
        }
    }

    /// The step to the maximum of the quadratic at a point; nil where, damped so, it has none.
    private static func step(
        _ exposures: [Exposure], from point: (a: Double, b: Double), damping: Double
    ) -> (a: Double, b: Double)? {
        let (alpha, beta) = (Real.exponential(point.a), Real.exponential(point.b))
        // Derivatives by alpha and beta, then by their logarithms.
        var (first, second) = ((a: 0.0, b: 0.0), (aa: 0.0, ab: 0.0, bb: 0.0))
        for exposure in exposures {
            let below = beta + Double(exposure.number - 1)
            let total = alpha + below
            let asked = (exposure.lost + exposure.renewed) / total
            first.a += exposure.lost / alpha - asked
            first.b += exposure.renewed / below - asked
            second.aa += asked / total - exposure.lost / (alpha * alpha)
            second.ab += asked / total
            second.bb += asked / total - exposure.renewed / (below * below)
        }
        let gradient = (a: alpha * first.a, b: beta * first.b)
        let aa = -(alpha * alpha * second.aa + gradient.a)
        let ab = -(alpha * beta * second.ab)
        let bb = -(beta * beta * second.bb + gradient.b)
        let (dampedA, dampedB) = (aa + damping * max(abs(aa), 1), bb + damping * max(abs(bb), 1))
        let determinant = dampedA * dampedB - ab * ab
        guard dampedA > 0, determinant > 0 else { return nil }
        return (
            a: (gradient.a * dampedB - ab * gradient.b) / determinant,
            b: (gradient.b * dampedA - ab * gradient.a) / determinant
        )
    }
}
