import Delimited
import HaleStore

/// Rows that are left out, and what is wrong with them.
struct BadRows: Sendable {
    /// Causes shown before the rest is only counted.
    static let shownProblems = 20

    private(set) var count = 0
    private(set) var problems = 0
    private var causes = ProblemCauses()
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
        for fault in faults { causes.add(fault) }
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
        causes.move(to: origin)
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

    /// The first problem of every cause, with the count of its rows.
    var first: [ImportProblem] { causes.all.prefix(Self.shownProblems).map(\.problem) }

    /// What is wrong with these rows and with those that the database has found.
    func allCauses(in store: ImportStore, file: String) async throws -> [ProblemCause] {
        var all = causes
        let found = try await store.causes(
            limit: Int64(ProblemCauses.causeLimit), wordingLimit: Int64(ProblemCauses.wordingLimit))
        for cause in found {
            let problem = ImportProblem(
                .badRow, file: file, line: Int(cause.line), column: cause.column, cause.reason)
            all.add(problem, rows: Int(cause.rows), isMixed: cause.isMixed)
        }
        return all.all
    }

    /// Refuses the file when there are more bad rows, with those that the database has found, than may be left out;
    /// else says what is wrong with those that are.
    func refuseTooMany(
        and found: (problems: Int64, lines: Int64), in store: ImportStore, file: String
    ) async throws -> [ImportStore.Cause] {
        let rejected = count + Int(found.lines)
        guard rejected > 0 else { return [] }
        let causes = try await allCauses(in: store, file: file)
        guard rejected > limit else { return causes.prefix(Self.shownProblems).map { ImportStore.Cause($0) } }
        throw ImportFailure.badRows(
            causes: Array(causes.prefix(Self.shownProblems)), causeCount: causes.count, rows: rejected, allowed: limit)
    }
}
