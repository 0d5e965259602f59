import HaleDomain

/// A date whose month is a name, in any order of its parts; the text is in one spelling, as `PlainText.date` has it.
struct NamedDate {
    private let bytes: [UInt8]
    private var position = 0
    private var day: Int?
    private var month: Int?
    private var year: Int?

    init(_ plain: [UInt8]) {
        bytes = plain
    }

    /// The parts of the date and its time; what is no such date has a reason only where the name of a month is in it.
    package func text() throws(ValueFault.Reason) -> DateText {
        if let period = WordCut.period(of: bytes) { throw .notADay(period) }
        var reading = self
        return try reading.read()
    }

    private mutating func read() throws(ValueFault.Reason) -> DateText {
        var trouble: ValueFault.Reason?
        while position < bytes.count, day == nil || month == nil || year == nil {
            let byte = bytes[position]
            if WordCut.isSeparator(byte) {
                position += 1
            } else if WordCut.isDigit(byte) {
                if isTime { break }
                trouble = takeNumber() ?? trouble
            } else {
                guard takeWord() else { break }
            }
        }
        guard let month else { throw .notADate }
        if let trouble { throw trouble }
        guard let year = year ?? takeYearAtEnd() else { throw .noYear }
        guard let day else {
            guard position == bytes.count else { throw .notADate }
            return DateText(content: .month(year: year, month: month))
        }
        let rest = try restOfTime()
        let time = rest.isEmpty ? nil : try TimeText(rest.span, from: 0)
        return DateText(content: .named(year: year, month: month, day: day), time: time)
    }

    /// Whether the digits here are an hour.
    private var isTime: Bool {
        let end = bytes[position...].firstIndex { !WordCut.isDigit($0) } ?? bytes.count
        return end < bytes.count && bytes[end] == UInt8(ascii: ":")
    }

    /// Takes a year or a day; the trouble with a number that is neither.
    private mutating func takeNumber() -> ValueFault.Reason? {
        let digits = bytes[position...].prefix(while: WordCut.isDigit)
        position = digits.endIndex
        guard digits.count <= 4, let number = Int(String(decoding: digits, as: UTF8.self)) else { return .notADate }
        if digits.count == 4 {
            guard year == nil else { return .notADate }
            year = number
            return nil
        }
        guard digits.count <= 2 else { return .notADate }
        guard day == nil else { return .twoDigitYear }
        day = number
        let suffix = WordCut.word(in: bytes, at: position)
        if CalendarNames.ordinals.contains(suffix.text) { position = suffix.end }
        return nil
    }

    /// Takes the name of a month, or passes over a word that joins; false for any other word.
    private mutating func takeWord() -> Bool {
        let word = WordCut.word(in: bytes, at: position)
        if month == nil, let number = CalendarNames.month(word.text) {
            month = number
        } else if !CalendarNames.joiners.contains(word.text) {
            return false
        }
        position = word.end
        return true
    }

    /// The year at the end, behind the time, as in `Dec 24 10:00:00 2025`.
    private mutating func takeYearAtEnd() -> Int? {
        let digits = bytes.suffix(4)
        guard position < bytes.count, isTime, bytes.count - position > 5, bytes[bytes.count - 5] == 0x20,
            digits.allSatisfy(WordCut.isDigit)
        else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// The time as it stands behind a date, a space before it.
    private func restOfTime() throws(ValueFault.Reason) -> [UInt8] {
        var rest = bytes[position...]
        if year == nil { rest = rest.dropLast(5) }
        while let first = rest.first, WordCut.isSeparator(first) { rest = rest.dropFirst() }
        while let first = rest.first, WordCut.isLetter(first) {
            let word = WordCut.word(in: bytes, at: rest.startIndex)
            guard CalendarNames.beforeTime.contains(word.text) else { throw .notADate }
            rest = rest[word.end...].drop { $0 == 0x20 }
        }
        return rest.isEmpty ? [] : [0x20] + rest
    }
}

/// Cuts words out of a text in one spelling.
enum WordCut {
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

    /// Whether a byte may stand between the parts of a date.
    static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x20 || (0x2C...0x2F).contains(byte) }

    /// The letters at a place, perhaps none, and where they end.
    static func word(in bytes: [UInt8], at start: Int) -> (text: String, end: Int) {
        let letters = bytes[start...].prefix(while: isLetter)
        return (String(decoding: letters, as: UTF8.self), letters.endIndex)
    }

    /// The day of the week at the beginning of a text that goes on, and where what follows begins.
    static func leadingWeekday(of bytes: [UInt8]) -> (day: Weekday, end: Int)? {
        guard let first = bytes.first, isLetter(first) else { return nil }
        let word = word(in: bytes, at: 0)
        guard let day = CalendarNames.weekday(word.text),
            let end = bytes[word.end...].firstIndex(where: { !isSeparator($0) }), end > word.end
        else { return nil }
        return (day, end)
    }

    /// The quarter or week that a text is, such as `Q4 2025`, `2025-W52` and `KW 52 2025`.
    static func period(of bytes: [UInt8]) -> ValueFault.Period? {
        let text = bytes.filter { !isSeparator($0) }
        guard (6...8).contains(text.count) else { return nil }
        for (prefix, period) in [("q", ValueFault.Period.quarter), ("kw", .week), ("w", .week)] {
            let letters = Array(prefix.utf8)
            let rest: ArraySlice<UInt8>
            if text.starts(with: letters) {
                rest = text.dropFirst(letters.count)
            } else if text.dropFirst(4).starts(with: letters), text.prefix(4).allSatisfy(isDigit) {
                rest = text.prefix(4) + text.dropFirst(4 + letters.count)
            } else {
                continue
            }
            let digitCount = period == .quarter ? 5...5 : 5...6
            if rest.allSatisfy(isDigit), digitCount.contains(rest.count) { return period }
        }
        return nil
    }
}
