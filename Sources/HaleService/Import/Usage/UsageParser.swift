import Delimited
import HaleDomain
import HaleFiles

/// Reads the rows of a usage file: plain lines from their bytes, all others from the record that the reader of every kind
/// makes of them. Both give a row the same meaning; what the first does not recognise it leaves to the second.
struct UsageParser {
    /// The places of the columns, which are those of `ImportKind.usage.columns`.
    enum Column: Int, CaseIterable {
        case account, contract, person, feature, occurred, quantity, event, recorded
    }

    private let columns: [ResolvedColumn]
    private let formats: [ColumnFormat]
    private let fileName: String
    private let origin: RowOrigin
    private let mapping: Mapping?
    private let keepsRaw: Bool
    private let latest: LatestFact
    private var scanner: PlainLineScanner?
    /// For each column its place among the scanner's fields; -1 where the file does not have it.
    private var fields: [Int]
    /// The people of plain lines whose places are not found yet: the row, -1 for a line that was not taken, and the name.
    private var unfound: [(row: Int, start: Int, end: Int)] = []

    /// The place of a person that is not found yet.
    private static let unfound: Int32 = -2

    init(survey: Survey, origin: RowOrigin, mapping: Mapping?, keepsRaw: Bool, file: String, latest: LatestFact) {
        columns = survey.columns
        formats = survey.verdicts.map(\.format)
        fileName = file
        self.origin = origin
        self.mapping = mapping
        self.keepsRaw = keepsRaw
        self.latest = latest
        fields = Column.allCases.map { _ in -1 }
        scanner = nil
        prepareScanner(survey)
    }

    /// Lines can be read from their bytes where nothing but the file's own values counts, and dates are year first.
    private mutating func prepareScanner(_ survey: Survey) {
        var wanted: [Int] = []
        for (place, column) in columns.enumerated() {
            guard let index = column.fileIndex else {
                guard column.source == .none else { return }
                continue
            }
            guard column.words.isEmpty else { return }
            fields[place] = wanted.count
            wanted.append(index)
        }
        let instants: [Column] = [.occurred, .recorded]
        guard
            instants.allSatisfy({
                formats[$0.rawValue].dateFormat == .iso && formats[$0.rawValue].dateNumber == nil
            })
        else { return }
        // A derived row that is kept has its original in quotes in most cases.
        if origin.isDerived {
            guard !keepsRaw else { return }
            wanted.append(RowOrigin.lineIndex)
        }
        scanner = survey.plainLineScanner(wanted: wanted)
    }

    // MARK: Plain lines

    /// Takes plain lines in, as many as come before one that is not plain or the batch is full.
    mutating func takePlainLines(from reader: RecordReader, names: inout UsageNames, batch: inout UsageBatch) {
        guard var scanner else { return }
        reader.takeLines { bytes, lines in
            // Looking up people misses the processor's caches; in a loop of its own the misses overlap.
            defer { findPeople(bytes, names: &names, batch: &batch) }
            while !batch.isFull, let next = scanner.scan(bytes, from: lines.end) {
                guard
                    var row = row(bytes, scanner, line: lines.line, names: &names),
                    let event = event(bytes, scanner, batch: &batch)
                else { return }
                row.event = event
                if keepsRaw {
                    row.raw = batch.keep(bytes, from: lines.end, to: next - (scanner.endsWithPair ? 2 : 1))
                }
                if row.person == Self.unfound { unfound[unfound.count - 1].row = batch.rows.count }
                batch.rows.append(row)
                lines.take(upTo: next, endsWithPair: scanner.endsWithPair)
            }
        }
        self.scanner = scanner
    }

    /// Finds the places of the people of the lines taken.
    private mutating func findPeople(_ bytes: Span<UInt8>, names: inout UsageNames, batch: inout UsageBatch) {
        for person in unfound where person.row >= 0 {
            let owner = batch.rows[person.row].holder
            batch.rows[person.row].person =
                names.people.place(of: bytes, from: person.start, to: person.end, owner: owner)
                ?? names.people.insert(bytes, from: person.start, to: person.end, owner: owner)
        }
        unfound.removeAll(keepingCapacity: true)
    }

