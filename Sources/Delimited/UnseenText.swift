/// Spaces and characters that nobody sees, which copying from web pages, mails and spreadsheets leaves around a text and
/// inside it: no-break and wide spaces, zero-width characters, byte-order marks, soft hyphens, direction marks.
package enum UnseenText {
    /// The text without what nobody sees at its ends.
    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = text.first, let last = text.last, !isSeen(first) || !isSeen(last) else { return text }
        var rest = text
        while let first = rest.first {
            if isSpace(first) {
                rest.removeFirst()
            } else if first >= 0x80, let (scalar, count) = firstScalar(of: rest), isUnseen(scalar) {
                rest.removeFirst(count)
            } else {
                break
            }
        }
        while let last = rest.last {
            if isSpace(last) {
                rest.removeLast()
            } else if last >= 0x80, let (scalar, count) = lastScalar(of: rest), isUnseen(scalar) {
                rest.removeLast(count)
            } else {
                break
            }
        }
        return rest
    }

    /// A trimmed text by which something is found, such as an id: what nobody sees is taken out of it, and every space is
    /// a plain one. Joiners stay between letters of other scripts, which they shape.
    package static func key(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.contains(where: { $0 >= 0x80 }) else { return text }
        return rewritten(text) { scalar, before, after in
            if isOtherSpace(scalar) { return " " }
            guard isUnseen(scalar) else { return scalar }
            let joins = isJoiner(scalar) && !before.isASCII && !after.isASCII
            // A control character is not taken out: the type refuses it.
            return joins || ValueFault.isControl(scalar) ? scalar : nil
        }
    }

    /// The same of a whole text, trimmed.
    package static func key(_ text: String) -> String {
        String(decoding: key(trimmed(Array(text.utf8)[...])), as: UTF8.self)
    }

    /// A trimmed text for people to read: without marks that never mean anything there, and with plain spaces, but for
    /// the wide one of East Asian texts.
    static func prose(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard text.contains(where: { $0 >= 0x80 }) else { return text }
        return rewritten(text) { scalar, _, _ in
            if meaningless.contains(scalar) { return nil }
            return isOtherSpace(scalar) && scalar != "\u{3000}" ? " " : scalar
        }
    }

    /// Byte-order mark, zero-width space, word joiner, soft hyphen.
    private static let meaningless: Set<Unicode.Scalar> = ["\u{FEFF}", "\u{200B}", "\u{2060}", "\u{AD}"]

    /// Whether a byte is a character of ASCII that everybody sees.
    static func isSeen(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x80 }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
    }

    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar == "\u{200C}" || scalar == "\u{200D}" }

    /// A space, line or paragraph separator that is not ASCII.
    private static func isOtherSpace(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }

    /// Whether a character outside ASCII shows nothing by itself. What chooses the picture of the character before it
    /// does not count, nor what spells a flag.
    static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        if properties.isWhitespace || scalar == "\u{2800}" { return true }
        let isTag = scalar.value >= 0xE0020 && scalar.value <= 0xE007F
        return properties.isDefaultIgnorableCodePoint && !properties.isVariationSelector && !isTag
    }

    /// The first bytes of the characters that nobody sees; nearly every letter begins with another one.
    private static func mayBeUnseen(_ lead: UInt8) -> Bool {
        switch lead {
        case 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3: true
        default: false
        }
    }

    private static func firstScalar(of text: ArraySlice<UInt8>) -> (scalar: Unicode.Scalar, byteCount: Int)? {
        guard let lead = text.first, mayBeUnseen(lead) else { return nil }
        let byteCount = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        return scalar(of: text.prefix(byteCount)).map { ($0, byteCount) }
    }

    private static func lastScalar(of text: ArraySlice<UInt8>) -> (scalar: Unicode.Scalar, byteCount: Int)? {
        guard let lead = text.suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }), mayBeUnseen(text[lead]) else {
            return nil
        }
        return scalar(of: text[lead...]).map { ($0, text.endIndex - lead) }
    }

    /// The one character that the bytes are.
    private static func scalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }

    private static func rewritten(
        _ text: ArraySlice<UInt8>,
        _ replacement: (_ scalar: Unicode.Scalar, _ before: Unicode.Scalar, _ after: Unicode.Scalar) -> Unicode.Scalar?
    ) -> ArraySlice<UInt8> {
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let before = result.last ?? " "
            let after = index + 1 < scalars.count ? scalars[index + 1] : " "
            if let replaced = scalar.isASCII ? scalar : replacement(scalar, before, after) { result.append(replaced) }
        }
        return Array(String(result).utf8)[...]
    }
}
