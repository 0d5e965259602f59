/// The row right above a header, which may name groups of its columns.
struct GroupRow {
    /// The texts of its cells.
    package let names: [String]

    /// The row that ends on the line above another; nil where none does.
    init?(above line: Int, file: ImportFile, plan: ReadingPlan) {
        let stream = TextStream(file: file, plan: plan, expectedSHA256: nil)
        var delimited = DelimitedRecords(stream: stream, plan: plan)
        var above: Record?
        while stream.line < line {
            do throws(ImportProblem) {
                guard let record = try delimited.next(header: Header(names: [])) else { return nil }
                above = record
            } catch {
                guard error.scope == .record else { return nil }
                above = nil
            }
        }
        // A blank line between them parts a title from the header.
        guard stream.line == line, let above, !(plan.dialect.hasSeparatorLine && above.line == 1) else { return nil }
        names = above.names
    }
}
