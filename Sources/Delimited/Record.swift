/// One record of a file: its line and its fields, decoded only when asked for.
///
/// A record shares the reader's buffer, so it costs nothing to make, but it keeps up to a buffer of memory alive: keep
/// its texts, not the record.
package struct Record: Sendable {
    /// The line of the file where the record starts, counted from 1.
    package let line: Int

    private let buffer: [UInt8]
    private let fields: [FieldBounds]
    private let raw: RawText

    /// How the record as it came is had from the buffer.
    enum RawText {
        /// It stands there.
        case slice(Range<Int>)
        /// It was of another form: its fields, or a text that could not be taken apart, are written as a delimited row.
        case fields
        case text(Range<Int>)
    }

    init(line: Int, buffer: [UInt8], fields: [FieldBounds], raw: RawText) {
        self.line = line
        self.buffer = buffer
        self.fields = fields
        self.raw = raw
    }

    /// The number of fields.
    package var count: Int { fields.count }

    /// Whether a field is empty, quoted or not, or is not there. What nobody sees is nothing.
    package func isMissing(_ index: Int) -> Bool {
        guard fields.indices.contains(index) else { return true }
        let field = fields[index]
        guard field.start < field.end else { return true }
        return UnseenText.isSeen(buffer[Int(field.start)]) ? false : utf8(index).isEmpty
    }

    /// Whether no field has a value: a row of empty cells.
    var isEmpty: Bool {
        for index in fields.indices where !isMissing(index) { return false }
        return true
    }

    /// The text of a field without surrounding space; nil when it is empty.
    package subscript(index: Int) -> String? {
        let text = utf8(index)
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }

    /// The text of a field as UTF-8 without surrounding space; empty when it is missing.
    package func utf8(_ index: Int) -> ArraySlice<UInt8> {
        guard fields.indices.contains(index) else { return [] }
        let field = fields[index]
        guard field.start < field.end else { return [] }
        let (start, end) = (Int(field.start), Int(field.end))
        var slice = buffer[start..<end]
        // Nearly every field begins and ends with what everybody sees.
        let isPlain = UnseenText.isSeen(buffer[start]) && UnseenText.isSeen(buffer[end - 1])
        if !isPlain { slice = UnseenText.trimmed(slice) }
        return field.isQuoted && slice.contains(0x22) ? Self.unquoted(slice) : slice
    }

    /// The texts of all fields.
    package var texts: [String?] { (0..<count).map { self[$0] } }

    /// The record as it stands in the file, decoded, without its line ending; of a JSON file as a row of values with commas
    /// between them.
    package var rawText: String {
        switch raw {
        case .slice(let range): String(decoding: buffer[range], as: UTF8.self)
        case .fields: Self.delimited(texts.map { $0 ?? "" })
        case .text(let range): Self.delimited([String(decoding: buffer[range], as: UTF8.self)])
        }
    }

    /// The texts as names of columns.
    package var names: [String] { texts.map { UnseenText.key($0 ?? "") } }

    /// A row of values with a separator between them, those in quotes that need them.
    static func delimited(_ texts: [String], separator: Separator = .comma) -> String {
        texts.map { text in
            let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != separator.rawValue && $0 < 0x80 }
            return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
        }.joined(separator: String(UnicodeScalar(separator.rawValue)))
    }

    private static func unquoted(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        result.reserveCapacity(slice.count)
        var isSecond = false
        for byte in slice {
            if byte == 0x22, !isSecond {
                isSecond = true
                continue
            }
            isSecond = false
            result.append(byte)
        }
        return result[...]
    }
}
