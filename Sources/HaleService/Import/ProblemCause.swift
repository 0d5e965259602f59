package import Delimited
import HaleStore

/// One thing that is wrong with any number of rows.
package struct ProblemCause: Hashable, Sendable {
    /// The first of its problems.
    package var example: ImportProblem
    /// The problems that it makes.
    package var rows: Int
    /// Whether the others say the like of other values, and not the very same.
    package var isMixed: Bool

    /// The first problem, whose message says how many there are.
    package var problem: ImportProblem {
        guard rows > 1 else { return example }
        let more = "\(isMixed ? "the like" : "the same") on \(rows - 1) more \(rows == 2 ? "row" : "rows")"
        return ImportProblem(
            example.code, file: example.file, line: example.line, column: example.column,
            "\(example.message) (\(more))")
    }
}

/// The problems of a file's rows by their causes. Problems of a column whose messages differ in values and numbers alone
/// have one cause; few values are told apart, so that each unknown CSM is named.
struct ProblemCauses: Sendable {
    /// Wordings of a cause that are told apart.
    static let wordingLimit = 3
    /// Causes that are told apart; problems beyond are only counted.
    static let causeLimit = 1_000

    private struct Key: Hashable {
        let code: ImportProblem.Code
        let column: String?
        let pattern: String
    }

    fileprivate struct Cause {
        /// In the order of their lines, unless there are more than are told apart: then the first alone.
        var wordings: [ProblemCause]
        var isMixed = false
    }

    private var causes: [Key: Cause] = [:]

    /// Takes a problem in; `rows` and `isMixed` where it stands for others already.
    mutating func add(_ problem: ImportProblem, rows: Int = 1, isMixed: Bool = false) {
        let key = Key(code: problem.code, column: problem.column, pattern: Self.pattern(of: problem.message))
        let added = ProblemCause(example: problem, rows: rows, isMixed: isMixed)
        guard var cause = causes[key] else {
            if causes.count < Self.causeLimit { causes[key] = Cause(wordings: [added], isMixed: isMixed) }
            return
        }
        // Out of the table while it changes, so that it is not copied.
        causes[key] = nil
        cause.take(added)
        causes[key] = cause
    }

    /// Gives every problem the line that it has elsewhere.
    mutating func move(to origin: RowOrigin) {
        for key in causes.keys {
            guard let cause = causes[key] else { continue }
            causes[key] = Cause(
                wordings: cause.wordings.map {
                    ProblemCause(example: origin.original($0.example), rows: $0.rows, isMixed: $0.isMixed)
                }, isMixed: cause.isMixed)
        }
    }

    /// All causes, those of the most rows first, then in the order of the file.
    var all: [ProblemCause] {
        causes.values.flatMap(\.wordings).sorted {
            ($1.rows, $0.example.line ?? 0, $0.example.column ?? "")
                < ($0.rows, $1.example.line ?? 0, $1.example.column ?? "")
        }
    }

    /// A message without its values: what is quoted, and numbers.
    static func pattern(of message: String) -> String {
        var pattern = ""
        var isQuoted = false
        var isNumber = false
        for scalar in message.unicodeScalars {
            if scalar == "\"" { isQuoted.toggle() }
            let isDigit = ("0"..."9").contains(scalar)
            if !isQuoted, !(isDigit && isNumber) { pattern.unicodeScalars.append(isDigit ? "0" : scalar) }
            isNumber = isDigit
        }
        return pattern
    }
}

extension ProblemCauses.Cause {
    fileprivate mutating func take(_ added: ProblemCause) {
        let isKnown = wordings.firstIndex { $0.example.message == added.example.message }
        if !isMixed, !added.isMixed, let place = isKnown {
            wordings[place] = Self.joined(wordings[place], added, isMixed: false)
        } else if !isMixed, !added.isMixed, wordings.count < ProblemCauses.wordingLimit {
            wordings.append(added)
        } else {
            isMixed = true
            wordings = [wordings.dropFirst().reduce(wordings[0]) { Self.joined($0, $1, isMixed: true) }]
            wordings[0] = Self.joined(wordings[0], added, isMixed: true)
        }
    }

    private static func joined(_ left: ProblemCause, _ right: ProblemCause, isMixed: Bool) -> ProblemCause {
        let isFirst = (left.example.line ?? 0) <= (right.example.line ?? 0)
        return ProblemCause(
            example: isFirst ? left.example : right.example, rows: left.rows + right.rows, isMixed: isMixed)
    }
}

extension ImportStore.Cause {
    /// A cause as receipts have it.
    init(_ cause: ProblemCause) {
        self.init(
            line: Int64(cause.example.line ?? 0), column: cause.example.column, reason: cause.example.message,
            rows: Int64(cause.rows), isMixed: cause.isMixed)
    }
}
