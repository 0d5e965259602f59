/// Why an import was refused as a whole; nothing of the file was written.
package enum ImportFailure: Error, Sendable {
    /// Rows are wrong: the first causes, how many there are, and on how many rows.
    case badRows(causes: [ProblemCause], causeCount: Int, rows: Int, allowed: Int)
    /// The whole file is wrong.
    case file([ImportProblem])

    /// What is wrong, one problem for each cause.
    package var causes: [ProblemCause] {
        switch self {
        case .file(let problems): problems.flatMap(\.all).map { ProblemCause(example: $0, rows: 1, isMixed: false) }
        case .badRows(let causes, _, _, _): causes
        }
    }

    /// What is wrong, where an error is an import's own refusal; empty for others.
    package static func causes(of error: any Error) -> [ProblemCause] {
        switch error {
        case let failure as ImportFailure: failure.causes
        case let problem as ImportProblem: ImportFailure.file([problem]).causes
        default: []
        }
    }

    /// One line per cause, and one that counts the rest.
    package var lines: [String] {
        causes.map(\.problem.descriptionWithCode) + [summary].compactMap(\.self)
    }

    private var summary: String? {
        guard case .badRows(let causes, let causeCount, let rows, let allowed) = self else { return nil }
        let rest = causeCount - causes.count
        let more = rest > 0 ? "\(rest) more \(rest == 1 ? "reason" : "reasons"); " : ""
        let advice =
            allowed > 0
            ? "more than the \(allowed) that --skip-bad allows"
            : "correct the file, or leave these rows out with --skip-bad \(rows)"
        return "\(more)\(rows) bad \(rows == 1 ? "row" : "rows"), nothing imported: \(advice)"
    }
}
