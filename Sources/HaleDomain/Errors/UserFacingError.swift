/// An error that users see: what is wrong, for people and for programs, and how the process ends.
package protocol UserFacingError: Error {
    /// What is wrong, one entry for each thing.
    var entries: [ErrorEntry] { get }
    /// How a process ends that fails with it.
    var exitStatus: ExitStatus { get }
}

extension UserFacingError {
    package var exitStatus: ExitStatus { .failed }

    /// The lines for people.
    package var lines: [String] { entries.map(\.text) }
}

/// A user-facing error that is one line, with its code in front.
package protocol CodedError: UserFacingError, CustomStringConvertible {
    /// The code, for searching; it is never used again for another error.
    var code: String { get }
    /// What is wrong and what to do, without the code.
    var message: String { get }
}

extension CodedError {
    package var description: String { "\(code): \(message)" }

    package var entries: [ErrorEntry] { [ErrorEntry(text: description, code: code, message: message)] }
}

/// One thing that is wrong: the line for people, and its parts for programs.
package struct ErrorEntry: Sendable, Hashable {
    /// The line, with code and place.
    package let text: String
    /// The code, for searching; nil for what has none.
    package let code: String?
    /// What is wrong and what to do, without code and place.
    package let message: String
    /// The file, where it stands in one.
    package let file: String?
    /// The line of the file, counted from 1.
    package let line: Int?
    /// The name of a column, or a position in the line, counted from 1.
    package let column: String?

    package init(
        text: String, code: String?, message: String, file: String? = nil, line: Int? = nil, column: String? = nil
    ) {
        self.text = text
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.column = column
    }
}

/// How a process ends.
package enum ExitStatus: Int32, Sendable {
    /// What was asked for is done.
    case done = 0
    case failed = 1
    /// The command line or a setting is wrong.
    case wrongUsage = 2
    /// A check was made and found problems.
    case foundProblems = 3
}
