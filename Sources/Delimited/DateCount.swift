/// Counts which date formats the values of a column fit, and decides on one.
struct DateCount {
    private let given: DateFormat?
    private let givenNumber: DateNumber?
    private let takesMonths: Bool
    private var valueCount = 0
    private var yearFirstCount = 0
    private var namedCount = 0
    private var monthCount = 0
    private var openCount = 0
    private var dayFirstOnly = 0
    private var monthFirstOnly = 0
    private var numberCounts: [DateNumber: Int] = [:]
    /// Values that are misfits of a column whose dates with open numbers are in one order, by that order.
    private var yearFirstMisfits = FormatCount.Misfits()
    private var dayFirstMisfits = FormatCount.Misfits()
    private var monthFirstMisfits = FormatCount.Misfits()
    /// Values that are no date in any column.
    private var strangers = FormatCount.Misfits()
    /// How many of them are dates that lack something or do not exist.
    private var damagedCount = 0
    /// Values that are numbers: misfits, unless the whole column is such.
    private var numbers = FormatCount.Misfits()
    private var example: ValueExample?
    private var missing = MissingCount()

    init(given: DateFormat?, number: DateNumber? = nil, takesMonths: Bool = false) {
        self.given = given
        givenNumber = number
        self.takesMonths = takesMonths
    }

    /// Counts a value that is not empty.
    package mutating func add(_ text: ArraySlice<UInt8>, line: Int) {
        if MissingText.isMissingDate(text) { return missing.add(text, line: line) }
        valueCount += 1
        do {
            try add(DateText(text), text: text, line: line)
        } catch {
            strangers.add(error, text: text, line: line)
            if error != .notADate { damagedCount += 1 }
        }
    }

    /// Counts values in the spelling of `WrittenInstant.init(plain:)`, which are year first.
    mutating func addPlain(_ count: Int) {
        valueCount += count
        yearFirstCount += count
    }

    private mutating func add(
        _ date: DateText, text: ArraySlice<UInt8>, line: Int
    ) throws(ValueFault.Reason) {
        let dayFirst = reason(date, .dmy)
        switch date.content {
        case .count(let counted):
            numberCounts[counted.unit, default: 0] += 1
            if let dayFirst { numbers.add(dayFirst, text: text, line: line) }
            return
        case .yearFirst, .named, .month:
            if let dayFirst { throw dayFirst }
        case .open: break
        }
        switch date.content {
        case .yearFirst: yearFirstCount += 1
        case .named: namedCount += 1
        case .month: monthCount += 1
        case .count: break
        case .open: addOpen(dayFirst, reason(date, .mdy), text: text, line: line)
        }
    }

    /// Counts a value of two open numbers, with what is wrong with it in each order.
    private mutating func addOpen(
        _ dayFirst: ValueFault.Reason?, _ monthFirst: ValueFault.Reason?, text: ArraySlice<UInt8>, line: Int
    ) {
        openCount += 1
        yearFirstMisfits.add(.otherDateFormat(.iso), text: text, line: line)
        if let dayFirst { dayFirstMisfits.add(dayFirst, text: text, line: line) }
        if let monthFirst { monthFirstMisfits.add(monthFirst, text: text, line: line) }
        switch (dayFirst, monthFirst) {
        case (nil, _?): dayFirstOnly += 1
        case (_?, nil): monthFirstOnly += 1
        case (nil, nil) where example == nil:
            example = ValueExample(line: line, text: String(decoding: text, as: UTF8.self))
        case (nil, nil), (_?, _?): break
        }
    }

    /// What is wrong with a date in a column of a format; nil where nothing is.
    private func reason(_ date: DateText, _ format: DateFormat) -> ValueFault.Reason? {
        do {
            _ = try date.dayAndTime(in: ColumnFormat(dateFormat: format), takesMonths: takesMonths)
            return nil
        } catch {
            return error
        }
    }

    private func misfitsOfOpen(_ format: DateFormat) -> FormatCount.Misfits {
        switch format {
        case .iso: yearFirstMisfits
        case .dmy: dayFirstMisfits
        case .mdy: monthFirstMisfits
        }
    }

    /// The format of the values of open numbers: year first is never in doubt, whatever stands beside it. Day first and
    /// month first are told apart only by values that fit one of the two; where those are missing or balance, the column
    /// is ambiguous. Numbers are dates where the whole column is such: a date beside them makes them a mistake.
    func decided() -> FormatCount.Decided {
        if valueCount == 0 { return decided(given ?? .iso, .noValues) }
        if let number { return decided(number) }
        if let given, openCount > 0 || given == .iso { return decided(given, .given) }
        if openCount == 0 || dayFirstOnly + monthFirstOnly == 0 && example == nil {
            return decided(.iso, .shownByValues)
        }
        if dayFirstOnly == monthFirstOnly { return decided(.iso, .ambiguous) }
        return decided(dayFirstOnly > monthFirstOnly ? .dmy : .mdy, .shownByValues)
    }

    /// What all numbers of the column count, where they outweigh what is no date at all and no date stands beside them.
    private var number: DateNumber? {
        if let givenNumber { return givenNumber }
        guard numberCounts.count == 1, let (number, count) = numberCounts.first, count > strangers.count,
            yearFirstCount + namedCount + monthCount + openCount + damagedCount == 0
        else { return nil }
        return number
    }

    private func decided(_ number: DateNumber) -> FormatCount.Decided {
        FormatCount.Decided(
            format: ColumnFormat(dateNumber: number), name: number.name, decision: .shownByValues,
            valueCount: valueCount, misfits: strangers, missing: missing)
    }

    private func decided(_ format: DateFormat, _ decision: ColumnVerdict.Decision) -> FormatCount.Decided {
        FormatCount.Decided(
            format: ColumnFormat(dateFormat: format), name: name(format, decision), decision: decision,
            valueCount: valueCount, misfits: strangers.with(numbers).with(misfitsOfOpen(format)), example: example,
            missing: missing)
    }

    /// The forms that the column has, in words: the order of its open numbers, and what needs no order.
    private func name(_ format: DateFormat, _ decision: ColumnVerdict.Decision) -> String? {
        if decision == .given { return format.name }
        var names: [String] = []
        if format != .iso { names.append(format.name) }
        if yearFirstCount > 0 { names.append(DateFormat.iso.name) }
        if namedCount > 0 { names.append("month by its name") }
        if monthCount > 0 { names.append("months without a day") }
        guard names.count > 1 else { return names.first }
        return "\(names[0]), others \(names.dropFirst().joined(separator: " or "))"
    }
}
