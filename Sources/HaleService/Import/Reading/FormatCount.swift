/// What both counts of a column's values share: values, misfits per format, and the format that was given.
enum FormatCount {
    /// The result of a count.
    struct Decided {
        var format: ColumnFormat
        var decision: ColumnVerdict.Decision
        var valueCount: Int
        var misfitCount: Int
        var misfits: [ColumnVerdict.Misfit]
        var example: ValueExample?
        /// The values that stand for none, and the first of them.
        var missingCount = 0
        var missing: ValueExample?
    }

    /// The values that do not fit one format: all are counted, the first are kept.
    struct Misfits {
        private(set) var count = 0
        private(set) var first: [ColumnVerdict.Misfit] = []

        mutating func add(_ reason: ValueFault.Reason, text: ArraySlice<UInt8>, line: Int) {
            count += 1
            guard first.count < ReadingLimits.misfitLimit else { return }
            first.append(ColumnVerdict.Misfit(line: line, fault: ValueFault(reason, in: text)))
        }

        /// Whether a further misfit would only be counted.
        var isListFull: Bool { first.count >= ReadingLimits.misfitLimit }

        /// Counts misfits that are not listed any more.
        mutating func addUnlisted(_ further: Int) {
            count += further
        }
    }
}
