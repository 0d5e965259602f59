/// The character between the fields of a record.
public enum Separator: UInt8, Hashable, Sendable, CaseIterable {
    // In the order of preference when two fit equally well: a comma stands in texts and numbers more often than the rest.
    case tab = 0x09
    case semicolon = 0x3B
    case bar = 0x7C
    case comma = 0x2C

    /// What the separator is called in a receipt.
    public var name: String {
        switch self {
        case .tab: "tab"
        case .semicolon: "semicolon"
        case .bar: "bar"
        case .comma: "comma"
        }
    }
}

/// What ends the lines of a file.
public enum LineEnding: String, Hashable, Sendable, CaseIterable {
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

    /// Finds the dialect of the first bytes of a text in UTF-8; `isWhole` when there are no more.
    init(sample: [UInt8], isWhole: Bool) {
        if let named = Self.namedSeparator(sample) {
            separator = named
            hasSeparatorLine = true
            return
        }
        hasSeparatorLine = false
        let candidates = Separator.allCases.compactMap { separator -> (separator: Separator, fit: Fit)? in
            Self.fit(separator, sample: sample, isWhole: isWhole).map { (separator, $0) }
        }
        // The first of the best: `max` would take the last.
        let best = candidates.reduce(nil as (separator: Separator, fit: Fit)?) { best, next in
            guard let best else { return next }
            return best.fit < next.fit ? next : best
        }
        separator = best?.separator ?? .comma
    }

    /// How well a separator cuts the sample: the share of records as wide as the header, then the header's width.
    private struct Fit: Comparable {
        let share: Double
        let width: Int

        static func < (left: Fit, right: Fit) -> Bool {
            (left.share, left.width) < (right.share, right.width)
        }
    }

    private static func fit(_ separator: Separator, sample: [UInt8], isWhole: Bool) -> Fit? {
        let scanner = RecordScanner(separator: separator)
        var fields: [FieldBounds] = []
        var position = 0
        var headerWidth = 0
        var recordCount = 0
        var matchCount = 0
        scan: while position < sample.count, recordCount < ReadingLimits.sampleRecordLimit {
            switch scanner.scan(sample.span, from: position, isEnd: isWhole, fields: &fields) {
            case .record(let record):
                position = record.next
                if record.isBlank { continue }
                if recordCount == 0 { headerWidth = fields.count }
                recordCount += 1
                if fields.count == headerWidth { matchCount += 1 }
            case .incomplete, .nulByte: break scan
            case .unclosedQuote, .textAfterQuote:
                // With the wrong separator a quoted field seems to start or end in the middle of a text.
                recordCount += 1
                break scan
            }
        }
        // A header longer than the sample: count what is there.
        if recordCount == 0 { headerWidth = fields.count }
        guard headerWidth > 1 else { return nil }
        return Fit(share: Double(matchCount) / Double(max(recordCount, 1)), width: headerWidth)
    }

    private static func namedSeparator(_ sample: [UInt8]) -> Separator? {
        guard sample.count > 5, String(decoding: sample.prefix(4), as: UTF8.self).lowercased() == "sep=",
            sample[5] == 0x0A || sample[5] == 0x0D
        else { return nil }
        return Separator(rawValue: sample[4])
    }
}
