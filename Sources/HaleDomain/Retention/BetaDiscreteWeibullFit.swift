/// A beta-discrete-Weibull model fitted by maximum likelihood to how many customers were asked to renew and how many did.
package struct BetaDiscreteWeibullFit: Sendable, Hashable {
    package let model: BetaDiscreteWeibull
    /// Log likelihood of the renewals under it.
    package let logLikelihood: Double

    private static let parameters = 1e-3...1e4
    private static let shapes = 0.2...5.0
    private static let firstShapes = [1, 0.6, 1.6]
    private static let mostSteps = 400
    private static let mostStepsAgain = 120

    /// Fits from several shapes around a shifted beta-geometric model; nil where nobody was asked.
    package init?(_ periods: [ShiftedBetaGeometricFit.Period], around start: ShiftedBetaGeometric) {
        let starts = Self.firstShapes.map {
            BetaDiscreteWeibull(alpha: start.alpha, beta: start.beta, shape: $0)
        }
        self.init(periods, from: starts, steps: Self.mostSteps)
    }

    /// Fits again to customers who are much like those whose fit is given.
    init?(_ periods: [ShiftedBetaGeometricFit.Period], like other: BetaDiscreteWeibull) {
        self.init(periods, from: [other], steps: Self.mostStepsAgain)
    }

    private init?(_ periods: [ShiftedBetaGeometricFit.Period], from starts: [BetaDiscreteWeibull], steps: Int) {
        guard periods.contains(where: { $0.renewed + $0.lost > 0 }) else { return nil }
        let found = starts.map { start in
            SimplexSearch.minimum(
                from: [start.alpha, start.beta, start.shape].map(Real.logarithm), reach: 0.4, steps: steps
            ) { -Self.logLikelihood(periods, Self.model($0)) }
        }
        guard let best = found.min(by: { $0.value < $1.value }) else { return nil }
        model = Self.model(best.point)
        logLikelihood = -best.value
    }

    private static func model(_ logarithms: [Double]) -> BetaDiscreteWeibull {
        func value(_ index: Int, _ range: ClosedRange<Double>) -> Double {
            Real.clamp(Real.exponential(logarithms[index]), range.lowerBound, range.upperBound)
        }
        return BetaDiscreteWeibull(alpha: value(0, parameters), beta: value(1, parameters), shape: value(2, shapes))
    }

    private static func logLikelihood(
        _ periods: [ShiftedBetaGeometricFit.Period], _ model: BetaDiscreteWeibull
    ) -> Double {
        var (sum, before) = (0.0, 0.0)
        for (index, period) in periods.enumerated() {
            let after = model.logSurvival(after: index + 1)
            // Where next to nobody can leave, the logarithm has to stay finite.
            let kept = min(after - before, -.leastNormalMagnitude)
            sum += Double(period.renewed) * kept
            if period.lost > 0 { sum += Double(period.lost) * Real.logarithm(-Real.exponentialMinusOne(kept)) }
            before = after
        }
        return sum
    }
}
