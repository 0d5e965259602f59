import HaleStore

/// Rows that are left out, and what is wrong with them.
struct BadRows: Sendable {
    /// Problems shown before the rest is only counted.
    static let shownProblems = 20

    private(set) var count = 0
    private(set) var problems = 0
    /// The first problems, in order of line.
    private(set) var first: [ImportProblem] = []
    /// The rows that may be left out, with their problems.
    private(set) var rejects: [ImportStore.Reject] = []
    /// How many bad rows are kept.
    let limit: Int

    /// Whether bad rows are kept as they came.
    var keepsRaw: Bool { limit > 0 }

    /// Bad rows of which so many may be left out.
    init(limit: Int) {
        self.limit = limit
    }

    /// Notes the problems of one row.
    mutating func add(_ faults: [ImportProblem], raw: @autoclosure () -> String) {
        count += 1
        problems += faults.count
        if first.count < Self.shownProblems || faults.contains(where: { ($0.line ?? 0) < (first.last?.line ?? 0) }) {
            first = Array((first + faults).sorted { ($0.line ?? 0) < ($1.line ?? 0) }.prefix(Self.shownProblems))
        }
        guard count <= limit else { return }
        let raw = raw()
        for (ordinal, fault) in faults.enumerated() {
            rejects.append(
                ImportStore.Reject(
                    line: Int64(fault.line ?? 0), ordinal: Int32(ordinal + 1), column: fault.column,
                    reason: fault.message, raw: raw))
        }
    }

    /// Gives the bad rows so far the lines of the file as given.
    mutating func move(to origin: RowOrigin) {
        first = first.map { origin.original($0) }
        rejects = rejects.map { reject in
            ImportStore.Reject(
                line: Int64(origin.original(Int(reject.line))), ordinal: reject.ordinal, column: reject.column,
                reason: reject.reason, raw: reject.raw)
        }
    }

    /// Gives the rejects so far away.
    mutating func takeRejects() -> [ImportStore.Reject] {
        defer { rejects = [] }
        return rejects
    }

    /// Refuses the file when there are more bad rows, with those that the database has found, than may be left out.
    func refuseTooMany(
        and found: (problems: Int64, lines: Int64), in store: ImportStore, file: String
    ) async throws {
        let rejected = count + Int(found.lines)
        guard rejected > limit else { return }
        let fromDatabase = try await store.firstProblems(limit: Self.shownProblems).map {
            ImportProblem(.badRow, file: file, line: Int($0.line), column: $0.column, $0.reason)
        }
        let all = (first + fromDatabase).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
        throw ImportFailure.badRows(
            first: Array(all.prefix(Self.shownProblems)), problems: problems + Int(found.problems), rows: rejected,
            allowed: limit)
    }
}
