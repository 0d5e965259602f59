/// Reads the records of a file one after another in constant memory.
///
/// ```swift
/// while let record = try reader.next() { … }
/// ```
///
/// Blank lines are passed over. A record with too many or too few fields is thrown as a problem with the scope
/// `record`; the next call goes on behind it, and `rejected` holds it.
public final class RecordReader {
    /// The names of the columns.
    public private(set) var header = Header(names: [])
    /// The header as it stands in the file, decoded, without its line ending.
    public private(set) var headerText = ""
    /// The records read so far, those thrown included, the header not.
    public private(set) var recordCount = 0
    /// The record that the last call of `next` has thrown.
    public private(set) var rejected: Record?

    private let fileName: String
    private let limits: ReadingLimits
    private let expectedSHA256: String?
    private let scanner: RecordScanner
    private let bytes: FileBytes
    private var decoder: TextDecoder
    private var buffer: [UInt8] = []
    private var fields: [FieldBounds] = []
    private var position = 0
    private var line = 1
    private var isEnd = false
    private(set) var lineEndings: Set<LineEnding> = []
    private var latestLineEnding = LineEnding.none

    /// A reader at the first record behind the header. With a checksum, reaching the end of a file that has another
    /// one is a problem: the file has changed since.
    init(file: ImportFile, plan: ReadingPlan, expectedSHA256: String? = nil) throws(ImportProblem) {
        self.expectedSHA256 = expectedSHA256
        fileName = file.name
        limits = plan.limits
        scanner = RecordScanner(separator: plan.dialect.separator)
        bytes = FileBytes(of: file, bufferByteCount: plan.limits.bufferByteCount)
        decoder = TextDecoder(encoding: plan.encoding, byteOrderMarkByteCount: plan.byteOrderMarkByteCount)
        if plan.dialect.hasSeparatorLine { _ = try nextRecord() }
        guard let first = try nextRecord() else { throw ImportFile.empty(file.name) }
        header = Header(names: first.texts.map { $0 ?? "" })
        headerText = first.rawText
    }

    /// The bytes of the file as given, packed or not, that have been read so far.
    public var bytesConsumed: Int { bytes.rawByteCount }

    /// The lines that have been read so far.
    var lineCount: Int { line - 1 }

    /// The SHA-256 of those bytes.
    var sha256: String { bytes.sha256 }

    /// The next record; nil at the end of the file.
    public func next() throws(ImportProblem) -> Record? {
        rejected = nil
        guard let record = try nextRecord() else { return nil }
        recordCount += 1
        guard record.count == header.names.count else {
            rejected = record
            let found = record.count == 1 ? "1 field" : "\(record.count) fields"
            throw ImportProblem(
                .raggedRow, file: fileName, line: record.line,
                "the header has \(header.names.count) columns, this row has \(found)")
        }
        return record
    }

    /// Lets `body` take plain lines off the front of the text that is in memory; it is given the text and where it begins.
    func takeLines(_ body: (Span<UInt8>, inout PlainLines) -> Void) {
        var taken = PlainLines(end: position, line: line)
        body(buffer.span, &taken)
        recordCount += taken.line - line
        position = taken.end
        line = taken.line
        if taken.hasLineFeeds { note(.lineFeed) }
        if taken.hasPairs { note(.carriageReturnLineFeed) }
    }

    private func nextRecord() throws(ImportProblem) -> Record? {
        while true {
            if position == buffer.count {
                if isEnd { return nil }
                try fill()
                continue
            }
            switch scanner.scan(buffer.span, from: position, isEnd: isEnd, fields: &fields) {
            case .record(let outcome):
                let start = position
                let firstLine = line
                guard outcome.next - start <= limits.recordByteLimit else { throw tooLong(openQuote: nil) }
                position = outcome.next
                line += outcome.innerLineBreaks + 1
                note(outcome.lineEnding)
                if outcome.isBlank { continue }
                return Record(line: firstLine, buffer: buffer, fields: fields, rawRange: start..<outcome.end)
            case .incomplete(let openQuote):
                guard buffer.count - position <= limits.recordByteLimit else { throw tooLong(openQuote: openQuote) }
                try fill()
            case .unclosedQuote(let offset):
                throw problem(.unclosedQuote, offset, "a quote that opens here is never closed; close or remove it")
            case .textAfterQuote(let offset, let field):
                throw problem(
                    .textAfterQuote, offset, column: field,
                    "text follows a closing quote; write a quote inside a quoted field twice")
            case .nulByte(let offset):
                throw problem(.nulByte, offset, "a NUL byte; this is not a text file")
            }
        }
    }

    /// The last line may have no ending; that says nothing of the others.
    private func note(_ ending: LineEnding) {
        guard ending != latestLineEnding, ending != .none else { return }
        latestLineEnding = ending
        lineEndings.insert(ending)
    }

    /// Moves the rest to the front of the buffer and reads on.
    private func fill() throws(ImportProblem) {
        if position > 0 {
            buffer.removeSubrange(0..<position)
            position = 0
        }
        let start = buffer.count
        if try bytes.append(to: &buffer) {
            do { try decoder.decode(&buffer, from: start) } catch { throw undecodable(error) }
        } else {
            do { try decoder.finish() } catch { throw undecodable(error) }
            isEnd = true
            if let expectedSHA256, expectedSHA256 != sha256 {
                throw ImportProblem(
                    .changedWhileReading, file: fileName, "has changed while it was read; import it again")
            }
        }
    }

    private func undecodable(_ fault: TextDecoder.Fault) -> ImportProblem {
        switch fault {
        case .invalidUTF8: problem(.encoding, 0, "the text is not valid UTF-8; save the file as UTF-8")
        case .invalidUTF16: problem(.encoding, 0, "the text is not valid UTF-16; save the file as UTF-8")
        }
    }

    private func tooLong(openQuote: Int?) -> ImportProblem {
        let limit = "\(limits.recordByteLimit) bytes, the longest a row may be"
        if let openQuote {
            return problem(.unclosedQuote, openQuote, "a quote that opens here is not closed within \(limit)")
        }
        return problem(.recordTooLong, 0, "a row that starts here is longer than \(limit)")
    }

    private func problem(
        _ code: ImportProblem.Code, _ lineOffset: Int, column: Int? = nil, _ message: String
    ) -> ImportProblem {
        let name = column.flatMap { header.names.indices.contains($0) ? header.names[$0] : nil }
        return ImportProblem(code, file: fileName, line: line + lineOffset, column: name, message)
    }
}
