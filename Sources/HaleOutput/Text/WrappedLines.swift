/// A text broken into lines of at most a given number of columns.
package struct WrappedLines: Sendable, Equatable {
    /// The lines in order; never empty.
    package let lines: [String]

    /// Breaks at line ends and spaces, and inside a word only where the word alone is too wide; lines that follow one
    /// that is set in by spaces are set in like it. With more than
    /// `maximumLines` lines the last one kept ends in the ellipsis.
    package init(_ text: String, width: Int?, maximumLines: Int = .max, ellipsis: String = "…") {
        let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let width else {
            lines = Self.limited(paragraphs, to: maximumLines, width: nil, ellipsis: ellipsis)
            return
        }
        let usableWidth = max(1, width)
        var broken: [String] = []
        for paragraph in paragraphs where broken.count <= maximumLines {
            // What is set in stays set in, unless too little would be left for the words.
            let margin = paragraph.prefix { $0 == " " }
            guard !margin.isEmpty, margin.count < paragraph.count, margin.count <= usableWidth / 4 else {
                broken += Self.broken(paragraph, width: usableWidth, ellipsis: ellipsis)
                continue
            }
            broken += Self.broken(paragraph, width: usableWidth - margin.count, ellipsis: ellipsis).map { margin + $0 }
        }
        lines = Self.limited(broken, to: maximumLines, width: usableWidth, ellipsis: ellipsis)
    }

    private static func broken(_ paragraph: String, width: Int, ellipsis: String) -> [String] {
        var lines: [String] = []
        var line = ""
        var lineColumns = 0
        for word in paragraph.split(separator: " ") {
            var word = String(word)
            var wordColumns = DisplayWidth.columns(of: word)
            if !line.isEmpty && lineColumns + 1 + wordColumns <= width {
                line += " " + word
                lineColumns += 1 + wordColumns
                continue
            }
            if !line.isEmpty { lines.append(line) }
            while wordColumns > width {
                let cut = DisplayWidth.prefix(of: word, columns: width)
                if cut.text.isEmpty {
                    // A single character wider than the line cannot be shown at all.
                    lines.append(DisplayWidth.truncated(word, to: width, ellipsis: ellipsis))
                    word = String(cut.rest.dropFirst())
                } else {
                    lines.append(cut.text)
                    word = String(cut.rest)
                }
                wordColumns = DisplayWidth.columns(of: word)
            }
            line = word
            lineColumns = wordColumns
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    private static func limited(_ lines: [String], to maximumLines: Int, width: Int?, ellipsis: String) -> [String] {
        let count = max(1, maximumLines)
        guard lines.count > count, let last = lines.prefix(count).last else { return lines }
        var ending = last + ellipsis
        if let width, DisplayWidth.columns(of: ending) > width {
            ending = DisplayWidth.truncated(ending, to: width, ellipsis: ellipsis)
        }
        return Array(lines.prefix(count - 1)) + [ending]
    }
}
