/// Draws one cell into its column's width.
struct CellDrawing {
    let column: Column
    let measure: ColumnMeasure
    let width: Int
    let glyphs: Glyphs
    let unicode: Bool

    /// The lines of the cell, each exactly as wide as the column.
    func patches(_ face: CellFace) -> [(text: String, style: TextStyle)] {
        switch face {
        case .figure(let whole, let rest): [(figure(whole: whole, rest: rest), .plain)]
        case .words(let text, let style): words(text).map { (aligned($0), style) }
        case .band(let word, let style): [(aligned(band(word)), style)]
        case .sparkline(let line): [(aligned(line.text(width: width, unicode: unicode)), .plain)]
        case .scoreBar(let bar):
            [(aligned(bar.text(width: min(width, ScoreBar.naturalWidth), unicode: unicode)), .plain)]
        }
    }

    /// A number that does not fit becomes `#` signs: cut, it would be read as another number.
    private func figure(whole: String, rest: String) -> String {
        guard column.alignment == .decimalPoint else { return fitting(whole + rest) }
        let text =
            DisplayWidth.paddedLeft(whole, to: measure.wholeWidth)
            + DisplayWidth.paddedRight(rest, to: measure.restWidth)
        if DisplayWidth.columns(of: text) <= width { return DisplayWidth.paddedLeft(text, to: width) }
        return fitting(whole + rest)
    }

    private func fitting(_ number: String) -> String {
        if DisplayWidth.columns(of: number) <= width { return aligned(number) }
        return String(repeating: "#", count: width)
    }

    private func words(_ text: String) -> [String] {
        switch column.overflow {
        case .truncate:
            let line = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: " ")
            return [DisplayWidth.truncated(line, to: width, ellipsis: glyphs.ellipsis)]
        case .wrap(let maximumLines):
            return WrappedLines(text, width: width, maximumLines: maximumLines, ellipsis: glyphs.ellipsis).lines
        }
    }

    private func band(_ word: String) -> String {
        if DisplayWidth.columns(of: word) <= width { return word }
        return DisplayWidth.truncated(String(word.prefix(1)).uppercased(), to: width, ellipsis: glyphs.ellipsis)
    }

    private func aligned(_ text: String) -> String {
        column.alignment == .leading
            ? DisplayWidth.paddedRight(text, to: width) : DisplayWidth.paddedLeft(text, to: width)
    }
}
