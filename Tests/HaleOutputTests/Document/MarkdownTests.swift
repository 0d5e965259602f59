import HaleOutput
import Testing

@Suite struct `Markdown` {
    @Test(arguments: [
        ("a|b", #"a\|b"#), (#"a\|b"#, #"a\\\|b"#), ("a\nb", "a<br>b"), ("a\r\nb", "a<br>b"),
        ("<script>", #"\<script>"#),
        ("*bold* `code` [x](y)", #"\*bold\* \`code\` \[x\](y)"#), ("usage_trend", "usage_trend"), ("_x_", #"\_x\_"#),
        ("AT&T", "AT&T"), ("&lt;", #"\&lt;"#), ("# x", "\\# x"), ("- x", #"\- x"#), ("A#1 - x", "A#1 - x"),
        ("\u{1B}[1m", "\u{FFFD}\\[1m"),
    ])
    func `text has no meaning to Markdown`(text: String, expected: String) {
        var table = Table([Column("Name")])
        table.append([.text(text)])
        let written = DocumentRenderer(.plain).render(Document(table: table, json: nil), .markdown)
        #expect(written == "| Name |\n| --- |\n| \(expected) |\n")
    }

    @Test func `numbers are formatted as in a table and every column is there`() {
        var table = Table([
            Column("Score", content: .number), Column("ARR", content: .money), Column("Points", content: .scoreBar),
            Column("Trend", content: .sparkline),
        ])
        table.append([
            .number(-41.25, decimals: 1), .money(minor: 4_636_218, currency: "EUR"),
            .scoreBar(ScoreBar(points: 4.2, largest: 10)),
            .sparkline(Sparkline([0, 100])),
        ])
        let narrow = TerminalCapabilities(isTerminal: true, columns: 10, colour: true, unicode: true)
        let written = DocumentRenderer(narrow).render(Document(table: table, json: nil), .markdown)
        #expect(
            written
                == "| Score | ARR | Points | Trend |\n| ---: | ---: | --- | --- |\n| -41.3 | EUR 46,362 | +4.2 | ▁█ |\n"
        )
    }
}
