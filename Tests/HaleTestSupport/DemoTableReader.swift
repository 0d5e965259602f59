/// A small CSV file read into memory: fields may be quoted, lines end in a line feed.
package struct DemoTableReader {
    package let columns: [String]
    package let rows: [[String: String]]

    package init(_ text: String) {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var closedQuote = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""):
                // A doubled quote inside quotes stands for one.
                if isQuoted {
                    isQuoted = false
                    closedQuote = true
                } else {
                    if closedQuote { field.append(byte) }
                    isQuoted = true
                    closedQuote = false
                }
            case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
                record.append(String(decoding: field, as: UTF8.self))
                field = []
                closedQuote = false
                if byte == UInt8(ascii: "\n") {
                    records.append(record)
                    record = []
                }
            default: field.append(byte)
            }
        }
        let columns = records.first ?? []
        self.columns = columns
        rows = records.dropFirst().map { values in
            Dictionary(uniqueKeysWithValues: zip(columns, values))
        }
    }
}
