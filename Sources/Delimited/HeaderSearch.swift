/// Looks for the header where the first record of a file is none: behind titles, or below the names of groups of columns.
struct HeaderSearch {
    let file: ImportFile
    let plan: ReadingPlan

    /// The line of the only record among the first ones that `columns` takes for a header; nil for the first record.
    ///
    /// Where there is none, the problem of the first record is thrown; if that is a title, the one of the first row of
    /// several cells, which most likely is the header. Before both comes that of a row that lacks less of what is needed.
    func line(_ columns: (Header) throws(ImportProblem) -> [ResolvedColumn]) throws(ImportProblem) -> Int? {
        let reader = try RecordReader(file: file, plan: plan)
        var problem: ImportProblem
        do throws(ImportProblem) {
            _ = try columns(reader.header)
            return nil
        } catch {
            problem = error
        }
        var isTitle = Self.cellCount(of: reader.header) < 2
        var lack = problem.lackingCount
        var found: [(line: Int, header: Header)] = []
        for header in try candidates(reader) {
            do throws(ImportProblem) {
                _ = try columns(header.header)
                found.append(header)
            } catch {
                let isLess = error.lackingCount < lack
                guard isLess || isTitle && Self.cellCount(of: header.header) > 1 else { continue }
                problem = error
                lack = error.lackingCount
                isTitle = false
            }
        }
        guard let first = found.first else { throw problem }
        // A header that stands again above every page is the header all the same.
        guard let other = found.first(where: { $0.header != first.header }) else { return first.line }
        throw ImportProblem(
            .headerLine, file: file.name, line: first.line,
            "this can be the header, and so can line \(other.line); say which with --header-line \(first.line) or "
                + "--header-line \(other.line)")
    }

    private func candidates(_ reader: RecordReader) throws(ImportProblem) -> [(line: Int, header: Header)] {
        var candidates: [(line: Int, header: Header)] = []
        var recordCount = 0
        var above: (names: [String], end: Int)? = (reader.header.names, reader.lineCount)
        while recordCount < ReadingLimits.headerSearchRecordLimit {
            recordCount += 1
            do throws(ImportProblem) {
                guard let record = try reader.nextOfAnyWidth() else { break }
                let groups = above.flatMap { $0.end + 1 == record.line ? $0.names : nil }
                above = (record.names, reader.lineCount)
                candidates.append((record.line, try RecordReader.header(of: record, below: groups, file: file.name)))
            } catch {
                above = nil
                guard error.scope == .record || error.code == .columnLimit else { throw error }
            }
        }
        return candidates
    }

    private static func cellCount(of header: Header) -> Int { header.names.count { !$0.isEmpty } }
}

extension ImportProblem {
    /// How many columns are missing, where nothing else is wrong but names that stand twice; else more than any.
    fileprivate var lackingCount: Int {
        guard all.allSatisfy({ $0.code == .missingColumn || $0.code == .duplicateColumn }) else { return .max }
        return all.count { $0.code == .missingColumn }
    }
}
