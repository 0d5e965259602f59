import HaleDomain

/// A day or instant as a file has it, as a number: what clocks show, and how far ahead of UTC they are, if it says so.
package struct WrittenInstant: Hashable {
    /// What the clocks show, in microseconds since 2000-01-01 00:00:00 on them.
    package let reading: Int64
    /// The minutes that these clocks are ahead of UTC; nil for the clocks of the organisation.
    package let offsetMinutes: Int16?

    /// The beginning of a day by the clocks of the organisation.
    package init(day: CalendarDay) {
        reading = Self.dayReading(year: day.year, month: day.month, day: day.day)
        offsetMinutes = nil
    }

    /// What the reader of all kinds makes of the text.
    package init(_ instant: CalendarInstant) {
        let date = instant.day
        var reading = Self.dayReading(year: date.year, month: date.month, day: date.day)
        if let time = instant.time {
            var fraction = Int64(time.fraction) ?? 0
            for _ in time.fraction.utf8.count..<6 { fraction *= 10 }
            reading += Self.microseconds(hour: time.hour, minute: time.minute, second: time.second) + fraction
        }
        self.reading = reading
        offsetMinutes = instant.time?.offsetMinutes.map { Int16($0) }
    }

    /// A text in the spelling that programs use: `2026-01-31`, `2026-01-31T09:30:00` with a space instead of the `T`, up to six
    /// digits of a fraction and a `Z`. Nil for every other text, which may still be an instant.
    package init?(plain bytes: Span<UInt8>, from start: Int, to end: Int) {
        guard end - start >= 10, bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D,
            let century = Self.twoDigits(bytes, start), let yearOfCentury = Self.twoDigits(bytes, start + 2),
            let month = Self.twoDigits(bytes, start + 5), let day = Self.twoDigits(bytes, start + 8),
            // Days that not every month has are left to the calendar, but for the most usual of them.
            century == 19 || century == 20, month >= 1, month <= 12, day >= 1,
            day <= 28 || (day <= 30 && month != 2) || (day == 31 && Self.hasThirtyOneDays(month))
        else { return nil }
        var reading = Self.dayReading(year: century * 100 + yearOfCentury, month: month, day: day)
        guard end - start > 10 else {
            self.reading = reading
            offsetMinutes = nil
            return
        }
        guard end - start >= 19, bytes[start + 10] == 0x54 || bytes[start + 10] == 0x20,
            bytes[start + 13] == 0x3A, bytes[start + 16] == 0x3A,
            let hour = Self.twoDigits(bytes, start + 11), let minute = Self.twoDigits(bytes, start + 14),
            let second = Self.twoDigits(bytes, start + 17), hour <= 23, minute <= 59, second <= 59
        else { return nil }
        reading += Self.microseconds(hour: hour, minute: minute, second: second)
        var position = start + 19
        if position < end, bytes[position] == 0x2E {
            position += 1
            let first = position
            var unit: Int64 = 100_000
            while position < end, position - first < 6, bytes[position] >= 0x30, bytes[position] <= 0x39 {
                reading += Int64(bytes[position] - 0x30) * unit
                unit /= 10
                position += 1
            }
            guard position > first else { return nil }
        }
        let isUTC = position + 1 == end && bytes[position] == 0x5A
        guard isUTC || position == end else { return nil }
        self.reading = reading
        offsetMinutes = isUTC ? 0 : nil
    }

    private static func twoDigits(_ bytes: Span<UInt8>, _ index: Int) -> Int? {
        let high = bytes[index] &- 0x30
        let low = bytes[index + 1] &- 0x30
        guard high <= 9, low <= 9 else { return nil }
        return Int(high) * 10 + Int(low)
    }

    private static func hasThirtyOneDays(_ month: Int) -> Bool {
        month < 8 ? month % 2 == 1 : month % 2 == 0
    }

    private static func microseconds(hour: Int, minute: Int, second: Int) -> Int64 {
        Int64((hour * 60 + minute) * 60 + second) * 1_000_000
    }

    /// Midnight of a day of the years 1900 to 2199 (days from the civil calendar after Howard Hinnant).
    private static func dayReading(year: Int, month: Int, day: Int) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 730_425) * ZoneOffsets.dayMicroseconds
    }
}
