import HaleDomain

/// The text of a date taken apart: what it says by itself, and what only its column can tell.
struct DateText: Equatable {
    /// What the text says of the day.
    enum Content: Equatable {
        /// Year, month and day, known by their places.
        case yearFirst(year: Int, month: Int, day: Int)
        /// Year, month and day, the month by its name.
        case named(year: Int, month: Int, day: Int)
        /// Two numbers of which either is the day, before the year.
        case open(first: Int, second: Int, year: Int)
        /// A month without a day.
        case month(year: Int, month: Int)
        /// A bare number that counts days or seconds.
        case count(CountedDate)
    }

    let content: Content
    /// The time of day, nil for a plain day.
    let time: TimeText?
    /// The day of the week that is written with it.
    private(set) var weekday: Weekday?

    init(content: Content, time: TimeText? = nil) {
        self.content = content
        self.time = time
    }

    /// Takes apart a text such as `2023-07-28T03:00:00Z`, `28.07.2023`, `7/28/2023 2:30 PM` or `Fri, 28 Jul 2023`.
    ///
    /// Nearly every date is numbers, and read as it stands; any other text is brought into one spelling first.
    init(_ text: ArraySlice<UInt8>) throws(ValueFault.Reason) {
        var reason: ValueFault.Reason
        do {
            self = try Self.numbers(text.span)
            return
        } catch {
            reason = error
        }
        let plain = PlainText.date(text)
        if let weekday = WordCut.leadingWeekday(of: plain) {
            do {
                try self.init(plain: Array(plain[weekday.end...]))
                self.weekday = weekday.day
                return
            } catch {
                if reason == .notADate { reason = error }
            }
        }
        do {
            try self.init(plain: plain)
        } catch {
            throw reason == .notADate ? error : reason
        }
    }

    /// Takes apart a text in one spelling, by its numbers or by the name of its month.
    private init(plain: [UInt8]) throws(ValueFault.Reason) {
        let reason: ValueFault.Reason
        do {
            self = try Self.numbers(plain.span)
            return
        } catch {
            reason = error
        }
        do {
            self = try NamedDate(plain).text()
        } catch {
            throw reason == .notADate ? error : reason
        }
    }

    /// Cuts a text into the three numbers of a date and perhaps a time of day, or takes it for one number that counts.
    private static func numbers(_ bytes: Span<UInt8>) throws(ValueFault.Reason) -> DateText {
        var cursor = DigitCursor(position: 0)
        guard let first = cursor.number(bytes, upTo: 16) else { throw .notADate }
        if first.digitCount > 4 {
            return try run(first, bytes, &cursor)
        }
        guard let mark = cursor.mark(bytes, where: { (0x2D...0x2F).contains($0) }) else {
            throw first.digitCount == 4 && cursor.position == bytes.count ? .notADay(.year) : .notADate
        }
        guard let second = cursor.number(bytes, upTo: 4) else { throw .notADate }
        if cursor.position == bytes.count {
            return DateText(content: try month(first, second))
        }
        guard second.digitCount <= 2, cursor.reads(mark, bytes), let third = cursor.number(bytes, upTo: 4) else {
            throw .notADate
        }
        let content: Content
        switch (first.digitCount, third.digitCount) {
        case (4, 1...2): content = .yearFirst(year: first.value, month: second.value, day: third.value)
        case (1...2, 4): content = .open(first: first.value, second: second.value, year: third.value)
        case (1...2, 1...2): throw .twoDigitYear
        default: throw .notADate
        }
        return DateText(content: content, time: try time(bytes, from: cursor))
    }

    private static func time(_ bytes: Span<UInt8>, from cursor: DigitCursor) throws(ValueFault.Reason) -> TimeText? {
        cursor.position == bytes.count ? nil : try TimeText(bytes, from: cursor.position)
    }

    /// A text that begins with many digits: year, month and day without marks, or a number that counts.
    private static func run(
        _ run: (value: Int, digitCount: Int), _ bytes: Span<UInt8>, _ cursor: inout DigitCursor
    ) throws(ValueFault.Reason) -> DateText {
        if run.digitCount == 8 {
            return DateText(
                content: .yearFirst(year: run.value / 10_000, month: run.value / 100 % 100, day: run.value % 100),
                time: try time(bytes, from: cursor))
        }
        var fraction = 0.0
        if cursor.mark(bytes, where: { $0 == 0x2E || $0 == 0x2C }) != nil {
            guard let digits = cursor.number(bytes, upTo: 18) else { throw .notADate }
            var unit = 1.0
            for _ in 0..<digits.digitCount { unit *= 10 }
            fraction = Double(digits.value) / unit
        }
        guard cursor.position == bytes.count else { throw .notADate }
        if run.digitCount == 6 { throw .sixDigits }
        guard let counted = CountedDate(whole: run.value, digitCount: run.digitCount, fraction: fraction) else {
            throw .notADate
        }
        return DateText(content: .count(counted))
    }

    private static func month(
        _ first: (value: Int, digitCount: Int), _ second: (value: Int, digitCount: Int)
    ) throws(ValueFault.Reason) -> Content {
        switch (first.digitCount, second.digitCount) {
        case (4, 1...2): return .month(year: first.value, month: second.value)
        case (1...2, 4): return .month(year: second.value, month: first.value)
        case (1...2, 1...2): throw .noYear
        default: throw .notADate
        }
    }

    /// The day and time that the text means in a column: of a month its first day, where a month is meant.
    func dayAndTime(
        in format: ColumnFormat, takesMonths: Bool = false
    ) throws(ValueFault.Reason) -> (day: CalendarDay, time: TimeText?) {
        var day: CalendarDay
        switch content {
        case .yearFirst(let year, let month, let number), .named(let year, let month, let number):
            day = try CalendarDay(year, month, number)
        case .open(let first, let second, let year):
            switch format.dateFormat {
            case .iso: throw .otherDateFormat(.iso)
            case .dmy: day = try CalendarDay(year, second, first)
            case .mdy: day = try CalendarDay(year, first, second)
            }
        case .month(let year, let month):
            day = try CalendarDay(year, month, 1)
            guard takesMonths else { throw .notADay(.month) }
        case .count(let counted):
            let (day, time) = try counted.dayAndTime()
            guard format.dateNumber == counted.unit else { throw .countsUnit(counted.unit, day) }
            return (day, time)
        }
        if let weekday, let real = day.weekday, real != weekday { throw .otherWeekday(real.rawValue) }
        if time?.isOfNextDay == true { day = try CalendarDay(daysSince2000: day.daysSince2000 + 1) }
        return (day, time)
    }
}
