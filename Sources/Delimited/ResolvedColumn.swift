/// A column of an import kind with the place its values come from.
package struct ResolvedColumn: Hashable, Sendable {
    /// Where the values come from.
    package enum Source: Hashable, Sendable {
        /// A column of the file, counted from 0.
        case fileColumn(Int)
        /// The same value for every record, as the mapping has it; nil says that the value is missing.
        case constant(String?)
        /// An SQL expression over the file's columns, for PostgreSQL to evaluate.
        case derived(String)
        /// The file has no such column, and the kind does not need it.
        case none
    }

    /// The column of the kind.
    package let definition: ColumnDefinition
    /// Where its values come from.
    package let source: Source
    /// What words of the file stand for, before the type reads them; nil says that the value is missing.
    package let words: [String: String?]

    /// A column and its source.
    package init(definition: ColumnDefinition, source: Source, words: [String: String?] = [:]) {
        self.definition = definition
        self.source = source
        self.words = words
    }

    /// The index of the column in the file; nil when its values come from elsewhere.
    package var fileIndex: Int? {
        if case .fileColumn(let index) = source { index } else { nil }
    }

    /// The text that the type is given for a record: the file's, or the word that the mapping puts in its place; empty
    /// when it is missing.
    package func text(in record: Record) -> ArraySlice<UInt8> {
        guard let index = fileIndex else { return [] }
        let text = record.utf8(index)
        guard !words.isEmpty, let word = words[String(decoding: UnseenText.key(text), as: UTF8.self)] else {
            return text
        }
        return Array((word ?? "").utf8)[...]
    }

    /// The canonical value in a record, nil when it is missing; a required one that is missing is a fault.
    /// A constant is read with the same rules, a derived value is not known here and nil.
    package func value(in record: Record, format: ColumnFormat) -> Result<String?, ValueFault> {
        switch source {
        case .fileColumn: return checked(record, definition.type.canonical(text(in: record), format: format))
        // Constants are written by hand in a mapping, where dates are ISO and decimals have a point.
        case .constant(let text): return checked(record, definition.type.canonical(text ?? ""))
        case .derived, .none: return .success(nil)
        }
    }

    /// The same for a column of instants, as the instant that the canonical value spells.
    package func instant(in record: Record, format: ColumnFormat) -> Result<CalendarInstant?, ValueFault> {
        let takesMonths = definition.type == .month
        switch source {
        case .fileColumn:
            return checked(record, ValueType.instant(text(in: record), format: format, takesMonths: takesMonths))
        case .constant(let text):
            return checked(
                record,
                ValueType.instant(Array((text ?? "").utf8)[...], format: ColumnFormat(), takesMonths: takesMonths))
        case .derived, .none: return .success(nil)
        }
    }

    /// The same for a column of amounts, as the amount with the currency that is written with it.
    package func amount(in record: Record, min: Int?, format: ColumnFormat) -> Result<AmountText?, ValueFault> {
        switch source {
        case .fileColumn: return checked(record, ValueType.amount(text(in: record), min: min, format: format))
        case .constant(let text):
            return checked(record, ValueType.amount(Array((text ?? "").utf8)[...], min: min, format: ColumnFormat()))
        case .derived, .none: return .success(nil)
        }
    }

    /// The canonical value of a date or instant that is no later than a fact can be.
    package func value(in record: Record, format: ColumnFormat, latest: LatestFact) -> Result<String?, ValueFault> {
        guard definition.ahead != .anyTime else { return value(in: record, format: format) }
        return instant(in: record, format: format).flatMap { instant in
            guard let instant else { return .success(nil) }
            let isDay = definition.type != .instant
            let written = isDay ? WrittenInstant(day: instant.day) : WrittenInstant(instant)
            guard latest.allows(written, ahead: definition.ahead) else {
                return .failure(ValueFault(.afterTomorrow(latest.text(definition.ahead)), in: text(in: record)))
            }
            return .success(isDay ? instant.day.description : instant.description)
        }
    }

    /// The result, or the fault that a value is needed where there is none: the text may be one that stands for none.
    private func checked<Value>(_ record: Record, _ result: Result<Value?, ValueFault>) -> Result<Value?, ValueFault> {
        guard definition.isRequired, case .success(nil) = result else { return result }
        let written = text(in: record)
        return .failure(ValueFault(.missing, in: written.allSatisfy { $0 <= 0x20 } ? [] : written))
    }
}
