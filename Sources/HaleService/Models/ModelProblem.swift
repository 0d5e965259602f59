/// What is wrong with a model file, with its place.
package struct ModelProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is; the code is for searching and never used again for another.
    package enum Code: String, Sendable {
        /// The file cannot be read, or there is none of that name.
        case unreadable = "HALE-MODEL-001"
        /// The file is not YAML, or a key stands twice.
        case syntax = "HALE-MODEL-002"
        /// A key that model files do not have.
        case unknownKey = "HALE-MODEL-003"
        /// A key that is needed is missing.
        case missingKey = "HALE-MODEL-004"
        /// A value that its key cannot have.
        case badValue = "HALE-MODEL-005"
        /// Weights of which nothing can be a share.
        case weights = "HALE-MODEL-006"
        /// Bands, or other edges, that overlap.
        case overlap = "HALE-MODEL-007"
        /// An expression that is not allowed or that PostgreSQL does not understand.
        case expression = "HALE-MODEL-008"
        /// Models that do not go together.
        case set = "HALE-MODEL-009"
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

    /// `file:line:column: what [code]`; a place that is not known is left out.
    package var description: String {
        var place = file
        if let line { place += ":\(line)" }
        if line != nil, let column { place += ":\(column)" }
        return "\(place): \(message) [\(code.rawValue)]"
    }
}

/// Everything that is wrong with model files.
package struct ModelFailure: Error, Sendable, CustomStringConvertible {
    /// The problems, in the order of the files and of their lines.
    package let problems: [ModelProblem]

    /// Problems of model files.
    init(problems: [ModelProblem]) {
        self.problems = problems
    }

    /// A file or folder that is there and cannot be read.
    init(unreadable path: String, _ problem: ConfigurationFile.Problem) {
        problems = [ModelProblem(.unreadable, file: path, problem.description)]
    }

    /// One problem a line.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
