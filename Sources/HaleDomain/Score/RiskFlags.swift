/// The flags of an account: each is the day since which it is on, nil while it is off (mathematics §1.1 and §1.3).
package struct RiskFlags: Sendable, Hashable {
    /// Usage fell off a cliff: the fast trend, or a silence that does not fit the account's rhythm.
    package var cliffSince: Day?
    /// Usage declines: the slow trend.
    package var declineSince: Day?
    /// Usage rises.
    package var riseSince: Day?
    /// Every champion has left.
    package var championLeftSince: Day?
    /// Somebody who decides answered as a detractor lately.
    package var detractorSince: Day?

    /// Flags; without arguments all are off.
    package init(
        cliffSince: Day? = nil, declineSince: Day? = nil, riseSince: Day? = nil, championLeftSince: Day? = nil,
        detractorSince: Day? = nil
    ) {
        self.cliffSince = cliffSince
        self.declineSince = declineSince
        self.riseSince = riseSince
        self.championLeftSince = championLeftSince
        self.detractorSince = detractorSince
    }

    /// True while usage is off a cliff.
    package var isCliff: Bool { cliffSince != nil }

    /// The flags on a day, from the day's readings and the flags before.
    ///
    /// A flag without evidence stays as it was: missing data neither raises nor clears it.
    package static func next(
        after previous: RiskFlags, drivers: AccountDrivers, features: AccountFeatures, asOf: Day,
        model: HealthModel
    ) -> RiskFlags {
        let trend = model.trend
        let cliff = cliff(drivers, model: model)
        let decline = decide(drivers.slowTrend?.probabilityDrop, on: trend.declineOn, off: trend.declineOff)
        let rise = decide(drivers.slowTrend?.probabilityRise, on: trend.riseOn, off: trend.riseOff)
        let exceptions = model.exceptions
        let hasDetractor = features.responses.contains { response in
            response.role == .economicBuyer && (0...exceptions.detractorScore).contains(response.score)
                && (0...exceptions.detractorDays).contains(response.ageDays)
        }
        return RiskFlags(
            cliffSince: since(previous.cliffSince, cliff, asOf),
            declineSince: since(previous.declineSince, decline, asOf),
            riseSince: since(previous.riseSince, rise, asOf),
            championLeftSince: since(previous.championLeftSince, features.champion == .allLeft ? .on : .off, asOf),
            detractorSince: since(previous.detractorSince, hasDetractor ? .on : .off, asOf))
    }

    private enum Decision {
        case on
        case off
        case unchanged
    }

    private static func cliff(_ drivers: AccountDrivers, model: HealthModel) -> Decision {
        if let recency = drivers.recency {
            if recency.isCliff { return .on }
            // Without a fast trend an account that is active again clears its cliff by itself.
            if drivers.fastTrend == nil, !recency.isDormant { return .off }
        }
        return decide(
            drivers.fastTrend?.probabilityDrop, on: model.trend.cliffOn, off: model.trend.cliffOff)
    }

    private static func decide(_ probability: Double?, on: Double, off: Double) -> Decision {
        guard let probability else { return .unchanged }
        if probability >= on { return .on }
        return probability < off ? .off : .unchanged
    }

    private static func since(_ previous: Day?, _ decision: Decision, _ asOf: Day) -> Day? {
        switch decision {
        case .on: return previous ?? asOf
        case .off: return nil
        case .unchanged: return previous
        }
    }
}
