/// The records of a CSV text (RFC 4180), read strictly.
struct CSVRecords {
    /// The fields of each record; an empty line is a record of one empty field.
    private(set) var records: [[String]] = []
    /// What breaks the rules, in words.
    private(set) var faults: [String] = []

    /// The first record.
    var header: [String] { records.first ?? [] }

    /// The values of a column of the first table.
    func column(_ name: String) -> [String] {
        guard let index = header.firstIndex(of: name) else { return [] }
        return records.dropFirst().prefix { $0 != [""] }.map { index < $0.count ? $0[index] : "" }
    }

    /// The tables: records between empty lines.
    var tables: [[[String]]] {
        records.split(separator: [""]).map(Array.init)
    }

    init(_ text: String) {
        var field = String.UnicodeScalarView()
        var record: [String] = []
        var isQuoted = false
        var wasQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            if isQuoted {
                if scalar != "\"" {
                    field.append(scalar)
                } else if scalars.first == "\"" {
                    scalars.removeFirst()
                    field.append("\"")
                } else {
                    isQuoted = false
                    wasQuoted = true
                }
                continue
            }
            switch scalar {
            case "\"":
                if !field.isEmpty || wasQuoted { faults.append("a quote inside an unquoted field") }
                isQuoted = true
            case ",":
                record.append(String(field))
                field = String.UnicodeScalarView()
                wasQuoted = false
            case "\r":
                if scalars.popFirst() != "\n" { faults.append("a carriage return without a line feed") }
                records.append(record + [String(field)])
                record = []
                field = String.UnicodeScalarView()
                wasQuoted = false
            case "\n": faults.append("a line feed without a carriage return")
            default:
                if wasQuoted { faults.append("text behind a closing quote") }
                field.append(scalar)
            }
        }
        if isQuoted { faults.append("a quote that is not closed") }
        if !record.isEmpty || !field.isEmpty { faults.append("a last record without its line end") }
    }
}
