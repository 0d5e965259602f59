/// Reads the usage drivers of one account: which of them can be read at all, and on which days.
struct DriverReader {
    let features: AccountFeatures
    let portfolio: PortfolioFigures
    let model: HealthModel
    let calendar: BusinessCalendar
    let asOf: Day
    /// Reliability left by the age of the usage feed.
    let usageFreshness: Double
    /// First observed day of the account; nil without any usage in the portfolio.
    let observedFrom: Day?
    /// What is known of the account's usage; nil if no usage was ever recorded.
    let usage: UsageDigest?
    /// Counts behind the trends; nil without usage or a known start.
    var windows: UsageWindows? { usage?.windows }

    init(
        features: AccountFeatures, portfolio: PortfolioFigures, model: HealthModel, calendar: BusinessCalendar,
        asOf: Day
    ) {
        self.features = features
        self.portfolio = portfolio
        self.model = model
        self.calendar = calendar
        self.asOf = asOf
        usageFreshness = FeedFreshness.reliability(ageDays: portfolio.feeds.usageAgeDays, model: model)
        observedFrom = portfolio.observedFrom(startedOn: features.startedOn)
        let start = features.startedOn == nil ? nil : observedFrom
        usage =
            features.digest
            ?? features.usage.map { series in
                UsageDigest(
                    series, observedFrom: start, country: features.country, calendar: calendar, asOf: asOf,
                    model: model)
            }
    }

    /// Slow and fast trend. None for a young account, nor while tracking is broken (mathematics §1.3).
    func trend() -> (dispersion: Double?, slow: UsageTrend?, fast: UsageTrend?) {
        guard let windows else { return (nil, nil, nil) }
        let dispersion = Dispersion.estimate(
            weeks: windows.observedBaseline,
            weekIndex: Array(portfolio.weekIndex.suffix(windows.observedBaseline.count)),
            portfolioDispersion: portfolio.dispersion, model: model)
        guard let age = features.ageDays(asOf: asOf), age >= model.trend.minimumAgeDays, !portfolio.isOutage
        else { return (dispersion, nil, nil) }
        return (
            dispersion,
            UsageTrend.slow(
                windows.slowCounts(weekendWeight: portfolio.weekendWeight), portfolioRatio: portfolio.slowRatio,
                dispersion: dispersion, model: model),
            UsageTrend.fast(
                windows.fastCounts(weekendWeight: portfolio.weekendWeight), portfolioRatio: portfolio.fastRatio,
                dispersion: dispersion, model: model)
        )
    }

    /// The level of use beside the peers'; nil without usage or a known start, or where the model compares none.
    func level(dispersion: Double?) -> AccountLevel? {
        guard let windows, let dispersion, model.position(of: .level) != nil,
            let age = features.ageDays(asOf: asOf)
        else { return nil }
        return AccountLevel(
            windows, ageDays: age, features: features, portfolio: portfolio, dispersion: dispersion, model: model)
    }

    /// Seats in use. Usage that never said who was there cannot say that nobody was.
    func seats() -> SeatUtilisation? {
        guard let usage, usage.namesPeople || usage.unit == .personDays else { return nil }
        return SeatUtilisation.read(activePeople: features.activePeople28d, seatsBought: features.seats, model: model)
    }

    func breadth() -> FeatureBreadth? {
        guard usage != nil, let age = features.ageDays(asOf: asOf) else { return nil }
        return FeatureBreadth.read(
            featuresUsed: features.keyFeaturesUsed, keyFeatures: portfolio.feeds.keyFeatures, accountAgeDays: age,
            model: model)
    }

    /// The account's days of activity and silence.
    func rhythm() -> ActivityRhythm? {
        guard let activity = usage?.activity, let observation else { return nil }
        return ActivityRhythm.measure(
            observation, lastActiveOn: activity.newest.map { asOf - $0 }, calendar: calendar, model: model,
            isActive: { activity.contains(daysBefore: asOf - $0) })
    }

    /// Recency of the account. Without any activity a short baseline shows no rhythm, so there is nothing to read.
    func recency(_ rhythm: ActivityRhythm?) -> Recency? {
        guard let rhythm else { return nil }
        if rhythm.lastActiveOn == nil, rhythm.baselineDays < model.recency.dormantBaselineDays { return nil }
        return Recency.read(
            activeDays: rhythm.activeDays, baselineDays: rhythm.baselineDays, silentDays: rhythm.silentDays,
            model: model)
    }

    /// The champion's days of activity and silence. One who was never seen counts only where usage names people; one who
    /// was is silent, however long ago that is.
    func championRhythm() -> ActivityRhythm? {
        guard case .active(let active, let seenBefore) = features.champion, let observation else { return nil }
        let newest = active.newest
        if newest == nil, !seenBefore {
            guard let usage, usage.namesPeople, usage.unit == .personDays else { return nil }
        }
        return ActivityRhythm.measure(
            observation, lastActiveOn: newest.map { asOf - $0 }, calendar: calendar, model: model,
            isActive: { active.contains(daysBefore: asOf - $0) })
    }

    func champion(_ rhythm: ActivityRhythm?) -> (x: Double, c: Double)? {
        recency(rhythm).map { ($0.x, $0.c * usageFreshness) }
    }

    /// The days on which activity would have been seen.
    ///
    /// Days after the newest usage of the whole portfolio tell nothing about one account: a feed that stopped must
    /// not make everybody silent. A single account has nobody to compare with, so its silence counts as its own.
    private var observation: ActivityRhythm.Observation? {
        guard let observedFrom, let age = portfolio.feeds.usageAgeDays else { return nil }
        let end = portfolio.accounts > 1 ? min(asOf, asOf - age + 1) : asOf
        return ActivityRhythm.Observation(
            observedFrom: max(observedFrom, asOf - model.recency.lookbackDays), observedTo: end,
            country: features.country)
    }
}
