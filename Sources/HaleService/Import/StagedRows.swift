import Delimited
import HaleDomain
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

    /// The place of the id of kinds of which a row of totals can look like a row: that needs no date.
    private let keyPlace: Int?
    /// The place of the account's name.
    private let namePlace: Int?

    init(bad: BadRows, file: String, kind: ImportKind, survey: Survey, latest: LatestFact) {
        self.bad = bad
        self.file = file
        self.latest = latest
        let columns = survey.columns
        self.columns = columns
        formats = survey.verdicts.map(\.format)
        watches = columns.indices
            .filter { columns[$0].definition.type == .identifier && columns[$0].fileIndex != nil }
            .map { (place: $0, watch: RoundedIdentifierWatch()) }
        let key: String? =
            switch kind {
            case .accounts: "account_id"
            case .features: "feature"
            case .spend: "channel"
            default: nil
            }
        keyPlace = key.flatMap { key in columns.firstIndex { $0.definition.name == key } }
        namePlace = kind == .accounts ? columns.firstIndex { $0.definition.name == "name" } : nil
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
        if let totals = totalsProblem(record, origin, line: line, values: values, isBad: !faults.isEmpty) {
            faults = [totals]
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

    /// The problem of a row of totals. One that would go in as a row of its own is known by the id, as long as nothing else
    /// says that something is called so.
    private func totalsProblem(
        _ record: Record, _ origin: RowOrigin, line: Int, values: [String?], isBad: Bool
    ) -> ImportProblem? {
        if isBad { return TotalsRow.problem(of: record, from: origin.valueIndex, file: file, line: line) }
        guard let keyPlace, let key = values[keyPlace], TotalsRow.isWord(Array(key.utf8)[...]) else { return nil }
        if let name = namePlace.flatMap({ values[$0] }), name.contains(where: \.isLetter),
            !TotalsRow.isWord(Array(name.utf8)[...])
        {
            return nil
        }
        return TotalsRow.problem(word: key, file: file, line: line)
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
