import HaleOutput
import Testing

@Suite struct `Display width` {
    @Test(arguments: [
        ("", 0), ("Acme", 4), ("日本語", 6), ("ｱｲｳ", 3), ("ＡＢ", 4), ("한국", 4),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("é", 1), ("e\u{301}", 1), ("e\u{301}\u{327}", 1),
        ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("👍🏽", 2), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("❤", 1),
        ("🏳️‍🌈", 2), ("😀", 2), ("a\u{200B}b", 2), ("\u{FEFF}a", 1), ("Ω±·●│█", 6), ("…–", 2), ("e\u{200D}", 1),
        ("한국\u{20DD}", 4), ("か\u{3099}", 2), ("กำ", 2), ("नमस्ते", 4),
    ])
    func `a text fills the columns a terminal gives it`(text: String, columns: Int) {
        #expect(DisplayWidth.columns(of: text) == columns)
    }

    @Test(arguments: ["a\u{1B}[31mb", "a\nb", "a\r\nb", "a\tb\u{7F}", "\u{9B}2J", "soft\u{AD}hyphen", "\u{202E}abc"])
    func `a text is measured as it is shown after cleaning`(text: String) {
        #expect(DisplayWidth.columns(of: text) == DisplayWidth.columns(of: HarmlessText.clean(text)))
    }

    @Test(arguments: [
        ("Acme", 4, "Acme"), ("Acme Ltd", 5, "Acme…"), ("Acme Ltd", 6, "Acme…"), ("Acme", 1, "…"), ("Acme", 0, ""),
        ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 2, "…"),
        ("e\u{301}tude", 2, "e\u{301}…"), ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"), ("🇩🇪🇫🇷🇮🇹", 5, "🇩🇪🇫🇷…"),
    ])
    func `truncation never cuts a character`(text: String, width: Int, expected: String) {
        #expect(DisplayWidth.truncated(text, to: width) == expected)
    }

    @Test(arguments: [(6, "Acm..."), (3, "..."), (2, ".."), (1, ".")])
    func `an ellipsis wider than the room is cut itself`(width: Int, expected: String) {
        #expect(DisplayWidth.truncated("Acme Limited", to: width, ellipsis: "...") == expected)
    }

    @Test func `padding counts columns and leaves a wider text alone`() {
        #expect(DisplayWidth.paddedLeft("日本", to: 6) == "  日本")
        #expect(DisplayWidth.paddedRight("日本", to: 6) == "日本  ")
        #expect(DisplayWidth.paddedRight("🇩🇪", to: 3) == "🇩🇪 ")
        #expect(DisplayWidth.paddedLeft("Acme", to: 2) == "Acme")
    }
}
