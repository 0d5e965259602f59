import HaleOutput
import Testing

@Suite struct `A table` {
    private static func terminal(_ columns: Int?, colour: Bool = false, unicode: Bool = true) -> TerminalCapabilities {
        TerminalCapabilities(isTerminal: columns != nil, columns: columns, colour: colour, unicode: unicode)
    }

    /// The accounts of a morning: text that may shrink, numbers that may not.
    private static func accounts() -> Table {
        var table = Table([
            Column("Account", key: "name", priority: 100, minimumWidth: 12),
            Column("Band", key: "band", content: .band, priority: 90),
            Column("Score", key: "score", content: .number, priority: 80),
            Column("ARR", key: "arr", content: .money, priority: 70),
            Column("Renews", key: "renewsOn", content: .date, priority: 60),
            Column("Trend", key: "trend", content: .sparkline, priority: 20, minimumWidth: 8),
            Column("Why", key: "why", priority: 30, minimumWidth: 10, overflow: .wrap(maximumLines: 2)),
        ])
        table.append([
            .text("Acme Trading Company Limited"), .band(.red, word: "red"), .number(41.2, decimals: 1),
            .money(minor: 4_636_218, currency: "EUR"), .date("2026-05-31"),
            .sparkline(Sparkline([80, 70, 60, 50, 45, 41, 40, 41])), .text("Usage fell by half; the champion left."),
        ])
        table.append([
            .text("日本語株式会社"), .band(.green, word: "green"), .number(100, decimals: 1),
            .money(minor: 120_000_000, currency: "EUR"), .missing, .missing, .text(""),
        ])
        return table
    }

