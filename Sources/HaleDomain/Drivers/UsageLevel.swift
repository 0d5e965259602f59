/// How much an account uses beside its peers (mathematics §1.5).
package struct UsageLevel: Sendable, Hashable {
    /// Value in 0...1: the share of the peers that use less.
    package let x: Double
    /// Reliability in 0...1.
    package let c: Double

    /// ln((n + ½) / (E · seats)), without seats ln((n + ½) / E); nil if too little was observed or no seat is bought.
    /// - Parameters:
    ///   - count: n, the count of the window.
    ///   - exposure: E, the exposure of the window [business days].
    ///   - seats: Seats bought; nil where they are not known.
    package static func logRate(
        count: Int, exposure: Double, seats: Int?, model: HealthModel
    ) -> Double? {
        guard exposure >= model.level.minimumExposure, exposure > 0, seats ?? 1 > 0 else { return nil }
        return Real.logarithm((Double(count) + 0.5) / (exposure * Double(seats ?? 1)))
    }

    /// Reads the level of an account; nil without a rate or without peers.
    /// - Parameters:
    ///   - peers: The peers' level; nil with too few of them.
    ///   - dispersion: k, the account's over-dispersion.
    package static func read(
        count: Int, exposure: Double, seats: Int?, peers: PeerLevel?, dispersion: Double,
        model: HealthModel
    ) -> UsageLevel? {
        guard let peers, let rate = logRate(count: count, exposure: exposure, seats: seats, model: model) else {
            return nil
        }
        let spread = peers.deviation * peers.deviation
        let weight = spread / (spread + 1 / (Double(count) + 0.5) + dispersion)
        return UsageLevel(
            x: NormalDistribution.cumulative(weight * (rate - peers.median) / peers.deviation), c: weight)
    }
}

/// How much the peers of an account use (mathematics §1.5).
package struct PeerLevel: Sendable, Hashable {
    /// Number of peers.
    package let accounts: Int
    /// Median of their log rates.
    package let median: Double
    /// Their robust standard deviation.
    package let deviation: Double

    /// What is known of peers.
    package init(accounts: Int, median: Double, deviation: Double) {
        self.accounts = accounts
        self.median = median
        self.deviation = deviation
    }

    /// What is known of peers, from the median of their rates.
    package init(accounts: Int, medianRate: Double, deviation: Double) {
        self.init(accounts: accounts, median: Real.logarithm(medianRate), deviation: deviation)
    }

    /// The level of peers from their log rates; nil with too few of them.
    package init?(logRates: [Double], model: HealthModel) {
        let parameters = model.level
        guard logRates.count >= parameters.minimumAccounts, let median = Real.median(logRates),
            let distance = Real.median(logRates.map { abs($0 - median) })
        else { return nil }
        self.init(
            accounts: logRates.count, median: median,
            deviation: Real.clamp(
                Self.deviationsPerMedianDistance * distance, parameters.deviationLow, parameters.deviationHigh))
    }

    /// What makes the median distance from the median a standard deviation where the rates are normally distributed.
    private static let deviationsPerMedianDistance = 1.4826
}
