/// A number as written in a file: sign, digits, thousands separators, decimal mark and a currency sign.
struct NumberText: Equatable {
    /// The most digits a number may have.
    static let digitLimit = 40

    private let isNegative: Bool
    private let whole: [UInt8]
    private let fraction: [UInt8]

    /// Reads a number written with a decimal mark; the other mark, a space or an apostrophe may stand between thousands.
    init(_ text: ArraySlice<UInt8>, mark: DecimalMark) throws(ValueFault.Reason) {
        let (core, isNegative) = try Self.core(of: text)
        var wholePart = core
        var fraction: [UInt8] = []
        if let place = core.firstIndex(of: mark.byte) {
            wholePart = core[..<place]
            fraction = Array(core[core.index(after: place)...])
            guard !fraction.isEmpty, fraction.allSatisfy(Self.isDigit) else { throw .notANumber }
        }
        let whole = try Self.digits(of: wholePart, mark: mark, isOptional: !fraction.isEmpty)
        guard whole.count + fraction.count <= Self.digitLimit else { throw .tooManyDigits }
        self.isNegative = isNegative && (whole + fraction).contains { $0 != 0x30 }
        self.whole = Array(whole.drop { $0 == 0x30 })
        self.fraction = fraction
    }

    /// The number with a decimal point and without anything else, such as `-1234.50`.
    var text: String {
        var bytes: [UInt8] = isNegative ? [0x2D] : []
        bytes.append(contentsOf: whole.isEmpty ? [0x30] : whole)
        if !fraction.isEmpty {
            bytes.append(0x2E)
            bytes.append(contentsOf: fraction)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The number without a fraction; nil when it has one, or does not fit 64 bits.
    var integer: Int? {
        guard fraction.allSatisfy({ $0 == 0x30 }) else { return nil }
        return Int((isNegative ? "-" : "") + (whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)))
    }

    /// Whether the fraction is nothing but zeros.
    var isWhole: Bool { fraction.allSatisfy { $0 == 0x30 } }

    /// Whether the number is less than a whole one.
    func isLess(than bound: Int) -> Bool {
        let other = String(bound.magnitude)
        let digits = String(decoding: whole, as: UTF8.self)
        let otherDigits = bound == 0 ? "" : other
        if isNegative != (bound < 0) { return isNegative }
        let order = (digits.count, digits) < (otherDigits.count, otherDigits)
        let isSame = digits == otherDigits
        return isNegative ? !order && (!isSame || !isWhole) : order
    }

    /// The value of a text of digits alone that is sure to fit 64 bits; nil for any other text.
    static func bareInteger(_ text: ArraySlice<UInt8>) -> Int? {
        guard !text.isEmpty, text.count <= 18 else { return nil }
        var value = 0
        for byte in text {
            guard isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    /// The same of a part of a text.
    static func bareInteger(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        guard end > start, end - start <= 18 else { return nil }
        var value = 0
        for index in start..<end {
            let byte = bytes[index]
            guard isDigit(byte) else { return nil }
            value = value &* 10 &+ Int(byte &- 0x30)
        }
        return value
    }

    private static let currencySigns = ["$", "€", "£"].map { Array($0.utf8) }
    private static let spaces: [[UInt8]] = [[0x20], [0xC2, 0xA0], [0xE2, 0x80, 0xAF], [0xE2, 0x80, 0x89]]
    private static let apostrophes: [[UInt8]] = [[0x27], [0xE2, 0x80, 0x99]]

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Takes off one sign, one currency sign before or behind, and the spaces between.
    private static func core(
        of text: ArraySlice<UInt8>
    ) throws(ValueFault.Reason) -> (core: ArraySlice<UInt8>, isNegative: Bool) {
        var rest = text
        var isNegative: Bool?
        var hasCurrency = false
        front: while let first = rest.first, !isDigit(first) {
            if first == 0x2D || first == 0x2B, isNegative == nil {
                isNegative = first == 0x2D
                rest = rest.dropFirst()
            } else if let sign = currencySigns.first(where: { rest.starts(with: $0) }), !hasCurrency {
                hasCurrency = true
                rest = rest.dropFirst(sign.count)
            } else if let space = spaces.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(space.count)
            } else {
                break front
            }
        }
        back: while let last = rest.last, !isDigit(last) {
            if let sign = currencySigns.first(where: { rest.suffix($0.count) == $0[...] }), !hasCurrency {
                hasCurrency = true
                rest = rest.dropLast(sign.count)
            } else if let space = spaces.first(where: { rest.suffix($0.count) == $0[...] }) {
                rest = rest.dropLast(space.count)
            } else {
                break back
            }
        }
        guard !rest.isEmpty else { throw .notANumber }
        return (rest, isNegative ?? false)
    }

    /// The digits of a whole part, whose thousands are all separated in one way or not at all.
    private static func digits(
        of part: ArraySlice<UInt8>, mark: DecimalMark, isOptional: Bool
    ) throws(ValueFault.Reason) -> [UInt8] {
        guard !part.isEmpty else {
            guard isOptional else { throw .notANumber }
            return []
        }
        guard let place = part.firstIndex(where: { !isDigit($0) }) else { return Array(part) }
        let separators = [[mark.other.byte]] + spaces + apostrophes
        guard let separator = separators.first(where: { part[place...].starts(with: $0) }) else { throw .notANumber }
        var digits = Array(part[..<place])
        guard (1...3).contains(digits.count), digits[0] != 0x30 else { throw .notANumber }
        var rest = part[place...]
        while !rest.isEmpty {
            guard rest.starts(with: separator) else { throw .notANumber }
            let group = rest.dropFirst(separator.count).prefix(3)
            guard group.count == 3, group.allSatisfy(isDigit) else { throw .notANumber }
            digits.append(contentsOf: group)
            rest = rest[group.endIndex...]
        }
        return digits
    }
}
