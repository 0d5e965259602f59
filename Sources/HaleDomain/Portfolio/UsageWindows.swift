/// A count over some days and how many of them were business days.
public struct UsageWindow: Sendable, Hashable {
    /// Count of the window, in the account's usage unit.
    public var count: Int
    /// Observed business days.
    public var businessDays: Int
    /// Observed weekend days and holidays.
    public var otherDays: Int

    /// A count over some days.
    public init(count: Int, businessDays: Int, otherDays: Int) {
        self.count = count
        self.businessDays = businessDays
        self.otherDays = otherDays
    }

    /// Exposure of the window: a business day counts 1, any other day `weekendWeight` (mathematics §1.3).
    public func exposure(weekendWeight: Double) -> Double {
        Double(businessDays) + weekendWeight * Double(otherDays)
    }
}

/// The compact usage figures of one account that its trend and the portfolio's figures follow from (mathematics
/// §1.3).
///
/// Only observed days count: from the account's start, or from the portfolio's first usage if that is later.
public struct UsageWindows: Sendable, Hashable {
    /// What is counted.
    public let unit: UsageUnit
    /// The last 28 days.
    public let recentSlow: UsageWindow
    /// The 28 days before them.
    public let priorSlow: UsageWindow
    /// The last 7 days.
    public let recentFast: UsageWindow
    /// The 28 days before them.
    public let priorFast: UsageWindow
    /// Counts of the 8 baseline weeks (days 29 to 84), oldest first.
    public let baselineWeeks: [Int]
    /// Baseline weeks that were observed whole; they are the newest ones.
    public let observedWeeks: Int
    /// Counts on Mondays to Fridays of the last 84 days, and on Saturdays and Sundays.
    public let weekdayCount: Int
    /// Counts on Saturdays and Sundays of the last 84 days.
    public let weekendCount: Int
    /// Observed Mondays to Fridays of the last 84 days.
    public let weekdays: Int
    /// Observed Saturdays and Sundays of the last 84 days.
    public let weekendDays: Int

    /// Sums the series of an account over the windows.
    /// - Parameters:
    ///   - observedFrom: First observed day of the account.
    ///   - asOf: Day of scoring; the series ends the day before it.
    public init(
        _ series: UsageSeries, observedFrom: Day, country: String?, calendar: BusinessCalendar, asOf: Day,
        model: HealthModel = .default
    ) {
        let unit = series.unit(model: model)
        let counts = series.counts(in: unit)
        let start = max(observedFrom, asOf - series.days)
        let window = model.trend.windowDays
        let fast = model.trend.fastWindowDays

        /// Index in the series of the day some days before the day of scoring, none before the start.
        func index(_ daysBefore: Int) -> Int { min(counts.count, max(0, counts.count - daysBefore)) }
        func sum(from: Int, to: Int) -> UsageWindow {
            let first = max(start, asOf - from)
            let end = max(first, asOf - to)
            let business = calendar.businessDays(in: first..<end, country: country)
            let total = counts[index(asOf - first)..<max(index(asOf - first), index(to))].reduce(0, +)
            return UsageWindow(count: total, businessDays: business, otherDays: (end - first) - business)
        }
        self.unit = unit
        recentSlow = sum(from: window, to: 0)
        priorSlow = sum(from: 2 * window, to: window)
        recentFast = sum(from: fast, to: 0)
        priorFast = sum(from: fast + window, to: fast)

        let weeks = model.trend.baselineWeeks
        baselineWeeks = (0..<weeks).map { week in
            let newest = window + 7 * (weeks - 1 - week)
            return sum(from: newest + 7, to: newest).count
        }
        observedWeeks = min(weeks, max(0, (asOf - start - window) / 7))

        var sums = (weekday: 0, weekend: 0, weekdays: 0, weekendDays: 0)
        for day in max(start, asOf - (window + 7 * weeks))..<max(start, asOf) {
            let count = counts[index(asOf - day)]
            if day.isWeekend {
                sums.weekend += count
                sums.weekendDays += 1
            } else {
                sums.weekday += count
                sums.weekdays += 1
            }
        }
        weekdayCount = sums.weekday
        weekendCount = sums.weekend
        weekdays = sums.weekdays
        weekendDays = sums.weekendDays
    }

    /// The baseline weeks that were observed whole, oldest first.
    public var observedBaseline: [Int] { Array(baselineWeeks.suffix(observedWeeks)) }

    /// Counts and exposures of the slow trend.
    public func slowCounts(weekendWeight: Double) -> TrendCounts {
        Self.counts(recent: recentSlow, prior: priorSlow, weekendWeight: weekendWeight)
    }

    /// Counts and exposures of the fast trend.
    public func fastCounts(weekendWeight: Double) -> TrendCounts {
        Self.counts(recent: recentFast, prior: priorFast, weekendWeight: weekendWeight)
    }

    private static func counts(recent: UsageWindow, prior: UsageWindow, weekendWeight: Double) -> TrendCounts {
        TrendCounts(
            recentCount: recent.count, recentExposure: recent.exposure(weekendWeight: weekendWeight),
            priorCount: prior.count, priorExposure: prior.exposure(weekendWeight: weekendWeight))
    }
}
