/// A number as written in a file: sign, digits, thousands separators, decimal mark and a currency sign.
package struct WrittenNumber: Hashable {
    /// The most digits a number may have.
    package static let digitLimit = 40

    private let isNegative: Bool
    private let whole: [UInt8]
    private let fraction: [UInt8]

    /// Reads a number written with a decimal mark; the other mark, a space or an apostrophe may stand between thousands,
    /// and where that is allowed a power of ten behind it, as in `5.6E-05`.
    package init(_ text: ArraySlice<UInt8>, mark: DecimalMark, mayHavePower: Bool = false) throws(ValueFault.Reason) {
        let (core, isNegative) = try Self.core(of: text)
        if mayHavePower, core.contains(where: { $0 | 0x20 == 0x65 }) {
            try self.init(amount: core, isNegative: isNegative, mark: mark)
            return
        }
        let (whole, fraction) = try Self.parts(of: core, mark: mark, hasLakhs: false)
        try self.init(whole: whole, fraction: fraction, isNegative: isNegative)
    }

    /// Reads the digits of an amount, from the first to the last: the groups of thousands may be those of lakhs, and the
    /// number may be one times a power of ten, as in `1.5E+05`.
    package init(amount core: ArraySlice<UInt8>, isNegative: Bool, mark: DecimalMark) throws(ValueFault.Reason) {
        guard let place = core.firstIndex(where: { $0 | 0x20 == 0x65 }) else {
            let (whole, fraction) = try Self.parts(of: core, mark: mark, hasLakhs: true)
            try self.init(whole: whole, fraction: fraction, isNegative: isNegative)
            return
        }
        let mantissa = core[..<place]
        guard mantissa.allSatisfy({ Self.isDigit($0) || $0 == mark.byte }),
            let power = Int(String(decoding: core[(place + 1)...], as: UTF8.self))
        else { throw .notANumber }
        guard abs(power) <= Self.digitLimit else { throw .tooManyDigits }
        let (whole, fraction) = try Self.parts(of: mantissa, mark: mark, hasLakhs: false)
        let zeros = [UInt8](repeating: 0x30, count: abs(power))
        let digits = power < 0 ? zeros + whole + fraction : whole + fraction + zeros
        let wholeCount = power < 0 ? whole.count : whole.count + power
        try self.init(
            whole: Array(digits[..<wholeCount]), fraction: Self.withoutZeros(digits[wholeCount...]),
            isNegative: isNegative)
    }

    private init(whole: [UInt8], fraction: [UInt8], isNegative: Bool) throws(ValueFault.Reason) {
        let whole = Array(whole.drop { $0 == 0x30 })
        guard whole.count + fraction.count <= Self.digitLimit else { throw .tooManyDigits }
        self.isNegative = isNegative && (whole + fraction).contains { $0 != 0x30 }
        self.whole = whole
        self.fraction = fraction
    }

    private static func withoutZeros(_ fraction: ArraySlice<UInt8>) -> [UInt8] {
        Array(fraction[..<(fraction.lastIndex { $0 != 0x30 }.map { $0 + 1 } ?? fraction.startIndex)])
    }

    /// The digits before and behind the decimal mark.
    private static func parts(
        of core: ArraySlice<UInt8>, mark: DecimalMark, hasLakhs: Bool
    ) throws(ValueFault.Reason) -> (whole: [UInt8], fraction: [UInt8]) {
        var wholePart = core
        var fraction: [UInt8] = []
        if let place = core.firstIndex(of: mark.byte) {
            wholePart = core[..<place]
            fraction = Array(core[core.index(after: place)...])
            guard !fraction.isEmpty, fraction.allSatisfy(isDigit) else { throw .notANumber }
        }
        let whole = try digits(of: wholePart, mark: mark, isOptional: !fraction.isEmpty, hasLakhs: hasLakhs)
        return (whole, fraction)
    }

    /// The number with a decimal point and without anything else, such as `-1234.50`.
    package var text: String {
        var bytes: [UInt8] = isNegative ? [0x2D] : []
        bytes.append(contentsOf: whole.isEmpty ? [0x30] : whole)
        if !fraction.isEmpty {
            bytes.append(0x2E)
            bytes.append(contentsOf: fraction)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The number without a fraction; nil when it has one, or does not fit 64 bits.
    package var integer: Int? {
        guard fraction.allSatisfy({ $0 == 0x30 }) else { return nil }
        return Int((isNegative ? "-" : "") + (whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)))
    }

    /// Whether the fraction is nothing but zeros.
    package var isWhole: Bool { fraction.allSatisfy { $0 == 0x30 } }

    /// Whether the number is less than a whole one.
    package func isLess(than bound: Int) -> Bool {
        let other = String(bound.magnitude)
        let digits = String(decoding: whole, as: UTF8.self)
        let otherDigits = bound == 0 ? "" : other
        if isNegative != (bound < 0) { return isNegative }
        let order = (digits.count, digits) < (otherDigits.count, otherDigits)
        let isSame = digits == otherDigits
        return isNegative ? !order && (!isSame || !isWhole) : order
    }

    /// The value of a text of digits alone that is sure to fit 64 bits; nil for any other text.
    package static func bareInteger(_ text: ArraySlice<UInt8>) -> Int? {
        guard !text.isEmpty, text.count <= 18 else { return nil }
        var value = 0
        for byte in text {
            guard isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    /// The same of a part of a text.
    package static func bareInteger(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
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
        of part: ArraySlice<UInt8>, mark: DecimalMark, isOptional: Bool, hasLakhs: Bool
    ) throws(ValueFault.Reason) -> [UInt8] {
        guard !part.isEmpty else {
            guard isOptional else { throw .notANumber }
            return []
        }
        guard let place = part.firstIndex(where: { !isDigit($0) }) else { return Array(part) }
        let separators = [[mark.other.byte]] + spaces + apostrophes
        guard let separator = separators.first(where: { part[place...].starts(with: $0) }) else { throw .notANumber }
        var groups = [Array(part[..<place])]
        var rest = part[place...]
        while !rest.isEmpty {
            guard rest.starts(with: separator) else { throw .notANumber }
            let group = rest.dropFirst(separator.count).prefix(while: isDigit)
            groups.append(Array(group))
            rest = rest[group.endIndex...]
        }
        // Thousands by threes, or the thousand by three and lakhs and crores by two: 1,20,00,000.
        let lengths = groups.dropFirst().map(\.count)
        let byThrees = lengths.allSatisfy { $0 == 3 } && groups[0].count <= 3
        let byTwos = lengths.last == 3 && lengths.dropLast().allSatisfy { $0 == 2 } && groups[0].count <= 2
        guard groups[0].first.map({ $0 != 0x30 }) == true, byThrees || (hasLakhs && byTwos) else { throw .notANumber }
        return groups.flatMap(\.self)
    }
}
