/// The daily usage of an account as it was read.
public enum AccountUsage: Sendable, Hashable {
    /// All usage names a person, or there was none: people a day, oldest first, and the days with usage.
    case named(peopleByDay: [Int], activity: DaySet)
    /// Some usage names nobody.
    case series(UsageSeries)

    /// Sums the usage up; beside it the counts a day in the digest's unit.
    /// - Parameters:
    ///   - observedFrom: First observed day of the account; nil if no start is known.
    public func digest(
        observedFrom: Day?, country: String?, calendar: BusinessCalendar, asOf: Day, model: HealthModel = .default
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
        case .series(let series):
            let digest = UsageDigest(
                series, observedFrom: observedFrom, country: country, calendar: calendar, asOf: asOf, model: model)
            return (digest, series.counts(in: digest.unit))
        }
    }
}

/// What an account and its people did, as it was read for a day.
public struct AccountActivity: Sendable {
    /// Key of the account.
    public let key: Int64
    /// Since when it is a customer; nil if that is unknown.
    public let startedOn: Day?
    /// Country whose holidays count.
    public let country: String?
    /// Its usage; nil if none was ever recorded.
    public var usage: AccountUsage?
    /// Different people active in the last 28 days.
    public let activePeople: Int
    /// Its champion.
    public let champion: ChampionActivity

    /// What was read of an account.
    public init(
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
    public mutating func fill(
        from activity: AccountActivity, portfolio: PortfolioFigures, calendar: BusinessCalendar, asOf: Day,
        model: HealthModel
    ) {
        startedOn = activity.startedOn
        activePeople28d = activity.activePeople
        champion = activity.champion
        digest =
            activity.usage?.digest(
                observedFrom: activity.startedOn.flatMap { portfolio.observedFrom(startedOn: $0) },
                country: activity.country, calendar: calendar, asOf: asOf, model: model
            ).digest
    }
}

extension HealthModel {
    /// Days whose counts the windows look at.
    public var countedDays: Int {
        max(trend.windowDays + 7 * trend.baselineWeeks, trend.windowDays + trend.fastWindowDays)
    }
}
