/// The type of an import's column: which texts it accepts and how it writes them.
package enum ValueType: Hashable, Sendable {
    /// Any text, such as a comment: at most 100,000 characters.
    case text
    /// What something is called or belongs to: a text of at most 1,000 characters.
    case name
    /// A key given by another system: at most 200 characters, none of them a control character.
    case identifier
    /// A day; a time of day behind it is dropped, the day stays as written.
    case date
    /// A day, or a day and a time with or without an offset.
    case instant
    /// A month: any of its days, or the month alone, which is its first day.
    case month
    /// A whole number within bounds.
    case integer(min: Int? = nil, max: Int? = nil)
    /// A whole number of a scale, perhaps with a label before or behind it, such as `10 - Extremely likely`.
    case scale(min: Int, max: Int)
    /// A number, perhaps with a currency sign, and its lower bound.
    case decimal(min: Int? = nil)
    /// An amount of money as people write it, perhaps with its currency, and its lower bound.
    case amount(min: Int? = nil)
    /// True or false, in the usual spellings.
    case boolean
    /// One of some words, each with other spellings it is accepted in; case, spaces, `_` and `-` do not matter.
    case word([String: [String]])
    /// The priority of a ticket, written as 1 (urgent), 2 (high) or 3.
    case priority
    /// An e-mail address, written in lower case.
    case email
    /// A currency code of three letters, written in upper case.
    case currency

    /// The longest identifier, in characters.
    package static let identifierCharacterLimit = 200

    /// The text in the one spelling that the database is given; nil for an empty text.
    package func canonical(_ text: String, format: ColumnFormat = ColumnFormat()) -> Result<String?, ValueFault> {
        canonical(Array(text.utf8)[...], format: format)
    }

    /// The text in the one spelling that the database is given; nil for an empty text.
    package func canonical(_ text: ArraySlice<UInt8>, format: ColumnFormat) -> Result<String?, ValueFault> {
        let trimmed = UnseenText.trimmed(text)
        guard !trimmed.isEmpty, !isMissing(trimmed) else { return .success(nil) }
        do throws(ValueFault) {
            return .success(try read(trimmed, format: format))
        } catch {
            return .failure(error)
        }
    }

    /// The instant that a text of a column of days, instants or months means; nil for one that stands for none.
    static func instant(
        _ text: ArraySlice<UInt8>, format: ColumnFormat, takesMonths: Bool = false
    ) -> Result<CalendarInstant?, ValueFault> {
        let trimmed = UnseenText.trimmed(text)
        guard !trimmed.isEmpty, !MissingText.isMissingDate(trimmed) else { return .success(nil) }
        do throws(ValueFault) {
            return .success(try CalendarInstant(trimmed, format: format, takesMonths: takesMonths))
        } catch {
            return .failure(error)
        }
    }

    /// The amount that a text of a column of type `amount` means, with its currency; nil for one that stands for none.
    package static func amount(
        _ text: String, format: ColumnFormat = ColumnFormat()
    ) -> Result<AmountText?, ValueFault> {
        amount(Array(text.utf8)[...], min: nil, format: format)
    }

    /// The same with a lower bound.
    static func amount(
        _ text: ArraySlice<UInt8>, min: Int?, format: ColumnFormat
    ) -> Result<AmountText?, ValueFault> {
        let trimmed = UnseenText.trimmed(text)
        guard !trimmed.isEmpty, !MissingText.isMissing(trimmed) else { return .success(nil) }
        do throws(ValueFault) {
            return .success(try amount(trimmed, mark: format.decimalMark, min: min))
        } catch {
            return .failure(error)
        }
    }

    private func isMissing(_ text: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .text, .name, .identifier, .currency: false
        case .date, .instant, .month: MissingText.isMissingDate(text)
        case .integer, .scale, .decimal, .amount, .boolean, .word, .priority, .email: MissingText.isMissing(text)
        }
    }

    private func read(_ text: ArraySlice<UInt8>, format: ColumnFormat) throws(ValueFault) -> String {
        switch self {
        case .text: return try Self.prose(text)
        case .name: return try Self.name(text)
        case .identifier: return try Self.identifier(text)
        case .date: return try CalendarInstant(text, format: format).day.description
        case .instant: return try CalendarInstant(text, format: format).description
        case .month: return try CalendarInstant(text, format: format, takesMonths: true).day.description
        case .integer(let min, let max):
            return try Self.integer(text, mark: format.decimalMark, min: min, max: max)
        case .scale(let min, let max):
            return try Self.scale(text, mark: format.decimalMark, min: min, max: max)
        case .decimal(let min):
            let number = try Self.number(text, mark: format.decimalMark, mayHavePower: true)
            if let min, number.isLess(than: min) { throw ValueFault(.below(min), in: text) }
            return number.text
        case .amount(let min): return try Self.amount(text, mark: format.decimalMark, min: min).number.text
        case .boolean: return try Self.boolean(text)
        case .word(let spellings): return try Self.word(text, spellings: spellings)
        case .priority:
            guard let priority = PriorityWords.value(of: text) else {
                throw ValueFault(.unknownWord(accepted: PriorityWords.accepted), in: text)
            }
            return String(priority)
        case .email: return try Self.email(text)
        case .currency: return try Self.currency(text)
        }
    }

    private static func prose(_ text: ArraySlice<UInt8>) throws(ValueFault) -> String {
        let limit = ReadingLimits.textCharacterLimit
        let prose = String(decoding: UnseenText.prose(text), as: UTF8.self)
        // A character has one byte at least, so that most texts need not be counted.
        guard text.count <= limit || prose.count <= limit else { throw ValueFault(.tooLong(limit: limit), in: text) }
        return prose
    }

    private static func name(_ text: ArraySlice<UInt8>) throws(ValueFault) -> String {
        let limit = ReadingLimits.nameCharacterLimit
        let name = String(decoding: UnseenText.prose(text), as: UTF8.self)
        guard text.count <= limit || name.count <= limit else { throw ValueFault(.tooLong(limit: limit), in: text) }
        return name
    }

    private static func identifier(_ given: ArraySlice<UInt8>) throws(ValueFault) -> String {
        let text = UnseenText.key(given)
        if SpreadsheetNumber.isRounded(text) { throw ValueFault(.spreadsheetNumber, in: text) }
        let isPlain = text.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        let identifier = String(decoding: text, as: UTF8.self)
        if !isPlain, identifier.unicodeScalars.contains(where: ValueFault.isControl) {
            throw ValueFault(.controlCharacter, in: text)
        }
        guard text.count <= identifierCharacterLimit || identifier.count <= identifierCharacterLimit else {
            throw ValueFault(.tooLong(limit: identifierCharacterLimit), in: text)
        }
        return identifier
    }

    private static func number(
        _ text: ArraySlice<UInt8>, mark: DecimalMark, mayHavePower: Bool = false
    ) throws(ValueFault) -> WrittenNumber {
        do {
            return try WrittenNumber(text, mark: mark, mayHavePower: mayHavePower)
        } catch {
            let other = try? WrittenNumber(text, mark: mark.other, mayHavePower: mayHavePower)
            let isOther = error == .notANumber && other != nil
            throw ValueFault(isOther ? .otherDecimalMark(mark) : error, in: text)
        }
    }

    private static func amount(
        _ text: ArraySlice<UInt8>, mark: DecimalMark, min: Int?
    ) throws(ValueFault) -> AmountText {
        let amount: AmountText
        do {
            amount = try AmountText(text, mark: mark)
        } catch {
            let isOther = error == .notANumber && (try? AmountText(text, mark: mark.other)) != nil
            throw ValueFault(isOther ? .otherDecimalMark(mark) : error, in: text)
        }
        if let min, amount.number.isLess(than: min) { throw ValueFault(.below(min), in: text) }
        return amount
    }

    private static func integer(
        _ text: ArraySlice<UInt8>, mark: DecimalMark, min: Int?, max: Int?
    ) throws(ValueFault) -> String {
        // Bare digits are what nearly every file has, and the volume kinds have them by the million.
        if let value = WrittenNumber.bareInteger(text), value >= min ?? 0, value <= max ?? value {
            return String(value)
        }
        let number: WrittenNumber
        do throws(ValueFault) {
            number = try Self.number(text, mark: mark)
        } catch {
            // With a fraction behind the other mark it is no whole number either way.
            guard case .otherDecimalMark = error.reason else { throw error }
            let other = try? WrittenNumber(text, mark: mark.other, mayHavePower: false)
            throw other?.isWhole == false ? ValueFault(.notAWholeNumber, in: text) : error
        }
        guard number.isWhole else { throw ValueFault(.notAWholeNumber, in: text) }
        guard let value = number.integer else { throw ValueFault(.tooManyDigits, in: text) }
        if let min, value < min { throw ValueFault(.below(min), in: text) }
        if let max, value > max { throw ValueFault(.above(max), in: text) }
        return String(value)
    }

    /// A label that has a number and other digits beside it is none of a scale.
    private static func scale(
        _ text: ArraySlice<UInt8>, mark: DecimalMark, min: Int, max: Int
    ) throws(ValueFault) -> String {
        do throws(ValueFault) {
            return try integer(ScaleText.number(in: text, max: max), mark: mark, min: min, max: max)
        } catch {
            throw ValueFault(error.reason, in: text)
        }
    }

    private static func boolean(_ text: ArraySlice<UInt8>) throws(ValueFault) -> String {
        guard let isTrue = BooleanWords.value(of: String(decoding: text, as: UTF8.self)) else {
            throw ValueFault(.notABoolean, in: text)
        }
        return isTrue ? "true" : "false"
    }

    private static func word(_ text: ArraySlice<UInt8>, spellings: [String: [String]]) throws(ValueFault) -> String {
        let wanted = normalisedWord(String(decoding: text, as: UTF8.self))
        if let word = spellings.keys.first(where: { normalisedWord($0) == wanted }) { return word }
        let match = spellings.first { $0.value.contains { normalisedWord($0) == wanted } }
        guard let match else { throw ValueFault(.unknownWord(accepted: spellings.keys.sorted()), in: text) }
        return match.key
    }

    private static func normalisedWord(_ word: String) -> String {
        Header.normalised(word).filter { $0 != "-" }
    }

    private static func email(_ text: ArraySlice<UInt8>) throws(ValueFault) -> String {
        let address = String(decoding: UnseenText.key(text), as: UTF8.self).lowercased()
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !address.contains(where: \.isWhitespace),
            !address.unicodeScalars.contains(where: ValueFault.isControl), !address.contains(where: "<>,;\"".contains),
            !parts[1].hasPrefix("."), !parts[1].hasSuffix("."), !parts[1].contains("..")
        else { throw ValueFault(.notAnEmailAddress, in: text) }
        return address
    }

    private static func currency(_ text: ArraySlice<UInt8>) throws(ValueFault) -> String {
        let isLetters = text.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
        guard text.count == 3, isLetters else { throw ValueFault(.notACurrency, in: text) }
        return String(decoding: text, as: UTF8.self).uppercased()
    }
}
