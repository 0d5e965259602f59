/// Why a text is not a value of its column's type.
package struct ValueFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stretch of time longer than a day.
    package enum Period: String, Hashable, Sendable {
        case week, month, quarter, year
    }

    package enum Reason: Error, Hashable, Sendable {
        case missing
        case notADate
        case twoDigitYear
        case yearOutOfRange(Int)
        case noSuchMonth(Int)
        case noSuchDay(day: Int, month: Int, year: Int)
        /// A date, but not written in the column's format.
        case otherDateFormat(DateFormat)
        /// A stretch of time where a day is needed.
        case notADay(Period)
        /// A day and a month without a year.
        case noYear
        /// Six digits, which may be a month or a day with a year of two digits.
        case sixDigits
        /// A number in a column whose other values are none; the day that it would be.
        case countsUnit(DateNumber, CalendarDay)
        /// A date beside the name of another day of the week than it is.
        case otherWeekday(Int)
        case notATime
        case noSuchTime
        case noSuchSecond
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
        /// An identifier that a spreadsheet has taken for a number and rounded.
        case spreadsheetNumber
        case controlCharacter
        case tooLong(limit: Int)
    }

    package let reason: Reason
    /// The text, on one line and shortened.
    package let excerpt: String

    /// The fault of a text.
    package init(_ reason: Reason, in text: some Sequence<UInt8>) {
        self.reason = reason
        let limit = 40
        let start = String(decoding: Array(text.prefix(4 * limit + 4)), as: UTF8.self)
        let shown = start.prefix(limit).map { $0.isNewline || $0.unicodeScalars.allSatisfy(Self.isControl) ? " " : $0 }
        excerpt = String(shown) + (start.count > limit ? "…" : "")
    }

    /// One line: what is wrong with which text, and what is accepted where that helps.
    package var description: String {
        switch reason {
        case .missing where excerpt.isEmpty: "a value is needed here"
        case .missing: "\"\(excerpt)\" is no value, and one is needed here"
        case .notADate: "\"\(excerpt)\" is not a date"
        case .twoDigitYear: "\"\(excerpt)\" has a year of two digits; write four"
        case .yearOutOfRange(let year): "year \(year) is not between 1900 and 2199 (\"\(excerpt)\")"
        case .noSuchMonth(let month): "month \(month) does not exist (\"\(excerpt)\")"
        case .noSuchDay(let day, let month, let year): "\(Self.date(day, month, year)) does not exist (\"\(excerpt)\")"
        case .otherDateFormat(let format): "\"\(excerpt)\" is not a date written \(format.name), like \(format.example)"
        case .notADay(let period): "\"\(excerpt)\" is a \(period.rawValue), not a day; write the day too"
        case .noYear: "\"\(excerpt)\" has no year; write one of four digits"
        case .sixDigits: "\"\(excerpt)\" may be a month or a day with a year of two digits; write it like 2025-12-31"
        case .countsUnit(let unit, let day):
            "\"\(excerpt)\" would be \(day) as \(unit.singular), and is read so only where every value of the column is one"
        case .otherWeekday(let number): "\"\(excerpt)\" is a \(Self.weekdayNames[number - 1])"
        case .notATime: "\"\(excerpt)\" is not a date and a time"
        case .noSuchSecond: "\"\(excerpt)\" has a second that does not exist"
        case .noSuchTime: "\"\(excerpt)\" has a time of day that does not exist"
        case .notANumber: "\"\(excerpt)\" is not a number"
        case .notAWholeNumber: "\"\(excerpt)\" is not a whole number"
        case .otherDecimalMark(let mark): "\"\(excerpt)\" is not a number with a decimal \(mark.rawValue)"
        case .tooManyDigits: "\"\(excerpt)\" has more digits than the \(WrittenNumber.digitLimit) a number may have"
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
        case .spreadsheetNumber:
            "\"\(excerpt)\" is an id that a spreadsheet has turned into a rounded number; keep its column as text and save again"
        case .controlCharacter: "\"\(excerpt)\" has a line break, tab or other control character in it"
        case .tooLong(let limit): "\"\(excerpt)\" is longer than \(limit) characters"
        }
    }

    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    private static let weekdayNames = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

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
