/// How much a feed's age leaves of the reliability of what it says (mathematics §1.1).
package enum FeedFreshness {
    /// 1 for a fresh feed, halved by every 7 whole days, 0 after 28 days or without any fact.
    package static func reliability(ageDays: Int?, model: HealthModel) -> Double {
        let parameters = model.feeds
        guard let ageDays, ageDays <= parameters.deadDays else { return 0 }
        return Real.halving(Double(max(0, ageDays) / parameters.halfLifeDays), every: 1)
    }

    /// The day since which a feed of an age does not count in full; nil while it does, and where it never had a fact.
    package static func staleSince(ageDays: Int?, asOf: Day, model: HealthModel) -> Day? {
        guard let ageDays, ageDays >= model.feeds.halfLifeDays else { return nil }
        return asOf - ageDays + model.feeds.halfLifeDays
    }
}
