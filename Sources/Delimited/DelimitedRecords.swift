/// The records of a delimited text, one after another. Blank lines are passed over.
///
/// A quote that is never closed, or text behind a closing one, costs the row that it stands in: the problem is thrown with
/// the scope `record`, `rejected` holds the row, and the next call goes on behind it.
struct DelimitedRecords {
    /// The row that the last call of `next` has thrown.
    private(set) var rejected: Record?
    private(set) var lineEndings: Set<LineEnding> = []

    private let stream: TextStream
    private let scanner: RecordScanner
    private let known: KnownLines
    private var fields: [FieldBounds] = []
    private var latestLineEnding = LineEnding.none
    private var emptyRun = EmptyRun()

    init(stream: TextStream, plan: ReadingPlan) {
        self.stream = stream
        known = plan.known
        scanner = RecordScanner(separator: plan.dialect.separator)
    }

    /// The next record, of any number of fields; nil at the end. `header` gives the names of columns in problems.
    mutating func next(header: Header) throws(ImportProblem) -> Record? {
        rejected = nil
        while true {
            if stream.remainingCount == 0 {
                if stream.isEnd { return nil }
                try stream.fill()
                continue
            }
            switch scan() {
            case .record(let outcome):
                guard outcome.next - stream.position <= stream.limits.recordByteLimit else {
                    throw tooLong(openQuote: nil)
                }
                if outcome.innerLineBreaks > 0, let next = known.nextRecord(behind: stream.line),
                    next <= stream.line + outcome.innerLineBreaks
                {
                    try setAside(.openQuote(lineOffset: 0), header: header)
                    continue
                }
                if outcome.isBlank {
                    pass(outcome)
                    try emptyRun.add(stream)
                    continue
                }
                return take(outcome)
            case .incomplete(let openQuote):
                guard stream.remainingCount <= stream.limits.recordByteLimit else {
                    guard let openQuote else { throw tooLong(openQuote: nil) }
                    try setAside(.quoteTooLong(lineOffset: openQuote), header: header)
                    continue
                }
                try stream.fill()
            case .unclosedQuote(let offset):
                try setAside(.openQuote(lineOffset: offset), header: header)
            case .textAfterQuote(let offset, let closed, let field):
                try setAside(.text(lineOffset: offset, closedOffset: closed, field: field), header: header)
            case .nulByte(let offset):
                throw ImportProblem(
                    .nulByte, file: stream.fileName, line: stream.line + offset, "a NUL byte; this is not a text file")
            }
        }
    }

    /// Counts a record that was given as one without any value.
    mutating func noteEmpty() throws(ImportProblem) { try emptyRun.add(stream) }

    /// Says that a record with values was given, or lines were taken.
    mutating func noteValues() { emptyRun = EmptyRun() }

    /// Notes the line ends of plain lines.
    package mutating func note(_ taken: PlainLines) {
        if taken.hasLineFeeds { note(.lineFeed) }
        if taken.hasPairs { note(.carriageReturnLineFeed) }
    }

    /// Scans the record here. The text is held for that only, so that the stream can go on in place.
    private mutating func scan() -> RecordScanner.Result {
        let text = stream.buffer
        return scanner.scan(text.span, from: stream.position, isEnd: stream.isEnd, fields: &fields)
    }

    private mutating func take(_ outcome: RecordScanner.Outcome) -> Record {
        let record = Record(
            line: stream.line, buffer: stream.buffer, fields: fields, raw: .slice(stream.position..<outcome.end))
        pass(outcome)
        return record
    }

    private mutating func pass(_ outcome: RecordScanner.Outcome) {
        stream.position = outcome.next
        stream.line += outcome.innerLineBreaks + 1
        note(outcome.lineEnding)
    }

    /// The last line may have no ending; that says nothing of the others.
    private mutating func note(_ ending: LineEnding) {
        guard ending != latestLineEnding, ending != .none else { return }
        latestLineEnding = ending
        lineEndings.insert(ending)
    }

    private func tooLong(openQuote: Int?) -> ImportProblem {
        ImportProblem(
            .recordTooLong, file: stream.fileName, line: stream.line + (openQuote ?? 0),
            "a row that starts here is longer than \(stream.limits.recordByteLimit) bytes, the longest a row may be")
    }
}

// MARK: Misplaced quotes

extension DelimitedRecords {
    /// What is wrong with the quotes of a row. Line offsets are those of the quote that opens.
    private enum QuoteFault {
        case openQuote(lineOffset: Int)
        case quoteTooLong(lineOffset: Int)
        case text(lineOffset: Int, closedOffset: Int, field: Int)

        var lineOffset: Int {
            switch self {
            case .openQuote(let offset), .quoteTooLong(let offset), .text(let offset, _, _): offset
            }
        }
    }

    /// Ends the row with the line on which the quote opens: what a misplaced quote seems to enclose behind it are rows of
    /// their own. Throws the problem; returns where more text has to be read first.
    private mutating func setAside(_ fault: QuoteFault, header: Header) throws(ImportProblem) {
        let last = known.nextRecord(behind: stream.line).map { $0 - 1 - stream.line } ?? fault.lineOffset
        var breaks = 0
        var end = stream.position
        var next = stream.position
        while breaks <= last {
            end = next
            while end < stream.buffer.count, stream.buffer[end] != 0x0A, stream.buffer[end] != 0x0D { end += 1 }
            if end == stream.buffer.count, stream.isEnd {
                next = end
                breaks += 1
                break
            }
            guard let start = stream.lineEnd(at: end) else {
                guard stream.remainingCount <= stream.limits.recordByteLimit else { throw problem(fault, header) }
                return try stream.fill()
            }
            next = start
            breaks += 1
        }
        rejected = Record(
            line: stream.line, buffer: stream.buffer, fields: [], raw: .slice(stream.position..<end))
        let thrown = problem(fault, header)
        stream.position = next
        stream.line += breaks
        throw thrown
    }

    private func problem(_ fault: QuoteFault, _ header: Header) -> ImportProblem {
        func problem(_ code: ImportProblem.Code, _ message: String, column: String? = nil) -> ImportProblem {
            ImportProblem(code, file: stream.fileName, line: stream.line + fault.lineOffset, column: column, message)
        }
        switch fault {
        case .openQuote:
            return problem(.unclosedQuote, "a quote that opens here is never closed; close or remove it")
        case .quoteTooLong:
            return problem(
                .unclosedQuote,
                "a quote that opens here is not closed within \(stream.limits.recordByteLimit) bytes, the longest a row "
                    + "may be")
        case .text(let offset, let closed, let field):
            let column = header.names.indices.contains(field) ? header.names[field] : nil
            guard closed > offset else {
                return problem(
                    .textAfterQuote, "text follows a closing quote; write a quote inside a quoted field twice",
                    column: column)
            }
            return problem(
                .textAfterQuote,
                "text follows the quote on line \(stream.line + closed) that closes the one opened here; close it on this "
                    + "line, or write a quote inside a quoted field twice", column: column)
        }
    }
}

/// Lines without any value that follow each other: of a text there are never very many.
struct EmptyRun {
    private var count = 0

    /// Counts one more.
    package mutating func add(_ stream: TextStream) throws(ImportProblem) {
        count += 1
        guard count > ReadingLimits.emptyLineLimit else { return }
        throw ImportProblem(
            .recordTooLong, file: stream.fileName, line: stream.line,
            "more than \(ReadingLimits.emptyLineLimit) lines without any value follow each other up to here; this is not a "
                + "file of rows")
    }
}
