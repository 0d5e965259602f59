/// Columns and rows of typed cells.
public struct Table: Sendable, Equatable {
    /// One row.
    public struct Row: Sendable, Equatable {
        /// A cell for each column, in their order.
        public let cells: [Cell]
        /// How the row stands out, such as bold for a total.
        public let emphasis: TextStyle
    }

    /// The columns from left to right.
    public let columns: [Column]
    /// The rows from top to bottom.
    public private(set) var rows: [Row] = []
    /// False for a list of names and values, whose headings would say nothing.
    public var showsHeader = true
    /// Shown instead of a table without rows.
    public var emptyText = "none"

    /// A table without rows.
    public init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row, which must have a cell for each column.
    public mutating func append(_ cells: [Cell], emphasis: TextStyle = .plain) {
        precondition(cells.count == columns.count, "a row needs \(columns.count) cells and has \(cells.count)")
        rows.append(Row(cells: cells, emphasis: emphasis))
    }

    /// Spaces between two columns.
    static let gap = 2

    /// The table as lines no wider than the terminal. Columns that do not fit are named in a line under the table.
    public func lines(for capabilities: TerminalCapabilities) -> [String] {
        if columns.isEmpty || rows.isEmpty {
            let ellipsis = Glyphs(unicode: capabilities.unicode).ellipsis
            let text = HarmlessText.clean(emptyText)
            let line = DisplayWidth.truncated(text, to: capabilities.columns ?? .max, ellipsis: ellipsis)
            return [Style(capabilities).paint(line, .dim)]
        }
        return TableDrawing(self, capabilities: capabilities).lines
    }
}
