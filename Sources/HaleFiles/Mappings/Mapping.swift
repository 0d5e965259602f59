package import Delimited
package import HaleDomain

/// How a foreign file becomes an import kind: a mapping file, read strictly.
package struct Mapping: Hashable, Sendable {
    /// One line of the mapping: a column of the kind, what is said of it, and where.
    package struct Entry: Hashable, Sendable {
        /// The column of the kind.
        package let target: String
        /// The source column, the constant or the SQL expression; nil for a constant that says the value is missing.
        package let text: String?
        /// Further names of the source column, for files that lack the names before.
        package var otherNames: [String] = []
        /// The place in the mapping file.
        package let position: Position
    }

    /// The words of one column and what they stand for; nil says that the value is missing.
    package struct Words: Hashable, Sendable {
        /// The column of the kind.
        package let target: String
        package let words: [String: String?]
        /// The place in the mapping file.
        package let position: Position
    }

    /// A place in a mapping file.
    package struct Position: Hashable, Sendable {
        /// The line, counted from 1.
        package let line: Int
        /// The character in the line, counted from 1.
        package let column: Int

        /// A place.
        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// The mapping file as the user named it.
    package let file: String
    /// The import kind.
    package let kind: String
    /// The columns that are taken from the file.
    package internal(set) var columns: [Entry]
    /// The columns that have the same value in every record.
    package internal(set) var constants: [Entry]
    /// The words to be replaced.
    package let words: [Words]
    /// The columns that PostgreSQL derives from the columns of the file.
    package internal(set) var derive: [Entry]
    /// The columns that a file may lack; what comes from them alone is then not said by the file.
    package let optional: [String]
    /// Whether lines of a single field, such as the footer of a report, are no rows.
    package let hasFooter: Bool
    /// The line of the header, if the mapping says it.
    package let headerLine: Int?
    /// The format of all dates, if the mapping fixes it.
    package let dateFormat: DateFormat?
    /// Which day the ends of terms name, if the mapping says so.
    package let termEnd: TermEnd?
    /// The decimal mark of all numbers, if the mapping fixes it.
    package let decimalMark: DecimalMark?
    /// An SQL condition for records to leave out.
    package let skipWhen: String?

    /// Whether PostgreSQL has to evaluate something before the records can be read.
    package var needsDatabase: Bool { !derive.isEmpty || skipWhen != nil }

    /// What its expressions may call beside the usual functions.
    package static let furtherFunctions: Set<String> = ["to_timestamp", "major_units"]

    /// The text of the mapping file, from which the same mapping can be read again.
    package internal(set) var text: String
    /// What was said beside the file, such as `--column email=E-Mail`.
    package internal(set) var additions: [String] = []

    /// Reads the text of a mapping file; `file` names it in problems.
    package init(yaml: String, file: String) throws(ImportProblem) {
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
    package func isFooter(_ record: Record?) -> Bool { hasFooter && record?.count == 1 }

    /// Reads a mapping file.
    package init(path: String) throws(ImportProblem) {
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

    package func problem(_ position: Position, _ message: String) -> ImportProblem {
        guard position != .commandLine else { return ImportProblem(.mappingContent, file: Self.option, message) }
        return ImportProblem(
            .mappingContent, file: file, line: position.line, column: String(position.column), message)
    }
}
