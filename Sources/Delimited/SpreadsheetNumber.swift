/// What a spreadsheet makes of a long number.
enum SpreadsheetNumber {
    /// Whether a text is a number as a spreadsheet shows one that is too long for its cell: `7.88E+09`, `1E+12`.
    static func isRounded(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count >= 5, text.count <= 22, let power = text.lastIndex(of: 0x2B), power > text.startIndex,
            text[power - 1] | 0x20 == 0x65, let first = text.first, isDigit(first), first != 0x30
        else { return false }
        let digits = text[(power + 1)...]
        guard (2...3).contains(digits.count), digits.allSatisfy(isDigit) else { return false }
        let fraction = text[(text.startIndex + 1)..<(power - 1)]
        guard let mark = fraction.first else { return true }
        return (mark == 0x2E || mark == 0x2C) && fraction.count > 1 && fraction.dropFirst().allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

/// Watches the identifiers of a column for digits that a spreadsheet has made zeros: of a number it keeps fifteen.
///
/// No single id tells, as one may well end in zeros; that all long ones do does not come about by chance.
package struct RoundedIdentifierWatch {
    private var examples: Set<String> = []
    private var example = ""
    private var zeroCount = 0
    private var isRuledOut = false

    private static let keptDigitCount = 15
    private static let exampleLimit = 16
    /// The zeros, over different ids, that are no chance any more: one in a thousand.
    private static let tellingZeroCount = 3

    /// Nothing looked at yet.
    package init() {}

    /// Looks at an identifier.
    package mutating func add(_ identifier: String) {
        let digits = identifier.utf8
        guard digits.count > Self.keptDigitCount, !isRuledOut,
            digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return }
        guard digits.dropFirst(Self.keptDigitCount).allSatisfy({ $0 == 0x30 }) else {
            isRuledOut = true
            return
        }
        guard examples.count < Self.exampleLimit, examples.insert(identifier).inserted else { return }
        if example.isEmpty { example = identifier }
        zeroCount += digits.count - Self.keptDigitCount
    }

    /// What the receipt says of a column where they look rounded; nil where they do not.
    package func note(column: String) -> String? {
        guard !isRuledOut, zeroCount >= Self.tellingZeroCount else { return nil }
        return "\(column): all ids of more than \(Self.keptDigitCount) digits end in zeros, like \"\(example)\": a "
            + "spreadsheet may have rounded them, and different ids have become one; compare with the source"
    }
}
