/// Counts which date formats the values of a column fit, and decides on one.
struct DateCount {
    private let given: DateFormat?
    private var valueCount = 0
    private var dayFirstOnly = 0
    private var monthFirstOnly = 0
    private var yearFirstMisfits = FormatCount.Misfits()
    private var dayFirstMisfits = FormatCount.Misfits()
    private var monthFirstMisfits = FormatCount.Misfits()
    private var example: ValueExample?

    init(given: DateFormat?) {
        self.given = given
    }

    /// Counts a value that is not missing.
    mutating func add(_ text: ArraySlice<UInt8>, line: Int) {
        valueCount += 1
        let parts: DateText
        do {
            parts = try DateText(text.span)
        } catch {
            for format in DateFormat.allCases { miss(format, error, text: text, line: line) }
            return
        }
        let isISO = fits(parts, .iso, text: text, line: line)
        let isDayFirst = fits(parts, .dmy, text: text, line: line)
        let isMonthFirst = fits(parts, .mdy, text: text, line: line)
        if isISO { return }
        switch (isDayFirst, isMonthFirst) {
        case (true, false): dayFirstOnly += 1
        case (false, true): monthFirstOnly += 1
        case (true, true) where example == nil:
            example = ValueExample(line: line, text: String(decoding: text, as: UTF8.self))
        case (true, true), (false, false): break
        }
    }

    /// Whether values in the spelling of `WrittenInstant.init(plain:)` need only be counted.
    var takesPlainValues: Bool { dayFirstMisfits.isListFull && monthFirstMisfits.isListFull }

    /// Counts values in that spelling, which is year first.
    mutating func addPlain(_ count: Int) {
        valueCount += count
        dayFirstMisfits.addUnlisted(count)
        monthFirstMisfits.addUnlisted(count)
    }

    private mutating func fits(_ parts: DateText, _ format: DateFormat, text: ArraySlice<UInt8>, line: Int) -> Bool {
        do {
            _ = try parts.day(in: format)
            return true
        } catch {
            miss(format, error, text: text, line: line)
            return false
        }
    }

    private mutating func miss(
        _ format: DateFormat, _ reason: ValueFault.Reason, text: ArraySlice<UInt8>, line: Int
    ) {
        switch format {
        case .iso: yearFirstMisfits.add(reason, text: text, line: line)
        case .dmy: dayFirstMisfits.add(reason, text: text, line: line)
        case .mdy: monthFirstMisfits.add(reason, text: text, line: line)
        }
    }

    private func misfits(_ format: DateFormat) -> FormatCount.Misfits {
        switch format {
        case .iso: yearFirstMisfits
        case .dmy: dayFirstMisfits
        case .mdy: monthFirstMisfits
        }
    }

    /// The format that most values fit. Day first and month first are told apart only by values that fit one of the
    /// two; where those are missing or balance, the column is ambiguous, whatever else stands in it.
    func decided() -> FormatCount.Decided {
        if let given { return decided(given, .given) }
        if valueCount == 0 { return decided(.iso, .noValues) }
        let fewest = min(yearFirstMisfits.count, dayFirstMisfits.count, monthFirstMisfits.count)
        if yearFirstMisfits.count == fewest { return decided(.iso, .shownByValues) }
        if dayFirstOnly == monthFirstOnly { return decided(.iso, .ambiguous) }
        return decided(dayFirstOnly > monthFirstOnly ? .dmy : .mdy, .shownByValues)
    }

    private func decided(_ format: DateFormat, _ decision: ColumnVerdict.Decision) -> FormatCount.Decided {
        let misfits = misfits(format)
        return FormatCount.Decided(
            format: ColumnFormat(dateFormat: format), decision: decision, valueCount: valueCount,
            misfitCount: misfits.count, misfits: misfits.first, example: example)
    }
}
