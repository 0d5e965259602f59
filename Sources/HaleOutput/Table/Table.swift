/// Columns and rows of typed cells.
package struct Table: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        /// A cell for each column, in their order.
        package let cells: [Cell]
        /// How the row stands out, such as bold for a total.
        package let emphasis: TextStyle
    }

    /// The columns from left to right.
    package let columns: [Column]
    /// The rows from top to bottom.
    package private(set) var rows: [Row] = []
    /// False for a list of names and values, whose headings would say nothing.
    package var showsHeader = true
    /// Shown instead of a table without rows.
    package var emptyText = "none"

    /// A table without rows.
    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row, which must have a cell for each column.
    package mutating func append(_ cells: [Cell], emphasis: TextStyle = .plain) {
        precondition(cells.count == columns.count, "a row needs \(columns.count) cells and has \(cells.count)")
        rows.append(Row(cells: cells, emphasis: emphasis))
    }

    /// Spaces between two columns.
    static let gap = 2

    /// The table as lines no wider than the terminal. Columns that do not fit are named in a line under the table.
    package func lines(for capabilities: TerminalCapabilities) -> [String] {
        if columns.isEmpty || rows.isEmpty {
            let ellipsis = Glyphs(unicode: capabilities.unicode).ellipsis
            let text = HarmlessText.clean(emptyText)
            let line = DisplayWidth.truncated(text, to: capabilities.columns ?? .max, ellipsis: ellipsis)
            return [Style(capabilities).paint(line, .dim)]
        }
        return TableDrawing(self, capabilities: capabilities).lines
    }
}
