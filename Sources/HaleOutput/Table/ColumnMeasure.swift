/// The widths a column can have, found from its heading and all its cells.
struct ColumnMeasure: Equatable {
    /// Heading and cells on one line each.
    let naturalWidth: Int
    /// The same with the heading on two lines.
    let headingWrappedWidth: Int
    /// The least width the column is narrowed to.
    let floorWidth: Int
    /// Widths of the parts before and after the decimal point.
    let wholeWidth: Int
    let restWidth: Int
    let priority: Int

    /// A heading has at most this many lines.
    static let headingLines = 2

    init(_ column: Column, title: String, faces: [CellFace], limit: Int?) {
        var whole = 0
        var rest = 0
        var content = 0
        for face in faces {
            switch face {
            case .figure(let wholeText, let restText) where column.alignment == .decimalPoint:
                whole = max(whole, DisplayWidth.columns(of: wholeText))
                rest = max(rest, DisplayWidth.columns(of: restText))
            default: content = max(content, Self.width(of: face, overflow: column.overflow))
            }
        }
        content = min(max(content, whole + rest, 1), limit ?? .max, column.maximumWidth ?? .max)
        let titleWidth = DisplayWidth.columns(of: title)
        wholeWidth = whole
        restWidth = rest
        priority = column.priority
        naturalWidth = max(content, titleWidth)
        headingWrappedWidth = max(content, Self.wrappedWidth(of: title, titleWidth: titleWidth))
        floorWidth = min(column.minimumWidth ?? headingWrappedWidth, headingWrappedWidth)
    }

    private static func width(of face: CellFace, overflow: Column.Overflow) -> Int {
        switch face {
        case .figure(let whole, let rest): DisplayWidth.columns(of: whole) + DisplayWidth.columns(of: rest)
        case .band(let word, _): DisplayWidth.columns(of: word)
        case .sparkline(let line): line.values.count
        case .scoreBar: ScoreBar.naturalWidth
        case .words(let text, _):
            overflow == .truncate
                ? DisplayWidth.columns(of: text)
                : text.split(separator: "\n").reduce(0) { max($0, DisplayWidth.columns(of: String($1))) }
        }
    }

    /// The least width at which the title takes no more than ``headingLines`` lines with no word cut.
    private static func wrappedWidth(of title: String, titleWidth: Int) -> Int {
        let longestWord = title.split(separator: " ").map { DisplayWidth.columns(of: String($0)) }.max() ?? 0
        var width = max(longestWord, 1)
        while width < titleWidth, WrappedLines(title, width: width).lines.count > headingLines { width += 1 }
        return width
    }
}
