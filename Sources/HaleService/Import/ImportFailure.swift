/// Why an import was refused as a whole; nothing of the file was written.
public enum ImportFailure: Error, Sendable {
    /// Rows are wrong: the first of them, and how many problems on how many rows there are in all.
    case badRows(first: [ImportProblem], problems: Int, rows: Int, allowed: Int)
    /// The whole file is wrong.
    case file([ImportProblem])

    /// One line per problem, and one that counts the rest.
    public var lines: [String] {
        switch self {
        case .file(let problems): problems.map(\.descriptionWithCode)
        case .badRows(let first, let problems, let rows, let allowed):
            first.map(\.descriptionWithCode) + [Self.summary(first.count, problems, rows, allowed)]
        }
    }

    private static func summary(_ shown: Int, _ problems: Int, _ rows: Int, _ allowed: Int) -> String {
        let more = problems > shown ? "\(problems - shown) more problems; " : ""
        let advice =
            allowed > 0
            ? "more than the \(allowed) that --skip-bad allows"
            : "correct the file, or leave these rows out with --skip-bad \(rows)"
        return "\(more)\(rows) bad \(rows == 1 ? "row" : "rows"), nothing imported: \(advice)"
    }
}
