/// Columns and rows of a window.
package struct ScreenSize: Sendable, Equatable {
    package let columns: Int
    package let rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The smallest window in which a list can be worked through.
    package static let smallest = ScreenSize(columns: 40, rows: 10)

    /// Whether a list can be worked through in it.
    package var isEnough: Bool { columns >= Self.smallest.columns && rows >= Self.smallest.rows }

    /// Rows between the title and the two lines at the foot.
    var bodyRows: Int { max(1, rows - 4) }
}

/// A whole window, line by line.
package struct ScreenFrame: Sendable, Equatable {
    /// Where something is typed, counted from 0.
    struct Cursor: Sendable, Equatable {
        let row: Int
        let column: Int
    }

    var lines: [StyledLine]
    var cursor: Cursor?

    /// The lines without colour.
    package var plainLines: [String] { lines.map { $0.text(Style(isEnabled: false)) } }

    /// What draws it over whatever the window shows.
    package func drawing(_ style: Style) -> String {
        let body = lines.map { $0.text(style) + "\u{1B}[K" }.joined(separator: "\r\n")
        let place = cursor.map { "\u{1B}[\($0.row + 1);\($0.column + 1)H\u{1B}[?25h" } ?? ""
        return "\u{1B}[?25l\u{1B}[H" + body + "\u{1B}[J" + place
    }

    /// What makes room for it: another window than that of the lines before, where the terminal has one.
    package static let opening = "\u{1B}[?1049h\u{1B}[H\u{1B}[J"
    /// What gives the window back as it was, with its cursor and colours.
    package static let closing = "\u{1B}[0m\u{1B}[H\u{1B}[J\u{1B}[?25h\u{1B}[?1049l"
}
