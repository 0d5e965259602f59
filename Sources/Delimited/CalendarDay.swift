import HaleDomain

/// A day of the Gregorian calendar that exists, of a year from 1900 to 2199.
package struct CalendarDay: Hashable, Sendable, CustomStringConvertible {
    /// The year, 1900 to 2199.
    package let year: Int
    /// The month, 1 to 12.
    package let month: Int
    /// The day of the month, from 1.
    package let day: Int

    init(_ year: Int, _ month: Int, _ day: Int) throws(ValueFault.Reason) {
        guard month >= 1 && month <= 12 else { throw .noSuchMonth(month) }
        guard day >= 1 && day <= Self.longest(month) else { throw .noSuchDay(day: day, month: month, year: year) }
        guard Day.acceptedYears.contains(year) else { throw .yearOutOfRange(year) }
        guard day <= 28 || month != 2 || Self.isLeap(year) else {
            throw .noSuchDay(day: day, month: month, year: year)
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day a number of days after 2000-01-01.
    init(daysSince2000: Int64) throws(ValueFault.Reason) {
        let (year, month, day) = Day(daysSince2000: Int32(clamping: daysSince2000)).components
        try self.init(year, month, day)
    }

    /// The days since 2000-01-01.
    var daysSince2000: Int64 { Day(year: year, month: month, day: day).map { Int64($0.daysSince2000) } ?? 0 }

    /// The day of the week.
    var weekday: Weekday? { Day(year: year, month: month, day: day)?.weekday }

    /// `YYYY-MM-DD`.
    package var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(10)
        append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    func append(to text: inout [UInt8]) {
        Self.append(year / 100, to: &text)
        Self.append(year % 100, to: &text)
        text.append(0x2D)
        Self.append(month, to: &text)
        text.append(0x2D)
        Self.append(day, to: &text)
    }

    /// Appends a number below 100 with two digits.
    static func append(_ number: Int, to text: inout [UInt8]) {
        text.append(0x30 + UInt8(number / 10))
        text.append(0x30 + UInt8(number % 10))
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func longest(_ month: Int) -> Int {
        switch month {
        case 2: 29
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
