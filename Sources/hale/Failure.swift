import Foundation
import HaleService
import HaleTerminal

/// What a command that failed says: lines for people, and the same for programs that asked for JSON.
struct Failure {
    /// One line with its code and, where there is one, the place in a file.
    struct Entry {
        let line: String
        var file: String?
        var row: Int?
        var column: String?
        /// What is wrong, without code and place; taken from the line where it is not given.
        var message: String?
    }

    let entries: [Entry]

    init(_ lines: [String]) {
        entries = lines.map { Entry(line: $0) }
    }

    init(_ problems: [ImportProblem]) {
        entries = problems.flatMap(\.all).map {
            Entry(
                line: $0.descriptionWithCode, file: $0.file, row: $0.line, column: $0.column, message: $0.message)
        }
    }

    init(_ failure: ImportFailure) {
        if case .file(let problems) = failure { self.init(problems) } else { self.init(failure.lines) }
    }

    init(_ failure: ModelFailure) {
        entries = failure.problems.map {
            Entry(
                line: $0.description, file: $0.file, row: $0.line, column: $0.column.map(String.init),
                message: $0.message)
        }
    }

    init(_ failure: RuleFailure) {
        entries = failure.problems.map {
            Entry(
                line: $0.description, file: $0.file, row: $0.line, column: $0.column.map(String.init),
                message: $0.message)
        }
    }

    init(_ failure: ReceiverFailure) {
        entries = failure.problems.map {
            Entry(
                line: $0.description, file: $0.file, row: $0.line, column: $0.column.map(String.init),
                message: $0.message)
        }
    }

    /// Whether the command line asks for JSON.
    static var isAskedForJSON: Bool {
        let arguments = CommandLine.arguments
        return arguments.contains("--format=json")
            || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    }

    /// `[{"code": …, "message": …, "file": …, "line": …, "column": …}]`
    var errors: JSONValue {
        .array(
            entries.map { entry in
                let (code, message) = Self.parts(of: entry.line)
                return [
                    "code": .init(code), "message": .string(entry.message ?? message), "file": .init(entry.file),
                    "line": .init(entry.row), "column": .init(entry.column),
                ]
            })
    }

    /// `{"errors": […]}`
    var json: JSONValue { ["errors": errors] }

    /// Tells people, and programs where they asked for JSON, and ends.
    func end(status: Int32) -> Never {
        printJSON()
        Console.fail(lines, status: status)
    }

    /// The lines for people.
    var lines: [String] { entries.map(\.line) }

    /// The answer to programs that asked for JSON and got none yet.
    func printJSON() {
        guard Self.isAskedForJSON, !Console.hasPrinted else { return }
        Console.printDone(DocumentRenderer(Console.capabilities).render(Document(json: json), .json))
    }

    /// The code that every line has, in front or behind, and the rest.
    private static func parts(of line: String) -> (code: String?, message: String) {
        if let match = line.wholeMatch(of: /(HALE-[A-Z]+(?:-[0-9A-Z]+)?): (.*)/.dotMatchesNewlines()) {
            return (String(match.output.1), String(match.output.2))
        }
        if let match = line.wholeMatch(of: /(.*) \[(HALE-[A-Z]+-[0-9A-Z]+)\]/.dotMatchesNewlines()) {
            return (String(match.output.2), String(match.output.1))
        }
        return (nil, line)
    }
}
