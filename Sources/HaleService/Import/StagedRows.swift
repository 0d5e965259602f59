import Postgres

/// Rows on their way into the staging table, and those that could not be read.
struct StagedRows {
    private(set) var rows = 0
    private(set) var bad: BadRows
    private let file: String
    private let columns: [ResolvedColumn]
    private let formats: [ColumnFormat]
    private let latest: LatestFact
    /// The places of identifiers, and what is noticed about them.
    private var watches: [(place: Int, watch: RoundedIdentifierWatch)]
    /// The place of the currency of the row's amounts; nil for a kind without amounts.
    private let currencyPlace: Int?

    init(bad: BadRows, file: String, kind: ImportKind, survey: Survey, latest: LatestFact) {
        self.bad = bad
        self.file = file
        self.latest = latest
        columns = survey.columns
        formats = survey.verdicts.map(\.format)
        watches = columns.indices
            .filter { survey.columns[$0].definition.type == .identifier && survey.columns[$0].fileIndex != nil }
            .map { (place: $0, watch: RoundedIdentifierWatch()) }
        currencyPlace = kind.hasAmounts ? columns.firstIndex { $0.definition.name == "currency" } : nil
    }

    /// Writes the row's canonical values, or notes every value that has none.
    mutating func add(_ record: Record, from origin: RowOrigin, to buffer: inout BinaryCopyBuffer) {
        let line = origin.line(of: record)
        var values: [String?] = []
        values.reserveCapacity(columns.count)
        var faults: [ImportProblem] = []
        var currency = AmountCurrency()
        for (column, format) in zip(columns, formats) {
            do throws(ValueFault) {
                values.append(try value(column, format, in: record, currency: &currency))
            } catch {
                values.append(nil)
                faults.append(ImportProblem(error, file: file, line: line, column: column.definition.name))
            }
        }
        if let currencyPlace, faults.isEmpty, let (column, fault) = currency.settle(&values[currencyPlace]) {
            faults.append(ImportProblem(fault, file: file, line: line, column: column))
        }
        guard faults.isEmpty else { return bad.add(faults, raw: origin.rawText(of: record)) }
        if currencyPlace != nil { values.append(currency.shared) }
        for index in watches.indices {
            if let identifier = values[watches[index].place] { watches[index].watch.add(identifier) }
        }
        buffer.beginRow(fieldCount: values.count + 2)
        buffer.append(Int64(line))
        for value in values { buffer.append(value) }
        buffer.append(bad.keepsRaw ? origin.rawText(of: record) : nil)
        rows += 1
    }

    /// What the receipt says of identifiers.
    var notes: [String] {
        watches.compactMap { $0.watch.note(column: columns[$0.place].definition.name) }
    }

    private func value(
        _ column: ResolvedColumn, _ format: ColumnFormat, in record: Record, currency: inout AmountCurrency
    ) throws(ValueFault) -> String? {
        guard case .amount(let min) = column.definition.type else {
            return try column.value(in: record, format: format, latest: latest).get()
        }
        guard let amount = try column.amount(in: record, min: min, format: format).get() else { return nil }
        try currency.add(amount, column: column.definition.name, text: column.text(in: record))
        return amount.number.text
    }

    /// Notes a row that the reader could not take apart.
    mutating func add(_ problem: ImportProblem, raw: String) {
        bad.add([problem], raw: raw)
    }
}
