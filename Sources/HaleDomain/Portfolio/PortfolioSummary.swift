/// Gathers the accounts of a portfolio and computes the figures they share (mathematics §1.3 to §1.5).
///
/// Accounts may be added in any order and summaries of parts may be merged: the figures are the same.
public struct PortfolioSummary: Sendable {
    private let model: HealthModel
    private let calendar: BusinessCalendar
    private let asOf: Day
    private let feeds: PortfolioFeeds
    private var accounts = 0
    /// Windows of the accounts that are old and busy enough to count.
    private var eligible: [UsageWindows] = []
    private var promoters = 0
    private var passives = 0
    private var detractors = 0

    /// An empty portfolio on a day.
    public init(feeds: PortfolioFeeds, calendar: BusinessCalendar, asOf: Day, model: HealthModel = .default) {
        self.feeds = feeds
        self.calendar = calendar
        self.asOf = asOf
        self.model = model
    }

    /// Adds one account.
    public mutating func add(_ account: AccountFeatures) {
        accounts += 1
        for response in account.responses
        where (0...model.netPromoter.maximumAgeDays).contains(response.ageDays) {
            switch NPSCategory(score: response.score, model: model) {
            case .promoter: promoters += 1
            case .passive: passives += 1
            case .detractor: detractors += 1
            case nil: break
            }
        }
        guard let series = account.usage, let startedOn = account.startedOn, let first = feeds.usageFirstDay,
            asOf - startedOn > model.portfolio.minimumAgeDays, asOf - first >= model.portfolio.minimumAgeDays
        else { return }
        let windows = UsageWindows(
            series, observedFrom: max(startedOn, first), country: account.country, calendar: calendar, asOf: asOf,
            model: model)
        if windows.baselineWeeks.reduce(0, +) >= model.portfolio.minimumBaselineCount { eligible.append(windows) }
    }

    /// Adds the accounts of another summary of the same day.
    public mutating func merge(_ other: PortfolioSummary) {
        accounts += other.accounts
        eligible.append(contentsOf: other.eligible)
        promoters += other.promoters
        passives += other.passives
        detractors += other.detractors
    }

    /// The figures of all accounts added.
    public func figures() -> PortfolioFigures {
        let weekSums = (0..<model.trend.baselineWeeks).map { week in
            eligible.reduce(0.0) { $0 + Double($1.baselineWeeks[week]) }
        }
        let meanWeek = weekSums.reduce(0, +) / Double(max(1, weekSums.count))
        let lastWeek = eligible.reduce(0.0) { $0 + Double($1.recentFast.count) }
        let weekIndex = index(of: weekSums, mean: meanWeek)
        let weekendWeight = weekendWeight()
        return PortfolioFigures(
            accounts: accounts, weekIndex: weekIndex, dispersion: dispersion(weekIndex: weekIndex),
            weekendWeight: weekendWeight,
            slowRatio: ratio { $0.slowCounts(weekendWeight: weekendWeight) },
            fastRatio: ratio { $0.fastCounts(weekendWeight: weekendWeight) },
            isOutage: eligible.count >= model.portfolio.outageMinimumAccounts && meanWeek > 0
                && lastWeek / meanWeek < model.portfolio.outageIndex,
            npsShares: shares(), npsResponses: promoters + passives + detractors, feeds: feeds, model: model)
    }

    /// With few accounts an index would divide out an account's own variation, so it stays 1.
    private func index(of weekSums: [Double], mean: Double) -> [Double] {
        guard eligible.count >= model.portfolio.minimumAccounts, mean > 0 else { return weekSums.map { _ in 1 } }
        return weekSums.map { $0 / mean }
    }

    private func dispersion(weekIndex: [Double]) -> Double {
        guard eligible.count >= model.portfolio.minimumAccounts else { return model.trend.dispersionDefault }
        let own = eligible.compactMap { windows in
            Dispersion.ofAccount(weeks: windows.baselineWeeks, weekIndex: weekIndex, model: model).map {
                Real.clamp($0, model.trend.dispersionLow, model.trend.dispersionHigh)
            }
        }
        return Real.median(own) ?? model.trend.dispersionDefault
    }

    private func weekendWeight() -> Double {
        let weekday = eligible.reduce(0) { $0 + $1.weekdayCount }
        let weekend = eligible.reduce(0) { $0 + $1.weekendCount }
        let weekdays = eligible.reduce(0) { $0 + $1.weekdays }
        let weekendDays = eligible.reduce(0) { $0 + $1.weekendDays }
        guard weekday > 0, weekdays > 0, weekendDays > 0 else { return model.portfolio.weekendWeight }
        return (Double(weekend) / Double(weekendDays)) / (Double(weekday) / Double(weekdays))
    }

    /// Median over accounts of ((n1 + ½) / (n0 + ½)) / (E1 / E0), so that unequal windows are not counted twice.
    private func ratio(_ counts: (UsageWindows) -> TrendCounts) -> Double {
        let bounds = model.portfolio
        let ratios = eligible.compactMap { windows -> Double? in
            let pair = counts(windows)
            guard pair.priorCount >= bounds.minimumPriorCount, pair.recentExposure > 0, pair.priorExposure > 0
            else { return nil }
            let rate = (Double(pair.recentCount) + 0.5) / (Double(pair.priorCount) + 0.5)
            return rate / (pair.recentExposure / pair.priorExposure)
        }
        guard ratios.count >= bounds.minimumAccounts, let median = Real.median(ratios) else { return 1 }
        return Real.clamp(median, bounds.ratioLow, bounds.ratioHigh)
    }

    private func shares() -> NPSShares {
        let total = promoters + passives + detractors
        guard total >= model.netPromoter.minimumPortfolioResponses else { return model.netPromoter.defaultShares }
        return NPSShares(
            promoters: Double(promoters) / Double(total), passives: Double(passives) / Double(total),
            detractors: Double(detractors) / Double(total))
    }
}
