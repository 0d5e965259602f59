/// Where a field lies in its buffer, without its quotes and surrounding space.
struct FieldBounds: Hashable {
    var start: UInt32
    package var end: UInt32
    /// Whether the field was quoted; quotes inside stand doubled then.
    var isQuoted: Bool
}

/// Finds the next record in a piece of UTF-8 text, without state: where the piece is too short it is scanned again.
struct RecordScanner {
    /// One complete record.
    struct Outcome: Equatable {
        /// Where the record ends, without its line ending.
        package var end: Int
        /// Where the next one starts.
        var next: Int
        /// The line breaks inside quotes.
        var innerLineBreaks: Int
        var lineEnding: LineEnding
        /// An empty line.
        var isBlank: Bool
    }

    /// What stands at the start of a piece of text. Line counts are those before the place, within the record.
    enum Result: Equatable {
        case record(Outcome)
        /// The piece ends inside the record; `openQuote` is the line of a quote that is still open.
        case incomplete(openQuote: Int?)
        case unclosedQuote(lineOffset: Int)
        /// The lines of the quote that opens and of the one that closes.
        case textAfterQuote(lineOffset: Int, closedOffset: Int, field: Int)
        case nulByte(lineOffset: Int)
    }

    let separator: UInt8

    init(separator: Separator) {
        self.separator = separator.rawValue
    }

    private static let quote: UInt8 = 0x22
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    /// Scans one record from `start`; `isEnd` says that nothing follows the bytes. `fields` receives its fields.
    package func scan(_ bytes: Span<UInt8>, from start: Int, isEnd: Bool, fields: inout [FieldBounds]) -> Result {
        fields.removeAll(keepingCapacity: true)
        let count = bytes.count
        var position = start
        var lineBreaks = 0
        while true {
            while position < count, isSpace(bytes[position]) { position += 1 }
            if position < count, bytes[position] == Self.quote {
                switch scanQuoted(bytes, from: position, isEnd: isEnd, lineBreaks: &lineBreaks) {
                case .field(let bounds, let next):
                    fields.append(bounds)
                    position = next
                case .stop(.textAfterQuote(let offset, let closed, _)):
                    return .textAfterQuote(lineOffset: offset, closedOffset: closed, field: fields.count)
                case .stop(let result): return result
                }
            } else {
                let fieldStart = position
                while position < count, !endsPlainField(bytes[position]) { position += 1 }
                if position < count, bytes[position] == 0 { return .nulByte(lineOffset: lineBreaks) }
                var fieldEnd = position
                while fieldEnd > fieldStart, isSpace(bytes[fieldEnd - 1]) { fieldEnd -= 1 }
                fields.append(FieldBounds(start: UInt32(fieldStart), end: UInt32(fieldEnd), isQuoted: false))
            }
            if position < count, bytes[position] == separator {
                position += 1
                continue
            }
            guard let ending = lineEnding(bytes, at: position, isEnd: isEnd) else { return .incomplete(openQuote: nil) }
            let isBlank = fields.count == 1 && fields[0].start == fields[0].end && !fields[0].isQuoted
            return .record(
                Outcome(
                    end: position, next: ending.next, innerLineBreaks: lineBreaks, lineEnding: ending.kind,
                    isBlank: isBlank))
        }
    }

    private enum Quoted {
        case field(FieldBounds, next: Int)
        case stop(Result)
    }

    /// Scans a field whose opening quote stands at `start`, up to the separator or line ending behind it.
    private func scanQuoted(
        _ bytes: Span<UInt8>, from start: Int, isEnd: Bool, lineBreaks: inout Int
    ) -> Quoted {
        let count = bytes.count
        let firstLine = lineBreaks
        let unfinished = isEnd ? Result.unclosedQuote(lineOffset: firstLine) : .incomplete(openQuote: firstLine)
        var position = start + 1
        inside: while true {
            while position < count, !interruptsQuotedField(bytes[position]) { position += 1 }
            guard position < count else { return .stop(unfinished) }
            let next = position + 1
            switch bytes[position] {
            case Self.quote:
                // At the end of the bytes it may be the first of two; then the check behind the quote asks for more.
                guard next < count, bytes[next] == Self.quote else { break inside }
                position += 2
            case Self.carriageReturn:
                guard next < count else { return .stop(unfinished) }
                lineBreaks += 1
                position += bytes[next] == Self.lineFeed ? 2 : 1
            case Self.lineFeed:
                lineBreaks += 1
                position = next
            default: return .stop(.nulByte(lineOffset: lineBreaks))
            }
        }
        let bounds = trimmed(bytes, start: start + 1, end: position)
        position += 1
        while position < count, isSpace(bytes[position]) { position += 1 }
        guard position < count else {
            return isEnd ? .field(bounds, next: position) : .stop(.incomplete(openQuote: nil))
        }
        guard endsPlainField(bytes[position]), bytes[position] != 0 else {
            return .stop(.textAfterQuote(lineOffset: firstLine, closedOffset: lineBreaks, field: 0))
        }
        return .field(bounds, next: position)
    }

    /// The line ending at a position and the start of the next line; nil when more bytes are needed to tell.
    private func lineEnding(_ bytes: Span<UInt8>, at position: Int, isEnd: Bool) -> (kind: LineEnding, next: Int)? {
        guard position < bytes.count else { return isEnd ? (.none, position) : nil }
        guard bytes[position] == Self.carriageReturn else { return (.lineFeed, position + 1) }
        let next = position + 1
        guard next < bytes.count else { return isEnd ? (.carriageReturn, next) : nil }
        return bytes[next] == Self.lineFeed ? (.carriageReturnLineFeed, next + 1) : (.carriageReturn, next)
    }

    private func trimmed(_ bytes: Span<UInt8>, start: Int, end: Int) -> FieldBounds {
        var start = start
        var end = end
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return FieldBounds(start: UInt32(start), end: UInt32(end), isQuoted: true)
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 && separator != 0x09
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == Self.lineFeed || byte == Self.carriageReturn
    }

    private func endsPlainField(_ byte: UInt8) -> Bool {
        byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn || byte == 0
    }

    private func interruptsQuotedField(_ byte: UInt8) -> Bool {
        byte == Self.quote || byte == Self.lineFeed || byte == Self.carriageReturn || byte == 0
    }
}
