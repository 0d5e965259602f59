/// Gathers the accounts of a portfolio and computes the figures they share (mathematics §1.3 to §1.5).
///
/// Accounts may be added in any order and summaries of parts may be merged: the figures are the same.
package struct PortfolioSummary: Sendable {
    private let model: HealthModel
    private let calendar: BusinessCalendar
    private let asOf: Day
    private let feeds: PortfolioFeeds
    private var accounts = 0
    /// The digests of the accounts added.
    package private(set) var ledger: UsageLedger
    /// Positions in the ledger of the accounts that are old and busy enough to count.
    private var eligible: [Int32] = []
    private var weekdays = WeekdayCounts()
    private var peers = PeerGathering()
    private var promoters = 0
    private var passives = 0
    private var detractors = 0

    /// An empty portfolio on a day.
    package init(feeds: PortfolioFeeds, calendar: BusinessCalendar, asOf: Day, model: HealthModel) {
        self.feeds = feeds
        self.calendar = calendar
        self.asOf = asOf
        self.model = model
        ledger = UsageLedger(model: model)
    }

    /// Makes room for so many accounts.
    package mutating func reserve(_ accounts: Int) {
        ledger.reserve(accounts)
        eligible.reserveCapacity(accounts)
    }

    /// Adds responses that are the latest of their respondents and not too old.
    package mutating func addResponses(score: Int, count: Int) {
        switch NPSCategory(score: score, model: model) {
        case .promoter: promoters += count
        case .passive: passives += count
        case .detractor: detractors += count
        case nil: break
        }
    }

    /// Adds one account, but for its responses.
    package mutating func add(_ account: AccountActivity) {
        accounts += 1
        let startedOn = account.startedOn
        let observedFrom = feeds.usageFirstDay.flatMap { first in startedOn.map { max($0, first) } }
        guard let usage = account.usage else {
            ledger.append(account, nil)
            return
        }
        let (digest, counts) = usage.digest(
            observedFrom: observedFrom, country: account.country, calendar: calendar, asOf: asOf, model: model)
        let position = ledger.append(account, digest)
        if let traits = account.peerTraits, digest.windows != nil, let startedOn {
            peers.add(traits, ageDays: asOf - startedOn, at: position, model: model)
        }
        guard let windows = digest.windows, let startedOn, let observedFrom, let first = feeds.usageFirstDay,
            asOf - startedOn > model.portfolio.minimumAgeDays, asOf - first >= model.portfolio.minimumAgeDays,
            windows.baselineWeeks.reduce(0, +) >= model.portfolio.minimumBaselineCount
        else { return }
        eligible.append(Int32(position))
        weekdays.add(counts: counts, observedFrom: observedFrom, asOf: asOf, model: model)
    }

    /// The figures of all accounts added.
    package func figures() -> PortfolioFigures {
        var weekSums = [Double](repeating: 0, count: model.trend.baselineWeeks)
        var lastWeek = 0.0
        for position in eligible {
            let windows = ledger.windows(at: Int(position))
            for week in weekSums.indices { weekSums[week] += Double(windows.baselineWeeks[week]) }
            lastWeek += Double(windows.recentFast.count)
        }
        let meanWeek = weekSums.reduce(0, +) / Double(max(1, weekSums.count))
        let weekIndex = index(of: weekSums, mean: meanWeek)
        let weekendWeight = weekdays.ratio ?? model.portfolio.weekendWeight
        return PortfolioFigures(
            accounts: accounts, weekIndex: weekIndex, dispersion: dispersion(weekIndex: weekIndex),
            weekendWeight: weekendWeight,
            slowRatio: ratio { $0.slowCounts(weekendWeight: weekendWeight) },
            fastRatio: ratio { $0.fastCounts(weekendWeight: weekendWeight) },
            isOutage: eligible.count >= model.portfolio.outageMinimumAccounts && meanWeek > 0
                && lastWeek / meanWeek < model.portfolio.outageIndex,
            npsShares: shares(), npsResponses: promoters + passives + detractors, feeds: feeds,
            peerLevels: model.position(of: .level) == nil
                ? PeerLevels() : peers.levels(ledger, weekendWeight: weekendWeight, model: model), model: model)
    }

    /// With few accounts an index would divide out an account's own variation, so it stays 1.
    private func index(of weekSums: [Double], mean: Double) -> [Double] {
        guard eligible.count >= model.portfolio.minimumAccounts, mean > 0 else { return weekSums.map { _ in 1 } }
        return weekSums.map { $0 / mean }
    }

    private func dispersion(weekIndex: [Double]) -> Double {
        guard eligible.count >= model.portfolio.minimumAccounts else { return model.trend.dispersionDefault }
        let own = eligible.compactMap { position in
            Dispersion.ofAccount(
                weeks: ledger.windows(at: Int(position)).baselineWeeks, weekIndex: weekIndex, model: model
            ).map {
                Real.clamp($0, model.trend.dispersionLow, model.trend.dispersionHigh)
            }
        }
        return Real.median(own) ?? model.trend.dispersionDefault
    }

    /// Median over accounts of ((n1 + ½) / (n0 + ½)) / (E1 / E0), so that unequal windows are not counted twice.
    private func ratio(_ counts: (UsageWindows) -> TrendCounts) -> Double {
        let bounds = model.portfolio
        let ratios = eligible.compactMap { position -> Double? in
            let pair = counts(ledger.windows(at: Int(position)))
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
