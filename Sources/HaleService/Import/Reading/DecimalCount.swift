/// Counts which decimal marks the numbers of a column fit, and decides on one.
struct DecimalCount {
    private let given: DecimalMark?
    private let isWholeNumber: Bool
    private let separator: Separator
    private var valueCount = 0
    private var pointOnly = 0
    private var commaOnly = 0
    /// Values such as `1,234` and `1.234`, which fit both marks and mean different numbers.
    private var openWithComma = 0
    private var openWithPoint = 0
    private var pointMisfits = FormatCount.Misfits()
    private var commaMisfits = FormatCount.Misfits()
    private var example: ValueExample?

    init(given: DecimalMark?, isWholeNumber: Bool, separator: Separator) {
        self.given = given
        self.isWholeNumber = isWholeNumber
        self.separator = separator
    }

    /// Counts a value that is not missing.
    mutating func add(_ text: ArraySlice<UInt8>, line: Int) {
        valueCount += 1
        if NumberText.bareInteger(text) != nil { return }
        let point = number(text, .point, line: line)
        let comma = number(text, .comma, line: line)
        switch (point, comma) {
        case (nil, nil): break
        case (_?, nil): pointOnly += 1
        case (nil, _?): commaOnly += 1
        case (let point?, let comma?):
            if point == comma { return }
            if text.contains(DecimalMark.comma.byte) { openWithComma += 1 } else { openWithPoint += 1 }
            if example == nil { example = ValueExample(line: line, text: String(decoding: text, as: UTF8.self)) }
        }
    }

    /// Counts values of digits alone, which mean the same with both marks.
    mutating func addBare(_ count: Int) {
        valueCount += count
    }

    private mutating func number(_ text: ArraySlice<UInt8>, _ mark: DecimalMark, line: Int) -> NumberText? {
        let reason: ValueFault.Reason
        do {
            let number = try NumberText(text, mark: mark)
            if !isWholeNumber || number.isWhole { return number }
            reason = .notAWholeNumber
        } catch {
            reason = error
        }
        switch mark {
        case .point: pointMisfits.add(reason, text: text, line: line)
        case .comma: commaMisfits.add(reason, text: text, line: line)
        }
        return nil
    }

    /// The mark that most numbers fit; where all fit both, the mark that the separator speaks for.
    func decided() -> FormatCount.Decided {
        if let given { return decided(given, .given) }
        if valueCount == 0 { return decided(.point, .noValues) }
        if pointOnly != commaOnly { return decided(pointOnly > commaOnly ? .point : .comma, .shownByValues) }
        if pointOnly > 0 { return decided(.point, .ambiguous) }
        switch (openWithComma > 0, openWithPoint > 0, separator) {
        case (false, false, _): return decided(.point, .sameInAll)
        case (true, false, .semicolon): return decided(.comma, .followsSeparator)
        // Who writes commas between fields hardly writes decimal commas, and programs write no thousands points.
        case (false, true, .comma) where !isWholeNumber: return decided(.point, .pointIsUsual)
        default: return decided(.point, .ambiguous)
        }
    }

    private func decided(_ mark: DecimalMark, _ decision: ColumnVerdict.Decision) -> FormatCount.Decided {
        let misfits = mark == .point ? pointMisfits : commaMisfits
        return FormatCount.Decided(
            format: ColumnFormat(decimalMark: mark), decision: decision, valueCount: valueCount,
            misfitCount: misfits.count, misfits: misfits.first, example: example)
    }
}
