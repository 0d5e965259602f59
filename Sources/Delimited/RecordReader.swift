/// Reads the records of a file one after another in constant memory.
///
/// ```swift
/// while let record = try reader.next() { … }
/// ```
///
/// Blank lines and rows of empty cells are passed over, the latter counted. A record with too many or too few fields, or
/// with a misplaced quote, is thrown as a problem with the scope `record`; the next call goes on behind it, and `rejected`
/// holds it.
package final class RecordReader {
    /// The names of the columns.
    package private(set) var header = Header(names: [])
    /// The header as it stands in the file, decoded, without its line ending; where names were joined with those of their
    /// groups, a row of these.
    package private(set) var headerText = ""
    package private(set) var headerLine = 1
    /// The records read so far, those thrown included, the header and rows of empty cells not.
    package private(set) var recordCount = 0
    /// The rows of empty cells passed over so far.
    package private(set) var emptyRowCount = 0
    /// The record that the last call of `next` has thrown.
    package private(set) var rejected: Record?

    private let stream: TextStream
    private var delimited: DelimitedRecords
    private let json: JSONRecords?

    /// A reader at the first record behind the header. With a checksum, reaching the end of a file that has another
    /// one is a problem: the file has changed since.
    package init(file: ImportFile, plan: ReadingPlan, expectedSHA256: String? = nil) throws(ImportProblem) {
        stream = TextStream(file: file, plan: plan, expectedSHA256: expectedSHA256)
        delimited = DelimitedRecords(stream: stream, plan: plan)
        if let columns = plan.json {
            json = JSONRecords(stream: stream, columns: columns)
            header = Header(names: columns.names)
            headerText = Record.delimited(header.names)
            return
        }
        json = nil
        if plan.dialect.hasSeparatorLine, plan.known.header != 1 { _ = try delimited.next(header: header) }
        let wanted = plan.known.header ?? 1
        guard try stream.skipLines(to: wanted) else {
            throw ImportProblem(
                .headerLine, file: file.name, "has no line \(wanted), where the header should be: it has \(stream.line)"
            )
        }
        guard let first = try delimited.next(header: header) else { throw ImportFile.empty(file.name) }
        guard plan.known.header == nil || first.line == wanted else {
            throw ImportProblem(
                .headerLine, file: file.name, line: wanted,
                "the header should be here, and the line is empty; the next one that is not is line \(first.line)")
        }
        header = try Self.header(of: first, below: nil, file: file.name)
        if wanted > 1, Header.hasRepeats(header.names) {
            let groups = GroupRow(above: wanted, file: file, plan: plan)?.names
            header = Header(names: header.names, groups: groups)
        }
        let isAsItStands = header.joinedNames.isEmpty
        headerText = isAsItStands ? first.rawText : Record.delimited(header.names, separator: plan.dialect.separator)
        headerLine = first.line
    }

    /// The names in a record, below a row that may name groups of them.
    package static func header(of record: Record, below groups: [String]?, file: String) throws(ImportProblem) -> Header
    {
        let names = record.names
        let limit = ReadingLimits.columnNameCharacterLimit
        if let long = names.first(where: { $0.utf8.count > limit && $0.count > limit }) {
            throw ImportProblem(
                .columnLimit, file: file, line: record.line,
                "the name of a column, \"\(long.prefix(40))…\", is longer than \(limit) characters; is this the header?"
            )
        }
        return Header(names: names, groups: groups)
    }

    /// The bytes of the file as given, packed or not, that have been read so far.
    package var bytesConsumed: Int { stream.bytesConsumed }

    /// The lines that have been read so far, or the number of the last record where records go by numbers.
    package var lineCount: Int { json?.lastLine ?? stream.line - 1 }

    /// The SHA-256 of those bytes.
    package var sha256: String { stream.sha256 }

    /// The ways in which the lines end.
    package var lineEndings: Set<LineEnding> { delimited.lineEndings }

    /// The next record; nil at the end of the file.
    package func next() throws(ImportProblem) -> Record? {
        rejected = nil
        while let record = try nextOfAnyWidth() {
            if record.isEmpty {
                emptyRowCount += 1
                try delimited.noteEmpty()
                continue
            }
            delimited.noteValues()
            recordCount += 1
            guard record.count == header.names.count else {
                rejected = record
                if let problem = TotalsRow.problem(of: record, from: 0, file: stream.fileName, line: record.line) {
                    throw problem
                }
                let found = record.count == 1 ? "1 field" : "\(record.count) fields"
                throw ImportProblem(
                    .raggedRow, file: stream.fileName, line: record.line,
                    "the header has \(header.names.count) columns, this row has \(found)")
            }
            return record
        }
        return nil
    }

    /// Lets `body` take plain lines off the front of the text that is in memory; it is given the text and where it begins.
    package func takeLines(_ body: (Span<UInt8>, inout PlainLines) -> Void) {
        var taken = PlainLines(end: stream.position, line: stream.line)
        let buffer = stream.buffer
        body(buffer.span, &taken)
        guard taken.line > stream.line else { return }
        recordCount += taken.line - stream.line
        stream.position = taken.end
        stream.line = taken.line
        delimited.noteValues()
        delimited.note(taken)
    }

    /// The next record with any number of fields, for who looks for a header.
    package func nextOfAnyWidth() throws(ImportProblem) -> Record? {
        do throws(ImportProblem) {
            if let json { return try json.next() }
            return try delimited.next(header: header)
        } catch {
            rejected = json == nil ? delimited.rejected : json?.rejected
            if error.scope == .record { recordCount += 1 }
            throw error
        }
    }
}