    /// The row of a plain line; nil where a value is not plain.
    private mutating func row(
        _ bytes: Span<UInt8>, _ scanner: borrowing PlainLineScanner, line: Int, names: inout UsageNames
    ) -> UsageBatch.Row? {
        guard let line = originalLine(bytes, scanner, line),
            let occurred = instant(.occurred, bytes, scanner), let occurred,
            let recorded = instant(.recorded, bytes, scanner),
            let quantity = quantity(bytes, scanner),
            let holder = holder(bytes, scanner, &names.holders),
            let feature = place(.feature, bytes, scanner, owner: 0, &names.features),
            let person = person(bytes, scanner, owner: holder, names.people)
        else { return nil }
        return UsageBatch.Row(
            line: Int64(line), holder: holder, person: person, feature: feature, quantity: quantity,
            occurred: occurred, recorded: recorded)
    }

    private func originalLine(_ bytes: Span<UInt8>, _ scanner: borrowing PlainLineScanner, _ line: Int) -> Int? {
        guard origin.isDerived else { return origin.original(line) }
        let field = scanner.starts.count - 1
        return WrittenNumber.bareInteger(bytes, from: scanner.starts[field], to: scanner.ends[field])
            .map { origin.original($0) }
    }

    /// Some instant or, where none is given, some nil; nil when the value is not plain.
    private func instant(
        _ column: Column, _ bytes: Span<UInt8>, _ scanner: borrowing PlainLineScanner
    ) -> WrittenInstant?? {
        let field = fields[column.rawValue]
        guard field >= 0, scanner.starts[field] < scanner.ends[field] else { return .some(nil) }
        // What lies behind tomorrow is left to the reader of every kind, which says so.
        guard let value = WrittenInstant(plain: bytes, from: scanner.starts[field], to: scanner.ends[field]),
            latest.allows(value)
        else { return nil }
        return .some(value)
    }

    private func quantity(_ bytes: Span<UInt8>, _ scanner: borrowing PlainLineScanner) -> Int64? {
        let field = fields[Column.quantity.rawValue]
        guard field >= 0, scanner.starts[field] < scanner.ends[field] else { return 1 }
        guard let value = WrittenNumber.bareInteger(bytes, from: scanner.starts[field], to: scanner.ends[field]),
            value <= UsageQuantity.most
        else { return nil }
        return Int64(value)
    }

    /// The account or contract of a row; nil where neither is given.
    private func holder(
        _ bytes: Span<UInt8>, _ scanner: borrowing PlainLineScanner, _ table: inout NameTable
    ) -> Int32? {
        guard
            let account = place(.account, bytes, scanner, owner: UsageNames.Holder.account.rawValue, &table)
        else { return nil }
        if account >= 0 { return account }
        let contract = place(.contract, bytes, scanner, owner: UsageNames.Holder.contract.rawValue, &table)
        guard let contract, contract >= 0 else { return nil }
        return contract
    }

    /// The place of a name, -1 where none is given; nil when it has not come yet and is not a plain identifier.
    private func place(
        _ column: Column, _ bytes: Span<UInt8>, _ scanner: borrowing PlainLineScanner, owner: Int32,
        _ table: inout NameTable
    ) -> Int32? {
        let field = fields[column.rawValue]
        guard field >= 0 else { return -1 }
        let start = scanner.starts[field]
        let end = scanner.ends[field]
        guard start < end else { return -1 }
        // A name that is there has been through the check below.
        if let place = table.place(of: bytes, from: start, to: end, owner: owner) { return place }
        guard Self.isPlainIdentifier(bytes, from: start, to: end) else { return nil }
        return table.insert(bytes, from: start, to: end, owner: owner)
    }

    /// The same for a person; the place of a plain identifier is found later.
    private mutating func person(
        _ bytes: Span<UInt8>, _ scanner: borrowing PlainLineScanner, owner: Int32, _ table: borrowing NameTable
    ) -> Int32? {
        let field = fields[Column.person.rawValue]
        guard field >= 0 else { return -1 }
        let start = scanner.starts[field]
        let end = scanner.ends[field]
        guard start < end else { return -1 }
        guard Self.isPlainIdentifier(bytes, from: start, to: end) else {
            return table.place(of: bytes, from: start, to: end, owner: owner)
        }
        unfound.append((row: -1, start: start, end: end))
        return Self.unfound
    }

    private func event(
        _ bytes: Span<UInt8>, _ scanner: borrowing PlainLineScanner, batch: inout UsageBatch
    ) -> Range<Int>? {
        let field = fields[Column.event.rawValue]
        guard field >= 0, scanner.starts[field] < scanner.ends[field] else { return 0..<0 }
        let start = scanner.starts[field]
        let end = scanner.ends[field]
        guard Self.isPlainIdentifier(bytes, from: start, to: end) else { return nil }
        return batch.keep(bytes, from: start, to: end)
    }

