// What a list looks like in a window.
extension ListScreen {
    /// The window as it is to be drawn.
    package var frame: ScreenFrame {
        guard size.isEnough else {
            var line = StyledLine()
            let needed = ScreenSize.smallest
            line.append(fitted("a window of \(needed.columns) columns and \(needed.rows) lines is needed"))
            return ScreenFrame(lines: [line])
        }
        var lines = [line(title, .bold), StyledLine()]
        let body = bodyLines
        lines += body + Array(repeating: StyledLine(), count: max(0, size.bodyRows - body.count))
        let foot = footLines
        lines += foot.lines
        return ScreenFrame(
            lines: lines, cursor: foot.column.map { ScreenFrame.Cursor(row: size.rows - 2, column: $0) })
    }

    /// The lines of the item that is opened.
    var detailLines: [String] {
        guard let item else { return [] }
        let texts = ["\(item.lead) · \(item.trail)", item.text, ""] + item.details
        return texts.flatMap { WrappedLines(HarmlessText.clean($0), width: size.columns).lines }
    }

    private var bodyLines: [StyledLine] {
        switch page {
        case .help: return helpLines
        case .item(let from):
            return detailLines.dropFirst(from).prefix(size.bodyRows).map { line($0, .plain) }
        case .list: break
        }
        if items.isEmpty { return [line("nothing to do", .dim)] }
        var lines: [StyledLine] = []
        var chosenRow = 0
        var group: String?
        for (index, item) in items.enumerated() {
            if item.group != group {
                lines.append(line(item.group, .dim))
                group = item.group
            }
            if index == chosen { chosenRow = lines.count }
            lines += itemLines(item, isChosen: index == chosen)
        }
        // The chosen item stays in the middle, but for the beginning and the end of the list.
        let top = min(max(0, chosenRow - size.bodyRows / 2), max(0, lines.count - size.bodyRows))
        return Array(lines.dropFirst(top).prefix(size.bodyRows))
    }

    private func itemLines(_ item: Item, isChosen: Bool) -> [StyledLine] {
        let mark = isChosen ? "▸ " : "  "
        let trail = HarmlessText.clean(item.trail)
        let trailColumns = DisplayWidth.columns(of: trail)
        let leadColumns = size.columns - 2 - (trail.isEmpty ? 0 : trailColumns + 1)
        var first = StyledLine()
        let emphasis = isChosen ? TextStyle.reversed : .plain
        first.append(mark, emphasis)
        // A window too narrow for both shows what the item is.
        if trail.isEmpty || leadColumns < Self.leastLeadColumns {
            first.append(padded(item.lead, to: size.columns - 2), tone(of: item).adding(emphasis))
        } else {
            first.append(padded(item.lead, to: leadColumns), tone(of: item).adding(emphasis))
            first.append(" " + trail, emphasis)
        }
        var second = StyledLine()
        second.append("    " + fitted(item.text, to: size.columns - 4), isChosen ? .plain : .dim)
        return [first, second]
    }

    private static let leastLeadColumns = 24

    private func tone(of item: Item) -> TextStyle { item.tone.map(TextStyle.toned) ?? .plain }

    private var helpLines: [StyledLine] {
        let moving = [
            ("↑ ↓, j k", "choose"), ("enter", "open, and close again"), ("space, PgUp PgDn", "a page on or back"),
            ("g G", "first and last"),
        ]
        let rest = [("?", "these keys"), ("esc", "take a question or a page back"), ("q", "end")]
        let keys = moving + commands.map { (String($0.key), $0.meaning) } + rest
        return keys.prefix(size.bodyRows).map { line(DisplayWidth.paddedRight($0.0, to: 18) + $0.1, .plain) }
    }

    /// The question or message and the line of keys, and where something is typed.
    private var footLines: (lines: [StyledLine], column: Int?) {
        guard let asking else {
            return ([line(message ?? "", .bold), line(keyLine, .dim)], nil)
        }
        let cancel = line("esc: nothing is changed", .dim)
        switch asking.question {
        case .choice(let text, let choices):
            let answers = choices.map { "\($0.key) \($0.name)" }.joined(separator: "  ")
            return ([line("\(text)  \(answers)", .bold), cancel], nil)
        case .text(let text, _):
            let label = fitted("\(text) ", to: size.columns / 2)
            let room = size.columns - DisplayWidth.columns(of: label) - 1
            let typed = tail(of: HarmlessText.clean(asking.text), columns: room)
            var line = StyledLine()
            line.append(label, .bold)
            line.append(typed)
            return ([line, cancel], DisplayWidth.columns(of: label) + DisplayWidth.columns(of: typed))
        }
    }

    private var keyLine: String {
        let words = commands.map { "\($0.key) \($0.name)" }
        return (["enter open"] + words + ["? help", "q quit"]).joined(separator: "  ")
    }

    /// The end of a text that fits.
    private func tail(of text: String, columns: Int) -> String {
        var text = Substring(text)
        while DisplayWidth.columns(of: String(text)) > columns { text = text.dropFirst() }
        return String(text)
    }

    private func line(_ text: String, _ style: TextStyle) -> StyledLine {
        var line = StyledLine()
        line.append(fitted(text), style)
        return line
    }

    private func fitted(_ text: String, to columns: Int? = nil) -> String {
        DisplayWidth.truncated(HarmlessText.clean(text), to: columns ?? size.columns)
    }

    private func padded(_ text: String, to columns: Int) -> String {
        DisplayWidth.paddedRight(fitted(text, to: columns), to: columns)
    }
}
