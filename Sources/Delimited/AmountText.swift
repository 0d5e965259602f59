/// An amount as people write it: a number with a sign in front, behind or as brackets, and perhaps its currency.
package struct AmountText: Hashable, Sendable {
    package let number: WrittenNumber
    /// The currency that is written with it; nil where none is.
    package let currency: CurrencySign?

    /// The number in the spelling that the database is given, such as `-1234.50`.
    package var text: String { number.text }

    /// Reads an amount written with a decimal mark.
    init(_ text: ArraySlice<UInt8>, mark: DecimalMark) throws(ValueFault.Reason) {
        let characters = PlainText.characters(String(decoding: text, as: UTF8.self))
        if characters.first == "=" { throw .formula }
        guard var first = characters.firstIndex(where: Self.isDigit),
            let last = characters.lastIndex(where: Self.isDigit)
        else { throw .notANumber }
        // A mark before the digits is theirs, as in `.5`, unless it ends a sign, as in `Rs.500` and `S/.500`.
        if first > 0, Self.isMark(characters[first - 1]), first == 1 || !Self.mayEndInMark(characters[first - 2]) {
            first -= 1
        }
        var signs = Signs()
        try signs.read(front: Array(characters[..<first]))
        try signs.read(back: Array(characters[(last + 1)...]), mark: mark)
        let digits = characters[first...last].map { $0.asciiValue ?? 0 }
        number = try WrittenNumber(amount: digits[...], isNegative: signs.isNegative, mark: mark)
        currency = signs.currency
    }

    fileprivate static func isDigit(_ character: Character) -> Bool { character >= "0" && character <= "9" }

    private static func mayEndInMark(_ character: Character) -> Bool { character.isLetter || character == "/" }

    fileprivate static func isMark(_ character: Character) -> Bool { character == "." || character == "," }
}

/// What stands around the digits of an amount.
private struct Signs {
    private(set) var currency: CurrencySign?
    private var hasSign = false
    private var isMinus = false
    private var opened = 0
    private var closed = 0
    private var isCredit = false

    /// Whether the amount is below zero, in whichever way that is written.
    var isNegative: Bool { isMinus || opened > 0 || isCredit }

    /// Words that stand for the zeros of a number.
    private static let shortenings: Set<String> = [
        "k", "m", "mm", "mn", "mio", "mio.", "mill", "mln", "mrd", "mrd.", "b", "bn", "bln", "t", "tn", "tsd", "tsd.",
        "thousand", "million", "billion", "cr", "crore", "l", "lac", "lakh",
    ]

    mutating func read(front: [Character]) throws(ValueFault.Reason) {
        var rest = front[...]
        while let next = rest.first {
            if next == " " {
                rest = rest.dropFirst()
            } else if next == "-" || next == "+" {
                try addSign(next)
                rest = rest.dropFirst()
            } else if next == "(" {
                opened += 1
                rest = rest.dropFirst()
            } else {
                rest = try addCurrency(rest)
            }
        }
    }

    mutating func read(back: [Character], mark: DecimalMark) throws(ValueFault.Reason) {
        var rest = back[...]
        // `1.234,-` and `1,200.-` have no cents; a mark with nothing behind it is no end of a number.
        if let next = rest.first, AmountText.isMark(next) {
            guard next.asciiValue == mark.byte, rest.dropFirst().first == "-" else { throw .notANumber }
            rest = rest.dropFirst().drop { $0 == "-" }
        }
        while let next = rest.first {
            if next == " " {
                rest = rest.dropFirst()
            } else if next == "-" {
                try addSign(next)
                rest = rest.dropFirst()
            } else if next == ")" {
                closed += 1
                rest = rest.dropFirst()
            } else if next == "%" || next == "‰" {
                throw .percentage
            } else {
                rest = try addWord(rest)
            }
        }
        guard opened == closed, opened <= 1, [isMinus, opened > 0, isCredit].count(where: { $0 }) <= 1 else {
            throw .notANumber
        }
    }

    /// `CR` is a credit, `DR` none; what shortens a number is not read, and in rupees `CR` is ten millions.
    private mutating func addWord(_ text: ArraySlice<Character>) throws(ValueFault.Reason) -> ArraySlice<Character> {
        let word = String(text.prefix { $0 != " " && $0 != ")" })
        let isRupees = currency?.codes.contains("INR") == true
        if word == "CR" || word == "DR", !isRupees {
            guard !isCredit else { throw .notANumber }
            isCredit = word == "CR"
            return text.dropFirst(2)
        }
        if Self.shortenings.contains(word.lowercased()) { throw .shortened }
        return try addCurrency(text)
    }

    private mutating func addSign(_ sign: Character) throws(ValueFault.Reason) {
        guard !hasSign else { throw .notANumber }
        hasSign = true
        isMinus = sign == "-"
    }

    /// Takes the longest sign off the front of a text.
    private mutating func addCurrency(_ text: ArraySlice<Character>) throws(ValueFault.Reason) -> ArraySlice<Character>
    {
        for count in stride(from: min(CurrencySign.characterLimit, text.count), to: 0, by: -1) {
            guard let sign = CurrencySign.named(String(text.prefix(count))) else { continue }
            if let known = currency {
                guard let common = known.intersection(sign) else { throw .twoCurrencies }
                currency = common
            } else {
                currency = sign
            }
            return text.dropFirst(count)
        }
        throw .notANumber
    }
}
