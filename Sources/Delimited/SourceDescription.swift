/// What pass one has found out about a file, for the receipt.
package struct SourceDescription: Hashable, Sendable {
    /// The encoding of the text.
    package let encoding: TextEncoding
    /// Whether the text starts with a byte-order mark.
    package let hasByteOrderMark: Bool
    /// The separator of the fields.
    package let separator: Separator
    /// What ends the lines outside quotes.
    package let lineEnding: LineEnding
    /// Whether the file is packed with gzip.
    package let isCompressed: Bool
    /// The SHA-256 of the file as given, packed or not, in 64 hexadecimal digits.
    package let sha256: String
    /// The bytes of the file as given.
    package let byteCount: Int
    /// The records, without the header, blank lines and rows of empty cells.
    package let recordCount: Int
    /// The rows of empty cells, which are passed over.
    package let emptyRowCount: Int
    /// The line of the header where it is not the first; what stands above it is passed over.
    package let headerLine: Int?
    /// The names of columns that stand several times in the header and were joined with those of the groups above it.
    package let joinedNames: [String]
    /// How the objects of a JSON file stand in it; nil for delimited text.
    package let layout: JSONLayout?

    /// One line for the receipt.
    package var text: String {
        let isDelimited = layout == nil
        let facts = [
            encoding.rawValue + (hasByteOrderMark ? " with byte-order mark" : ""), layout?.text,
            isDelimited ? "separator \(separator.name)" : nil, isDelimited ? lineEnding.rawValue : nil,
            isCompressed ? "gzip" : nil, headerText,
            recordCount == 1 ? "1 record" : "\(recordCount) records", emptyRows, "\(byteCount) bytes",
            "SHA-256 \(sha256)",
        ]
        return facts.compactMap(\.self).joined(separator: ", ")
    }

    /// Where the header is, where it is not the first row, and whether the row above it names groups that count.
    package var headerText: String? {
        headerLine.map { "header on line \($0)" + (joinedNames.isEmpty ? "" : " below names of groups") }
    }

    private var emptyRows: String? {
        guard emptyRowCount > 0 else { return nil }
        return emptyRowCount == 1
            ? "1 row of empty cells passed over" : "\(emptyRowCount) rows of empty cells passed over"
    }
}
