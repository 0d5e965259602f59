import Postgres

/// Rows on their way into the staging table, and those that could not be read.
struct StagedRows {
    private(set) var rows = 0
    private(set) var bad: BadRows
    private let file: String

    init(bad: BadRows, file: String) {
        self.bad = bad
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
                faults.append(ImportProblem(fault, file: file, line: line, column: column.definition.name))
            }
        }
        guard faults.isEmpty else { return bad.add(faults, raw: origin.rawText(of: record)) }
        buffer.beginRow(fieldCount: values.count + 2)
        buffer.append(Int64(line))
        for value in values { buffer.append(value) }
        buffer.append(bad.keepsRaw ? origin.rawText(of: record) : nil)
        rows += 1
    }

    /// Notes a row that the reader could not take apart.
    mutating func add(_ problem: ImportProblem, raw: String) {
        bad.add([problem], raw: raw)
    }
}
