/// Counts which decimal marks the numbers of a column fit, and decides on one.
struct DecimalCount {
    /// What the numbers of a column are.
    enum Style {
        /// Whole numbers.
        case whole
        /// Whole numbers of a scale, perhaps with a label.
        case scale
        case number
        /// Amounts of money, as people write them.
        case amount
    }

    private let given: DecimalMark?
    private let style: Style
    private let isComputed: Bool
    private var valueCount = 0
    private var pointOnly = 0
    private var commaOnly = 0
    private var pointMisfits = FormatCount.Misfits()
    private var commaMisfits = FormatCount.Misfits()
    /// The first value such as `1,234` or `1.234`, which fits both marks and means different numbers.
    private var open: ValueExample?
    private var missing = MissingCount()

    /// Computed numbers have a decimal point, whatever is given for those of the file.
    init(given: DecimalMark?, style: Style, isComputed: Bool = false) {
        self.given = given
        self.style = style
        self.isComputed = isComputed
    }

    /// Counts a value that is not empty.
    package mutating func add(_ text: ArraySlice<UInt8>, line: Int) {
        if MissingText.isMissing(text) { return missing.add(text, line: line) }
        valueCount += 1
        if WrittenNumber.bareInteger(text) != nil { return }
        let point = number(text, .point, line: line)
        let comma = number(text, .comma, line: line)
        switch (point, comma) {
        case (nil, nil): break
        case (_?, nil): pointOnly += 1
        case (nil, _?): commaOnly += 1
        case (let point?, let comma?):
            if point == comma { return }
            if hasCommaBetweenThousands(text) {
                pointOnly += 1
                return
            }
            guard open == nil else { return }
            open = ValueExample(
                line: line, text: String(decoding: text, as: UTF8.self), readings: [point.text, comma.text])
        }
    }

    /// Whether the currency of an amount such as `£1,200` tells that its comma stands between thousands.
    private func hasCommaBetweenThousands(_ text: ArraySlice<UInt8>) -> Bool {
        guard style == .amount, text.contains(DecimalMark.comma.byte) else { return false }
        return (try? AmountText(text, mark: .point))?.currency?.hasCommasBetweenThousands == true
    }

    /// Counts values of digits alone, which mean the same with both marks.
    mutating func addBare(_ count: Int) {
        valueCount += count
    }

    private mutating func number(_ text: ArraySlice<UInt8>, _ mark: DecimalMark, line: Int) -> WrittenNumber? {
        let reason: ValueFault.Reason
        do {
            let number =
                switch style {
                case .amount: try AmountText(text, mark: mark).number
                case .scale: try WrittenNumber(ScaleText.number(in: text), mark: mark)
                case .whole: try WrittenNumber(text, mark: mark)
                case .number: try WrittenNumber(text, mark: mark, mayHavePower: true)
                }
            if style == .number || style == .amount || number.isWhole { return number }
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

    /// The mark that most numbers fit. Where every number with a mark fits both and means something else with each, as
    /// in a column of whole thousands, nothing tells which is meant: neither the separator nor what is usual.
    func decided() -> FormatCount.Decided {
        if isComputed { return decided(.point, .sameInAll) }
        if let given { return decided(given, .given) }
        if valueCount == 0 { return decided(.point, .noValues) }
        if pointOnly != commaOnly { return decided(pointOnly > commaOnly ? .point : .comma, .shownByValues) }
        return decided(.point, pointOnly > 0 || open != nil ? .ambiguous : .sameInAll)
    }

    private func decided(_ mark: DecimalMark, _ decision: ColumnVerdict.Decision) -> FormatCount.Decided {
        FormatCount.Decided(
            format: ColumnFormat(decimalMark: mark), name: "decimal \(mark.rawValue)", decision: decision,
            valueCount: valueCount, misfits: mark == .point ? pointMisfits : commaMisfits, example: open,
            missing: missing)
    }
}
