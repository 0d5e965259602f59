import HaleDomain
import HaleOutput
import Testing

/// Random tables at random widths: no line is ever wider than the terminal.
@Suite struct `Table width` {
    @Test(arguments: 1...40)
    func `no line is wider than the terminal`(seed: Int) {
        var random = SplitMix(seed: UInt64(seed))
        for _ in 0..<15 {
            let table = Self.randomTable(using: &random)
            let columns = Int.random(in: 1...(seed.isMultiple(of: 2) ? 30 : 160), using: &random)
            let unicode = Bool.random(using: &random)
            let capabilities = TerminalCapabilities(
                isTerminal: true, columns: columns, colour: false, unicode: unicode)
            let lines = table.lines(for: capabilities)
            #expect(!lines.isEmpty)
            for line in lines {
                #expect(DisplayWidth.columns(of: line) <= columns, "\(columns) columns: \(line)")
                #expect(!line.unicodeScalars.contains("\u{1B}"))
            }
        }
    }

    private static func randomTable(using random: inout SplitMix) -> Table {
        let columns = (0..<Int.random(in: 1...9, using: &random)).map { _ in
            Column(
                randomText(using: &random), content: Column.Content.allCases.randomElement(using: &random) ?? .text,
                alignment: Bool.random(using: &random) ? Column.Alignment.allCases.randomElement(using: &random) : nil,
                priority: Int.random(in: 1...5, using: &random),
                minimumWidth: Bool.random(using: &random) ? Int.random(in: 1...12, using: &random) : nil,
                overflow: Bool.random(using: &random)
                    ? .truncate : .wrap(maximumLines: Int.random(in: 1...4, using: &random)))
        }
        var table = Table(columns)
        table.showsHeader = Int.random(in: 0...4, using: &random) > 0
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            table.append(columns.map { _ in randomCell(using: &random) })
        }
        return table
    }

    private static func randomCell(using random: inout SplitMix) -> Cell {
        let number = Double.random(in: -1e7...1e7, using: &random)
        switch Int.random(in: 0...9, using: &random) {
        case 0: return .integer(Int64.random(in: -9_999_999...9_999_999, using: &random))
        case 1: return .number(number, decimals: Int.random(in: 0...4, using: &random))
        case 2:
            let form = MoneyText.Form.allCases.randomElement(using: &random) ?? .whole
            return .money(
                minor: Int64(number), currency: "EUR", exponent: Int.random(in: 0...3, using: &random), form: form)
        case 3: return .date("2026-03-01")
        case 4: return .percent(number / 1e7, decimals: 1)
        case 5: return .band(Tone.allCases.randomElement(using: &random) ?? .grey, word: randomText(using: &random))
        case 6:
            let values = (0..<Int.random(in: 0...60, using: &random)).map { position -> Double? in
                position.isMultiple(of: 7) ? nil : Double.random(in: 0...100, using: &random)
            }
            return .sparkline(Sparkline(values))
        case 7: return .scoreBar(ScoreBar(points: number / 1e6, largest: 10))
        case 8: return .missing
        default: return .text(randomText(using: &random))
        }
    }

    private static func randomText(using random: inout SplitMix) -> String {
        let pieces = [
            "a", "Acme", " ", "  ", "日本", "e\u{301}", "👩‍👩‍👧", "🇩🇪", "\u{1B}[31m", "\n", "\r\n", "\t", "\u{200D}",
            "\u{FE0F}",
            "\u{AD}", "한", "\u{1112}\u{1161}", "1", ",", "long-unbroken-word", "\u{202E}", "🇩", "\u{301}", "नमस्ते",
        ]
        return (0..<Int.random(in: 0...10, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }
}
