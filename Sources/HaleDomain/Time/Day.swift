/// A calendar date of the organisation, counted in days from 2000-01-01 (the epoch of PostgreSQL's `date`).
package struct Day: Sendable, Hashable, Comparable, Strideable, LosslessStringConvertible {
    /// Days since 2000-01-01; negative before it.
    package var daysSince2000: Int32

    /// The years of the days that people, files and rules may name: others are slips of the hand.
    package static let acceptedYears = 1900...2199
    /// The first day of year 1; what is counted back beyond it ends there.
    package static var earliest: Day { Day(daysSince2000: -730_119) }
    /// The last day of year 9999; what is counted on beyond it ends there.
    package static var latest: Day { Day(daysSince2000: 2_921_939) }

    /// The day a number of days after 2000-01-01.
    package init(daysSince2000: Int32) {
        self.daysSince2000 = daysSince2000
    }

    /// A date of the Gregorian calendar; nil if there is no such date or the year is not within 1...9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        daysSince2000 = Int32(Day.daysFromCivil(year: year, month: month, day: day))
    }

    /// A date written `YYYY-MM-DD`; nil for anything else.
    package init?(iso text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Day.number(bytes[0..<4]), let month = Day.number(bytes[5..<7]),
            let day = Day.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// A date written `YYYY-MM-DD`; the inverse of `description`.
    package init?(_ description: String) {
        self.init(iso: description)
    }

    /// A date written `YYYY-MM-DD` of one of the accepted years; nil for anything else.
    package init?(accepted text: String) {
        self.init(iso: text)
        guard Day.acceptedYears.contains(components.year) else { return nil }
    }

    /// The date as `YYYY-MM-DD`.
    package var description: String {
        let (year, month, day) = components
        guard (0...9_999).contains(year) else {
            return Day.padded(year, width: 4) + "-" + Day.padded(month, width: 2) + "-" + Day.padded(day, width: 2)
        }
        func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(value % 10) }
        // At once instead of piece by piece: 35 ns for 430, three times in the sentences of every score.
        let dash = UInt8(ascii: "-")
        let text = [
            digit(year / 1_000), digit(year / 100), digit(year / 10), digit(year), dash, digit(month / 10),
            digit(month),
            dash, digit(day / 10), digit(day),
        ]
        return String(decoding: text, as: UTF8.self)
    }

    /// The first day of the month.
    package var firstOfMonth: Day { self - (components.day - 1) }

    /// Year, month (1 to 12) and day of the month.
    package var components: (year: Int, month: Int, day: Int) {
        // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
        let shifted = Int(daysSince2000) + Day.daysFromEraToEpoch
        let era = Day.floorDivide(shifted, Day.daysPerEra)
        let dayOfEra = shifted - era * Day.daysPerEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The day of the week.
    package var weekday: Weekday {
        // 2000-01-01 was a Saturday, five days after a Monday.
        Weekday.allCases[Day.remainder(Int(daysSince2000) + 5, 7)]
    }

    /// True on Saturday and Sunday.
    package var isWeekend: Bool {
        Day.remainder(Int(daysSince2000), 7) < 2
    }

    /// The same day of the month some months later (earlier if negative); 31 January plus one month is the last of
    /// February. Stays between the earliest and the latest day.
    package func adding(months: Int) -> Day {
        let (year, month, day) = components
        let (monthIndex, isTooFar) = (year * 12 + (month - 1)).addingReportingOverflow(months)
        guard !isTooFar, monthIndex >= 12, monthIndex < 10_000 * 12 else {
            return (isTooFar ? months < 0 : monthIndex < 12) ? .earliest : .latest
        }
        let newYear = Day.floorDivide(monthIndex, 12)
        let newMonth = Day.remainder(monthIndex, 12) + 1
        let newDay = min(day, Day.length(ofMonth: newMonth, year: newYear))
        return Day(daysSince2000: Int32(Day.daysFromCivil(year: newYear, month: newMonth, day: newDay)))
    }

    /// Whole days from this day to another; negative if the other is earlier.
    package func distance(to other: Day) -> Int {
        Int(other.daysSince2000) - Int(daysSince2000)
    }

    /// The day some days later (earlier if negative). Stays between the earliest and the latest day.
    package func advanced(by days: Int) -> Day {
        let (sum, isTooFar) = Int(daysSince2000).addingReportingOverflow(days)
        guard !isTooFar else { return days < 0 ? .earliest : .latest }
        let (first, last) = (Int(Day.earliest.daysSince2000), Int(Day.latest.daysSince2000))
        return Day(daysSince2000: Int32(truncatingIfNeeded: min(max(sum, first), last)))
    }

    /// The earlier day is the smaller.
    package static func < (left: Day, right: Day) -> Bool {
        left.daysSince2000 < right.daysSince2000
    }

    /// The day some days later.
    package static func + (day: Day, days: Int) -> Day {
        day.advanced(by: days)
    }

    /// The day some days earlier.
    package static func - (day: Day, days: Int) -> Day {
        // The least number has no opposite.
        day.advanced(by: days == .min ? .max : -days)
    }

    /// Whole days from the right day to the left one.
    package static func - (left: Day, right: Day) -> Int {
        right.distance(to: left)
    }
}

extension Day {
    private static let daysPerEra = 146_097
    /// Days from 0000-03-01, where the eras begin, to 2000-01-01.
    private static let daysFromEraToEpoch = 730_425

    private static func daysFromCivil(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * daysPerEra + dayOfEra - daysFromEraToEpoch
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }

    private static func remainder(_ value: Int, _ divisor: Int) -> Int {
        value - floorDivide(value, divisor) * divisor
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private static func padded(_ value: Int, width: Int) -> String {
        let digits = String(abs(value))
        return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
