/// Draws a table that has rows as lines of text.
struct TableDrawing {
    let lines: [String]

    /// One line of a cell: text of exactly the column's width, and its style.
    private typealias Patch = (text: String, style: TextStyle)

    init(_ table: Table, capabilities: TerminalCapabilities) {
        let glyphs = Glyphs(unicode: capabilities.unicode)
        let style = Style(capabilities)
        let titles = table.columns.map { HarmlessText.clean($0.title, replacement: glyphs.replacement) }
        let faces = table.rows.map { row in row.cells.map { CellFace($0, glyphs: glyphs) } }
        let measures = table.columns.indices.map { index in
            ColumnMeasure(
                table.columns[index], title: table.showsHeader ? titles[index] : "", faces: faces.map { $0[index] },
                limit: capabilities.columns)
        }
        let layout = TableLayout(measures, limit: capabilities.columns)
        var lines: [String] = []
        if table.showsHeader {
            lines += Self.header(table, titles: titles, layout: layout, glyphs: glyphs).map { $0.text(style) }
        }
        for (row, rowFaces) in zip(table.rows, faces) {
            let patches = layout.slots.map { slot in
                CellDrawing(
                    column: table.columns[slot.index], measure: measures[slot.index], width: slot.width, glyphs: glyphs,
                    unicode: capabilities.unicode
                ).patches(rowFaces[slot.index])
            }
            lines += Self.joined(patches, layout: layout, emphasis: row.emphasis).map { $0.text(style) }
        }
        if !layout.leftOut.isEmpty, let columns = capabilities.columns {
            let names = layout.leftOut.map { titles[$0] }.joined(separator: ", ")
            let note = "Left out at \(columns) columns: \(names)"
            lines.append(style.paint(DisplayWidth.truncated(note, to: columns, ellipsis: glyphs.ellipsis), .dim))
        }
        self.lines = lines
    }

    /// The headings, the shorter ones at the bottom, and a rule under each.
    private static func header(_ table: Table, titles: [String], layout: TableLayout, glyphs: Glyphs) -> [StyledLine] {
        let headings = layout.slots.map { slot in
            WrappedLines(
                titles[slot.index], width: slot.width, maximumLines: ColumnMeasure.headingLines,
                ellipsis: glyphs.ellipsis
            ).lines
        }
        let height = headings.map(\.count).max() ?? 0
        let patches = zip(layout.slots, headings).map { slot, heading in
            let isLeading = table.columns[slot.index].alignment == .leading
            let blanks = [String](repeating: "", count: height - heading.count)
            let texts = (blanks + heading).map { line in
                isLeading
                    ? DisplayWidth.paddedRight(line, to: slot.width) : DisplayWidth.paddedLeft(line, to: slot.width)
            }
            let rule = String(repeating: glyphs.rule, count: slot.width)
            return texts.map { Patch($0, .bold) } + [Patch(rule, .dim)]
        }
        return joined(patches, layout: layout, emphasis: .plain)
    }

    /// Cells side by side, as many lines as the highest one has.
    private static func joined(_ cells: [[Patch]], layout: TableLayout, emphasis: TextStyle) -> [StyledLine] {
        let height = cells.map(\.count).max() ?? 0
        return (0..<height).map { lineIndex in
            var line = StyledLine()
            for (position, cell) in cells.enumerated() {
                if position > 0 { line.append(String(repeating: " ", count: Table.gap)) }
                if lineIndex < cell.count {
                    line.append(cell[lineIndex].text, cell[lineIndex].style.adding(emphasis))
                } else {
                    line.append(String(repeating: " ", count: layout.slots[position].width))
                }
            }
            return line
        }
    }
}
