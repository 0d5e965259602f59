/// A figure stored beside a score, so that the score can be explained and rules can test it.
package enum ScoreFact: String, Sendable, Hashable, CaseIterable {
    /// Rate of the last 28 days over that of the 28 before, beyond the portfolio's.
    case usageRatio = "usage_ratio"
    /// Rate of the last 7 days over that of the 28 before, beyond the portfolio's.
    case usageRatio7d = "usage_ratio_7d"
    /// P(usage fell by a quarter or more).
    case probabilityDrop25 = "probability_drop_25"
    /// P(usage fell by half or more in the last 7 days).
    case probabilityDrop50 = "probability_drop_50"
    /// P(usage rose by 15 % or more).
    case probabilityRise15 = "probability_rise_15"
    /// Count of the last 28 days.
    case recentCount28d = "recent_count_28d"
    /// Count of the 28 days before them.
    case priorCount28d = "prior_count_28d"
    /// Over-dispersion of weekly counts.
    case usageDispersion = "usage_dispersion"
    /// People active in 28 days over seats bought.
    case seatUtilisation = "seat_utilisation"
    /// Complete business days since the last activity.
    case silentBusinessDays = "silent_business_days"
    /// P(a silence at least this long) by the account's own rhythm.
    case probabilitySilent = "probability_silent"
    /// Complete business days since the champion's last activity.
    case championSilentBusinessDays = "champion_silent_business_days"
    /// Posterior mean net promoter score [points].
    case npsMean = "nps_mean"
    /// Lower end of its 90 % interval [points].
    case npsLow90 = "nps_low_90"
    /// Upper end of its 90 % interval [points].
    case npsHigh90 = "nps_high_90"
    /// Respondents counted.
    case npsResponses = "nps_responses"
    /// Key features used in 28 days.
    case keyFeaturesUsed = "key_features_used"
    case openTickets = "open_tickets"
    /// Days the oldest unpaid invoice is overdue.
    case overdueDays = "overdue_days"
    /// Count of the last 28 days, a seat where seats are known. Later facts stand last: the rows of a model keep the
    /// order in which its facts were named when it first scored.
    case usageLevel = "usage_level"
    /// Peers that the level is compared with.
    case usageLevelPeers = "usage_level_peers"
    /// Days since the account started.
    case ageDays = "age_days"
    /// Seats bought in the live contracts.
    case seats
    case liveContracts = "live_contracts"
    /// Days to the earliest renewal date of the live contracts.
    case daysToRenewal = "days_to_renewal"
    /// Usage rows of 28 days, and of the 28 before them.
    case events28d = "events_28d"
    case priorEvents28d = "prior_events_28d"
    /// Sum of the quantities of 28 days.
    case quantity28d = "quantity_28d"
    /// Days with usage among 28.
    case activeDays28d = "active_days_28d"
    /// Different people active in 28 days.
    case activePeople28d = "active_people_28d"
    /// Days since the last day with usage (1 is yesterday).
    case daysSinceActive = "days_since_active"
    /// Promoters less detractors among the respondents, in percent.
    case nps

    /// The figure of an account on a day; nil if there is none.
    package func value(of features: AccountFeatures, drivers: AccountDrivers, asOf: Day) -> Double? {
        switch self {
        case .usageRatio: return drivers.slowTrend?.ratio
        case .usageRatio7d: return drivers.fastTrend?.ratio
        case .probabilityDrop25: return drivers.slowTrend?.probabilityDrop
        case .probabilityDrop50: return drivers.fastTrend?.probabilityDrop
        case .probabilityRise15: return drivers.slowTrend?.probabilityRise
        case .recentCount28d: return drivers.windows.map { Double($0.recentSlow.count) }
        case .priorCount28d: return drivers.windows.map { Double($0.priorSlow.count) }
        case .usageDispersion: return drivers.dispersion
        case .seatUtilisation: return drivers.seats?.utilisation
        case .silentBusinessDays: return drivers.rhythm.map { Double($0.silentDays) }
        case .probabilitySilent: return drivers.recency?.probabilitySilent
        case .championSilentBusinessDays: return drivers.championRhythm.map { Double($0.silentDays) }
        case .npsMean: return drivers.netPromoter.responses > 0 ? drivers.netPromoter.mean : nil
        case .npsLow90: return drivers.netPromoter.responses > 0 ? drivers.netPromoter.low90 : nil
        case .npsHigh90: return drivers.netPromoter.responses > 0 ? drivers.netPromoter.high90 : nil
        case .npsResponses: return Double(drivers.netPromoter.responses)
        case .keyFeaturesUsed: return !features.hasUsage ? nil : Double(features.keyFeaturesUsed)
        case .openTickets: return Double(features.openTickets.total)
        case .usageLevel: return drivers.level?.rate
        case .usageLevelPeers: return drivers.level?.peers.map { Double($0.accounts) }
        case .overdueDays: return features.overdueDays.map(Double.init)
        case .ageDays: return features.ageDays(asOf: asOf).map(Double.init)
        case .seats: return features.seats.map(Double.init)
        case .liveContracts: return Double(features.contracts.count(where: \.isLive))
        case .daysToRenewal: return drivers.contract.renewsOn.map { Double($0 - asOf) }
        case .events28d: return Double(features.totals.events)
        case .priorEvents28d: return Double(features.totals.priorEvents)
        case .quantity28d: return Double(features.totals.quantity)
        case .activeDays28d: return Double(features.totals.activeDays)
        case .activePeople28d: return Double(features.totals.activePeople)
        case .daysSinceActive: return features.totals.lastActiveOn.map { Double(asOf - $0) }
        case .nps: return drivers.netPromoter.score
        }
    }
}
