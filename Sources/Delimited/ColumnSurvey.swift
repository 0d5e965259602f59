/// Looks at all values of one column while pass one goes over the file.
struct ColumnSurvey {
    private enum Count {
        case none
        case dates(DateCount)
        case numbers(DecimalCount)
        /// Words, of which some stand for no value.
        case words(MissingCount)
    }

    private let column: ResolvedColumn
    private var count: Count

    package init(column: ResolvedColumn, given: GivenFormats) {
        self.column = column
        guard column.fileIndex != nil else {
            count = .none
            return
        }
        let known = given.byColumn[column.definition.name]
        let dateFormat = known?.dateFormat ?? given.dateFormat
        let decimalMark = known?.decimalMark ?? given.decimalMark
        let isComputed = given.computed.contains(column.definition.name)
        func numbers(_ style: DecimalCount.Style) -> Count {
            .numbers(DecimalCount(given: decimalMark, style: style, isComputed: isComputed))
        }
        switch column.definition.type {
        case .date, .instant: count = .dates(DateCount(given: dateFormat, number: known?.dateNumber))
        case .month: count = .dates(DateCount(given: dateFormat, number: known?.dateNumber, takesMonths: true))
        case .integer: count = numbers(.whole)
        case .scale: count = numbers(.scale)
        case .decimal: count = numbers(.number)
        case .amount: count = numbers(.amount)
        case .boolean, .word, .priority, .email: count = .words(MissingCount())
        case .text, .name, .identifier, .currency: count = .none
        }
    }

    /// Looks at the column's value in a record.
    package mutating func add(_ record: Record) {
        switch count {
        case .none: return
        case .dates(var dates):
            let text = column.text(in: record)
            if text.isEmpty { return }
            // Take the payload out while it changes, so that its storage is not copied.
            count = .none
            dates.add(text, line: record.line)
            count = .dates(dates)
        case .numbers(var numbers):
            let text = column.text(in: record)
            if text.isEmpty { return }
            count = .none
            numbers.add(text, line: record.line)
            count = .numbers(numbers)
        case .words(var missing):
            let text = column.text(in: record)
            if text.isEmpty || !MissingText.isMissing(text) { return }
            missing.add(text, line: record.line)
            count = .words(missing)
        }
    }

    /// The file's column, where its values are looked at.
    package var surveyedIndex: Int? {
        if case .none = count { nil } else { column.fileIndex }
    }

    /// Whether plain values can be counted without being read: none is replaced by the mapping's words.
    package var takesPlainValues: Bool { column.words.isEmpty }

    /// Whether a value is one of those that nearly every file has: missing, a date as programs write it, or bare digits.
    package func isPlain(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        if start == end { return true }
        return switch count {
        case .none: true
        case .dates: WrittenInstant(plain: bytes, from: start, to: end) != nil
        case .numbers: WrittenNumber.bareInteger(bytes, from: start, to: end) != nil
        case .words: !MissingText.mayBegin(bytes[start])
        }
    }

    /// Counts so many plain values that are not missing.
    package mutating func addPlain(_ further: Int) {
        switch count {
        case .none, .words: return
        case .dates(var dates):
            count = .none
            dates.addPlain(further)
            count = .dates(dates)
        case .numbers(var numbers):
            count = .none
            numbers.addBare(further)
            count = .numbers(numbers)
        }
    }

    /// The verdict over all values so far.
    package var verdict: ColumnVerdict {
        let name = column.definition.name
        return switch count {
        case .none: ColumnVerdict(unformatted: name)
        case .words(let missing): ColumnVerdict(unformatted: name, missing: missing)
        case .dates(let dates): ColumnVerdict(column: name, decided: dates.decided(), isDate: true)
        case .numbers(let numbers): ColumnVerdict(column: name, decided: numbers.decided(), isDate: false)
        }
    }
}