    @Test func `80 columns hold seven columns with the numbers in line`() {
        #expect(
            Self.accounts().lines(for: Self.terminal(80)) == [
                "Account        Band   Score            ARR  Renews      Trend     Why",
                "─────────────  ─────  ─────  ─────────────  ──────────  ────────  ──────────────",
                "Acme Trading…  red     41.2     EUR 46,362  2026-05-31  ▇▆▅▅▄▄▄▄  Usage fell by",
                "                                                                  half; the…",
                "日本語株式会…  green  100.0  EUR 1,200,000  –           –",
            ])
    }

    @Test func `the columns least wanted are left out and named`() {
        #expect(
            Self.accounts().lines(for: Self.terminal(60)) == [
                "Account              Band   Score            ARR  Renews",
                "───────────────────  ─────  ─────  ─────────────  ──────────",
                "Acme Trading Compa…  red     41.2     EUR 46,362  2026-05-31",
                "日本語株式会社       green  100.0  EUR 1,200,000  –",
                "Left out at 60 columns: Trend, Why",
            ])
    }

    @Test func `a pipe gets every column in full`() {
        let lines = Self.accounts().lines(for: .plain)
        #expect(lines.count == 4)
        #expect(lines[2].hasPrefix("Acme Trading Company Limited  red "))
        #expect(lines[2].hasSuffix("  Usage fell by half; the champion left."))
    }

    @Test func `among equal priorities the rightmost column goes first, and one column always stays`() {
        var table = Table(["First", "Second", "Third"].map { Column($0) })
        table.append([.text("aaaaa"), .text("bbbbbb"), .text("ccccc")])
        #expect(
            table.lines(for: Self.terminal(14)) == [
                "First  Second", "─────  ──────", "aaaaa  bbbbbb", "Left out at 1…",
            ])
        #expect(table.lines(for: Self.terminal(3)) == ["Fir", "st", "───", "aa…", "Le…"])
    }

    @Test func `headings take a second line before any cell is cut`() {
        var table = Table([
            Column("Account", minimumWidth: 4), Column("Days to renewal", content: .number),
            Column("Open tickets", content: .number),
        ])
        table.append([.text("Acme Trading"), .integer(30), .integer(1_204)])
        #expect(
            table.lines(for: Self.terminal(30)) == [
                "              Days to     Open",
                "Account       renewal  tickets",
                "────────────  ───────  ───────",
                "Acme Trading       30    1,204",
            ])
    }

    @Test func `decimal points, units and percent signs stand under each other`() {
        var table = Table([
            Column("n", content: .number), Column("share", content: .percent), Column("money", content: .money),
        ])
        table.append([.number(1234.5, decimals: 1), .percent(0.125, decimals: 1), Self.short(4_636_218)])
        table.append([.number(2.25, decimals: 2), .percent(1, decimals: 0), Self.short(95_000)])
        table.append([.integer(7), .missing, Self.short(123_456_700)])
        #expect(
            table.lines(for: Self.terminal(80)) == [
                "       n   share        money",
                "────────  ──────  ───────────",
                "1,234.5    12.5%   EUR 46.4 k",
                "    2.25  100%    EUR 950",
                "    7       –       EUR 1.2 M",
            ])
    }

    private static func short(_ minor: Int64) -> Cell {
        .money(minor: minor, currency: "EUR", exponent: 2, form: .compactOneDecimal)
    }

    @Test func `a number without room becomes signs, never another number`() {
        var table = Table([Column("n", content: .number)])
        table.append([.integer(1_234_567)])
        #expect(table.lines(for: Self.terminal(5)) == ["    n", "─────", "#####"])
    }

    @Test func `a band without room becomes its letter`() {
        var table = Table([Column("Band", content: .band, minimumWidth: 1), Column("Account")])
        table.append([.band(.amber, word: "amber"), .text("Acme")])
        #expect(table.lines(for: Self.terminal(11, unicode: false)).suffix(1) == ["A   Acme"])
        #expect(table.lines(for: Self.terminal(14, unicode: false)).suffix(1) == ["amber  Acme"])
    }

    @Test func `a list of names and values has no heading`() {
        var table = Table([Column("Name"), Column("Value")])
        table.showsHeader = false
        table.append([.text("Account"), .text("Acme")])
        table.append([.text("Seats"), .integer(5)])
        #expect(table.lines(for: Self.terminal(80)) == ["Account  Acme", "Seats    5"])
    }

    @Test func `a table without rows says so`() {
        var table = Table([Column("Account")])
        table.emptyText = "No account matches."
        #expect(table.lines(for: Self.terminal(80)) == ["No account matches."])
        #expect(table.lines(for: Self.terminal(10)) == ["No accoun…"])
    }

    @Test func `colour marks bands and headings, and changes nothing else`() {
        let coloured = Self.accounts().lines(for: Self.terminal(80, colour: true))
        #expect(coloured[0].hasPrefix("\u{1B}[1mAccount"))
        #expect(coloured[2].contains("\u{1B}[38;5;160mred"))
        #expect(coloured[4].contains("\u{1B}[38;5;28mgreen"))
        let stripped = coloured.map { Self.withoutEscapes($0) }
        #expect(stripped == Self.accounts().lines(for: Self.terminal(80)))
    }

    @Test func `a row may stand out as a whole`() {
        var table = Table([Column("Name"), Column("ARR", content: .number)])
        table.append([.text("Total"), .integer(12)], emphasis: .bold)
        let lines = table.lines(for: Self.terminal(80, colour: true))
        #expect(lines.last == "\u{1B}[1mTotal\u{1B}[0m  \u{1B}[1m 12\u{1B}[0m")
    }

    @Test(arguments: [true, false])
    func `a name cannot bring escapes or line breaks into a table`(unicode: Bool) {
        var table = Table([Column("Account\u{1B}[0m")])
        table.append([.text("\u{1B}[2J\u{9B}1mAcme\r\nLtd\u{07}")])
        let lines = table.lines(for: Self.terminal(80, unicode: unicode))
        let sign = unicode ? "\u{FFFD}" : "?"
        #expect(lines.last == "\(sign)[2J\(sign)1mAcme Ltd\(sign)")
        #expect(lines.allSatisfy { line in !line.unicodeScalars.contains("\u{1B}") })
    }

    private static func withoutEscapes(_ line: String) -> String {
        let parts = line.split(separator: "\u{1B}", omittingEmptySubsequences: false)
        let rest = parts.dropFirst().map { $0.drop { $0 != "m" }.dropFirst() }
        let joined = ([parts[0]] + rest).joined()
        return String(joined.reversed().drop { $0 == " " }.reversed())
    }
}
