/// A time of day as written: to the microsecond, with or without an offset from UTC.
package struct TimeText: Hashable, Sendable {
    /// The hour, 0 to 23.
    package let hour: Int
    /// The minute, 0 to 59.
    package let minute: Int
    /// The second, 0 to 59.
    package let second: Int
    /// The digits behind the second, at most six; further ones are dropped.
    package let fraction: String
    /// The minutes that the written time is ahead of UTC; nil when the text does not say.
    package let offsetMinutes: Int?
    /// Whether 24:00 was written, the midnight at which the next day begins.
    let isOfNextDay: Bool

    /// Reads the time behind a date, from the `T`, space or comma between them to the end of the text.
    init(_ bytes: Span<UInt8>, from start: Int) throws(ValueFault.Reason) {
        var cursor = DigitCursor(position: start)
        guard Self.skipsBetween(bytes, &cursor) else { throw .notADate }
        let isAfterT = bytes[start] | 0x20 == 0x74
        var clock = try ClockDigits(bytes, &cursor, isAfterT: isAfterT)
        Self.skipSpaces(bytes, &cursor)
        if let half = Self.half(bytes, &cursor) {
            guard clock.hour >= 1 && clock.hour <= 12 else { throw .noSuchTime }
            clock.hour = clock.hour % 12 + (half == .afternoon ? 12 : 0)
            Self.skipSpaces(bytes, &cursor)
        } else if clock.isHourAlone {
            throw .notATime
        }
        if Self.takes("uhr", bytes, &cursor) { Self.skipSpaces(bytes, &cursor) }
        offsetMinutes = try Self.offset(bytes, &cursor)
        if offsetMinutes != nil { Self.skipZoneName(bytes, &cursor) }
        guard cursor.position == bytes.count else { throw .notATime }
        isOfNextDay = clock.isMidnightAtEnd
        guard clock.hour <= 23 || isOfNextDay, clock.minute <= 59, clock.second <= 59 else {
            throw clock.second == 60 && clock.minute <= 59 ? .noSuchSecond : .noSuchTime
        }
        hour = clock.hour % 24
        minute = clock.minute
        second = clock.second
        fraction = String(decoding: clock.fraction, as: UTF8.self)
    }

    /// The time so many microseconds after midnight.
    init(microseconds: Int64, offsetMinutes: Int?) {
        let seconds = Int(microseconds / 1_000_000)
        hour = seconds / 3_600
        minute = seconds / 60 % 60
        second = seconds % 60
        var digits = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        fraction = String(digits)
        self.offsetMinutes = offsetMinutes
        isOfNextDay = false
    }

    /// Appends `HH:MM:SS[.ffffff][Z|±HH:MM]`.
    func append(to text: inout [UInt8]) {
        CalendarDay.append(hour, to: &text)
        text.append(0x3A)
        CalendarDay.append(minute, to: &text)
        text.append(0x3A)
        CalendarDay.append(second, to: &text)
        if !fraction.isEmpty {
            text.append(0x2E)
            text.append(contentsOf: fraction.utf8)
        }
        guard let offsetMinutes else { return }
        if offsetMinutes == 0 {
            text.append(0x5A)
        } else {
            text.append(offsetMinutes < 0 ? 0x2D : 0x2B)
            CalendarDay.append(abs(offsetMinutes) / 60, to: &text)
            text.append(0x3A)
            CalendarDay.append(abs(offsetMinutes) % 60, to: &text)
        }
    }

    private enum Half {
        case morning
        case afternoon
    }

    /// Passes over what stands between a date and its time; false where they are not apart.
    private static func skipsBetween(_ bytes: Span<UInt8>, _ cursor: inout DigitCursor) -> Bool {
        if cursor.mark(bytes, where: { $0 | 0x20 == 0x74 }) != nil { return true }
        let start = cursor.position
        _ = cursor.reads(0x2C, bytes)
        skipSpaces(bytes, &cursor)
        return cursor.position > start
    }

    private static func skipSpaces(_ bytes: Span<UInt8>, _ cursor: inout DigitCursor) {
        while cursor.reads(0x20, bytes) {}
    }

    /// Reads `AM` or `PM`, also as `a.m.` and `a. m.`.
    private static func half(_ bytes: Span<UInt8>, _ cursor: inout DigitCursor) -> Half? {
        var next = cursor
        guard let letter = next.mark(bytes, where: { $0 | 0x20 == 0x61 || $0 | 0x20 == 0x70 }) else { return nil }
        if next.reads(0x2E, bytes) { skipSpaces(bytes, &next) }
        guard next.mark(bytes, where: { $0 | 0x20 == 0x6D }) != nil else { return nil }
        _ = next.reads(0x2E, bytes)
        cursor = next
        return letter | 0x20 == 0x61 ? .morning : .afternoon
    }

    /// Reads `Z`, `UTC`, `GMT`, `+02`, `+0200`, `+02:00` or `GMT+0200`; PostgreSQL takes offsets below 16 hours.
    private static func offset(
        _ bytes: Span<UInt8>, _ cursor: inout DigitCursor
    ) throws(ValueFault.Reason) -> Int? {
        guard cursor.position < bytes.count else { return nil }
        if cursor.mark(bytes, where: { $0 | 0x20 == 0x7A }) != nil { return 0 }
        if takes("utc", bytes, &cursor) || takes("gmt", bytes, &cursor) {
            guard cursor.position < bytes.count, bytes[cursor.position] == 0x2B || bytes[cursor.position] == 0x2D
            else { return 0 }
        }
        guard let sign = cursor.mark(bytes, where: { $0 == 0x2B || $0 == 0x2D }),
            let first = cursor.number(bytes, upTo: 4)
        else { throw .notATime }
        var hours = first.value
        var minutes = 0
        switch first.digitCount {
        case 4: (hours, minutes) = (first.value / 100, first.value % 100)
        case 2:
            if cursor.reads(0x3A, bytes) {
                guard let number = cursor.number(bytes, upTo: 2), number.digitCount == 2 else { throw .notATime }
                minutes = number.value
            }
        default: throw .notATime
        }
        guard hours <= 15, minutes <= 59 else { throw .noSuchTime }
        return (hours * 60 + minutes) * (sign == 0x2D ? -1 : 1)
    }

    /// Passes over the name of a zone behind its offset: `[Europe/Berlin]` or `(CET)`.
    private static func skipZoneName(_ bytes: Span<UInt8>, _ cursor: inout DigitCursor) {
        var next = cursor
        skipSpaces(bytes, &next)
        guard let open = next.mark(bytes, where: { $0 == 0x5B || $0 == 0x28 }),
            bytes[bytes.count - 1] == (open == 0x5B ? 0x5D : 0x29)
        else { return }
        cursor.position = bytes.count
    }

    /// Reads a word of small letters, whatever its case here.
    private static func takes(_ word: String, _ bytes: Span<UInt8>, _ cursor: inout DigitCursor) -> Bool {
        var next = cursor
        for letter in word.utf8 {
            guard next.mark(bytes, where: { $0 | 0x20 == letter }) != nil else { return false }
        }
        cursor = next
        return true
    }
}

