import HaleDomain

/// What numbers count that stand in place of dates.
package enum DateNumber: String, Hashable, Sendable, CaseIterable {
    /// Days of a spreadsheet, the fraction being the time of day: 1 is 1900-01-01, and 60 a day that never was.
    case excelSerial = "excel"
    /// Seconds since 1970-01-01 00:00 UTC.
    case epochSeconds = "seconds"
    /// Milliseconds since then.
    case epochMilliseconds = "milliseconds"
    /// Microseconds since then.
    case epochMicroseconds = "microseconds"

    /// How receipts and messages call such numbers.
    package var name: String {
        switch self {
        case .excelSerial: "serial numbers of Excel"
        case .epochSeconds: "seconds since 1970 (UTC)"
        case .epochMilliseconds: "milliseconds since 1970 (UTC)"
        case .epochMicroseconds: "microseconds since 1970 (UTC)"
        }
    }

    /// How a message calls one of them.
    var singular: String {
        switch self {
        case .excelSerial: "a serial number of Excel"
        case .epochSeconds, .epochMilliseconds, .epochMicroseconds: name
        }
    }

    /// The only one that a whole number of so many digits can be, if it is a date of our times: by their number of digits
    /// no number is one of two.
    init?(whole: Int, digitCount: Int) {
        switch digitCount {
        case 5 where (20_000...73_050).contains(whole): self = .excelSerial
        case 9...10 where Self.epochSecondsOfOurTimes.contains(whole): self = .epochSeconds
        case 12...13 where Self.epochSecondsOfOurTimes.contains(whole / 1_000): self = .epochMilliseconds
        case 15...16 where Self.epochSecondsOfOurTimes.contains(whole / 1_000_000): self = .epochMicroseconds
        default: return nil
        }
    }

    /// From 1973, where nine digits begin, to the end of 2099.
    private static let epochSecondsOfOurTimes = 100_000_000...4_102_444_799

    /// What clocks show, in microseconds since 2000-01-01 00:00: those of the organisation for a serial number, else UTC.
    func reading(whole: Int, fraction: Double) -> Int64 {
        let whole = Int64(whole)
        switch self {
        case .excelSerial:
            // A spreadsheet's fraction is a rounded one: to the second is as near as it tells.
            let seconds = Int64((fraction * 86_400).rounded())
            return (whole - Self.excelDaysTo2000) * ZoneOffsets.dayMicroseconds + seconds * 1_000_000
        case .epochSeconds:
            return (whole - Self.secondsTo2000) * 1_000_000 + Int64((fraction * 1_000_000).rounded())
        case .epochMilliseconds:
            return whole * 1_000 + Int64((fraction * 1_000).rounded()) - Self.secondsTo2000 * 1_000_000
        case .epochMicroseconds: return whole - Self.secondsTo2000 * 1_000_000
        }
    }

    /// The serial number of 2000-01-01.
    private static let excelDaysTo2000: Int64 = 36_526
    private static let secondsTo2000: Int64 = 946_684_800
}

/// A number in place of a date, and the day and time that it comes to.
struct CountedDate: Equatable {
    let unit: DateNumber
    private let reading: Int64

    init?(whole: Int, digitCount: Int, fraction: Double) {
        guard let unit = DateNumber(whole: whole, digitCount: digitCount) else { return nil }
        self.unit = unit
        reading = unit.reading(whole: whole, fraction: fraction)
    }

    /// The day, and the time of day where it is not the midnight of a spreadsheet.
    func dayAndTime() throws(ValueFault.Reason) -> (day: CalendarDay, time: TimeText?) {
        let dayMicroseconds = ZoneOffsets.dayMicroseconds
        let timeMicroseconds = (reading % dayMicroseconds + dayMicroseconds) % dayMicroseconds
        let day = try CalendarDay(daysSince2000: (reading - timeMicroseconds) / dayMicroseconds)
        if unit == .excelSerial, timeMicroseconds == 0 { return (day, nil) }
        return (day, TimeText(microseconds: timeMicroseconds, offsetMinutes: unit == .excelSerial ? nil : 0))
    }
}
