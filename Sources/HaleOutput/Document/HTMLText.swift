/// A document as one HTML page for mail: every style stands in its element, and nothing is loaded from elsewhere.
package struct HTMLText {
    package let text: String

    /// The page of a document, or of several under each other.
    package init(_ documents: Document...) {
        self.init(documents)
    }

    /// The page of documents under each other; the first title of the first is the page's.
    package init(_ documents: [Document]) {
        let glyphs = Glyphs(unicode: true)
        var lines = [
            "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<title>\(Self.escaped(documents.first?.titles.first ?? ""))</title>", "</head>",
            "<body style=\"\(Styles.body)\">",
        ]
        for document in documents { lines += Self.lines(of: document, glyphs: glyphs) }
        text = (lines + ["</body>", "</html>"]).joined(separator: "\n") + "\n"
    }

    private static func lines(of document: Document, glyphs: Glyphs) -> [String] {
        var lines = document.titles.enumerated().map { position, title in
            position == 0 ? element("h1", Styles.heading, title) : element("p", Styles.paragraph, title)
        }
        lines += document.notices.map { notice in
            switch notice {
            case .note: element("p", Styles.note, notice.text)
            case .warning: element("p", Styles.warning, notice.text)
            }
        }
        for section in document.sections {
            if let title = section.title { lines.append(element("h2", Styles.section, title)) }
            lines += section.lines.map { element("p", Styles.paragraph, $0) }
            if let table = section.table { lines += Self.lines(of: table, glyphs: glyphs) }
        }
        return lines
    }

    private static func lines(of table: Table, glyphs: Glyphs) -> [String] {
        guard !table.rows.isEmpty, !table.columns.isEmpty else { return [element("p", Styles.note, table.emptyText)] }
        var lines = ["<table style=\"\(Styles.table)\">"]
        if table.showsHeader {
            let titles = table.columns.map { element("th", Styles.header + alignment(of: $0), $0.title) }
            lines.append("<tr>" + titles.joined() + "</tr>")
        }
        for row in table.rows {
            let cells = zip(table.columns, row.cells).map { column, cell in
                let face = CellFace(cell, glyphs: glyphs)
                let style = Styles.cell + alignment(of: column) + emphasis(of: face, in: row)
                return element("td", style, face.text(unicode: true))
            }
            lines.append("<tr>" + cells.joined() + "</tr>")
        }
        return lines + ["</table>"]
    }

    private static func alignment(of column: Column) -> String {
        switch column.alignment {
        case .leading: ""
        case .trailing, .decimalPoint: ";text-align:right;white-space:nowrap"
        }
    }

    private static func emphasis(of face: CellFace, in row: Table.Row) -> String {
        var style = row.emphasis
        switch face {
        case .words(_, let own), .band(_, let own): style = style.adding(own)
        case .figure, .sparkline, .scoreBar: break
        }
        return (style.isBold ? ";font-weight:bold" : "") + (style.tone.map { ";color:\($0.colour)" } ?? "")
    }

    private static func element(_ name: String, _ style: String, _ text: String) -> String {
        "<\(name) style=\"\(style)\">\(escaped(text))</\(name)>"
    }

    /// Text that can stand between tags; a line break becomes `<br>`.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in HarmlessText.clean(text, layout: .keepLineBreaks).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "<br>"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Mail programs read styles in elements and no others.
    private enum Styles {
        static let body =
            "margin:0 auto;padding:16px;max-width:960px;font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;"
            + "font-size:14px;line-height:1.4;color:#1c1c1c;background:#ffffff"
        static let heading = "font-size:20px;margin:0 0 8px"
        static let section = "font-size:16px;margin:20px 0 6px"
        static let paragraph = "margin:0 0 6px"
        static let note = "margin:0 0 6px;color:#5f5f5f"
        static let warning = "margin:0 0 6px;color:#8a5a00"
        static let table = "border-collapse:collapse;width:100%"
        static let header = "text-align:left;vertical-align:bottom;padding:4px 8px;border-bottom:2px solid #1c1c1c"
        static let cell = "vertical-align:top;padding:4px 8px;border-bottom:1px solid #d9d9d9"
    }
}

extension Tone {
    /// The tone on white, with a contrast of at least 4.5:1.
    fileprivate var colour: String {
        switch self {
        case .red: "#b3261e"
        case .amber: "#8a5a00"
        case .green: "#1b6e2c"
        case .grey: "#5f5f5f"
        }
    }
}
