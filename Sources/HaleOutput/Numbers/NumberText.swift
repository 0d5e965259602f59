/// Numbers as people read them, in one notation everywhere: a comma between thousands, a point before decimals.
package enum NumberText {
    /// How many digits a compact number keeps.
    package enum CompactPrecision: Sendable, CaseIterable {
        /// One decimal below ten, none above: "1.2 M", "46 k". For running text.
        case short
        /// Always one decimal: "1.2 M", "46.4 k". For columns of numbers.
        case oneDecimal
    }

    /// Shown instead of a number that is not finite.
    package static let missing = "–"

    /// An integer with separators: "1,234,567".
    package static func grouped(_ value: some BinaryInteger) -> String {
        (value < 0 ? "-" : "") + grouping(String(value.magnitude))
    }

    /// A number with exactly `decimals` digits after the point, rounded half away from zero: "1,234.50".
    package static func fixed(_ value: Double, decimals: Int, grouping: Bool = true) -> String {
        precondition(decimals >= 0, "a number cannot have fewer than no decimals")
        guard value.isFinite else { return missing }
        return DecimalDigits(value).text(decimals: decimals, grouping: grouping)
    }

    /// A fraction as a percentage: 0.125 with one decimal is "12.5%".
    package static func percent(_ fraction: Double, decimals: Int = 0) -> String {
        guard fraction.isFinite else { return missing }
        return DecimalDigits(fraction, shift: 2).text(decimals: decimals, grouping: true) + "%"
    }

    /// A number in thousands, millions, billions (10⁹) or trillions (10¹²): "950", "46 k", "1.2 M".
    package static func compact(_ value: Double, precision: CompactPrecision = .short) -> String {
        guard value.isFinite else { return missing }
        var unit = [1e3, 1e6, 1e9, 1e12].count { value.magnitude >= $0 }
        var text = compact(value, unit: unit, precision: precision)
        // 999,950 rounds to 1000.0 k, which is 1.0 M.
        if unit + 1 < unitSuffixes.count, text.contains(",") {
            unit += 1
            text = compact(value, unit: unit, precision: precision)
        }
        return unit == 0 ? text : text + " " + unitSuffixes[unit]
    }

    /// The shortest text that reads back as the same number, for machines; nil when it is not finite.
    package static func shortest(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        if value == 0 { return "0" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Commas between groups of three of a text of digits alone.
    static func grouping(_ digits: String) -> String {
        var grouped = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0 && (digits.utf8.count - offset).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }

    /// Each a thousand times the one before.
    private static let unitSuffixes = ["", "k", "M", "B", "T"]

    private static func compact(_ value: Double, unit: Int, precision: CompactPrecision) -> String {
        if unit == 0 { return fixed(value, decimals: 0) }
        let scaled = DecimalDigits(value, shift: -3 * unit)
        switch precision {
        case .oneDecimal: return scaled.text(decimals: 1, grouping: true)
        case .short:
            let oneDecimal = scaled.text(decimals: 1, grouping: true)
            // "9.96" would round to "10.0".
            return oneDecimal.drop { $0 == "-" }.utf8.count > "9.9".utf8.count
                ? scaled.text(decimals: 0, grouping: true) : oneDecimal
        }
    }
}
