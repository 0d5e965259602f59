package import Delimited
package import HaleDomain

/// Why an import was refused as a whole; nothing of the file was written.
package enum ImportFailure: UserFacingError {
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

    /// An import's own refusal; nil for other errors.
    package init?(_ error: any Error) {
        switch error {
        case let failure as ImportFailure: self = failure
        case let problem as ImportProblem: self = .file([problem])
        default: return nil
        }
    }

    /// One entry for each cause, and one that counts the rest.
    package var entries: [ErrorEntry] {
        switch self {
        case .file(let problems): problems.flatMap(\.entries)
        case .badRows(let causes, let causeCount, let rows, let allowed):
            // Of rows programs have the places with the causes.
            causes.map(\.problem).map {
                ErrorEntry(text: $0.descriptionWithCode, code: $0.code.rawValue, message: $0.description)
            } + [Self.summary(rest: causeCount - causes.count, rows: rows, allowed: allowed)]
        }
    }

    private static func summary(rest: Int, rows: Int, allowed: Int) -> ErrorEntry {
        let more = rest > 0 ? "\(rest) more \(rest == 1 ? "reason" : "reasons"); " : ""
        let advice =
            allowed > 0
            ? "more than the \(allowed) that --skip-bad allows"
            : "correct the file, or leave these rows out with --skip-bad \(rows)"
        let text = "\(more)\(rows) bad \(rows == 1 ? "row" : "rows"), nothing imported: \(advice)"
        return ErrorEntry(text: text, code: nil, message: text)
    }
}

extension ImportProblem: UserFacingError {
    package var entries: [ErrorEntry] {
        all.map {
            ErrorEntry(
                text: $0.descriptionWithCode, code: $0.code.rawValue, message: $0.message, file: $0.file,
                line: $0.line, column: $0.column)
        }
    }

    package var exitStatus: ExitStatus { code == .unknownPreset ? .wrongUsage : .failed }
}
