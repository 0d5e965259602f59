/// Pass one over a file: its encoding, dialect and checksum, and the format of every column that needs one.
package struct Survey: Sendable {
    /// What the file is like.
    package let source: SourceDescription
    /// The names of its columns.
    package let header: Header
    /// The header as it stands in the file, decoded, without its line ending; where names were joined with those of their
    /// groups, a row of these.
    package let headerText: String
    /// The columns that `columns` has asked for, in their order.
    package let columns: [ResolvedColumn]
    /// One verdict for each of these columns, in their order.
    package let verdicts: [ColumnVerdict]
    /// The records with too many or too few fields, or with a misplaced quote.
    package let raggedCount: Int

    private let file: ImportFile
    private let plan: ReadingPlan

    /// Reads the whole file.
    ///
    /// `columns` says which columns of the file matter. Where it refuses the first record as a header, and the line of the
    /// header is not known, it is asked of the records behind it, and the one that it takes is the header. It is called again
    /// when the file turns out not to be in UTF-8, with the names as they read then, and of the header last.
    /// `progress` is told now and then how many bytes have been read.
    /// Throws what makes the file unreadable; bad records are counted only, and thrown again by the reader.
    package init(
        of file: ImportFile, given: GivenFormats = GivenFormats(), known: KnownLines = KnownLines(),
        limits: ReadingLimits = .standard, progress: (Int) -> Void = { _ in },
        columns: (Header) throws(ImportProblem) -> [ResolvedColumn]
    ) throws(ImportProblem) {
        var plan = try ReadingPlan(sniffing: file, known: known, limits: limits)
        var pass: Pass
        do throws(ImportProblem) {
            try Self.complete(&plan, file: file, columns: columns)
            pass = try Pass(file: file, plan: plan, given: given, progress: progress, columns: columns)
        } catch {
            guard error.code == .encoding, plan.encoding == .utf8 else { throw error }
            plan.encoding = try Self.legacyEncoding(of: file, plan: plan)
            try Self.complete(&plan, file: file, columns: columns)
            pass = try Pass(file: file, plan: plan, given: given, progress: progress, columns: columns)
        }
        self.file = file
        self.plan = plan
        header = pass.reader.header
        headerText = pass.reader.headerText
        self.columns = pass.columns
        verdicts = pass.surveys.map(\.verdict)
        raggedCount = pass.raggedCount
        source = pass.description(of: file, plan: plan)
    }

    /// The columns that the user has to give a format for, as problems; empty when the file can be read.
    package var ambiguities: [ImportProblem] {
        verdicts.compactMap { $0.problem(file: file.name) }
    }

    /// Pass two: a reader at the first record. It throws at its end when the file is no longer the one surveyed.
    package func reader() throws(ImportProblem) -> RecordReader {
        try RecordReader(file: file, plan: plan, expectedSHA256: source.sha256)
    }

    /// A scanner for some columns of the file, counted from 0; nil where none can be had.
    package func plainLineScanner(wanted: [Int]) -> PlainLineScanner? {
        plan.plainLineScanner(columnCount: header.names.count, wanted: wanted)
    }

    /// Finds the columns of a JSON file, or the header of another one.
    private static func complete(
        _ plan: inout ReadingPlan, file: ImportFile, columns: (Header) throws(ImportProblem) -> [ResolvedColumn]
    ) throws(ImportProblem) {
        if let layout = plan.layout {
            let found = try JSONColumns(of: file, layout: layout, plan: plan)
            plan.json = found
            do { _ = try columns(Header(names: found.names)) } catch { throw found.wrapper(in: file) ?? error }
        } else if plan.known.header == nil {
            plan.known.header = try HeaderSearch(file: file, plan: plan).line(columns)
        }
    }

    /// The encoding of a file that has no byte-order mark and is not valid UTF-8.
    private static func legacyEncoding(of file: ImportFile, plan: ReadingPlan) throws(ImportProblem) -> TextEncoding {
        let bytes = FileBytes(of: file, bufferByteCount: plan.limits.bufferByteCount)
        var scan = LegacyEncodingScan(hasByteOrderMark: plan.byteOrderMarkByteCount > 0)
        var chunk: [UInt8] = []
        while try bytes.append(to: &chunk) {
            scan.scan(chunk)
            chunk.removeAll(keepingCapacity: true)
        }
        switch scan.verdict {
        case .latin1: return .latin1
        case .windows1252: return .windows1252
        case .damagedUTF8(let byte, let line):
            throw ImportProblem(
                .encoding, file: file.name, line: line,
                "byte \(hexadecimal(byte)) is not valid UTF-8, the rest of the file is; save the whole file as UTF-8")
        case .unknown(let byte, let line):
            throw ImportProblem(
                .encoding, file: file.name, line: line,
                "byte \(hexadecimal(byte)) is neither valid UTF-8 nor Windows-1252; save the file as UTF-8")
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}

/// One run over the records of a file under a plan.
private struct Pass {
    package let reader: RecordReader
    package let columns: [ResolvedColumn]
    package private(set) var surveys: [ColumnSurvey]
    package private(set) var raggedCount = 0

    private static let progressStepBytes = 1024 * 1024

    package init(
        file: ImportFile, plan: ReadingPlan, given: GivenFormats, progress: (Int) -> Void,
        columns choose: (Header) throws(ImportProblem) -> [ResolvedColumn]
    ) throws(ImportProblem) {
        reader = try RecordReader(file: file, plan: plan)
        columns = try choose(reader.header)
        surveys = columns.map { ColumnSurvey(column: $0, given: given) }
        let wanted = surveys.indices.filter { surveys[$0].surveyedIndex != nil }
        let scanner = plan.plainLineScanner(
            columnCount: reader.header.names.count, wanted: wanted.compactMap { surveys[$0].surveyedIndex })
        var reportedBytes = 0
        var isAtEnd = false
        while !isAtEnd {
            if let scanner, wanted.allSatisfy({ surveys[$0].takesPlainValues }) {
                countPlainLines(scanner, wanted: wanted)
            }
            do throws(ImportProblem) {
                isAtEnd = try !readRecord()
            } catch {
                guard error.scope == .record else { throw error }
                raggedCount += 1
            }
            if reader.bytesConsumed - reportedBytes >= Self.progressStepBytes {
                reportedBytes = reader.bytesConsumed
                progress(reportedBytes)
            }
        }
        progress(reader.bytesConsumed)
    }

    private mutating func readRecord() throws(ImportProblem) -> Bool {
        guard let record = try reader.next() else { return false }
        for index in surveys.indices { surveys[index].add(record) }
        return true
    }

    /// Counts the values of plain lines up to the first line that is not plain, or has a value that is not.
    private mutating func countPlainLines(_ scanner: PlainLineScanner, wanted: [Int]) {
        var scanner = scanner
        var counts = [Int](repeating: 0, count: wanted.count)
        reader.takeLines { bytes, lines in
            while let next = scanner.scan(bytes, from: lines.end) {
                for (place, index) in wanted.enumerated() {
                    guard surveys[index].isPlain(bytes, from: scanner.starts[place], to: scanner.ends[place]) else {
                        return
                    }
                }
                for place in counts.indices where scanner.starts[place] < scanner.ends[place] { counts[place] += 1 }
                lines.take(upTo: next, endsWithPair: scanner.endsWithPair)
            }
        }
        for (place, index) in wanted.enumerated() { surveys[index].addPlain(counts[place]) }
    }

    package func description(of file: ImportFile, plan: ReadingPlan) -> SourceDescription {
        let endings = reader.lineEndings
        return SourceDescription(
            encoding: plan.encoding, hasByteOrderMark: plan.byteOrderMarkByteCount > 0,
            separator: plan.dialect.separator,
            lineEnding: endings.count > 1 ? .mixed : endings.first ?? .none, isCompressed: file.isCompressed,
            sha256: reader.sha256, byteCount: reader.bytesConsumed, recordCount: reader.recordCount,
            emptyRowCount: reader.emptyRowCount, headerLine: plan.known.header.flatMap { $0 > 1 ? $0 : nil },
            joinedNames: reader.header.joinedNames, layout: plan.layout)
    }
}
