/// Rows that sum up the rows above them, as reports and spreadsheets end with: no facts, and by their sums dangerous ones.
package enum TotalsRow {
    /// What such rows begin with, in lower case without spaces and hyphens.
    private static let words: Set<String> = [
        "total", "totals", "grandtotal", "grandtotals", "subtotal", "subtotals", "sum", "totalrecords", "totalrows",
        "summe", "gesamt", "gesamtsumme", "zwischensumme", "endsumme", "insgesamt", "gesamtergebnis",
        "totalgénéral", "totalgeneral", "soustotal", "somme", "totaal", "eindtotaal", "subtotaal", "algemeentotaal",
        "suma",
        "sumatotal", "totale",
    ]
    private static let byteLimit = 40

    /// Whether a text is such a word, perhaps with a colon or a count behind it, as in `Total (25)`.
    package static func isWord(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count <= byteLimit, let first = text.first, "tsgzieaTSGZIEA".utf8.contains(first) else {
            return false
        }
        let word = String(decoding: text, as: UTF8.self).lowercased()
        let end = word.firstIndex { $0 == ":" || $0 == "(" || $0 == "=" || $0.isNumber } ?? word.endIndex
        return words.contains(word[..<end].filter { !$0.isWhitespace && $0 != "-" })
    }

    /// The problem of a record whose first value is such a word; nil for any other. The values begin with the field `start`.
    package static func problem(of record: Record, from start: Int, file: String, line: Int) -> ImportProblem? {
        guard let place = (start..<max(start, record.count)).first(where: { !record.isMissing($0) }) else { return nil }
        let text = record.utf8(place)
        guard isWord(text) else { return nil }
        return problem(word: String(decoding: text, as: UTF8.self), file: file, line: line)
    }

    /// The problem of a row that begins with a word.
    package static func problem(word: String, file: String, line: Int) -> ImportProblem {
        ImportProblem(
            .totalsRow, file: file, line: line,
            "\"\(word)\" begins a row of totals, which is no row of its own; remove it, or leave it out with --skip-bad"
        )
    }
}
