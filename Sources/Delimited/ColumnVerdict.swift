/// How the values of one column are written, found from all of them.
package struct ColumnVerdict: Hashable, Sendable {
    /// Why the format was chosen.
    package enum Decision: Hashable, Sendable {
        /// The type is written in one way only.
        case notNeeded
        /// A flag or the mapping says so.
        case given
        /// The column has no values.
        case noValues
        /// The values mean the same in every format.
        case sameInAll
        /// The values show it: no other format fits as many.
        case shownByValues
        /// Several formats fit equally well and mean different things; the user has to say.
        case ambiguous
    }

    /// A value that does not fit the format.
    package struct Misfit: Hashable, Sendable {
        /// The line of its record.
        package let line: Int
        /// Why it does not fit.
        package let fault: ValueFault
    }

    /// The column of the kind.
    package let column: String
    /// The format to read the column with; of an ambiguous column the one to assume nothing from.
    package let format: ColumnFormat
    /// Why.
    package let decision: Decision
    /// The values, missing ones left out.
    package let valueCount: Int
    /// The values that do not fit the format.
    package let misfitCount: Int
    /// The first misfits, at most 20.
    package let misfits: [Misfit]

    private let isDate: Bool
    private let example: ValueExample?
    private let missing: MissingCount
    /// How receipts call the format.
    private let name: String?

    init(column: String, decided: FormatCount.Decided, isDate: Bool) {
        self.column = column
        self.isDate = isDate
        format = decided.format
        decision = decided.decision
        valueCount = decided.valueCount
        misfitCount = decided.misfits.count
        misfits = decided.misfits.first
        example = decided.example
        missing = decided.missing
        name = decided.name
    }

    init(unformatted column: String, missing: MissingCount = MissingCount()) {
        self.column = column
        isDate = false
        format = ColumnFormat()
        decision = .notNeeded
        valueCount = 0
        misfitCount = 0
        misfits = []
        example = nil
        self.missing = missing
        name = nil
    }

    /// The problem of an ambiguous column: what the user has to say before the file can be read.
    package func problem(file: String) -> ImportProblem? {
        guard decision == .ambiguous else { return nil }
        let readings = example.map(\.readings).flatMap { $0.isEmpty ? nil : " (\($0.joined(separator: " or ")))" } ?? ""
        let shown = example.map { ", like \"\($0.text)\"\(readings)," } ?? ""
        let line = example?.line
        if isDate {
            return ImportProblem(
                .ambiguousDates, file: file, line: line, column: column,
                "dates\(shown) can be day first or month first; say --date-format dmy or --date-format mdy")
        }
        return ImportProblem(
            .ambiguousDecimals, file: file, line: line, column: column,
            "numbers\(shown) can have a decimal comma or a decimal point; say --decimal comma or --decimal point")
    }

    /// What the receipt says of values that stand for none, such as `n/a`; nil where there are none.
    package var missingText: String? {
        missing.first.map {
            "\(column): \(missing.count) \(missing.count == 1 ? "value" : "values") such as \"\($0.text)\", left empty"
        }
    }

    /// What the receipt says of the column; nil where nothing had to be found out.
    package var text: String? { formatText.map { "\(column): \($0)" } }

    /// The same without the column's name.
    package var formatText: String? {
        guard let name else { return nil }
        return switch decision {
        case .notNeeded, .noValues, .sameInAll: nil
        case .given: "\(name), as given"
        case .shownByValues: name
        case .ambiguous: "ambiguous"
        }
    }
}

/// A value of a column that shows what the column is like.
struct ValueExample: Hashable, Sendable {
    let line: Int
    package let text: String
    /// What it may mean, where that is open.
    var readings: [String] = []
}
