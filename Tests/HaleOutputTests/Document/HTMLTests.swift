import Foundation
import HaleOutput
import Testing

@Suite struct `A page for mail` {
    private static func page(_ document: Document) -> String { HTMLText(document).text }

    @Test(
        arguments: [
            ("a & b", "a &amp; b"), ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("say \"hi\"", "say &quot;hi&quot;"), ("two\nlines", "two<br>lines"), ("\u{1B}[1m", "\u{FFFD}[1m"),
            ("&amp;", "&amp;amp;"),
        ])
    func `text has no meaning to HTML`(text: String, expected: String) {
        var table = Table([Column(text)])
        table.append([.text(text)])
        let section = Document.Section(title: text, lines: [text], table: table)
        let page = Self.page(Document(titles: [text], notices: [.note(text)], sections: [section], json: nil))
        // Page title, heading, notice, section, line, header, cell.
        #expect(page.components(separatedBy: expected).count - 1 == 7, "\(page)")
        #expect(!page.contains("<script>"))
    }

    @Test func `it stands alone, and all of it is there`() {
        var table = Table([
            Column("account"), Column("band", content: .band), Column("arr", content: .money),
            Column("trend", content: .sparkline), Column("due", content: .date),
        ])
        table.append(
            [
                .text("Acme"), .band(.red, word: "red"), .money(minor: 4_636_218, currency: "EUR"),
                .sparkline(Sparkline([0, 100])), .day(iso: "2026-11-17", said: "17 Nov"),
            ], emphasis: .bold)
        let page = Self.page(
            Document(
                titles: ["Morning", "second"], notices: [.warning("old")],
                sections: [Document.Section(title: "Ana", lines: ["2 tasks"], table: table)], json: nil))
        for part in [
            "<!DOCTYPE html>", "<title>Morning</title>", ">second</p>", ">warning: old</p>", ">Ana</h2>",
            ">2 tasks</p>",
            ">account</th>", ">EUR 46,362</td>", ">▁█</td>", ">17 Nov</td>", "color:#b3261e\">red</td>",
            "font-weight:bold\">Acme</td>",
        ] { #expect(page.contains(part), "\(part) is missing in \(page)") }
        for outside in ["http", "<link", "<style", "<img", "url("] { #expect(!page.contains(outside)) }
        // Every element that is opened is closed.
        for name in ["html", "head", "body", "h1", "h2", "p", "table", "tr", "th", "td"] {
            let opened =
                page.components(separatedBy: "<\(name)>").count + page.components(separatedBy: "<\(name) ").count
            #expect(opened - 2 == page.components(separatedBy: "</\(name)>").count - 1, "\(name)")
        }
    }

    @Test func `several documents stand under each other`() {
        let page = HTMLText([Document(titles: ["One"], json: nil), Document(titles: ["Two"], json: nil)]).text
        #expect(page.contains("<title>One</title>") && page.contains(">Two</h1>"))
        #expect(HTMLText([]).text.contains("<title></title>"))
    }

    @Test func `a table without rows says so, and one without a header has none`() {
        var list = Table([Column("name"), Column("value")])
        #expect(Self.page(Document(table: list, json: nil)).contains(">none</p>"))
        list.showsHeader = false
        list.append([.text("band"), .text("red")])
        #expect(!Self.page(Document(table: list, json: nil)).contains("<th"))
    }
}
