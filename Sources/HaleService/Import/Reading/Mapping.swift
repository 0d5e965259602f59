public import HaleStore

/// How a foreign file becomes an import kind: a mapping file, read strictly.
public struct Mapping: Hashable, Sendable {
    /// One line of the mapping: a column of the kind, what is said of it, and where.
    public struct Entry: Hashable, Sendable {
        /// The column of the kind.
        public let target: String
        /// The source column, the constant or the SQL expression; nil for a constant that says the value is missing.
        public let text: String?
        /// Further names of the source column, for files that lack the names before.
        public var otherNames: [String] = []
        /// The place in the mapping file.
        public let position: Position
    }

    /// The words of one column and what they stand for; nil says that the value is missing.
    public struct Words: Hashable, Sendable {
        /// The column of the kind.
        public let target: String
        /// The words.
        public let words: [String: String?]
        /// The place in the mapping file.
        public let position: Position
    }

    /// A place in a mapping file.
    public struct Position: Hashable, Sendable {
        /// The line, counted from 1.
        public let line: Int
        /// The character in the line, counted from 1.
        public let column: Int

        /// A place.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// The mapping file as the user named it.
    public let file: String
    /// The import kind.
    public let kind: String
    /// The columns that are taken from the file.
    public internal(set) var columns: [Entry]
    /// The columns that have the same value in every record.
    public internal(set) var constants: [Entry]
    /// The words to be replaced.
    public let words: [Words]
    /// The columns that PostgreSQL derives from the columns of the file.
    public internal(set) var derive: [Entry]
    /// The columns that a file may lack; what comes from them alone is then not said by the file.
    public let optional: [String]
    /// Whether lines of a single field, such as the footer of a report, are no rows.
    public let hasFooter: Bool
    /// The line of the header, if the mapping says it.
    public let headerLine: Int?
    /// The format of all dates, if the mapping fixes it.
    public let dateFormat: DateFormat?
    /// Which day the ends of terms name, if the mapping says so.
    public let termEnd: TermEnd?
    /// The decimal mark of all numbers, if the mapping fixes it.
    public let decimalMark: DecimalMark?
    /// An SQL condition for records to leave out.
    public let skipWhen: String?

    /// Whether PostgreSQL has to evaluate something before the records can be read.
    public var needsDatabase: Bool { !derive.isEmpty || skipWhen != nil }

    /// The text of the mapping file, from which the same mapping can be read again.
    public internal(set) var text: String
    /// What was said beside the file, such as `--column email=E-Mail`.
    public internal(set) var additions: [String] = []

    /// Reads the text of a mapping file; `file` names it in problems.
    public init(yaml: String, file: String) throws(ImportProblem) {
        text = yaml
        let reader = MappingReader(file: file)
        let fields = try reader.fields(of: yaml)
        self.file = file
        kind = try reader.kind(fields)
        columns = try reader.entries(fields[.columns], value: .name)
        constants = try reader.entries(fields[.constants], value: .constant)
        words = try reader.words(fields[.words])
        derive = try reader.entries(fields[.derive], value: .expression)
        optional = try reader.names(fields[.optional], of: MappingReader.Key.optional.rawValue)
        hasFooter = try reader.flag(fields[.hasFooter], of: .hasFooter)
        headerLine = try reader.headerLine(fields[.headerLine])
        dateFormat = try reader.dateFormat(fields[.dateFormat])
        termEnd = try reader.termEnd(fields[.endsOn])
        decimalMark = try reader.decimalMark(fields[.decimal])
        skipWhen = try fields[.skipWhen].map { node throws(ImportProblem) in
            try reader.text(node, of: "skip_when", value: .expression)
        }
        try checkTargets()
    }

    /// Whether a record that a reader could not take apart is a line of the footer.
    func isFooter(_ record: Record?) -> Bool { hasFooter && record?.count == 1 }

    /// Reads a mapping file.
    public init(path: String) throws(ImportProblem) {
        try self.init(yaml: MappingReader.contents(of: path), file: path)
    }

    /// A column of the kind comes from one place.
    private func checkTargets() throws(ImportProblem) {
        var seen: Set<String> = []
        for entry in columns + constants + derive {
            guard seen.insert(entry.target).inserted else {
                throw problem(
                    entry.position,
                    "\(entry.target) stands in more than one of columns, constants and derive; keep one")
            }
        }
    }

    func problem(_ position: Position, _ message: String) -> ImportProblem {
        guard position != .commandLine else { return ImportProblem(.mappingContent, file: Self.option, message) }
        return ImportProblem(
            .mappingContent, file: file, line: position.line, column: String(position.column), message)
    }
}
