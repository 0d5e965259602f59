/// What pass one has found out about a file, for the receipt.
public struct SourceDescription: Hashable, Sendable {
    /// The encoding of the text.
    public let encoding: TextEncoding
    /// Whether the text starts with a byte-order mark.
    public let hasByteOrderMark: Bool
    /// The separator of the fields.
    public let separator: Separator
    /// What ends the lines outside quotes.
    public let lineEnding: LineEnding
    /// Whether the file is packed with gzip.
    public let isCompressed: Bool
    /// The SHA-256 of the file as given, packed or not, in 64 hexadecimal digits.
    public let sha256: String
    /// The bytes of the file as given.
    public let byteCount: Int
    /// The records, without the header and blank lines.
    public let recordCount: Int

    /// One line for the receipt.
    public var text: String {
        let facts = [
            encoding.rawValue + (hasByteOrderMark ? " with byte-order mark" : ""),
            "separator \(separator.name)", lineEnding.rawValue, isCompressed ? "gzip" : nil,
            recordCount == 1 ? "1 record" : "\(recordCount) records", "\(byteCount) bytes", "SHA-256 \(sha256)",
        ]
        return facts.compactMap(\.self).joined(separator: ", ")
    }
}
