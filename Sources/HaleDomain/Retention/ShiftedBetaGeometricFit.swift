/// A shifted beta-geometric model fitted to how many customers were asked to renew and how many did, by maximum
/// likelihood (mathematics §3).
package struct ShiftedBetaGeometricFit: Sendable, Hashable {
    /// The renewals of one period since the first purchase, of all cohorts together.
    package struct Period: Sendable, Hashable {
        /// Customers who renewed.
        package var renewed: Int
        /// Customers who left.
        package var lost: Int

        /// The renewals of a period.
        package init(renewed: Int, lost: Int) {
            self.renewed = renewed
            self.lost = lost
        }
    }

    package let model: ShiftedBetaGeometric
    /// Log likelihood of the renewals under it.
    package let logLikelihood: Double

    private static let smallest = 1e-3
    private static let greatest = 1e4
    private static let mostSteps = 200

    /// Fits by Newton's method on the logarithms of both parameters, which stay within 1e-3 and 1e4; nil where nobody was
    /// asked.
    ///
    /// The likelihood of a period is that of independent renewals with the period's chance, so that cohorts of different
    /// ages add up period by period.
    package init?(_ periods: [Period]) {
        guard periods.contains(where: { $0.renewed + $0.lost > 0 }) else { return nil }
        let likelihood = Likelihood(periods: periods)
        var point = (a: 0.0, b: 0.0)
        var value = likelihood.at(point)
        var damping = 1e-3
        for _ in 0..<Self.mostSteps {
            guard let step = likelihood.step(from: point, damping: damping) else {
                damping *= 10
                continue
            }
            let next = (a: Self.bounded(point.a + step.a), b: Self.bounded(point.b + step.b))
            let nextValue = likelihood.at(next)
            if nextValue >= value {
                let moved = max(abs(next.a - point.a), abs(next.b - point.b))
                (point, value) = (next, nextValue)
                damping = max(damping / 10, 1e-12)
                if moved < 1e-12 { break }
            } else {
                damping *= 10
                if damping > 1e12 { break }
            }
        }
        model = ShiftedBetaGeometric(alpha: Real.exponential(point.a), beta: Real.exponential(point.b))
        logLikelihood = value
    }

    /// Customers still there at the start and after each period.
    package init?(alive: [Int]) {
        self.init(zip(alive, alive.dropFirst()).map { Period(renewed: $0.1, lost: $0.0 - $0.1) })
    }

    private static func bounded(_ logarithm: Double) -> Double {
        Real.clamp(logarithm, Real.logarithm(smallest), Real.logarithm(greatest))
    }

    /// The log likelihood as a function of the logarithms of alpha and beta.
    private struct Likelihood {
        let periods: [Period]

        func at(_ point: (a: Double, b: Double)) -> Double {
            let (alpha, beta) = (Real.exponential(point.a), Real.exponential(point.b))
            var sum = 0.0
            for (index, period) in periods.enumerated() {
                let total = Real.logarithm(alpha + beta + Double(index))
                sum += Double(period.lost) * (point.a - total)
                sum += Double(period.renewed) * (Real.logarithm(beta + Double(index)) - total)
            }
            return sum
        }

        /// The step to the maximum of the quadratic at a point; nil where, damped so, it has none.
        func step(from point: (a: Double, b: Double), damping: Double) -> (a: Double, b: Double)? {
            let (alpha, beta) = (Real.exponential(point.a), Real.exponential(point.b))
            // Derivatives by alpha and beta, then by their logarithms.
            var (first, second) = ((a: 0.0, b: 0.0), (aa: 0.0, ab: 0.0, bb: 0.0))
            for (index, period) in periods.enumerated() {
                let (lost, renewed) = (Double(period.lost), Double(period.renewed))
                let (below, total) = (beta + Double(index), alpha + beta + Double(index))
                let asked = (lost + renewed) / total
                first.a += lost / alpha - asked
                first.b += renewed / below - asked
                second.aa += asked / total - lost / (alpha * alpha)
                second.ab += asked / total
                second.bb += asked / total - renewed / (below * below)
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
}
