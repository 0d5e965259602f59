/// A text cut into the three numbers of a date and perhaps a time of day; which number is the day is still open.
struct DateText: Equatable {
    private let numbers: (first: Int, second: Int, third: Int)
    private let isYearFirst: Bool
    /// The time of day, nil for a plain day.
    let time: TimeText?

    static func == (left: DateText, right: DateText) -> Bool {
        left.numbers == right.numbers && left.isYearFirst == right.isYearFirst && left.time == right.time
    }

    /// Cuts a text such as `2023-07-28T03:00:00Z`, `28.07.2023` or `7/28/2023 2:30 PM`.
    init(_ bytes: Span<UInt8>) throws(ValueFault.Reason) {
        var cursor = DigitCursor(position: 0)
        guard let first = cursor.number(bytes, upTo: 8) else { throw .notADate }
        if first.digitCount == 8 {
            numbers = (first.value / 10_000, first.value / 100 % 100, first.value % 100)
            isYearFirst = true
        } else {
            guard first.digitCount <= 4, let mark = cursor.mark(bytes, where: { (0x2D...0x2F).contains($0) }),
                let second = cursor.number(bytes, upTo: 2), cursor.reads(mark, bytes),
                let third = cursor.number(bytes, upTo: 4)
            else { throw .notADate }
            numbers = (first.value, second.value, third.value)
            switch (first.digitCount, third.digitCount) {
            case (4, 1...2): isYearFirst = true
            case (1...2, 4): isYearFirst = false
            case (1...2, 1...2): throw .twoDigitYear
            default: throw .notADate
            }
        }
        time = cursor.position == bytes.count ? nil : try TimeText(bytes, from: cursor.position)
    }

    /// The day that the numbers mean in a format.
    func day(in format: DateFormat) throws(ValueFault.Reason) -> CalendarDay {
        guard isYearFirst == (format == .iso) else { throw .otherDateFormat(format) }
        switch format {
        case .iso: return try CalendarDay(numbers.first, numbers.second, numbers.third)
        case .dmy: return try CalendarDay(numbers.third, numbers.second, numbers.first)
        case .mdy: return try CalendarDay(numbers.third, numbers.first, numbers.second)
        }
    }
}
