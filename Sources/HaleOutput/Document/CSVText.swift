/// A document's tables as CSV (RFC 4180): a header, unformatted values, lines ending in CRLF.
///
/// Neighbouring sections of the same columns are one table; a different one follows after an empty line.
struct CSVText {
    private(set) var text = ""
    private let isForTerminal: Bool

    init(_ document: Document, isForTerminal: Bool) {
        self.isForTerminal = isForTerminal
        var previousHeader: [Field]?
        for section in document.sections {
            guard let table = section.table else { continue }
            let header = (document.sectionKey.map { [.text($0)] } ?? []) + Self.header(table)
            if header != previousHeader {
                if previousHeader != nil { text += Self.lineEnd }
                appendRecord(header)
                previousHeader = header
            }
            let sectionField: Field = section.title.map { .text($0) } ?? .empty
            appendRows(of: table, before: document.sectionKey == nil ? [] : [sectionField])
        }
    }

    /// A value of a record.
    private enum Field: Equatable {
        /// Text, which must not be taken for a formula.
        case text(String)
        /// A number in plain notation, which may begin with a minus sign.
        case number(String)
        /// No value, as opposed to an empty text.
        case empty
    }

    /// RFC 4180 §2.1.
    private static let lineEnd = "\r\n"

    private static func header(_ table: Table) -> [Field] {
        table.columns.flatMap { column -> [Field] in
            switch column.content {
            case .money: [.text(column.key), .text(column.key + "_currency")]
            case .text, .number, .date, .percent, .band, .sparkline, .scoreBar: [.text(column.key)]
            }
        }
    }

    private mutating func appendRows(of table: Table, before: [Field]) {
        for row in table.rows {
            appendRecord(before + zip(table.columns, row.cells).flatMap { Self.fields($0.content, $1) })
        }
    }

    private static func fields(_ content: Column.Content, _ cell: Cell) -> [Field] {
        guard content == .money else { return [field(cell)] }
        if case .money(let minor, let currency, let exponent, _) = cell {
            return [.number(MoneyText.machineText(minor: minor, exponent: exponent)), .text(currency)]
        }
        return [field(cell), .empty]
    }

    private static func field(_ cell: Cell) -> Field {
        switch cell {
        case .text(let text), .date(let text), .day(let text, _), .band(_, let text): .text(text)
        case .integer(let value): .number(String(value))
        case .number(let value, _), .percent(let value, _): number(value)
        case .scoreBar(let bar): number(bar.points)
        case .sparkline(let line):
            .text(line.values.map { $0.flatMap(NumberText.shortest) ?? "" }.joined(separator: ";"))
        case .money(let minor, let currency, let exponent, _):
            .text(MoneyText.machineText(minor: minor, exponent: exponent) + " " + currency)
        case .missing: .empty
        }
    }

    private static func number(_ value: Double) -> Field {
        NumberText.shortest(value).map { .number($0) } ?? .empty
    }

    private mutating func appendRecord(_ fields: [Field]) {
        // A record of one empty value would be an empty line, which readers skip.
        if fields == [.empty] {
            text += "\"\"" + Self.lineEnd
            return
        }
        text += fields.map(written).joined(separator: ",") + Self.lineEnd
    }

    private func written(_ field: Field) -> String {
        switch field {
        case .empty: return ""
        case .number(let number): return number
        case .text(let text):
            var safe = Self.startsFormula(text) ? "'" + text : text
            if isForTerminal { safe = HarmlessText.clean(safe, layout: .keepLineBreaksAndTabs) }
            return Self.quoted(safe)
        }
    }

    /// Spreadsheets evaluate a text that begins with one of these, the full-width forms included.
    private static func startsFormula(_ text: String) -> Bool {
        switch text.unicodeScalars.first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes =
            text.isEmpty || text.first == " " || text.last == " "
            || text.utf8.contains { byte in
                switch byte {
                case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
                default: false
                }
            }
        guard needsQuotes else { return text }
        var scalars: String.UnicodeScalarView = "\"".unicodeScalars
        for scalar in text.unicodeScalars {
            if scalar == "\"" { scalars.append(scalar) }
            scalars.append(scalar)
        }
        scalars.append("\"")
        return String(scalars)
    }
}
