/// Money as people read it: the currency's ISO 4217 code, then the amount in major units.
package enum MoneyText {
    /// How much of an amount is written.
    package enum Form: Sendable, CaseIterable {
        /// Rounded to major units: "EUR 46,362".
        case whole
        /// To the minor unit: "EUR 46,362.18".
        case exact
        /// In thousands and millions for running text: "EUR 46 k".
        case compact
        /// In thousands and millions with one decimal, for columns: "EUR 46.4 k".
        case compactOneDecimal
    }

    /// Money in the given form. `exponent` is the number of decimals of the currency's minor unit (EUR 2, JPY 0,
    /// KWD 3).
    package static func text(minor: Int64, currency: String, exponent: Int = 2, form: Form = .whole) -> String {
        let amount =
            switch form {
            case .whole: decimal(minor: minor, exponent: exponent, decimals: 0, grouping: true)
            case .exact: decimal(minor: minor, exponent: exponent, decimals: exponent, grouping: true)
            case .compact: NumberText.compact(major(minor: minor, exponent: exponent))
            case .compactOneDecimal:
                NumberText.compact(major(minor: minor, exponent: exponent), precision: .oneDecimal)
            }
        return currency.isEmpty ? amount : currency + " " + amount
    }

    /// The exact amount in major units without separators, for machines: 4636218 with exponent 2 is "46362.18".
    package static func machineText(minor: Int64, exponent: Int = 2) -> String {
        decimal(minor: minor, exponent: exponent, decimals: exponent, grouping: false)
    }

    /// The most decimals a currency may have; 10¹⁸ is the largest power of ten in 64 bits.
    private static let largestExponent = 18

    private static func decimal(minor: Int64, exponent: Int, decimals: Int, grouping: Bool) -> String {
        var units = minor.magnitude
        let divisor = powerOfTen(exponent - decimals)
        if divisor > 1 {
            let (quotient, remainder) = units.quotientAndRemainder(dividingBy: divisor)
            units = quotient + (remainder >= divisor - remainder ? 1 : 0)
        }
        let sign = minor < 0 && units > 0 ? "-" : ""
        let (whole, fraction) = units.quotientAndRemainder(dividingBy: powerOfTen(decimals))
        let wholeText = grouping ? NumberText.grouped(whole) : String(whole)
        if decimals == 0 { return sign + wholeText }
        let fractionText = String(fraction)
        let zeros = String(repeating: "0", count: decimals - fractionText.utf8.count)
        return sign + wholeText + "." + zeros + fractionText
    }

    private static func major(minor: Int64, exponent: Int) -> Double {
        Double(minor) / Double(powerOfTen(exponent))
    }

    private static func powerOfTen(_ exponent: Int) -> UInt64 {
        precondition(0...largestExponent ~= exponent, "a currency has between 0 and \(largestExponent) decimals")
        return (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
