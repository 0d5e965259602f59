import Delimited

/// Where the rows of the file that is read stood in the file as given: their lines and texts.
///
/// Most files are read as given. A derived one carries both in its first columns; one that is made of rejected rows has
/// a line of the original for each of its own.
struct RowOrigin: Sendable {
    /// Where a derived file has the line.
    static let lineIndex = 0

    /// Whether the file that is read is a derived one.
    let isDerived: Bool
    private let lines: [Int: Int]

    /// Where the values of the row begin.
    var valueIndex: Int { isDerived ? 2 : 0 }

    /// `lines` are the lines of the original by those of the file that stands for it; empty when they are the same.
    init(isDerived: Bool, lines: [Int: Int] = [:]) {
        self.isDerived = isDerived
        self.lines = lines
    }

    /// The line on which the row began.
    func line(of record: Record) -> Int {
        original(isDerived ? record[Self.lineIndex].flatMap { Int($0) } ?? record.line : record.line)
    }

    /// The row as it came.
    func rawText(of record: Record) -> String {
        guard isDerived else { return record.rawText }
        return record[1].map { String($0.dropFirst().dropLast()) } ?? ""
    }

    /// A problem with the line on which its row began.
    func original(_ problem: ImportProblem) -> ImportProblem {
        guard let line = problem.line else { return problem }
        return ImportProblem(
            problem.code, file: problem.file, line: original(line), column: problem.column, problem.message)
    }

    /// The line of the original for one of the file that is read.
    func original(_ line: Int) -> Int { lines.isEmpty ? line : lines[line] ?? line }
}
