/// Collects the text of a picture in SVG.
struct SVGText {
    private var lines: [String] = []
    private var depth = 0

    /// An element without content.
    mutating func add(_ name: String, _ attributes: [(String, String)]) {
        line("<\(name)\(Self.text(of: attributes))/>")
    }

    /// An element with text.
    mutating func add(_ name: String, _ attributes: [(String, String)] = [], text: String) {
        line("<\(name)\(Self.text(of: attributes))>\(Self.escaped(text))</\(name)>")
    }

    /// An element with others in it.
    mutating func group(_ name: String, _ attributes: [(String, String)], _ body: (inout SVGText) -> Void) {
        line("<\(name)\(Self.text(of: attributes))>")
        depth += 1
        body(&self)
        depth -= 1
        line("</\(name)>")
    }

    /// The whole text.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// A coordinate with at most one decimal.
    static func number(_ value: Double) -> String {
        let text = NumberText.fixed(value, decimals: 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Text that can stand between tags and in attributes; what no XML may hold is left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): continue
            case _ where scalar.value & 0xFFFE == 0xFFFE: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private mutating func line(_ text: String) {
        lines.append(String(repeating: "  ", count: depth) + text)
    }

    private static func text(of attributes: [(String, String)]) -> String {
        attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
    }
}
