/// What is wrong with a file of rules or of their tests, with its place.
package struct RuleProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is; the code is for searching and never used again for another.
    package enum Code: String, Sendable {
        /// The file cannot be read, or there is none of that name.
        case unreadable = "HALE-RULE-001"
        /// The file is not YAML, or a key stands twice.
        case syntax = "HALE-RULE-002"
        /// A key that such files do not have.
        case unknownKey = "HALE-RULE-003"
        /// A key that is needed is missing.
        case missingKey = "HALE-RULE-004"
        /// A value that its key cannot have.
        case badValue = "HALE-RULE-005"
        /// A condition that is not allowed or that PostgreSQL does not understand.
        case condition = "HALE-RULE-006"
        /// A template that is none, or that names no signal.
        case template = "HALE-RULE-007"
        /// Rules that do not go together.
        case set = "HALE-RULE-008"
    }

    /// What kind of problem it is.
    package let code: Code
    /// The file.
    package let file: String
    /// Line in the file, counted from 1.
    package let line: Int?
    /// Position in the line, counted from 1.
    package let column: Int?
    /// What is wrong and what to do.
    package let message: String

    /// A problem at a place of a file.
    package init(_ code: Code, file: String, line: Int? = nil, column: Int? = nil, _ message: String) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// A problem that the reader of strict files noted.
    init(_ problem: ModelProblem) {
        let code: Code =
            switch problem.code {
            case .unreadable: .unreadable
            case .syntax: .syntax
            case .unknownKey: .unknownKey
            case .missingKey: .missingKey
            case .badValue, .weights, .overlap: .badValue
            case .expression: .condition
            case .set: .set
            }
        self.init(code, file: problem.file, line: problem.line, column: problem.column, problem.message)
    }

    /// `file:line:column: what [code]`; a place that is not known is left out.
    package var description: String {
        var place = file
        if let line { place += ":\(line)" }
        if line != nil, let column { place += ":\(column)" }
        return "\(place): \(message) [\(code.rawValue)]"
    }
}

/// Everything that is wrong with files of rules.
package struct RuleFailure: Error, Sendable, CustomStringConvertible {
    /// The problems, in the order of the files and of their lines.
    package let problems: [RuleProblem]

    /// Problems of files.
    package init(problems: [RuleProblem]) {
        self.problems = problems
    }

    /// A file or folder that is there and cannot be read.
    init(unreadable path: String, _ problem: ConfigurationFile.Problem) {
        problems = [RuleProblem(.unreadable, file: path, problem.description)]
    }

    /// One problem a line.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
