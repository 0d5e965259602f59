/// What is wrong with an import's file or mapping, where, and what to do about it: always one line.
package struct ImportProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of problem; its raw value is the code that logs and scripts look for.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case missingFile = "HALE-IMPORT-001"
        case directory = "HALE-IMPORT-002"
        case notARegularFile = "HALE-IMPORT-003"
        case unreadable = "HALE-IMPORT-004"
        case emptyFile = "HALE-IMPORT-005"
        case foreignFormat = "HALE-IMPORT-006"
        case damagedGzip = "HALE-IMPORT-007"
        case encoding = "HALE-IMPORT-008"
        case nulByte = "HALE-IMPORT-009"
        case unclosedQuote = "HALE-IMPORT-010"
        case textAfterQuote = "HALE-IMPORT-011"
        case raggedRow = "HALE-IMPORT-012"
        case recordTooLong = "HALE-IMPORT-013"
        case changedWhileReading = "HALE-IMPORT-014"
        case temporaryFile = "HALE-IMPORT-015"
        case headerLine = "HALE-IMPORT-016"
        case columnLimit = "HALE-IMPORT-017"
        case badObject = "HALE-IMPORT-018"
        case badJSON = "HALE-IMPORT-019"
        case ambiguousDates = "HALE-IMPORT-020"
        case ambiguousDecimals = "HALE-IMPORT-021"
        case ambiguousTermEnds = "HALE-IMPORT-025"
        case badValue = "HALE-IMPORT-022"
        case missingValue = "HALE-IMPORT-023"
        case badRow = "HALE-IMPORT-024"
        case totalsRow = "HALE-IMPORT-029"
        case mappingSyntax = "HALE-IMPORT-030"
        case mappingContent = "HALE-IMPORT-031"
        case missingColumn = "HALE-IMPORT-032"
        case unknownColumn = "HALE-IMPORT-033"
        case duplicateColumn = "HALE-IMPORT-034"
        case unknownPreset = "HALE-IMPORT-035"
        case undecidedKind = "HALE-IMPORT-036"
    }

    /// How far the damage reaches.
    package enum Scope: Hashable, Sendable {
        /// One record is bad; the reader can go on with the next.
        case record
        /// Nothing after this point of the file can be trusted.
        case file
    }

    /// The kind of problem.
    package let code: Code
    /// The file as the user named it.
    package let file: String
    /// The line of the file, counted from 1; for a record, the line where it starts.
    package let line: Int?
    /// The name of the column, or in a mapping the position in the line, counted from 1.
    package let column: String?
    /// What is wrong and what to do.
    package let message: String
    /// Problems of the same kind that were found with it, such as further columns that are missing.
    package private(set) var further: [ImportProblem] = []

    /// A problem at a place of a file.
    package init(_ code: Code, file: String, line: Int? = nil, column: String? = nil, _ message: String) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// The problem of a value that its column does not take.
    package init(_ fault: ValueFault, file: String, line: Int, column: String) {
        self.init(
            fault.reason == .missing ? .missingValue : .badValue, file: file, line: line, column: column,
            fault.description)
    }

    /// Problems that are told together, as one; nil where there are none.
    package init?(together problems: [ImportProblem]) {
        guard let first = problems.first else { return nil }
        self = first
        further = problems.dropFirst().flatMap(\.all)
    }

    /// The problem and those that were found with it, each one line.
    package var all: [ImportProblem] {
        var alone = self
        alone.further = []
        return [alone] + further
    }

    /// Whether the reader can go on behind the problem.
    package var scope: Scope {
        switch code {
        case .raggedRow, .unclosedQuote, .textAfterQuote, .badObject, .badValue, .missingValue, .badRow, .totalsRow:
            .record
        default: .file
        }
    }

    /// `file:line: column: what`; a place that is not known is left out.
    package var description: String {
        var place = file
        if let line { place += ":\(line)" }
        switch (code, column) {
        case (.mappingSyntax, let position?), (.mappingContent, let position?): place += ":\(position)"
        case (_, let column?): place += ": \(column)"
        case (_, nil): break
        }
        return "\(place): \(message)"
    }

    /// The description with its code behind it, for logs.
    package var descriptionWithCode: String { "\(description) [\(code.rawValue)]" }
}
