/// A count over some days and how many of them were business days.
package struct UsageWindow: Sendable, Hashable {
    /// Count of the window, in the account's usage unit.
    package var count: Int
    /// Observed business days.
    package var businessDays: Int
    /// Observed weekend days and holidays.
    package var otherDays: Int

    /// A count over some days.
    package init(count: Int, businessDays: Int, otherDays: Int) {
        self.count = count
        self.businessDays = businessDays
        self.otherDays = otherDays
    }

    /// Observed days.
    package var days: Int { businessDays + otherDays }

    /// Exposure of the window: a business day counts 1, any other day `weekendWeight` (mathematics §1.3).
    package func exposure(weekendWeight: Double) -> Double {
        Double(businessDays) + weekendWeight * Double(otherDays)
    }
}

/// The compact usage figures of one account that its trend and the portfolio's figures follow from (mathematics
/// §1.3).
///
/// Only observed days count: from the account's start, or from the portfolio's first usage if that is later.
package struct UsageWindows: Sendable, Hashable {
    /// What is counted.
    package let unit: UsageUnit
    /// The last 28 days.
    package let recentSlow: UsageWindow
    /// The 28 days before them.
    package let priorSlow: UsageWindow
    /// The last 7 days.
    package let recentFast: UsageWindow
    /// The 28 days before them.
    package let priorFast: UsageWindow
    /// Counts of the 8 baseline weeks (days 29 to 84), oldest first.
    package let baselineWeeks: [Int]
    /// Baseline weeks that were observed whole; they are the newest ones.
    package let observedWeeks: Int

    /// Windows as they were summed up.
    init(
        unit: UsageUnit, recentSlow: UsageWindow, priorSlow: UsageWindow, recentFast: UsageWindow,
        priorFast: UsageWindow, baselineWeeks: [Int], observedWeeks: Int
    ) {
        self.unit = unit
        self.recentSlow = recentSlow
        self.priorSlow = priorSlow
        self.recentFast = recentFast
        self.priorFast = priorFast
        self.baselineWeeks = baselineWeeks
        self.observedWeeks = observedWeeks
    }

    /// Sums daily counts over the windows.
    /// - Parameters:
    ///   - counts: Counts per day, oldest first, the last being that of the day before `asOf`.
    ///   - observedFrom: First observed day of the account.
    package init(
        counts: [Int], unit: UsageUnit, observedFrom: Day, country: String?, calendar: BusinessCalendar, asOf: Day,
        model: HealthModel
    ) {
        let start = max(observedFrom, asOf - counts.count)
        let window = model.trend.windowDays
        let fast = model.trend.fastWindowDays

        /// Sum from one day to another, given in days before the day of scoring, none before the start.
        func total(from: Int, to: Int) -> Int {
            let first = counts.count - min(from, asOf - start)
            let end = max(0, counts.count - to)
            var sum = 0
            for index in first..<max(first, end) { sum += counts[index] }
            return sum
        }
        func sum(from: Int, to: Int) -> UsageWindow {
            let first = max(start, asOf - from)
            let end = max(first, asOf - to)
            let business = calendar.businessDays(in: first..<end, country: country)
            return UsageWindow(
                count: total(from: from, to: to), businessDays: business, otherDays: (end - first) - business)
        }
        let weeks = model.trend.baselineWeeks
        self.init(
            unit: unit, recentSlow: sum(from: window, to: 0), priorSlow: sum(from: 2 * window, to: window),
            recentFast: sum(from: fast, to: 0), priorFast: sum(from: fast + window, to: fast),
            baselineWeeks: (0..<weeks).map { week in
                let newest = window + 7 * (weeks - 1 - week)
                return total(from: newest + 7, to: newest)
            },
            observedWeeks: min(weeks, max(0, (asOf - start - window) / 7)))
    }

    /// The baseline weeks that were observed whole, oldest first.
    package var observedBaseline: [Int] { Array(baselineWeeks.suffix(observedWeeks)) }

    /// Counts and exposures of the slow trend.
    package func slowCounts(weekendWeight: Double) -> TrendCounts {
        Self.counts(recent: recentSlow, prior: priorSlow, weekendWeight: weekendWeight)
    }

    /// Counts and exposures of the fast trend.
    package func fastCounts(weekendWeight: Double) -> TrendCounts {
        Self.counts(recent: recentFast, prior: priorFast, weekendWeight: weekendWeight)
    }

    private static func counts(recent: UsageWindow, prior: UsageWindow, weekendWeight: Double) -> TrendCounts {
        TrendCounts(
            recentCount: recent.count, recentExposure: recent.exposure(weekendWeight: weekendWeight),
            priorCount: prior.count, priorExposure: prior.exposure(weekendWeight: weekendWeight))
    }
}

/// Counts on Mondays to Fridays and on weekends, and how many such days were observed; of one account or of many.
package struct WeekdayCounts: Sendable, Hashable {
    /// Counts on Mondays to Fridays.
    package private(set) var weekdayCount = 0
    /// Counts on Saturdays and Sundays.
    package private(set) var weekendCount = 0
    /// Observed Mondays to Fridays.
    package private(set) var weekdays = 0
    /// Observed Saturdays and Sundays.
    package private(set) var weekendDays = 0

    /// Nothing observed.
    package init() {}

    /// Adds the observed days of an account among those that the windows look at.
    mutating func add(counts: [Int], observedFrom: Day, asOf: Day, model: HealthModel) {
        let days = model.trend.windowDays + 7 * model.trend.baselineWeeks
        for day in max(observedFrom, asOf - min(days, counts.count))..<max(observedFrom, asOf) {
            let count = counts[counts.count - (asOf - day)]
            if day.isWeekend {
                weekendCount += count
                weekendDays += 1
            } else {
                weekdayCount += count
                weekdays += 1
            }
        }
    }

    /// A mean weekend day over a mean Monday to Friday; nil where either is not known.
    var ratio: Double? {
        guard weekdayCount > 0, weekdays > 0, weekendDays > 0 else { return nil }
        return (Double(weekendCount) / Double(weekendDays)) / (Double(weekdayCount) / Double(weekdays))
    }
}
