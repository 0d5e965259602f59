/// An account made up of a few signals, to try a model on.
package struct ModelExample: Sendable, Hashable {
    /// What is known of the account; its usage is made from `usageWeeks`.
    package var features = AccountFeatures(accountKey: 0, accountID: "example")
    /// What chooses its model.
    package var traits = AccountTraits()
    /// People active on each business day, week by week, the newest first; weeks beyond are like the last. Nil for an
    /// account whose usage was never recorded.
    package var usageWeeks: [Int]?
    /// Business days since the champion was seen, who had come every business day before; nil where no champion comes.
    package var championSilentDays: Int?
    /// Number of key features.
    package var keyFeatures = 0
    /// The figures of measures by the driver's name, such as `adoption.logins`.
    package var measures: [String: Double] = [:]
    /// How much the example's peers use, in its unit and a seat where seats are known; nil where it has too few peers.
    package var peers: PeerLevel?
    /// Whether tickets are imported.
    package var hasTickets = false

    /// The day on which examples are scored, a Monday: 2026-03-02.
    package static let day = Day(daysSince2000: 9_557)

    /// An account of which nothing is known.
    package init() {}

    /// The example's score as on a first day.
    package func score(_ model: HealthModel) -> AccountScore {
        var features = features
        features.startedOn = traits.ageDays.map { Self.day - $0 }
        features.country = traits.country
        features.segment = traits.segment
        features.usage = usage(lookbackDays: model.recency.lookbackDays)
        features.measures = model.drivers.filter { $0.kind == .measure }.map { measures[$0.fullName] }
        if let silent = championSilentDays { features.champion = .active(championDays(silent: silent, model)) }
        let feeds = PortfolioFeeds(
            usageFirstDay: usageWeeks == nil ? nil : Self.day - 1_000, usageAgeDays: usageWeeks == nil ? nil : 1,
            ticketAgeDays: hasTickets ? 1 : nil, invoiceAgeDays: features.overdueDays == nil ? nil : 1,
            keyFeatures: keyFeatures)
        // Others are there, so that a silence is the account's own, and too few to shift a trend.
        return AccountScoring.score(
            features, portfolio: PortfolioFigures(accounts: 2, feeds: feeds, peerLevels: peerLevels, model: model),
            model: model,
            calendar: BusinessCalendar(), asOf: Self.day, previous: nil)
    }

    private var peerLevels: PeerLevels {
        guard let peers else { return PeerLevels() }
        return PeerLevels(
            Dictionary(uniqueKeysWithValues: PeerGroup.Basis.allCases.map { (PeerGroup(basis: $0), peers) }))
    }

    private func usage(lookbackDays: Int) -> UsageSeries? {
        guard let usageWeeks, let last = usageWeeks.last else { return nil }
        let people = (1...lookbackDays).reversed().map { daysBefore in
            let day = Self.day - daysBefore
            let isKnown = traits.ageDays.map { daysBefore <= $0 } ?? true
            let week = (daysBefore - 1) / 7
            return day.isWeekend || !isKnown ? 0 : week < usageWeeks.count ? usageWeeks[week] : last
        }
        return UsageSeries(
            peopleByDay: people, quantityByDay: people, eventsByDay: people, namedEventsByDay: people)
    }

    private func championDays(silent: Int, _ model: HealthModel) -> DaySet {
        var days = DaySet(days: model.recency.lookbackDays)
        let business = (1...model.recency.lookbackDays).filter { !(Self.day - $0).isWeekend }
        for daysBefore in business.dropFirst(silent) { days.insert(daysBefore: daysBefore) }
        return days
    }
}

/// What chooses an account's model.
package struct AccountTraits: Sendable, Hashable {
    /// The account's segment.
    package var segment: String?
    package var lifecycleStage: String?
    package var country: String?
    package var industry: String?
    /// E-mail of the responsible CSM.
    package var csm: String?
    /// Days since it started.
    package var ageDays: Int?

    /// An account of which nothing is known.
    package init() {}
}
