/// What the drivers need of an account's usage, without the counts of each day.
public struct UsageDigest: Sendable, Hashable {
    /// What is counted.
    public let unit: UsageUnit
    /// True if any usage names a person.
    public let namesPeople: Bool
    /// The days with usage.
    public let activity: DaySet
    /// Sums over the windows; nil for an account of which no start is known.
    public let windows: UsageWindows?

    /// What the drivers need of an account's usage.
    public init(unit: UsageUnit, namesPeople: Bool, activity: DaySet, windows: UsageWindows?) {
        self.unit = unit
        self.namesPeople = namesPeople
        self.activity = activity
        self.windows = windows
    }

    /// Sums up a series.
    /// - Parameters:
    ///   - observedFrom: First observed day of the account; nil if no start is known.
    init(
        _ series: UsageSeries, observedFrom: Day?, country: String?, calendar: BusinessCalendar, asOf: Day,
        model: HealthModel
    ) {
        var activity = DaySet(days: series.days)
        for (index, events) in series.eventsByDay.enumerated() where events > 0 {
            activity.insert(daysBefore: series.days - index)
        }
        self.init(
            unit: series.unit(model: model), namesPeople: series.namedEventsByDay.contains { $0 > 0 },
            activity: activity,
            windows: observedFrom.map {
                UsageWindows(
                    series, observedFrom: $0, country: country, calendar: calendar, asOf: asOf, model: model)
            })
    }
}

/// Some of the days before a day, a bit for each.
public struct DaySet: Sendable, Hashable {
    /// Bit k of word w is set when day 64 w + k + 1 before the day is in the set.
    private(set) var words: [UInt64]

    /// No day, with room for so many.
    public init(days: Int) {
        words = Array(repeating: 0, count: (days + 63) / 64)
    }

    init(words: [UInt64]) {
        self.words = words
    }

    /// Adds the day some days before (1 is yesterday); a day there is no room for is left out.
    public mutating func insert(daysBefore: Int) {
        guard daysBefore >= 1, (daysBefore - 1) / 64 < words.count else { return }
        words[(daysBefore - 1) / 64] |= 1 << UInt64((daysBefore - 1) % 64)
    }

    /// Whether the day some days before is in the set (1 is yesterday).
    public func contains(daysBefore: Int) -> Bool {
        guard daysBefore >= 1, (daysBefore - 1) / 64 < words.count else { return false }
        return words[(daysBefore - 1) / 64] & (1 << UInt64((daysBefore - 1) % 64)) != 0
    }

    /// Days from the newest day in the set to the day (1 is yesterday); nil for an empty set.
    public var newest: Int? {
        for (index, word) in words.enumerated() where word != 0 { return 64 * index + word.trailingZeroBitCount + 1 }
        return nil
    }

    /// The days themselves, oldest first.
    public func days(before day: Day) -> [Day] {
        var days: [Day] = []
        for (index, word) in words.enumerated().reversed() {
            var bits = word
            while bits != 0 {
                let bit = 63 - bits.leadingZeroBitCount
                days.append(day - (64 * index + bit + 1))
                bits &= ~(1 << UInt64(bit))
            }
        }
        return days
    }

    /// Whether no day is in the set.
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
}
