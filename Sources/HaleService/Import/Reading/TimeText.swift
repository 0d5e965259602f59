/// A time of day as written: to the microsecond, with or without an offset from UTC.
public struct TimeText: Hashable, Sendable {
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 59.
    public let second: Int
    /// The digits behind the second, at most six; further ones are dropped.
    public let fraction: String
    /// The minutes that the written time is ahead of UTC; nil when the text does not say.
    public let offsetMinutes: Int?

    /// Reads the time behind a date, from the `T` or space between them to the end of the text.
    init(_ bytes: Span<UInt8>, from start: Int) throws(ValueFault.Reason) {
        var cursor = DigitCursor(position: start)
        guard let between = cursor.mark(bytes, where: { $0 | 0x20 == 0x74 || $0 == 0x20 }) else { throw .notADate }
        if between == 0x20 { Self.skipSpaces(bytes, &cursor) }
        guard var hour = cursor.number(bytes, upTo: 2)?.value, cursor.reads(0x3A, bytes),
            let minute = cursor.number(bytes, upTo: 2), minute.digitCount == 2
        else { throw .notATime }
        var second = 0
        var digits: [UInt8] = []
        if cursor.reads(0x3A, bytes) {
            guard let number = cursor.number(bytes, upTo: 2), number.digitCount == 2 else { throw .notATime }
            second = number.value
            if cursor.mark(bytes, where: { $0 == 0x2E || $0 == 0x2C }) != nil {
                let first = cursor.position
                guard cursor.number(bytes, upTo: 9) != nil else { throw .notATime }
                for index in first..<min(cursor.position, first + 6) { digits.append(bytes[index]) }
            }
        }
        Self.skipSpaces(bytes, &cursor)
        if let half = Self.half(bytes, &cursor) {
            guard hour >= 1 && hour <= 12 else { throw .noSuchTime }
            hour = hour % 12 + (half == .afternoon ? 12 : 0)
            Self.skipSpaces(bytes, &cursor)
        }
        offsetMinutes = try Self.offset(bytes, &cursor)
        guard cursor.position == bytes.count else { throw .notATime }
        guard hour <= 23, minute.value <= 59, second <= 59 else { throw .noSuchTime }
        self.hour = hour
        self.minute = minute.value
        self.second = second
        fraction = String(decoding: digits, as: UTF8.self)
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

    private static func skipSpaces(_ bytes: Span<UInt8>, _ cursor: inout DigitCursor) {
        while cursor.reads(0x20, bytes) {}
    }

    /// Reads `AM` or `PM`.
    private static func half(_ bytes: Span<UInt8>, _ cursor: inout DigitCursor) -> Half? {
        guard cursor.position + 1 < bytes.count, bytes[cursor.position + 1] | 0x20 == 0x6D else { return nil }
        switch bytes[cursor.position] | 0x20 {
        case 0x61:
            cursor.position += 2
            return .morning
        case 0x70:
            cursor.position += 2
            return .afternoon
        default: return nil
        }
    }

    /// Reads `Z`, `UTC`, `GMT`, `+02`, `+0200` or `+02:00`; PostgreSQL takes offsets below 16 hours.
    private static func offset(
        _ bytes: Span<UInt8>, _ cursor: inout DigitCursor
    ) throws(ValueFault.Reason) -> Int? {
        guard cursor.position < bytes.count else { return nil }
        if cursor.mark(bytes, where: { $0 | 0x20 == 0x7A }) != nil { return 0 }
        for name in ["UTC", "GMT"] where ends(bytes, cursor.position, with: name) {
            cursor.position = bytes.count
            return 0
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

    private static func ends(_ bytes: Span<UInt8>, _ position: Int, with name: String) -> Bool {
        let letters = Array(name.utf8)
        guard bytes.count - position == letters.count else { return false }
        return letters.indices.allSatisfy { bytes[position + $0] & 0xDF == letters[$0] }
    }
}
