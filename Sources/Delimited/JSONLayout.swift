/// How the objects of a JSON file stand in it.
package enum JSONLayout: String, Hashable, Sendable, CaseIterable {
    /// One object a line.
    case lines
    /// Objects over several lines, one behind the other.
    case objects
    /// One list of objects.
    case list

    /// What the layout is called in a receipt.
    package var text: String {
        switch self {
        case .lines: "JSON lines"
        case .objects: "JSON objects"
        case .list: "JSON list"
        }
    }

    /// Finds the layout from the first bytes of a text in UTF-8, whatever the file is called; nil where it is not JSON.
    init?(sample: [UInt8], isWhole: Bool) {
        let start = sample.drop(while: Self.isSpace)
        let next = start.dropFirst().drop(while: Self.isSpace).first
        switch (start.first, next) {
        case (UInt8(ascii: "["), nil), (UInt8(ascii: "["), UInt8(ascii: "{")), (UInt8(ascii: "["), UInt8(ascii: "]")),
            (UInt8(ascii: "["), UInt8(ascii: "[")), (UInt8(ascii: "["), UInt8(ascii: "\"")):
            self = .list
        case (UInt8(ascii: "{"), UInt8(ascii: "\"")), (UInt8(ascii: "{"), UInt8(ascii: "}")):
            self = Self.isOnOneLine(start) ? .lines : .objects
        default: return nil
        }
    }

    /// Whether the first object is meant to end with its line. One that is broken off inside a text is, and so is one with
    /// the next beginning on the line behind it.
    private static func isOnOneLine(_ text: ArraySlice<UInt8>) -> Bool {
        guard let end = text.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return true }
        var scanner = JSONObjectScanner()
        let line = Array(text[..<end])
        switch scanner.scan(line.span, from: 0, isEnd: false) {
        case .object, .fault: return true
        case .incomplete: break
        }
        let last = text[..<end].last { !isSpace($0) }
        let next = text[end...].drop(while: isSpace).first
        let opensValue = last == UInt8(ascii: ":") || last == UInt8(ascii: "[")
        if next == UInt8(ascii: "{"), !opensValue { return true }
        var quotes = 0
        var isEscaped = false
        for byte in text[..<end] {
            if byte == UInt8(ascii: "\""), !isEscaped { quotes += 1 }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return quotes % 2 == 1
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
}
