/// Writes a JSON value as text (RFC 8259).
package struct JSONText: Sendable {
    /// How the text is laid out.
    package enum Layout: Sendable, CaseIterable {
        /// One member or element a line, two spaces a level.
        case pretty
        /// One line without spaces.
        case compact
    }

    /// The text, without a line break at its end.
    package private(set) var text = ""
    private let layout: Layout

    /// Writes a value. UTF-8 is kept, except what a terminal would obey, which is escaped.
    package init(_ value: JSONValue, layout: Layout = .pretty) {
        self.layout = layout
        append(value, level: 0)
    }

    private mutating func append(_ value: JSONValue, level: Int) {
        switch value {
        case .object(let members):
            appendGroup(members, open: "{", close: "}", level: level) { writer, member in
                writer.appendQuoted(member.key)
                writer.text += writer.layout == .pretty ? ": " : ":"
                writer.append(member.value, level: level + 1)
            }
        case .array(let elements):
            appendGroup(elements, open: "[", close: "]", level: level) { writer, element in
                writer.append(element, level: level + 1)
            }
        case .string(let string): appendQuoted(string)
        case .integer(let integer): text += String(integer)
        case .number(let number): text += NumberText.shortest(number) ?? "null"
        case .bool(let bool): text += bool ? "true" : "false"
        case .null: text += "null"
        }
    }

    private mutating func appendGroup<Element>(
        _ elements: [Element], open: String, close: String, level: Int, write: (inout JSONText, Element) -> Void
    ) {
        text += open
        for (position, element) in elements.enumerated() {
            if position > 0 { text += "," }
            appendLineBreak(level: level + 1)
            write(&self, element)
        }
        if !elements.isEmpty { appendLineBreak(level: level) }
        text += close
    }

    private mutating func appendLineBreak(level: Int) {
        guard layout == .pretty else { return }
        text += "\n" + String(repeating: "  ", count: level)
    }

    private mutating func appendQuoted(_ string: String) {
        let isPlain = string.utf8.allSatisfy {
            0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain {
            text += "\"" + string + "\""
            return
        }
        var quoted: String.UnicodeScalarView = "\"".unicodeScalars
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\"".unicodeScalars
            case "\\": quoted += "\\\\".unicodeScalars
            case "\n": quoted += "\\n".unicodeScalars
            case "\r": quoted += "\\r".unicodeScalars
            case "\t": quoted += "\\t".unicodeScalars
            case _ where HarmlessText.isObeyed(scalar):
                let digits = String(scalar.value, radix: 16)
                quoted += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).unicodeScalars
            default: quoted.append(scalar)
            }
        }
        quoted.append("\"")
        text.unicodeScalars += quoted
    }
}
