/// What both counts of a column's values share: values, misfits per format, and the format that was given.
enum FormatCount {
    /// The result of a count.
    struct Decided {
        var format: ColumnFormat
        /// How the receipt calls the format; nil where the values show none.
        package var name: String?
        var decision: ColumnVerdict.Decision
        var valueCount: Int
        var misfits: Misfits
        var example: ValueExample?
        /// The values that stand for none.
        var missing = MissingCount()
    }

    /// The values that do not fit one format: all are counted, the first are kept.
    struct Misfits {
        private(set) var count = 0
        private(set) var first: [ColumnVerdict.Misfit] = []

        package mutating func add(_ reason: ValueFault.Reason, text: ArraySlice<UInt8>, line: Int) {
            count += 1
            guard first.count < ReadingLimits.misfitLimit else { return }
            first.append(ColumnVerdict.Misfit(line: line, fault: ValueFault(reason, in: text)))
        }

        /// These and others, in the order of their lines.
        func with(_ others: Misfits) -> Misfits {
            var both = Misfits()
            both.count = count + others.count
            both.first = Array(
                (first + others.first).sorted { $0.line < $1.line }.prefix(ReadingLimits.misfitLimit))
            return both
        }
    }
}
