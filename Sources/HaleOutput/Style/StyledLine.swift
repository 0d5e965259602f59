/// One line as pieces of harmless text with their styles. Widths are measured on the text alone: escapes never count.
struct StyledLine: Sendable, Equatable {
    private struct Piece: Sendable, Equatable {
        var text: String
        let style: TextStyle
    }

    private var pieces: [Piece] = []

    mutating func append(_ text: String, _ style: TextStyle = .plain) {
        guard !text.isEmpty else { return }
        pieces.append(Piece(text: text, style: style))
    }

    /// The line without spaces at its end, with escapes where the style writes them.
    func text(_ style: Style) -> String {
        var kept = pieces
        while let last = kept.indices.last {
            while kept[last].text.last == " " { kept[last].text.removeLast() }
            if !kept[last].text.isEmpty { break }
            kept.removeLast()
        }
        return kept.map { style.paint($0.text, $0.style) }.joined()
    }
}
