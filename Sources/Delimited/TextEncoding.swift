/// How the bytes of a file stand for characters.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    /// Not valid UTF-8, and no byte between 0x80 and 0x9F.
    case latin1 = "Latin-1"
    /// Not valid UTF-8, with bytes between 0x80 and 0x9F that Windows-1252 gives a meaning.
    case windows1252 = "Windows-1252"

    /// What the first bytes of a file say about its encoding; UTF-8 is assumed until the whole file has been checked.
    static func detect(head: [UInt8]) -> (encoding: TextEncoding, byteOrderMarkByteCount: Int) {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        let evenCount = head.count & ~1
        var nulsAtEven = 0
        var nulsAtOdd = 0
        for index in 0..<evenCount where head[index] == 0 {
            if index & 1 == 0 { nulsAtEven += 1 } else { nulsAtOdd += 1 }
        }
        // Separators, digits and line breaks are ASCII, so in a quarter of the pairs and more the high byte is NUL; a low
        // byte is NUL in few characters.
        let fewest = max(1, evenCount / 8)
        if nulsAtOdd >= fewest, nulsAtEven * 8 <= nulsAtOdd { return (.utf16LittleEndian, 0) }
        if nulsAtEven >= fewest, nulsAtOdd * 8 <= nulsAtEven { return (.utf16BigEndian, 0) }
        return (.utf8, 0)
    }
}
