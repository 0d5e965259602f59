/// What the drivers need of an account's usage, without the counts of each day.
package struct UsageDigest: Sendable, Hashable {
    /// What is counted.
    package let unit: UsageUnit
    /// True if any usage, however old, names a person.
    package let namesPeople: Bool
    /// The days with usage.
    package let activity: DaySet
    /// Sums over the windows; nil for an account of which no start is known.
    package let windows: UsageWindows?

    /// What the drivers need of an account's usage.
    package init(unit: UsageUnit, namesPeople: Bool, activity: DaySet, windows: UsageWindows?) {
        self.unit = unit
        self.namesPeople = namesPeople
        self.activity = activity
        self.windows = windows
    }

    /// Sums up a series.
    /// - Parameters:
    ///   - naming: What the usage says about people, where the series is too short to show it.
    ///   - observedFrom: First observed day of the account; nil if no start is known.
    init(
        _ series: UsageSeries, naming: UsageNaming? = nil, observedFrom: Day?, country: String?,
        calendar: BusinessCalendar, asOf: Day, model: HealthModel
    ) {
        let unit = naming?.unit ?? series.unit(model: model)
        var activity = DaySet(days: series.days)
        for (index, events) in series.eventsByDay.enumerated() where events > 0 {
            activity.insert(daysBefore: series.days - index)
        }
        self.init(
            unit: unit, namesPeople: naming?.namesPeople ?? series.namedEventsByDay.contains { $0 > 0 },
            activity: activity,
            windows: observedFrom.map {
                UsageWindows(
                    counts: series.counts(in: unit), unit: unit, observedFrom: $0, country: country,
                    calendar: calendar, asOf: asOf, model: model)
            })
    }
}
