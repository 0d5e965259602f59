/// How many columns of a terminal a text fills, and text brought to a given number of columns.
package enum DisplayWidth {
    /// Columns of a text that is printed after ``HarmlessText/clean(_:layout:replacement:)``.
    ///
    /// East Asian wide and full-width scalars and emoji fill two, marks and joiners none, ambiguous ones one.
    package static func columns(of text: String) -> Int {
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text.utf8.count }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// Columns of one user-perceived character: a joined emoji or a flag is one of two columns.
    package static func columns(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        if scalars.dropFirst().isEmpty { return columns(of: first) }
        // "\r\n" is one character, shown as one space.
        if first == "\r" { return 1 }
        if first.properties.isEmoji && scalars.contains(emojiSelector) { return 2 }
        if scalars.contains(where: { WideCharacters.contains($0) }) { return 2 }
        return scalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// The text cut between characters so that, with the ellipsis, it fills at most `width` columns.
    package static func truncated(_ text: String, to width: Int, ellipsis: String = "…") -> String {
        guard width > 0 else { return "" }
        guard columns(of: text) > width else { return text }
        let ellipsisColumns = columns(of: ellipsis)
        if ellipsisColumns > width { return prefix(of: ellipsis, columns: width).text }
        var kept = prefix(of: text, columns: width - ellipsisColumns).text
        while kept.last == " " { kept.removeLast() }
        return kept + ellipsis
    }

    /// The text with spaces before it until it fills `width` columns; a wider text is unchanged.
    package static func paddedLeft(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - columns(of: text))) + text
    }

    /// The text with spaces after it until it fills `width` columns; a wider text is unchanged.
    package static func paddedRight(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(of: text)))
    }

    /// The longest beginning of whole characters that fits, and what is left.
    static func prefix(of text: String, columns limit: Int) -> (text: String, rest: Substring) {
        var used = 0
        var end = text.startIndex
        while end < text.endIndex {
            let width = columns(of: text[end])
            if used + width > limit { break }
            used += width
            end = text.index(after: end)
        }
        return (String(text[..<end]), text[end...])
    }

    /// U+FE0F asks for the coloured, two-column form of a character.
    private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value == 0xAD ? 0 : 1 }
        // Replaced by one visible character before printing.
        if HarmlessText.isObeyed(scalar) { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: return 0
        default: break
        }
        if WideCharacters.contains(scalar) { return 2 }
        // Vowels and finals of decomposed Hangul are drawn inside the syllable's first letter.
        if 0x1160...0x11FF ~= value || 0xD7B0...0xD7FB ~= value { return 0 }
        return scalar.properties.isDefaultIgnorableCodePoint ? 0 : 1
    }
}
