/// Looks at all values of one column while pass one goes over the file.
struct ColumnSurvey {
    private enum Count {
        case none
        case dates(DateCount)
        case numbers(DecimalCount)
    }

    private let column: ResolvedColumn
    private var count: Count

    init(column: ResolvedColumn, given: GivenFormats, separator: Separator) {
        self.column = column
        guard column.fileIndex != nil else {
            count = .none
            return
        }
        let known = given.byColumn[column.definition.name]
        let dateFormat = known?.dateFormat ?? given.dateFormat
        let decimalMark = known?.decimalMark ?? given.decimalMark
        switch column.definition.type {
        case .date, .instant:
            count = .dates(DateCount(given: dateFormat))
        case .integer:
            count = .numbers(DecimalCount(given: decimalMark, isWholeNumber: true, separator: separator))
        case .decimal:
            count = .numbers(DecimalCount(given: decimalMark, isWholeNumber: false, separator: separator))
        case .text, .identifier, .boolean, .word, .email, .currency:
            count = .none
        }
    }

    /// Looks at the column's value in a record.
    mutating func add(_ record: Record) {
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
        }
    }

    /// The verdict over all values so far.
    var verdict: ColumnVerdict {
        let name = column.definition.name
        return switch count {
        case .none: ColumnVerdict(unformatted: name)
        case .dates(let dates): ColumnVerdict(column: name, decided: dates.decided(), isDate: true)
        case .numbers(let numbers): ColumnVerdict(column: name, decided: numbers.decided(), isDate: false)
        }
    }
}
