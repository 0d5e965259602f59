/// Counts and exposures of a recent and a prior window (mathematics §1.3).
package struct TrendCounts: Sendable, Hashable {
    /// n1, the count of the recent window.
    package var recentCount: Int
    /// E1, the exposure of the recent window [business days].
    package var recentExposure: Double
    /// n0, the count of the prior window.
    package var priorCount: Int
    /// E0, the exposure of the prior window [business days].
    package var priorExposure: Double

    /// Counts and exposures of two windows.
    package init(recentCount: Int, recentExposure: Double, priorCount: Int, priorExposure: Double) {
        self.recentCount = recentCount
        self.recentExposure = recentExposure
        self.priorCount = priorCount
        self.priorExposure = priorExposure
    }
}

/// The usage trend of an account: how its rate changed between two windows, beyond the portfolio's (mathematics
/// §1.3).
package struct UsageTrend: Sendable, Hashable {
    /// E[theta], the expected log rate ratio.
    package let logRatio: Double
    /// Standard deviation of theta.
    package let deviation: Double
    /// Value of the driver in 0...1.
    package let x: Double
    /// Reliability in 0...1.
    package let c: Double
    /// P(the rate fell to the drop ratio or below): 0.75 for the slow trend, 0.50 for the fast one.
    package let probabilityDrop: Double
    /// P(the rate rose to the rise ratio or above).
    package let probabilityRise: Double

    /// The rate ratio e^E[theta].
    package var ratio: Double { Real.exponential(logRatio) }

    /// 28 days against the 28 days before; nil if there is nothing to compare.
    /// - Parameters:
    ///   - portfolioRatio: m, the ratio expected of any account.
    ///   - dispersion: k, the account's over-dispersion.
    package static func slow(
        _ counts: TrendCounts, portfolioRatio: Double, dispersion: Double, model: HealthModel
    ) -> UsageTrend? {
        read(
            counts, portfolioRatio: portfolioRatio, dispersion: dispersion, model: model,
            recentDays: model.trend.windowDays, dropRatio: model.trend.declineRatio)
    }

    /// 7 days against the 28 days before; nil if there is nothing to compare.
    /// - Parameters:
    ///   - portfolioRatio: m, the ratio expected of any account.
    ///   - dispersion: k, the account's over-dispersion.
    package static func fast(
        _ counts: TrendCounts, portfolioRatio: Double, dispersion: Double, model: HealthModel
    ) -> UsageTrend? {
        read(
            counts, portfolioRatio: portfolioRatio, dispersion: dispersion, model: model,
            recentDays: model.trend.fastWindowDays, dropRatio: model.trend.cliffRatio)
    }

    private static func read(
        _ counts: TrendCounts, portfolioRatio: Double, dispersion: Double, model: HealthModel,
        recentDays: Int, dropRatio: Double
    ) -> UsageTrend? {
        let parameters = model.trend
        guard counts.recentExposure > 0, counts.priorExposure >= parameters.minimumPriorExposure,
            counts.recentCount + counts.priorCount > 0
        else { return nil }
        let weeks = 7 / Double(recentDays) + 7 / Double(parameters.windowDays)
        let priorVariance = parameters.priorDeviation * parameters.priorDeviation
        let posterior = RateRatioPosterior(
            recentCount: Double(counts.recentCount), priorCount: Double(counts.priorCount),
            logOffset: Real.logarithm(portfolioRatio * counts.recentExposure / counts.priorExposure),
            noise: parameters.autocorrelation * dispersion * weeks, priorDeviation: parameters.priorDeviation,
            logDrop: Real.logarithm(dropRatio), logRise: Real.logarithm(parameters.riseRatio))
        let reliability = Real.clamp(1 - posterior.variance / priorVariance, parameters.minimumReliability, 1)
        let reference = model.reference(of: .trend)
        return UsageTrend(
            logRatio: posterior.mean, deviation: posterior.variance.squareRoot(),
            x: Real.clamp(reference + parameters.slope * posterior.mean / reliability), c: reliability,
            probabilityDrop: posterior.probabilityDrop, probabilityRise: posterior.probabilityRise)
    }
}
