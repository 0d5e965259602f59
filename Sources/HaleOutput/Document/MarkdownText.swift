/// A document as Markdown with pipe tables (GitHub Flavored Markdown); all columns are written.
struct MarkdownText {
    let text: String

    init(_ document: Document, unicode: Bool) {
        let glyphs = Glyphs(unicode: unicode)
        var blocks: [String] = []
        for (position, title) in document.titles.enumerated() {
            blocks.append((position == 0 ? "## " : "") + Self.escaped(title, glyphs: glyphs))
        }
        blocks += document.notices.map { "> " + Self.escaped($0.text, glyphs: glyphs) }
        for section in document.sections {
            if let title = section.title { blocks.append("### " + Self.escaped(title, glyphs: glyphs)) }
            blocks += section.lines.map { Self.escaped($0, glyphs: glyphs) }
            if let table = section.table { blocks.append(Self.table(table, glyphs: glyphs, unicode: unicode)) }
        }
        text = blocks.isEmpty ? "" : blocks.joined(separator: "\n\n") + "\n"
    }

    private static func table(_ table: Table, glyphs: Glyphs, unicode: Bool) -> String {
        let rule = table.columns.map { column in
            switch column.alignment {
            case .leading: "---"
            case .trailing, .decimalPoint: "---:"
            }
        }
        let rows = table.rows.map { row in
            row.cells.map { escaped(CellFace($0, glyphs: glyphs).text(unicode: unicode), glyphs: glyphs) }
        }
        let titles = table.columns.map { escaped($0.title, glyphs: glyphs) }
        let lines = ([titles, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
        return lines.joined(separator: "\n")
    }

    /// Text without meaning to Markdown or HTML; line breaks become `<br>`, which tables allow.
    private static func escaped(_ text: String, glyphs: Glyphs) -> String {
        let clean = HarmlessText.clean(text, layout: .keepLineBreaks, replacement: glyphs.replacement)
        let scalars = Array(clean.unicodeScalars)
        var written = String.UnicodeScalarView()
        for (position, scalar) in scalars.enumerated() {
            switch scalar {
            case "\n": written += "<br>".unicodeScalars
            case "\\", "|", "`", "*", "<", "[", "]", "~",
                "_" where !isInsideWord(scalars, at: position),
                "&" where startsEntity(scalars, at: position),
                _ where position == 0 && startsBlock(scalars):
                written.append("\\")
                written.append(scalar)
            default: written.append(scalar)
            }
        }
        return String(written)
    }

    /// True for text that would begin a heading, a quotation or a list.
    private static func startsBlock(_ scalars: [Unicode.Scalar]) -> Bool {
        switch scalars[0] {
        case "#", ">": true
        case "-", "+": scalars.count > 1 && scalars[1] == " "
        default: false
        }
    }

    /// An underscore between letters or digits is no emphasis: `usage_trend` stays readable.
    private static func isInsideWord(_ scalars: [Unicode.Scalar], at position: Int) -> Bool {
        guard position > 0, position + 1 < scalars.count else { return false }
        return isLetterOrDigit(scalars[position - 1]) && isLetterOrDigit(scalars[position + 1])
    }

    /// True for an ampersand that begins something like `&lt;` or `&#60;`.
    private static func startsEntity(_ scalars: [Unicode.Scalar], at position: Int) -> Bool {
        let name = scalars[(position + 1)...].prefix { $0 == "#" || isLetterOrDigit($0) }
        return !name.isEmpty && name.endIndex < scalars.endIndex && scalars[name.endIndex] == ";"
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
