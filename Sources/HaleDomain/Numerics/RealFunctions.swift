// The C library's real functions, taken in at one place; everything else in this module is plain Swift.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Real functions of one argument under the names a reader of formulas expects.
enum Real {
    static func exponential(_ value: Double) -> Double { exp(value) }

    /// e^value - 1 without cancellation near zero.
    static func exponentialMinusOne(_ value: Double) -> Double { expm1(value) }

    static func logarithm(_ value: Double) -> Double { log(value) }

    /// ln(1 + value) without cancellation near zero.
    static func logarithmOfOnePlus(_ value: Double) -> Double { log1p(value) }

    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

    /// 2^(-amount / halvingAmount): what is left of one after an amount, halved every `halvingAmount`.
    static func halving(_ amount: Double, every halvingAmount: Double) -> Double { exp2(-amount / halvingAmount) }

    static func complementaryError(_ value: Double) -> Double { erfc(value) }

    static func logarithmOfGamma(_ value: Double) -> Double { lgamma(value) }

    static func logit(_ probability: Double) -> Double { log(probability / (1 - probability)) }

    static func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }

    static func clamp(_ value: Double, _ low: Double = 0, _ high: Double = 1) -> Double { max(low, min(high, value)) }

    /// The middle value, or the mean of the two middle ones; nil for an empty list.
    static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
