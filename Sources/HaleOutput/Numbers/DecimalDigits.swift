/// The decimal digits of a finite number, from the shortest text that reads back as the same `Double`.
///
/// Rounding works on these digits, half away from zero: 2.675 becomes 2.68, as a reader of "2.675" expects.
struct DecimalDigits {
    private let isNegative: Bool
    /// Digits 0-9, most significant first, without zeros in front.
    private let digits: [UInt8]
    /// How many of `digits` stand before the decimal point; negative or beyond the end for very small or large numbers.
    private let pointPosition: Int

    /// The digits of `value` times ten to the power of `shift`; shifting the point costs no precision.
    init(_ value: Double, shift: Int = 0) {
        precondition(value.isFinite, "only a finite number has digits")
        isNegative = value < 0
        let parts = value.magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let written = mantissa.joined().utf8.map { $0 - UInt8(ascii: "0") }
        digits = Array(written.drop { $0 == 0 })
        pointPosition = mantissa[0].utf8.count - (written.count - digits.count) + exponent + shift
    }

    /// The number with exactly `decimals` digits after the point; a number that rounds to zero has no sign.
    func text(decimals: Int, grouping: Bool) -> String {
        let rounded = roundedDigits(decimals: decimals)
        let whole = rounded.dropLast(decimals)
        let fraction = rounded.suffix(decimals)
        let sign = isNegative && rounded.contains { $0 != 0 } ? "-" : ""
        let wholeText = Self.text(of: whole)
        let grouped = grouping ? NumberText.grouping(wholeText) : wholeText
        return sign + grouped + (decimals == 0 ? "" : "." + Self.text(of: fraction))
    }

    /// All digits down to the last decimal asked for, at least one of them before the point.
    private func roundedDigits(decimals: Int) -> [UInt8] {
        let count = pointPosition + decimals
        var kept = [UInt8](repeating: 0, count: max(0, 1 - pointPosition))
        if count > 0 {
            let present = digits.prefix(count)
            kept += present
            kept += [UInt8](repeating: 0, count: count - present.count)
        }
        // A number far below the last decimal leaves only the zeros in front.
        kept = Array(kept.prefix(max(1, pointPosition) + decimals))
        if count >= 0 && count < digits.count && digits[count] >= 5 {
            var index = kept.count - 1
            while index >= 0 && kept[index] == 9 {
                kept[index] = 0
                index -= 1
            }
            if index >= 0 { kept[index] += 1 } else { kept.insert(1, at: 0) }
        }
        return kept
    }

    private static func text(of digits: ArraySlice<UInt8>) -> String {
        String(String.UnicodeScalarView(digits.map { Unicode.Scalar(UInt8(ascii: "0") + $0) }))
    }
}
