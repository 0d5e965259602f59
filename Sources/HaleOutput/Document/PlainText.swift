/// A document for people at a terminal.
struct PlainText {
    let text: String

    init(_ document: Document, capabilities: TerminalCapabilities) {
        let writer = Writer(capabilities: capabilities)
        var blocks: [[String]] = []
        var head: [String] = []
        for (position, title) in document.titles.enumerated() {
            head += writer.wrapped(title, position == 0 ? .bold : .plain)
        }
        for notice in document.notices {
            switch notice {
            case .note: head += writer.wrapped(notice.text, .dim)
            case .warning: head += writer.wrapped(notice.text, .toned(.amber))
            }
        }
        blocks.append(head)
        for section in document.sections {
            var block: [String] = []
            if let title = section.title { block += writer.wrapped(title, .bold) }
            for line in section.lines { block += writer.wrapped(line, .plain) }
            if let table = section.table { block += table.lines(for: capabilities) }
            blocks.append(block)
        }
        let filled = blocks.filter { !$0.isEmpty }
        text = filled.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private struct Writer {
        let capabilities: TerminalCapabilities

        func wrapped(_ text: String, _ style: TextStyle) -> [String] {
            let glyphs = Glyphs(unicode: capabilities.unicode)
            let clean = HarmlessText.clean(text, layout: .keepLineBreaks, replacement: glyphs.replacement)
            let lines = WrappedLines(clean, width: capabilities.columns, ellipsis: glyphs.ellipsis).lines
            return lines.map { Style(capabilities).paint($0, style) }
        }
    }
}
