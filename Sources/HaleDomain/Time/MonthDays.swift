/// Days of a month, bit k being the day k days after its first: the packed form of who was there when.
package enum MonthDays {
    /// The bits of the days in `range` of the month that begins on `first`.
    package static func mask(of first: Day, in range: Range<Day>) -> UInt32 {
        let low = max(0, range.lowerBound - first)
        let high = min(31, range.upperBound - first)
        guard low < high else { return 0 }
        return UInt32(truncatingIfNeeded: (1 << high) - (1 << low))
    }
}
