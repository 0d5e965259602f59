import Foundation
import HaleOutput
import Testing

@Suite struct `CSV` {
    private static func csv(_ column: Column, _ cells: [Cell], on capabilities: TerminalCapabilities = .plain)
        -> [String]
    {
        var table = Table([Column("id", content: .number), column])
        for cell in cells { table.append([.integer(1), cell]) }
        let text = DocumentRenderer(capabilities).render(Document(table: table, json: nil), .csv)
        // Each record begins with "1,"; the header with "id,".
        var records = text.components(separatedBy: "\r\n1,")
        records[records.count - 1].removeLast()
        return Array(records.dropFirst())
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+49 30 1234", "'+49 30 1234"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
        ("\rx", "\"'\rx\""), ("\n=1", "\"'\n=1\""), ("＝1", "'＝1"),
        ("=HYPERLINK(\"a\",1)", "\"'=HYPERLINK(\"\"a\"\",1)\""),
        ("a=1", "a=1"), ("A-17", "A-17"), ("'quoted", "'quoted"),
    ])
    func `a text that a spreadsheet would evaluate gets an apostrophe`(text: String, expected: String) {
        #expect(Self.csv(Column("name"), [.text(text)]) == [expected])
        #expect(Self.csv(Column("name", content: .band), [.band(.red, word: text)]) == [expected])
    }

    @Test(arguments: [
        (Cell.integer(-1_234_567), "-1234567"), (.number(-0.123456789, decimals: 1), "-0.123456789"),
        (.number(.nan, decimals: 1), ""),
        (.percent(0.125, decimals: 0), "0.125"), (.number(5, decimals: 2), "5"), (.missing, ""), (.text(""), "\"\""),
        (.date("2026-03-01"), "2026-03-01"), (.band(.red, word: "red"), "red"),
        (.sparkline(Sparkline([61.25, nil, 58])), "61.25;;58"),
        (.scoreBar(ScoreBar(points: -9.44, largest: 10)), "-9.44"),
        (.money(minor: -463, currency: "EUR"), "'-4.63 EUR"),
    ])
    func `values are not formatted`(cell: Cell, expected: String) {
        #expect(Self.csv(Column("value"), [cell]) == [expected])
    }

    @Test(arguments: [
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), (" a", "\" a\""),
        ("日本", "日本"),
        ("a;b", "a;b"),
    ])
    func `separators, quotes and line breaks are quoted`(text: String, expected: String) {
        #expect(Self.csv(Column("name"), [.text(text)]) == [expected])
    }

    @Test func `money has its currency in a column of its own`() {
        var table = Table([Column("ARR", key: "arr", content: .money)])
        #expect(Self.text(table) == "arr,arr_currency\r\n")
        table.append([.money(minor: 4_636_218, currency: "EUR")])
        table.append([.money(minor: 1234, currency: "JPY", exponent: 0, form: .compact)])
        table.append([.missing])
        #expect(Self.text(table) == "arr,arr_currency\r\n46362.18,EUR\r\n1234,JPY\r\n,\r\n")
    }

    @Test func `a single missing value is not an empty line`() {
        var table = Table([Column("name")])
        table.append([.missing])
        #expect(Self.text(table) == "name\r\n\"\"\r\n")
    }

    @Test func `different tables are parted by an empty line`() {
        let sections = ["a", "a", "b"].map { name -> Document.Section in
            var table = Table([Column(name)])
            table.append([.text("1" + name)])
            return Document.Section(table: table)
        }
        let text = DocumentRenderer(.plain).render(Document(sections: sections, json: nil), .csv)
        #expect(text == "a\r\n1a\r\n1a\r\n\r\nb\r\n1b\r\n")
    }

    @Test func `control characters are kept in a file and replaced on a terminal`() {
        let terminal = TerminalCapabilities(isTerminal: true, columns: 80, colour: true, unicode: true)
        #expect(Self.csv(Column("name"), [.text("a\u{1B}[2Jb")]) == ["a\u{1B}[2Jb"])
        #expect(Self.csv(Column("name"), [.text("a\u{1B}[2Jb")], on: terminal) == ["a\u{FFFD}[2Jb"])
    }

    private static func text(_ table: Table) -> String {
        DocumentRenderer(.plain).render(Document(table: table, json: nil), .csv)
    }
}
