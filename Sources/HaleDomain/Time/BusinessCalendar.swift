/// Business days: Monday to Friday without the holidays of a country. Without holidays, weekends only (mathematics
/// §1.5).
package struct BusinessCalendar: Sendable, Equatable {
    /// Holidays by country, as given.
    package let holidays: [String: Set<Day>]
    /// Holidays that fall on Monday to Friday, ascending, so that a range is counted without walking through it.
    private let weekdayHolidays: [String: [Day]]

    /// A calendar from the holidays of each country; a country not listed has none.
    package init(holidays: [String: Set<Day>] = [:]) {
        self.holidays = holidays
        weekdayHolidays = holidays.mapValues { days in days.filter { !$0.isWeekend }.sorted() }
    }

    /// Holidays of a country on Monday to Friday, ascending.
    func weekdayHolidays(of country: String?) -> [Day] { country.flatMap { weekdayHolidays[$0] } ?? [] }

    /// True on Monday to Friday unless the day is one of some holidays, which ascend.
    static func isBusinessDay(_ day: Day, weekdayHolidays: [Day]) -> Bool {
        guard !day.isWeekend else { return false }
        let index = index(in: weekdayHolidays, of: day)
        return index == weekdayHolidays.count || weekdayHolidays[index] != day
    }

    /// Number of business days in a range of days.
    package func businessDays(in range: Range<Day>, country: String?) -> Int {
        let total = range.upperBound - range.lowerBound
        var count = total / 7 * 5
        for offset in 0..<(total % 7) where !(range.lowerBound + offset).isWeekend {
            count += 1
        }
        guard let country, let days = weekdayHolidays[country] else { return count }
        return count - (Self.index(in: days, of: range.upperBound) - Self.index(in: days, of: range.lowerBound))
    }

    /// Position of the first holiday that is not before a day.
    private static func index(in days: [Day], of day: Day) -> Int {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension BusinessCalendar {
    /// True on Monday to Friday but for a holiday of the country.
    package func isBusinessDay(_ day: Day, country: String?) -> Bool {
        !day.isWeekend && !(country.flatMap { holidays[$0] }?.contains(day) ?? false)
    }

    /// The last business day before a day; the day before where there is none in a year.
    package func businessDay(before day: Day, country: String?) -> Day {
        (1...366).lazy.map { day - $0 }.first { isBusinessDay($0, country: country) } ?? day - 1
    }

    /// The first business days from a day on; fewer where a year has not so many.
    package func businessDays(from day: Day, count: Int, country: String?) -> [Day] {
        Array((0...366).lazy.map { day + $0 }.filter { isBusinessDay($0, country: country) }.prefix(count))
    }
}
