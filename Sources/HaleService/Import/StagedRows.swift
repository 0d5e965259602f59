import HaleStore
import Postgres

/// Rows on their way into the staging table, and those that could not be read.
struct StagedRows: Sendable {
    private(set) var rows = 0
    private(set) var badRows = 0
    private(set) var problems = 0
    private(set) var firstProblems: [ImportProblem] = []
    private(set) var rejects: [ImportStore.Reject] = []
    /// Whether bad rows are kept as they came.
    let keepsRaw: Bool
    /// How many bad rows are kept.
    let limit: Int
    private let file: String

    init(_ request: ImportStage.Request, file: String) {
        keepsRaw = request.allowedBadRows > 0
        limit = request.allowedBadRows
        self.file = file
    }

    /// Writes the row's canonical values, or notes every value that has none.
    mutating func add(
        _ record: Record, from origin: RowOrigin, columns: [ResolvedColumn], formats: [ColumnFormat],
        to buffer: inout BinaryCopyBuffer
    ) {
        let line = origin.line(of: record)
        var values: [String?] = []
        values.reserveCapacity(columns.count)
        var faults: [ImportProblem] = []
        for (column, format) in zip(columns, formats) {
            switch column.value(in: record, format: format) {
            case .success(let value): values.append(value)
            case .failure(let fault):
                faults.append(
                    ImportProblem(
                        fault.reason == .missing ? .missingValue : .badValue, file: file, line: line,
                        column: column.definition.name, fault.description))
            }
        }
        guard faults.isEmpty else { return reject(faults, raw: keepsRaw ? origin.rawText(of: record) : "") }
        buffer.beginRow(fieldCount: values.count + 2)
        buffer.append(Int64(line))
        for value in values { buffer.append(value) }
        buffer.append(keepsRaw ? origin.rawText(of: record) : nil)
        rows += 1
    }

    /// Notes a row that the reader could not take apart.
    mutating func add(_ problem: ImportProblem, raw: String) {
        reject([problem], raw: raw)
    }

    /// Gives the bad rows so far the lines of the file as given.
    mutating func moveBadRows(to origin: RowOrigin) {
        firstProblems = firstProblems.map { origin.original($0) }
        rejects = rejects.map { reject in
            ImportStore.Reject(
                line: Int64(origin.original(Int(reject.line))), ordinal: reject.ordinal, column: reject.column,
                reason: reject.reason, raw: reject.raw)
        }
    }

    private mutating func reject(_ faults: [ImportProblem], raw: String) {
        badRows += 1
        problems += faults.count
        if firstProblems.count < ImportWork.shownProblems { firstProblems += faults }
        guard badRows <= limit else { return }
        for (ordinal, fault) in faults.enumerated() {
            rejects.append(
                ImportStore.Reject(
                    line: Int64(fault.line ?? 0), ordinal: Int32(ordinal + 1), column: fault.column,
                    reason: fault.message, raw: raw))
        }
    }
}
