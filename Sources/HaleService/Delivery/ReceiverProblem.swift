/// What is wrong with receivers or routes, with its place.
package struct ReceiverProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is; the code is for searching and never used again for another.
    package enum Code: String, Sendable {
        /// The file cannot be read.
        case unreadable = "HALE-DELIVERY-001"
        /// The file is not YAML, or a key stands twice.
        case syntax = "HALE-DELIVERY-002"
        /// A key that the file does not have.
        case unknownKey = "HALE-DELIVERY-003"
        /// A key that is needed is missing.
        case missingKey = "HALE-DELIVERY-004"
        /// A value that its key cannot have.
        case badValue = "HALE-DELIVERY-005"
        /// A name that stands twice, or that nobody has.
        case name = "HALE-DELIVERY-006"
        /// An address that may not be connected to.
        case destination = "HALE-DELIVERY-007"
        /// A secret that is missing or is none.
        case secret = "HALE-DELIVERY-008"
        /// What cannot be done as things stand.
        case refused = "HALE-DELIVERY-009"
    }

    /// What kind of problem it is.
    package let code: Code
    /// The file.
    package let file: String?
    /// Line in the file, counted from 1.
    package let line: Int?
    /// Position in the line, counted from 1.
    package let column: Int?
    /// What is wrong and what to do.
    package let message: String

    /// A problem at a place of a file, or of none.
    package init(_ code: Code, file: String? = nil, line: Int? = nil, column: Int? = nil, _ message: String) {
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `file:line:column: what [code]`; a place that is not known is left out.
    package var description: String {
        guard let file else { return "\(message) [\(code.rawValue)]" }
        var place = file
        if let line { place += ":\(line)" }
        if line != nil, let column { place += ":\(column)" }
        return "\(place): \(message) [\(code.rawValue)]"
    }
}

extension ReceiverProblem {
    /// A problem of a strict reading.
    init(_ problem: ModelProblem) {
        let code: Code =
            switch problem.code {
            case .unreadable: .unreadable
            case .syntax: .syntax
            case .unknownKey: .unknownKey
            case .missingKey: .missingKey
            case .set: .name
            case .overlap: .destination
            case .badValue, .weights, .expression: .badValue
            }
        self.init(code, file: problem.file, line: problem.line, column: problem.column, problem.message)
    }
}

/// Everything that is wrong with receivers.
package struct ReceiverFailure: Error, Sendable, CustomStringConvertible {
    /// The problems, in the order of their lines.
    package let problems: [ReceiverProblem]

    /// Problems.
    package init(problems: [ReceiverProblem]) {
        self.problems = problems
    }

    /// One problem a line.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
