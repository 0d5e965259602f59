/// One plain sentence per driver, from the figures it was read from.
package struct DriverText: Sendable {
    private let features: AccountFeatures
    private let drivers: AccountDrivers
    private let portfolio: PortfolioFigures
    private let model: HealthModel
    private let asOf: Day

    /// Sentences about an account on a day.
    package init(
        features: AccountFeatures, drivers: AccountDrivers, portfolio: PortfolioFigures,
        model: HealthModel, asOf: Day
    ) {
        self.features = features
        self.drivers = drivers
        self.portfolio = portfolio
        self.model = model
        self.asOf = asOf
    }

    /// One sentence per driver, in the order of the model's drivers; for a driver without data it says what is missing.
    package var sentences: [String] {
        var measures = features.measures.makeIterator()
        return model.kinds.enumerated().map { index, kind in
            switch kind {
            case .level: drivers.level?.sentence(portfolio: portfolio, model: model) ?? noUsage
            case .trend: trend
            case .seats: seats
            case .recency: recency
            case .breadth: breadth
            case .netPromoter: netPromoter
            case .champion: champion
            case .contract: contract
            case .support: support
            case .billing: billing
            case .sentiment: sentiment
            case .measure: measure(model.drivers[index], figure: measures.next() ?? nil)
            }
        }
    }

    private var trend: String {
        guard let windows = drivers.windows else { return noUsage }
        guard let trend = drivers.slowTrend else {
            if portfolio.isOutage { return "usage of all accounts broke off; the trend is on hold" }
            if let age = features.ageDays(asOf: asOf), age < model.trend.minimumAgeDays {
                return "too young for a usage trend (\(Self.plural(age, "day")) old)"
            }
            return "nothing to compare: no usage in \(2 * model.trend.windowDays) days, or too few days observed"
        }
        let what = windows.unit == .personDays ? "active person-days" : "units used"
        let counts =
            "\(windows.recentSlow.count) \(what) in \(model.trend.windowDays) days after \(windows.priorSlow.count)"
        let percent = Int(((trend.ratio - 1) * 100).rounded())
        let beyond = portfolio.slowRatio == 1 ? "" : " allowing for all accounts"
        if percent == 0 { return "\(counts): steady\(beyond)" }
        return "\(counts): about \(abs(percent)) % \(percent < 0 ? "down" : "up")\(beyond)"
    }

    private var seats: String {
        guard features.hasUsage else { return noUsage }
        guard let bought = features.seats, bought > 0 else { return "seats bought are not known" }
        guard drivers.seats != nil else { return "usage does not say who used the \(bought) seats" }
        return "\(features.activePeople28d) of \(Self.plural(bought, "seat")) used in \(model.trend.windowDays) days"
    }

    private var recency: String {
        guard let rhythm = drivers.rhythm else { return noUsage }
        guard drivers.recency != nil else { return "too few business days observed to know the rhythm" }
        return silence(rhythm, of: "")
    }

    private var breadth: String {
        guard features.hasUsage else { return noUsage }
        let key = portfolio.feeds.keyFeatures
        guard key >= model.breadth.minimumKeyFeatures else {
            return "fewer than \(model.breadth.minimumKeyFeatures) key features are known"
        }
        guard drivers.breadth != nil else { return "too young to expect many features in use" }
        return "\(features.keyFeaturesUsed) of \(key) key features used in \(model.breadth.windowDays) days"
    }

    private var netPromoter: String {
        let posterior = drivers.netPromoter
        guard let score = posterior.score else { return "no NPS response" }
        return "NPS \(Self.rounded(score)) from \(Self.plural(posterior.responses, "respondent")); estimate "
            + "\(Self.rounded(posterior.mean)) (90 % interval \(Self.rounded(posterior.low90)) to \(Self.rounded(posterior.high90)))"
    }

    private var champion: String {
        switch features.champion {
        case .noneAssigned: return "no champion is known"
        case .allLeft: return "every champion has left"
        case .active:
            guard let rhythm = drivers.championRhythm, hasValue(.champion) else {
                return "not enough is seen of the champion to know their rhythm"
            }
            return silence(rhythm, of: "champion ")
        }
    }

    private var contract: String {
        let contract = drivers.contract
        let count = contract.entries.count > 1 ? " (worst of \(contract.entries.count) contracts)" : ""
        let entry = contract.entries.first { $0.reading.state == contract.state && $0.reading.x == contract.x }
        let renewal = entry?.facts.renewsOn.map { " on \($0)" } ?? ""
        switch contract.state {
        case .noContract: return "no contract is known"
        case .running: return "renewal due\(renewal), decision\(decision(entry))\(count)"
        case .evergreen: return "contract without end\(count)"
        case .windowOpenUnsigned: return "renewal due\(renewal), not signed and the notice date has passed\(count)"
        case .pastDue: return "renewal was due\(renewal) and is not decided\(count)"
        case .lapsed: return "contract ended\(renewal) and nothing was decided\(count)"
        case .noticeGiven: return "notice of non-renewal was given\(count)"
        case .lockedIn: return "renews by itself\(renewal), the notice date has passed\(count)"
        case .signed: return "renewal\(renewal) is signed\(count)"
        }
    }

    private var support: String {
        guard portfolio.feeds.ticketAgeDays != nil else { return "no tickets are imported" }
        guard hasValue(.support) else { return "the newest ticket is too old" }
        let tickets = features.openTickets
        guard tickets.total > 0 else { return "no open ticket" }
        return "\(Self.plural(tickets.total, "open ticket")): \(tickets.priority1) p1, \(tickets.priority2) p2, "
            + "\(tickets.priority3) p3"
    }

    private var billing: String {
        guard portfolio.feeds.invoiceAgeDays != nil else { return "no invoices are imported" }
        guard let overdue = features.overdueDays else { return "no invoice of this account is known" }
        guard hasValue(.billing) else { return "the newest invoice is too old" }
        return overdue > 0 ? "oldest unpaid invoice \(Self.plural(overdue, "day")) overdue" : "no invoice overdue"
    }

    private var sentiment: String {
        guard let pulse = features.pulse else { return "the CSM has given no pulse" }
        guard hasValue(.sentiment) else {
            return "the CSM's pulse is \(Self.plural(pulse.ageDays, "day")) old and no longer counts"
        }
        return "the CSM's pulse is \(pulse.value) of \(model.sentiment.best), "
            + "\(Self.plural(pulse.ageDays, "day")) old"
    }

    private func measure(_ setting: DriverSetting, figure: Double?) -> String {
        let name = setting.name.split(separator: "_").joined(separator: " ")
        guard let figure, let measure = setting.measure else { return "\(name) is not known" }
        return "\(name) is \(Self.short(figure)), between \(Self.short(measure.worst)) (worst) and "
            + "\(Self.short(measure.best)) (best)"
    }

    private func hasValue(_ kind: DriverKind) -> Bool {
        model.position(of: kind).map { drivers.readings[$0].x != nil } ?? false
    }

    private var noUsage: String {
        portfolio.feeds.usageFirstDay == nil ? "no usage is imported" : "no usage of this account was ever recorded"
    }

    private func decision(_ entry: AccountContract.Entry?) -> String {
        guard let days = entry?.reading.daysToDecision else { return " open" }
        return days == 0 ? " today" : " in \(Self.plural(days, "day"))"
    }

    private func silence(_ rhythm: ActivityRhythm, of whom: String) -> String {
        guard let last = rhythm.lastActiveOn else {
            return "\(whom)not active in \(Self.plural(rhythm.silentDays, "business day"))"
        }
        let before = "active on \(rhythm.activeDays) of \(Self.plural(rhythm.baselineDays, "business day")) before"
        guard rhythm.silentDays > 0 else { return "\(whom)last active on \(last); \(before)" }
        return "\(whom)silent for \(Self.plural(rhythm.silentDays, "business day")) since \(last); \(before)"
    }

    private static func plural(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    /// A figure with at most two decimals.
    private static func short(_ value: Double) -> String {
        let hundredths = (value * 100).rounded()
        guard abs(hundredths) < 1e15 else { return "\(value)" }
        if hundredths == (hundredths / 100).rounded() * 100 { return "\(Int(hundredths / 100))" }
        return "\(hundredths / 100)"
    }

    private static func rounded(_ value: Double) -> Int {
        Int(value.rounded())
    }
}
