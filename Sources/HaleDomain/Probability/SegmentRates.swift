/// Decided renewals of one segment.
package struct SegmentCounts: Sendable, Hashable {
    /// Renewals won.
    package var renewed: Int
    /// Renewals decided, won or lost.
    package var decided: Int

    /// Decided renewals of one segment.
    package init(renewed: Int, decided: Int) {
        self.renewed = renewed
        self.decided = decided
    }
}

/// Renewal rates of segments, drawn towards the rate of all by a Beta-Binomial model (mathematics §2).
package struct SegmentRates: Sendable, Hashable {
    /// Rate of one segment.
    package struct Rate: Sendable, Hashable {
        /// Posterior mean.
        package let mean: Double
        /// Lower end of the 90 % interval.
        package let low90: Double
        /// Upper end of the 90 % interval.
        package let high90: Double
    }

    /// m, the rate of all segments together.
    package let globalRate: Double
    /// kappa, how many renewals the global rate counts for in each segment.
    package let concentration: Double
    /// The rate of each segment, in the order given.
    package let rates: [Rate]

    /// Estimates the rates of segments.
    package init(_ segments: [SegmentCounts], assumptions: RenewalAssumptions = RenewalAssumptions()) {
        let renewed = segments.reduce(0) { $0 + $1.renewed }
        let decided = segments.reduce(0) { $0 + $1.decided }
        let strength = assumptions.globalStrength
        let global = (Double(renewed) + assumptions.baseRate * strength) / (Double(decided) + strength)
        let isEstimated =
            segments.count >= assumptions.minimumSegments && decided >= assumptions.minimumDecidedForConcentration
        let concentration =
            isEstimated
            ? Self.likeliestConcentration(segments, rate: global, assumptions: assumptions)
            : assumptions.defaultConcentration
        rates = segments.map { segment in
            let posterior = BetaDistribution(
                alpha: Double(segment.renewed) + concentration * global,
                beta: Double(segment.decided - segment.renewed) + concentration * (1 - global))
            return Rate(
                mean: posterior.alpha / (posterior.alpha + posterior.beta), low90: posterior.quantile(0.05),
                high90: posterior.quantile(0.95))
        }
        globalRate = global
        self.concentration = concentration
    }

    /// Maximum likelihood of kappa by golden-section search on its logarithm.
    private static func likeliestConcentration(
        _ segments: [SegmentCounts], rate: Double, assumptions: RenewalAssumptions
    ) -> Double {
        func logLikelihood(_ logConcentration: Double) -> Double {
            let alpha = Real.exponential(logConcentration) * rate
            let beta = Real.exponential(logConcentration) * (1 - rate)
            let prior = BetaDistribution.logBeta(alpha, beta)
            return segments.reduce(0) { sum, segment in
                let lost = Double(segment.decided - segment.renewed)
                return sum + BetaDistribution.logBeta(Double(segment.renewed) + alpha, lost + beta) - prior
            }
        }
        let golden = (5.0.squareRoot() - 1) / 2
        var low = Real.logarithm(assumptions.concentrationLow)
        var high = Real.logarithm(assumptions.concentrationHigh)
        var left = high - golden * (high - low)
        var right = low + golden * (high - low)
        var leftValue = logLikelihood(left)
        var rightValue = logLikelihood(right)
        // 60 sections shrink the interval far below what a likelihood can tell apart.
        for _ in 0..<60 {
            if leftValue > rightValue {
                (high, right, rightValue) = (right, left, leftValue)
                left = high - golden * (high - low)
                leftValue = logLikelihood(left)
            } else {
                (low, left, leftValue) = (left, right, rightValue)
                right = low + golden * (high - low)
                rightValue = logLikelihood(right)
            }
        }
        return Real.exponential((low + high) / 2)
    }
}
