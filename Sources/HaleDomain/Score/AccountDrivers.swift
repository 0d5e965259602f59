/// Every driver of an account on a day, with the figures behind it (mathematics §1.3 to §1.6).
package struct AccountDrivers: Sendable, Hashable {
    /// One reading per driver, in the order of the model's drivers.
    package private(set) var readings: [DriverReading]
    /// Counts behind the trends; nil without usage or a known start.
    package let windows: UsageWindows?
    /// Over-dispersion of the account's weekly counts; nil without usage or a known start.
    package let dispersion: Double?
    /// 28 days against the 28 before; nil if there is nothing to compare.
    package let slowTrend: UsageTrend?
    /// 7 days against the 28 before; nil if there is nothing to compare.
    package let fastTrend: UsageTrend?
    /// The level of use; nil without usage or a known start, or where the model compares none.
    package let level: AccountLevel?
    /// Seats in use; nil without bought seats or without usage that names people.
    package let seats: SeatUtilisation?
    /// The rhythm behind the account's recency; nil without usage.
    package let rhythm: ActivityRhythm?
    /// Silence of the account.
    package let recency: Recency?
    /// Key features in use.
    package let breadth: FeatureBreadth?
    /// Net promoter posterior.
    package let netPromoter: NetPromoter
    /// The rhythm behind the champion's silence; nil without an active champion.
    package let championRhythm: ActivityRhythm?
    /// The contracts taken together.
    package let contract: AccountContract

    /// Reads every driver of an account.
    package init(
        _ features: AccountFeatures, portfolio: PortfolioFigures, model: HealthModel,
        calendar: BusinessCalendar, asOf: Day
    ) {
        let reader = DriverReader(
            features: features, portfolio: portfolio, model: model, calendar: calendar, asOf: asOf)
        windows = reader.windows
        let trend = reader.trend()
        dispersion = trend.dispersion
        slowTrend = trend.slow
        fastTrend = trend.fast
        level = reader.level(dispersion: trend.dispersion)
        seats = reader.seats()
        rhythm = reader.rhythm()
        recency = reader.recency(rhythm)
        breadth = reader.breadth()
        netPromoter = NetPromoter.read(features.responses, priorShares: portfolio.npsShares, model: model)
        championRhythm = reader.championRhythm()
        contract = AccountContract(features.contracts, asOf: asOf, model: model)

        let champion = features.champion == .allLeft ? (x: 0.0, c: 1.0) : reader.champion(championRhythm)
        let tickets = FeedFreshness.reliability(ageDays: portfolio.feeds.ticketAgeDays, model: model)
        let invoices = FeedFreshness.reliability(ageDays: portfolio.feeds.invoiceAgeDays, model: model)
        let usage = reader.usageFreshness
        var readings: [DriverReading] = []
        readings.reserveCapacity(model.drivers.count)
        var measures = features.measures.makeIterator()
        for (index, kind) in model.kinds.enumerated() {
            let read: (x: Double?, c: Double)
            switch kind {
            case .level: read = (level?.level?.x, (level?.level?.c ?? 0) * usage)
            case .trend: read = (slowTrend?.x, (slowTrend?.c ?? 0) * usage)
            case .seats: read = (seats?.x, (seats?.c ?? 0) * usage)
            case .recency: read = (recency?.x, (recency?.c ?? 0) * usage)
            case .breadth: read = (breadth?.x, (breadth?.c ?? 0) * usage)
            case .netPromoter: read = (netPromoter.x, netPromoter.c)
            case .champion: read = (champion?.x, champion?.c ?? 0)
            case .contract: read = (contract.x, contract.c)
            case .support: read = (SupportLoad.value(of: features.openTickets, model: model), tickets)
            case .billing:
                read = (features.overdueDays.map { OverdueBilling.value(daysOverdue: $0, model: model) }, invoices)
            case .sentiment: read = (features.pulse?.x(model: model), 1)
            case .measure:
                let figure = measures.next() ?? nil
                read = (figure.flatMap { model.drivers[index].measure?.value(of: $0) }, 1)
            }
            // A reliability of 0 is no data, and no data has no value.
            readings.append(
                DriverReading(
                    x: read.c > 0 ? read.x : nil, c: read.c,
                    mu: kind == .netPromoter ? netPromoter.mu : model.drivers[index].reference))
        }
        self.readings = readings
    }

    /// Takes every reading for unknown.
    mutating func withholdReadings() {
        readings = readings.map { DriverReading(x: nil, c: 0, mu: $0.mu) }
    }
}
