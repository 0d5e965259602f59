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

extension HealthModel {
    /// Days whose counts the windows look at.
    public var countedDays: Int {
        max(trend.windowDays + 7 * trend.baselineWeeks, trend.windowDays + trend.fastWindowDays)
    }
}
