import HaleOutput
import Testing

@Suite struct `Rendering a document` {
    private static let terminal = TerminalCapabilities(isTerminal: true, columns: 40, colour: false, unicode: true)

    private static func morning() -> Document {
        let columns = [Column("Task", key: "title"), Column("Minutes", key: "minutes", content: .number)]
        var first = Table(columns)
        first.append([.text("Call Acme | renewal"), .integer(30)])
        var second = Table(columns)
        second.append([.text("Write to Zoë"), .missing])
        return Document(
            titles: ["Morning of 2026-03-01", "2 tasks"],
            notices: [.note("scored today"), .warning("two accounts have no data for more than a month")],
            sections: [
                Document.Section(title: "ana@example.com", lines: ["240 minutes"], table: first),
                Document.Section(title: "bo@example.com", table: second),
            ],
            sectionKey: "csm", json: ["asOf": "2026-03-01"])
    }

    @Test func `a table is for people, no wider than the terminal`() {
        #expect(
            DocumentRenderer(Self.terminal).render(Self.morning(), .table) == """
                Morning of 2026-03-01
                2 tasks
                note: scored today
                warning: two accounts have no data for
                more than a month

                ana@example.com
                240 minutes
                Task                 Minutes
                ───────────────────  ───────
                Call Acme | renewal       30

                bo@example.com
                Task          Minutes
                ────────────  ───────
                Write to Zoë        –

                """)
    }

    @Test func `JSON is the document's own value alone`() {
        #expect(
            DocumentRenderer(Self.terminal).render(Self.morning(), .json) == """
                {
                  "asOf": "2026-03-01"
                }

                """)
    }

    @Test func `CSV joins sections under a column that names them`() {
        #expect(
            DocumentRenderer(.plain).render(Self.morning(), .csv)
                == "csm,title,minutes\r\nana@example.com,Call Acme | renewal,30\r\nbo@example.com,Write to Zoë,\r\n")
    }

    @Test func `Markdown has headings, quotations and pipe tables`() {
        #expect(
            DocumentRenderer(.plain).render(Self.morning(), .markdown) == #"""
                ## Morning of 2026-03-01

                2 tasks

                > note: scored today

                > warning: two accounts have no data for more than a month

                ### ana@example.com

                240 minutes

                | Task | Minutes |
                | --- | ---: |
                | Call Acme \| renewal | 30 |

                ### bo@example.com

                | Task | Minutes |
                | --- | ---: |
                | Write to Zoë | – |

                """#)
    }

    @Test(arguments: OutputFormat.allCases)
    func `without colour no format writes an escape, whatever the data hold`(format: OutputFormat) {
        let hostile = "\u{1B}]0;title\u{07}\u{9B}31m"
        var table = Table([Column(hostile), Column("Band", content: .band)])
        table.append([.text(hostile), .band(.red, word: hostile)])
        let document = Document(
            titles: [hostile], notices: [.warning(hostile)],
            sections: [Document.Section(title: hostile, lines: [hostile], table: table)],
            json: [hostile: .string(hostile)])
        let text = DocumentRenderer(Self.terminal).render(document, format)
        #expect(text.contains("title"))
        let escapes = text.unicodeScalars.filter {
            $0.properties.generalCategory == .control && !"\r\n".unicodeScalars.contains($0)
        }
        #expect(escapes.isEmpty)
    }

    @Test func `with colour a warning is amber and the heading bold`() {
        var coloured = Self.terminal
        coloured.colour = true
        let text = DocumentRenderer(coloured).render(Self.morning(), .table)
        #expect(text.hasPrefix("\u{1B}[1mMorning of 2026-03-01\u{1B}[0m\n"))
        #expect(text.contains("\u{1B}[38;5;136mwarning: two accounts have no data for\u{1B}[0m\n"))
    }

    @Test func `the formats have the names the command line takes`() {
        #expect(OutputFormat.allCases.map(\.rawValue) == ["table", "json", "csv", "markdown"])
    }
}
