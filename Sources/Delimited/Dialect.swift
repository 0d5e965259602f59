/// The character between the fields of a record.
package enum Separator: UInt8, Hashable, Sendable, CaseIterable {
    // In the order of preference when two fit equally well: a comma stands in texts and numbers more often than the rest.
    case tab = 0x09
    case semicolon = 0x3B
    case bar = 0x7C
    case comma = 0x2C

    /// What the separator is called in a receipt.
    package var name: String {
        switch self {
        case .tab: "tab"
        case .semicolon: "semicolon"
        case .bar: "bar"
        case .comma: "comma"
        }
    }
}

/// What ends the lines of a file.
package enum LineEnding: String, Hashable, Sendable, CaseIterable {
    case lineFeed = "LF"
    case carriageReturnLineFeed = "CRLF"
    case carriageReturn = "CR"
    case mixed = "mixed line endings"
    /// The file is a single line without an end.
    case none = "no line ending"
}

/// How the records of a file are written, found from its first records.
struct Dialect: Hashable {
    let separator: Separator
    /// Whether the first line is `sep=;` or the like, which Excel writes and reads; it is passed over.
    let hasSeparatorLine: Bool

    /// How rows are written that did not come from a delimited file.
    static let ofRows = Dialect(separator: .comma, hasSeparatorLine: false)

    private init(separator: Separator, hasSeparatorLine: Bool) {
        self.separator = separator
        self.hasSeparatorLine = hasSeparatorLine
    }

    /// Finds the dialect of the first bytes of a text in UTF-8; `isWhole` when there are no more. What stands above the
    /// header says nothing, where its line is known.
    init(sample: [UInt8], isWhole: Bool, headerLine: Int = 1) {
        if let named = Self.namedSeparator(sample) {
            separator = named
            hasSeparatorLine = true
            return
        }
        hasSeparatorLine = false
        let table = Self.table(in: sample, from: headerLine)
        let fits = Separator.allCases.map { (separator: $0, fit: Self.fit($0, sample: table, isWhole: isWhole)) }
        let byHeader = Self.best(fits.map { ($0.separator, $0.fit.byHeader) })
        // Titles above the header are cut in another way than the rows, which are many.
        let byMost = headerLine > 1 ? nil : Self.best(fits.map { ($0.separator, $0.fit.byMost) })
        if let byMost, let found = byHeader {
            let isBetter = byMost.fit.share >= found.fit.share && byMost.fit.width > found.fit.width
            separator = isBetter ? byMost.separator : found.separator
        } else {
            separator = byHeader?.separator ?? byMost?.separator ?? .comma
        }
    }

    /// How well a separator cuts the sample: the share of records of a width, then the width.
    private struct Fit: Comparable {
        let share: Double
        let width: Int

        static func < (left: Fit, right: Fit) -> Bool {
            (left.share, left.width) < (right.share, right.width)
        }
    }

    /// The first of the best: `max` would take the last.
    private static func best(_ candidates: [(separator: Separator, fit: Fit?)]) -> (separator: Separator, fit: Fit)? {
        candidates.reduce(nil) { best, next in
            guard let fit = next.fit else { return best }
            guard let best, best.fit >= fit else { return (next.separator, fit) }
            return best
        }
    }

    /// The fit by the width of the first record, and by the width that most records have; nil where that is one field.
    private static func fit(
        _ separator: Separator, sample: ArraySlice<UInt8>, isWhole: Bool
    ) -> (byHeader: Fit?, byMost: Fit?) {
        let scanner = RecordScanner(separator: separator)
        var fields: [FieldBounds] = []
        var position = sample.startIndex
        var headerWidth = 0
        var recordCount = 0
        var widths: [Int: Int] = [:]
        scan: while position < sample.endIndex, recordCount < ReadingLimits.sampleRecordLimit {
            switch scanner.scan(sample.span, from: position - sample.startIndex, isEnd: isWhole, fields: &fields) {
            case .record(let record):
                position = sample.startIndex + record.next
                if record.isBlank { continue }
                if recordCount == 0 { headerWidth = fields.count }
                recordCount += 1
                widths[fields.count, default: 0] += 1
            case .incomplete, .nulByte: break scan
            case .unclosedQuote, .textAfterQuote:
                // With the wrong separator a quoted field seems to start or end in the middle of a text.
                recordCount += 1
                break scan
            }
        }
        // A header longer than the sample: count what is there.
        if recordCount == 0 { headerWidth = fields.count }
        func fit(_ width: Int) -> Fit? {
            guard width > 1 else { return nil }
            return Fit(share: Double(widths[width] ?? 0) / Double(max(recordCount, 1)), width: width)
        }
        let most = widths.max { ($0.value, $0.key) < ($1.value, $1.key) }
        return (fit(headerWidth), most.flatMap { fit($0.key) })
    }

    /// The sample from the header's line on; all of it where the line lies behind it.
    private static func table(in sample: [UInt8], from headerLine: Int) -> ArraySlice<UInt8> {
        var line = 1
        var position = 0
        while line < headerLine, position < sample.count {
            let isPair = sample[position] == 0x0D && position + 1 < sample.count && sample[position + 1] == 0x0A
            if sample[position] == 0x0A || sample[position] == 0x0D { line += 1 }
            position += isPair ? 2 : 1
        }
        return position < sample.count ? sample[position...] : sample[...]
    }

    private static func namedSeparator(_ sample: [UInt8]) -> Separator? {
        guard sample.count > 5, String(decoding: sample.prefix(4), as: UTF8.self).lowercased() == "sep=",
            sample[5] == 0x0A || sample[5] == 0x0D
        else { return nil }
        return Separator(rawValue: sample[4])
    }
}
