/// A span of days, such as a month, a quarter or a year.
package struct CalendarPeriod: Sendable, Hashable, LosslessStringConvertible {
    /// Its name: `2026`, `2026Q4`, `2026-11`, or the first day and the day after the last one.
    package let description: String
    /// The first day.
    package let first: Day
    /// The day after the last one.
    package let before: Day

    /// The days from the first to before another.
    package init(from first: Day, before: Day) {
        self.init(name: "\(first) to \(before - 1)", first: first, before: before)
    }

    private init(name: String, first: Day, before: Day) {
        description = name
        self.first = first
        self.before = before
    }

    /// The month of a day.
    package init(monthOf day: Day) {
        first = day.firstOfMonth
        before = first.adding(months: 1)
        description = String(first.description.prefix(7))
    }

    /// The quarter of a day.
    package init(quarterOf day: Day) {
        let (year, month, _) = day.components
        let quarter = (month - 1) / 3
        first = day.firstOfMonth.adding(months: 3 * quarter - (month - 1))
        before = first.adding(months: 3)
        description = "\(year)Q\(quarter + 1)"
    }

    /// The year of a day.
    package init(yearOf day: Day) {
        let (year, month, _) = day.components
        first = day.firstOfMonth.adding(months: 1 - month)
        before = first.adding(months: 12)
        description = String(year)
    }

    /// A year, quarter or month by its name.
    package init?(_ description: String) {
        let digits = description.utf8.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let year = Int(description.prefix(4))
        guard digits.prefix(4) == [true, true, true, true], let year else { return nil }
        switch digits.count {
        case 4:
            guard let first = Day(year: year, month: 1, day: 1) else { return nil }
            self.init(name: description, first: first, before: first.adding(months: 12))
        case 6:
            guard let quarter = Int(description.suffix(1)), (1...4).contains(quarter),
                ["Q", "q"].contains(description.dropFirst(4).first),
                let first = Day(year: year, month: 3 * quarter - 2, day: 1)
            else { return nil }
            self.init(quarterOf: first)
        case 7:
            guard let first = Day(iso: description + "-01") else { return nil }
            self.init(monthOf: first)
        default: return nil
        }
    }

    /// Whether a day is one of its days.
    package func contains(_ day: Day) -> Bool { first <= day && day < before }

    /// The months from that of the first day to that of the last one, cut to the days of this period.
    package var months: [CalendarPeriod] { parts { CalendarPeriod(monthOf: $0) } }

    /// The quarters from that of the first day to that of the last one, cut to the days of this period.
    package var quarters: [CalendarPeriod] { parts { CalendarPeriod(quarterOf: $0) } }

    private func parts(_ part: (Day) -> CalendarPeriod) -> [CalendarPeriod] {
        var parts: [CalendarPeriod] = []
        var day = first
        while day < before {
            let next = part(day)
            parts.append(
                CalendarPeriod(name: next.description, first: max(first, next.first), before: min(before, next.before)))
            day = next.before
        }
        return parts
    }
}
