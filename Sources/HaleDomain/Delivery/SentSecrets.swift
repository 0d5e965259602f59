/// What was sent to a receiver and is kept out of what is stored of its answer: some receivers repeat the request.
package struct SentSecrets: Sendable, Hashable {
    /// What stands in the place of a secret.
    package static let mark = "[was sent]"
    /// Shorter texts are no secrets, and stand in any answer.
    static let leastCharacters = 6

    private let texts: [String]

    /// Texts that were sent: whole values of headers, whose words are secrets too ("Bearer" and the token).
    package init(_ values: [String]) {
        var texts: Set<String> = []
        for value in values {
            let parts = [value] + value.split(separator: " ").map(String.init)
            for text in parts where text.count >= Self.leastCharacters {
                texts.formUnion(Self.forms(of: text))
            }
        }
        // The longest first: a part must not be taken out of a whole.
        self.texts = texts.sorted { $0.utf8.count != $1.utf8.count ? $0.utf8.count > $1.utf8.count : $0 < $1 }
    }

    /// The text without them, in any spelling that JSON, addresses and pages give them; one that the end cuts off too.
    package func removed(from text: String) -> String {
        var cleaned = text
        for secret in texts { cleaned = cleaned.replacing(secret, with: Self.mark) }
        guard let cut = texts.lazy.compactMap({ Self.cutOff($0, at: cleaned) }).max() else { return cleaned }
        return cleaned.dropLast(cut) + Self.mark
    }

    /// How many characters at the end of a text are the beginning of a secret; nil where too few to tell.
    private static func cutOff(_ secret: String, at text: String) -> Int? {
        for count in stride(from: min(secret.count - 1, text.count), through: leastCharacters, by: -1)
        where text.hasSuffix(secret.prefix(count)) { return count }
        return nil
    }

    private static func forms(of text: String) -> [String] {
        let json = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let page = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
        let plus = percentEncoded(text).replacing("%20", with: "+")
        return [text, json, json.replacing("/", with: "\\/"), page, percentEncoded(text), plus]
    }

    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { encoded, byte in
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": encoded.unicodeScalars.append(scalar)
            default: encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