    /// Whether every byte is a printable ASCII character and there are not too many of them; `E+` may be that of a
    /// spreadsheet's number, which is left to the reader of every kind.
    private static func isPlainIdentifier(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard end - start <= ValueType.identifierCharacterLimit else { return false }
        for index in start..<end {
            let byte = bytes[index]
            if byte < 0x20 || byte > 0x7E { return false }
            if byte == 0x2B, index > start, bytes[index - 1] | 0x20 == 0x65 { return false }
        }
        return true
    }

    // MARK: Any record

    /// The row as it came.
    func rawText(of record: Record) -> String { origin.rawText(of: record) }

    /// What is wrong with a row that the reader could not take apart; nil for a footer, which is none.
    func problem(_ problem: ImportProblem, rejected: Record?) -> ImportProblem? {
        mapping?.isFooter(rejected) == true ? nil : origin.original(problem)
    }

    /// Takes a record in; what is wrong with it where something is.
    func take(
        _ record: Record, names: inout UsageNames, batch: inout UsageBatch
    ) -> [ImportProblem] {
        let line = origin.line(of: record)
        var faults: [ImportProblem] = []
        func text(_ column: Column) -> [UInt8] {
            let resolved = columns[column.rawValue]
            switch resolved.value(in: record, format: formats[column.rawValue]) {
            case .success(let value): return Array((value ?? "").utf8)
            case .failure(let fault):
                faults.append(ImportProblem(fault, file: fileName, line: line, column: resolved.definition.name))
                return []
            }
        }
        func instant(_ column: Column) -> WrittenInstant? {
            let resolved = columns[column.rawValue]
            switch resolved.instant(in: record, format: formats[column.rawValue]) {
            case .success(let value):
                guard let written = value.map({ WrittenInstant($0) }) else { return nil }
                if latest.allows(written) { return written }
                let fault = ValueFault(.afterTomorrow(latest.text()), in: resolved.text(in: record))
                faults.append(ImportProblem(fault, file: fileName, line: line, column: resolved.definition.name))
                return nil
            case .failure(let fault):
                faults.append(ImportProblem(fault, file: fileName, line: line, column: resolved.definition.name))
                return nil
            }
        }
        let account = text(.account)
        let contract = text(.contract)
        let person = text(.person)
        let feature = text(.feature)
        let occurred = instant(.occurred)
        let quantity = text(.quantity)
        let event = text(.event)
        let recorded = instant(.recorded)
        guard faults.isEmpty, let occurred else {
            let totals = TotalsRow.problem(of: record, from: origin.valueIndex, file: fileName, line: line)
            return totals.map { [$0] } ?? faults
        }
        guard !account.isEmpty || !contract.isEmpty else {
            return [
                ImportProblem(
                    .badRow, file: fileName, line: line, column: "account_id",
                    "neither account_id nor contract_id is given")
            ]
        }
        let holder =
            account.isEmpty
            ? names.holders.place(of: contract, owner: UsageNames.Holder.contract.rawValue)
            : names.holders.place(of: account, owner: UsageNames.Holder.account.rawValue)
        var row = UsageBatch.Row(
            line: Int64(line), holder: holder,
            person: person.isEmpty ? -1 : names.people.place(of: person, owner: holder),
            feature: feature.isEmpty ? -1 : names.features.place(of: feature, owner: 0),
            quantity: Int64(String(decoding: quantity, as: UTF8.self)) ?? 1, occurred: occurred, recorded: recorded)
        row.event = batch.keep(event.span, from: 0, to: event.count)
        if keepsRaw {
            let raw = Array(rawText(of: record).utf8)
            row.raw = batch.keep(raw.span, from: 0, to: raw.count)
        }
        batch.rows.append(row)
        return []
    }
}

/// The bounds of a row's quantity.
enum UsageQuantity {
    /// The most that one row may say.
    static let most = 1_000_000_000_000
}

extension NameTable {
    /// The place of a name, which is taken in where it has not come yet.
    fileprivate mutating func place(of name: [UInt8], owner: Int32) -> Int32 {
        place(of: name.span, from: 0, to: name.count, owner: owner)
            ?? insert(name.span, from: 0, to: name.count, owner: owner)
    }
}
