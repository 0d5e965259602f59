/// Over-dispersion of weekly counts: the squared coefficient of variation beyond Poisson (mathematics §1.3).
package enum Dispersion {
    /// The dispersion k of an account from its baseline weeks, drawn towards the portfolio's.
    ///
    /// The weeks must lie before the recent window: a cliff would otherwise hide itself in its own noise.
    /// - Parameters:
    ///   - weeks: Counts per baseline week, oldest first.
    ///   - weekIndex: The portfolio's index of the same weeks; empty for none.
    ///   - portfolioDispersion: The portfolio's dispersion k0.
    package static func estimate(
        weeks: [Int], weekIndex: [Double] = [], portfolioDispersion: Double, model: HealthModel
    ) -> Double {
        let trend = model.trend
        guard weeks.count >= trend.dispersionMinimumWeeks,
            let own = ofAccount(weeks: weeks, weekIndex: weekIndex, model: model)
        else { return portfolioDispersion }
        let degrees = Double(weeks.count - 1)
        let prior = trend.dispersionPriorWeeks
        return Real.clamp(
            (prior * portfolioDispersion + degrees * own) / (prior + degrees), trend.dispersionLow, trend.dispersionHigh
        )
    }

    /// The moment estimate (s² - mean) / mean² of an account alone, neither drawn nor clamped; nil without counts
    /// or with fewer than two weeks.
    package static func ofAccount(weeks: [Int], weekIndex: [Double] = [], model: HealthModel) -> Double? {
        guard weeks.count >= 2 else { return nil }
        let bounds = model.portfolio
        let rates = weeks.indices.map { week in
            guard week < weekIndex.count else { return Double(weeks[week]) }
            return Double(weeks[week]) / Real.clamp(weekIndex[week], bounds.weekIndexLow, bounds.weekIndexHigh)
        }
        let mean = rates.reduce(0, +) / Double(rates.count)
        guard mean > 0 else { return nil }
        let variance = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rates.count - 1)
        return (variance - mean) / (mean * mean)
    }
}
