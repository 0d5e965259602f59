// Sums of money that end no program: a single amount is bounded where it is read, a portfolio's sum is not.

extension Int64 {
    /// The nearest whole number, at the limits where it cannot be held; 0 of what is no number.
    package init(nearest value: Double) {
        self = Int64(exactly: value.rounded()) ?? (value > 0 ? .max : value < 0 ? .min : 0)
    }

    /// Adds, at the limits where the sum cannot be held.
    mutating func add(_ other: Int64) {
        self = [self, other].boundedSum()
    }
}

extension Sequence<Int64> {
    /// The sum, at the limits where it cannot be held.
    package func boundedSum() -> Int64 {
        var whole: Int128 = 0
        for part in self { whole += Int128(part) }
        return Int64(clamping: whole)
    }
}
