/// Facts of the whole portfolio that are read beside the accounts.
package struct PortfolioFeeds: Sendable, Hashable {
    /// Day of the first usage of any account; nil without usage.
    package var usageFirstDay: Day?
    /// Days since the newest usage before the day of scoring; nil without usage.
    package var usageAgeDays: Int?
    /// Days since a ticket was last opened; nil without tickets.
    package var ticketAgeDays: Int?
    /// Days since an invoice was last due; nil without invoices.
    package var invoiceAgeDays: Int?
    /// Number of key features.
    package var keyFeatures: Int

    /// Facts of the whole portfolio.
    package init(
        usageFirstDay: Day? = nil, usageAgeDays: Int? = nil, ticketAgeDays: Int? = nil, invoiceAgeDays: Int? = nil,
        keyFeatures: Int = 0
    ) {
        self.usageFirstDay = usageFirstDay
        self.usageAgeDays = usageAgeDays
        self.ticketAgeDays = ticketAgeDays
        self.invoiceAgeDays = invoiceAgeDays
        self.keyFeatures = keyFeatures
    }
}

extension PortfolioFeeds {
    /// A feed that no longer counts in full.
    package struct Stale: Sendable, Hashable {
        /// The kind of import that brings it.
        package let kind: ImportKind
        /// Since when.
        package let since: Day
    }

    /// The feeds that do not count in full on a day, the longest stale first.
    package func stale(asOf day: Day, model: HealthModel) -> [Stale] {
        [(ImportKind.usage, usageAgeDays), (.tickets, ticketAgeDays), (.invoices, invoiceAgeDays)]
            .compactMap { kind, age in
                FeedFreshness.staleSince(ageDays: age, asOf: day, model: model).map { Stale(kind: kind, since: $0) }
            }
            .sorted { ($0.since, $0.kind.rawValue) < ($1.since, $1.kind.rawValue) }
    }
}

/// Figures of all accounts together that every score of a day uses (mathematics §1.3 to §1.5).
package struct PortfolioFigures: Sendable, Hashable {
    /// Accounts looked at.
    package var accounts: Int
    /// Index of each of the 8 baseline weeks, oldest first; 1 is an average week.
    package var weekIndex: [Double]
    /// k0, the median dispersion.
    package var dispersion: Double
    /// omega, usage on a weekend day relative to a Monday to Friday.
    package var weekendWeight: Double
    /// m of the slow trend.
    package var slowRatio: Double
    /// m of the fast trend.
    package var fastRatio: Double
    /// True if so little usage came in last week that tracking is taken to be broken.
    package var isOutage: Bool
    /// Prior shares of promoters, passives and detractors.
    package var npsShares: NPSShares
    /// Responses known.
    package var npsResponses: Int
    /// First usage, feeds' ages and key features.
    package var feeds: PortfolioFeeds
    /// How much the accounts use, group by group; empty where the model compares no levels.
    package var peerLevels: PeerLevels

    /// Figures of all accounts together.
    package init(
        accounts: Int, weekIndex: [Double], dispersion: Double, weekendWeight: Double, slowRatio: Double,
        fastRatio: Double, isOutage: Bool, npsShares: NPSShares, npsResponses: Int, feeds: PortfolioFeeds,
        peerLevels: PeerLevels
    ) {
        self.accounts = accounts
        self.weekIndex = weekIndex
        self.dispersion = dispersion
        self.weekendWeight = weekendWeight
        self.slowRatio = slowRatio
        self.fastRatio = fastRatio
        self.isOutage = isOutage
        self.npsShares = npsShares
        self.npsResponses = npsResponses
        self.feeds = feeds
        self.peerLevels = peerLevels
    }

    /// Figures of all accounts together; what is left out has the default of an empty portfolio.
    package init(
        accounts: Int = 0, weekIndex: [Double]? = nil, dispersion: Double? = nil, weekendWeight: Double? = nil,
        slowRatio: Double = 1, fastRatio: Double = 1, isOutage: Bool = false, npsShares: NPSShares? = nil,
        npsResponses: Int = 0, feeds: PortfolioFeeds = PortfolioFeeds(), peerLevels: PeerLevels = PeerLevels(),
        model: HealthModel
    ) {
        self.init(
            accounts: accounts, weekIndex: weekIndex ?? Array(repeating: 1, count: model.trend.baselineWeeks),
            dispersion: dispersion ?? model.trend.dispersionDefault,
            weekendWeight: weekendWeight ?? model.portfolio.weekendWeight, slowRatio: slowRatio, fastRatio: fastRatio,
            isOutage: isOutage, npsShares: npsShares ?? model.netPromoter.defaultShares, npsResponses: npsResponses,
            feeds: feeds, peerLevels: peerLevels)
    }

    /// First observed day of an account: its start, or the portfolio's first usage if that is later; nil without
    /// usage.
    package func observedFrom(startedOn: Day?) -> Day? {
        guard let first = feeds.usageFirstDay else { return nil }
        return startedOn.map { max($0, first) } ?? first
    }
}

extension NetPromoterParameters {
    /// The prior shares until the portfolio has its own.
    package var defaultShares: NPSShares {
        NPSShares(promoters: priorShares[0], passives: priorShares[1], detractors: priorShares[2])
    }
}
