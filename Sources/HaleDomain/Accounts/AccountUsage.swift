/// The daily usage of an account as it was read.
package enum AccountUsage: Sendable, Hashable {
    /// All usage names a person: people a day, oldest first, and the days with usage.
    case named(peopleByDay: [Int], activity: DaySet)
    /// Some usage names nobody; where the series does not show what the usage was like, its history says so.
    case series(UsageSeries, UsageNaming? = nil)
    /// There was usage before the look-back and none in it: days of the look-back, and what the usage was like.
    case silent(days: Int, UsageNaming)

    /// Sums the usage up; beside it the counts a day in the digest's unit.
    /// - Parameters:
    ///   - observedFrom: First observed day of the account; nil if no start is known.
    package func digest(
        observedFrom: Day?, country: String?, calendar: BusinessCalendar, asOf: Day, model: HealthModel
    ) -> (digest: UsageDigest, counts: [Int]) {
        switch self {
        case .named(let peopleByDay, let activity):
            let windows = observedFrom.map {
                UsageWindows(
                    counts: peopleByDay, unit: .personDays, observedFrom: $0, country: country, calendar: calendar,
                    asOf: asOf, model: model)
            }
            let digest = UsageDigest(
                unit: .personDays, namesPeople: !activity.isEmpty, activity: activity, windows: windows)
            return (digest, peopleByDay)
        case .series(let series, let naming):
            let digest = UsageDigest(
                series, naming: naming, observedFrom: observedFrom, country: country, calendar: calendar, asOf: asOf,
                model: model)
            return (digest, series.counts(in: digest.unit))
        case .silent(let days, let naming):
            let counts = Array(repeating: 0, count: model.countedDays)
            let windows = observedFrom.map {
                UsageWindows(
                    counts: counts, unit: naming.unit, observedFrom: $0, country: country, calendar: calendar,
                    asOf: asOf, model: model)
            }
            let digest = UsageDigest(
                unit: naming.unit, namesPeople: naming.namesPeople, activity: DaySet(days: days), windows: windows)
            return (digest, counts)
        }
    }
}

/// What an account's usage says about people: a fact of its whole history, so that silence does not change it.
package struct UsageNaming: Sendable, Hashable {
    /// What is counted.
    package let unit: UsageUnit
    /// True if any usage ever named a person.
    package let namesPeople: Bool

    /// What an account's usage says about people.
    package init(unit: UsageUnit, namesPeople: Bool) {
        self.unit = unit
        self.namesPeople = namesPeople
    }

    /// What an account's usage says about people, from the days up to its newest usage.
    /// - Parameters:
    ///   - events: Usage rows of those days.
    ///   - namedEvents: Those of them that name a person.
    ///   - namesPeople: Whether any usage ever named a person.
    package init(events: Int, namedEvents: Int, namesPeople: Bool, model: HealthModel) {
        self.init(unit: UsageUnit(events: events, namedEvents: namedEvents, model: model), namesPeople: namesPeople)
    }
}

/// What an account and its people did, as it was read for a day.
package struct AccountActivity: Sendable {
    /// Key of the account.
    package let key: Int64
    /// Since when it is a customer; nil if that is unknown.
    package let startedOn: Day?
    /// Country whose holidays count.
    package let country: String?
    /// Its usage; nil if none was ever recorded.
    package var usage: AccountUsage?
    /// Different people active in the last 28 days.
    package let activePeople: Int
    package var champion: ChampionActivity
    package var totals = UsageTotals()
    /// What its peers are found by; nil where nothing is compared.
    package var peerTraits: PeerTraits?

    /// What was read of an account.
    package init(
        key: Int64, startedOn: Day?, country: String?, usage: AccountUsage?, activePeople: Int = 0,
        champion: ChampionActivity = .noneAssigned
    ) {
        self.key = key
        self.startedOn = startedOn
        self.country = country
        self.usage = usage
        self.activePeople = activePeople
        self.champion = champion
    }
}

extension AccountFeatures {
    /// Puts what the account and its people did into the features, summed up for the day.
    package mutating func fill(
        from activity: AccountActivity, portfolio: PortfolioFigures, calendar: BusinessCalendar, asOf: Day,
        model: HealthModel
    ) {
        startedOn = activity.startedOn
        activePeople28d = activity.activePeople
        champion = activity.champion
        totals = activity.totals
        digest =
            activity.usage?.digest(
                observedFrom: activity.startedOn.flatMap { portfolio.observedFrom(startedOn: $0) },
                country: activity.country, calendar: calendar, asOf: asOf, model: model
            ).digest
    }
}

extension HealthModel {
    /// Days whose counts the windows look at.
    package var countedDays: Int {
        max(trend.windowDays + 7 * trend.baselineWeeks, trend.windowDays + trend.fastWindowDays)
    }
}
