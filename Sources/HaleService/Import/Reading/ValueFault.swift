/// Why a text is not a value of its column's type.
public struct ValueFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reasons.
    public enum Reason: Error, Hashable, Sendable {
        case missing
        case notADate
        case twoDigitYear
        case yearOutOfRange(Int)
        case noSuchMonth(Int)
        case noSuchDay(day: Int, month: Int, year: Int)
        /// A date, but not written in the column's format.
        case otherDateFormat(DateFormat)
        case notATime
        case noSuchTime
        case notANumber
        case notAWholeNumber
        /// A number, but written with the other decimal mark.
        case otherDecimalMark(DecimalMark)
        case tooManyDigits
        /// A formula of a spreadsheet in place of its value.
        case formula
        case percentage
        /// A number whose zeros are written as a word or letter.
        case shortened
        /// An amount with the signs of two currencies.
        case twoCurrencies
        /// An amount whose sign is not one of the currency of its row.
        case otherCurrency(String)
        /// A fact of a day that has not come; the day is the last that it may have.
        case afterTomorrow(String)
        case below(Int)
        case above(Int)
        case notABoolean
        case unknownWord(accepted: [String])
        case notAnEmailAddress
        case notACurrency
        case controlCharacter
        case tooLong(limit: Int)
    }

    /// The reason.
    public let reason: Reason
    /// The text, on one line and shortened.
    public let excerpt: String

    /// The fault of a text.
    init(_ reason: Reason, in text: some Sequence<UInt8>) {
        self.reason = reason
        let limit = 40
        let start = String(decoding: Array(text.prefix(4 * limit + 4)), as: UTF8.self)
        let shown = start.prefix(limit).map { $0.isNewline || $0.unicodeScalars.allSatisfy(Self.isControl) ? " " : $0 }
        excerpt = String(shown) + (start.count > limit ? "…" : "")
    }

    /// One line: what is wrong with which text, and what is accepted where that helps.
    public var description: String {
        switch reason {
        case .missing: "a value is needed here"
        case .notADate: "\"\(excerpt)\" is not a date"
        case .twoDigitYear: "\"\(excerpt)\" has a year of two digits; write four"
        case .yearOutOfRange(let year): "year \(year) is not between 1900 and 2200 (\"\(excerpt)\")"
        case .noSuchMonth(let month): "month \(month) does not exist (\"\(excerpt)\")"
        case .noSuchDay(let day, let month, let year): "\(Self.date(day, month, year)) does not exist (\"\(excerpt)\")"
        case .otherDateFormat(let format): "\"\(excerpt)\" is not a date written \(format.name), like \(format.example)"
        case .notATime: "\"\(excerpt)\" is not a date and a time"
        case .noSuchTime: "\"\(excerpt)\" has a time of day that does not exist"
        case .notANumber: "\"\(excerpt)\" is not a number"
        case .notAWholeNumber: "\"\(excerpt)\" is not a whole number"
        case .otherDecimalMark(let mark): "\"\(excerpt)\" is not a number with a decimal \(mark.rawValue)"
        case .tooManyDigits: "\"\(excerpt)\" has more digits than the \(NumberText.digitLimit) a number may have"
        case .formula: "\"\(excerpt)\" is a formula; save the file with values"
        case .percentage: "\"\(excerpt)\" is a percentage, not an amount"
        case .shortened: "\"\(excerpt)\" is shortened; write all digits"
        case .twoCurrencies: "\"\(excerpt)\" has the signs of two currencies"
        case .otherCurrency(let code): "\"\(excerpt)\" is not an amount in \(code), the currency of its row"
        case .afterTomorrow(let last): "\"\(excerpt)\" is later than \(last), and a fact of the future is none"
        case .below(let least): "\"\(excerpt)\" is less than \(least)"
        case .above(let most): "\"\(excerpt)\" is more than \(most)"
        case .notABoolean: "\"\(excerpt)\" is neither true nor false; write true or false, yes or no, 1 or 0"
        case .unknownWord(let accepted): "\"\(excerpt)\" is not one of \(accepted.joined(separator: ", "))"
        case .notAnEmailAddress: "\"\(excerpt)\" is not an e-mail address"
        case .notACurrency: "\"\(excerpt)\" is not a currency code of three letters, like EUR"
        case .controlCharacter: "\"\(excerpt)\" has a line break, tab or other control character in it"
        case .tooLong(let limit): "\"\(excerpt)\" is longer than \(limit) characters"
        }
    }

    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// The year is named only where it decides: for 29 February.
    private static func date(_ day: Int, _ month: Int, _ year: Int) -> String {
        let name = monthNames[month - 1]
        return month == 2 && day == 29 ? "\(day) \(name) \(year)" : "\(day) \(name)"
    }
}
