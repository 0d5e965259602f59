/// A text in one spelling of what looks alike: spaces, dashes, apostrophes, signs.
enum PlainText {
    /// The text without what cannot be seen, without space around it, and without the apostrophe by which a spreadsheet
    /// marks a text.
    static func characters(_ text: String) -> [Character] {
        var plain: [Character] = []
        for scalar in text.unicodeScalars {
            if let scalar = Self.plain(scalar) { plain.append(Character(scalar)) }
        }
        let trimmed = plain.drop { $0 == " " }
        let end = trimmed.lastIndex { $0 != " " }.map { $0 + 1 } ?? trimmed.startIndex
        return Array(trimmed[..<end].drop { $0 == "'" })
    }

    /// The same for a date: in lower case, letters without their accents, the signs of years and months as dashes.
    static func date(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for character in characters(String(decoding: text, as: UTF8.self).lowercased()) {
            switch character {
            case "á", "à", "â", "ä", "ã": bytes.append(UInt8(ascii: "a"))
            case "é", "è", "ê", "ë": bytes.append(UInt8(ascii: "e"))
            case "í", "ì", "î", "ï": bytes.append(UInt8(ascii: "i"))
            case "ó", "ò", "ô", "ö": bytes.append(UInt8(ascii: "o"))
            case "ú", "ù", "û", "ü": bytes.append(UInt8(ascii: "u"))
            case "年", "月": bytes.append(UInt8(ascii: "-"))
            case "日": bytes.append(UInt8(ascii: " "))
            case "º", "ª": continue
            // The accent of a letter that is written as two.
            case _ where (0x300...0x36F).contains(character.unicodeScalars.first?.value ?? 0): continue
            default: bytes.append(contentsOf: String(character).utf8)
            }
        }
        while bytes.last == UInt8(ascii: " ") || bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return bytes
    }

    /// The scalar that stands for all that look like it; nil for one that cannot be seen.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: nil
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: "-"
        case 0xB4, 0x2018, 0x2019, 0x02BC: "'"
        case 0xFF04: "$"
        case 0xFFE1: "£"
        case 0xFFE5: "¥"
        default: scalar
        }
    }
}

/// The texts that files have in place of no value.
enum MissingText {
    /// Whether a text stands for none.
    static func isMissing(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        guard text.count <= byteLimit, mayBegin(first) else { return false }
        return words.contains(String(PlainText.characters(String(decoding: text, as: UTF8.self))).lowercased())
    }

    /// Whether a text stands for no date: one of those, or a date of zeros, as `0000-00-00 00:00:00`.
    static func isMissingDate(_ text: ArraySlice<UInt8>) -> Bool {
        if isMissing(text) { return true }
        guard text.first == 0x30, text.count <= zeroByteLimit, text.count(where: { $0 == 0x30 }) >= 8 else {
            return false
        }
        return text.allSatisfy { marksOfZeros.contains($0) }
    }

    /// Whether one of the texts can begin so: nearly no value needs more than this look.
    static func mayBegin(_ byte: UInt8) -> Bool {
        byte | 0x20 == 0x6E || byte >= 0x80 || byte <= 0x2D || byte == 0x5C
    }

    private static let byteLimit = 12
    private static let zeroByteLimit = 32
    private static let marksOfZeros = Array("0-/.: TZ".utf8)
    private static let words: Set<String> = [
        "n/a", "na", "n.a.", "#n/a", "null", "(null)", "\\n", "none", "nil", "nan", "-", "--", "",
    ]
}