/// The numbers of a time of day, which may be too large yet.
private struct ClockDigits {
    var hour: Int
    private(set) var minute = 0
    private(set) var second = 0
    private(set) var fraction: [UInt8] = []
    /// Whether there is only an hour, which half of the day it is in being needed.
    private(set) var isHourAlone = false

    /// Reads `10:00`, `10:00:00`, `10:00:00.5`, `100000`, behind a `T` also `1000`, or an hour alone.
    init(_ bytes: Span<UInt8>, _ cursor: inout DigitCursor, isAfterT: Bool) throws(ValueFault.Reason) {
        guard let first = cursor.number(bytes, upTo: 6) else { throw .notATime }
        hour = first.value
        switch first.digitCount {
        case 1...2:
            guard cursor.reads(0x3A, bytes) else {
                isHourAlone = true
                return
            }
            minute = try Self.twoDigits(bytes, &cursor)
            guard cursor.reads(0x3A, bytes) else { return }
            second = try Self.twoDigits(bytes, &cursor)
        // Behind a space it may be a year.
        case 4 where isAfterT:
            (hour, minute) = (first.value / 100, first.value % 100)
            return
        case 6: (hour, minute, second) = (first.value / 10_000, first.value / 100 % 100, first.value % 100)
        default: throw .notATime
        }
        guard cursor.mark(bytes, where: { $0 == 0x2E || $0 == 0x2C }) != nil else { return }
        let start = cursor.position
        guard cursor.number(bytes, upTo: 9) != nil else { throw .notATime }
        for index in start..<min(cursor.position, start + 6) { fraction.append(bytes[index]) }
    }

    /// Whether it is 24:00, the last moment of a day and the first of the next.
    var isMidnightAtEnd: Bool { hour == 24 && minute == 0 && second == 0 && fraction.allSatisfy { $0 == 0x30 } }

    private static func twoDigits(
        _ bytes: Span<UInt8>, _ cursor: inout DigitCursor
    ) throws(ValueFault.Reason) -> Int {
        guard let number = cursor.number(bytes, upTo: 2), number.digitCount == 2 else { throw .notATime }
        return number.value
    }
}
