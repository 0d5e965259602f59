import HaleOutput
import Testing

@Suite struct `Harmless text` {
    @Test(arguments: [
        ("\u{1B}[31mred", "\u{FFFD}[31mred"), ("bell\u{07}", "bell\u{FFFD}"), ("\u{9B}2J", "\u{FFFD}2J"),
        ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{2066}b", "a\u{FFFD}b"), ("a\0b\u{7F}", "a\u{FFFD}b\u{FFFD}"),
        ("a\tb", "a b"), ("a\nb", "a b"), ("a\r\nb", "a b"), ("a\rb", "a b"), ("a\u{2028}b", "a b"),
        ("co\u{AD}operate", "cooperate"), ("Zoë 日本 👩‍👩‍👧", "Zoë 日本 👩‍👩‍👧"), ("\u{200F}שלום", "\u{200F}שלום"),
    ])
    func `what a terminal obeys is replaced, all else is kept`(text: String, expected: String) {
        #expect(HarmlessText.clean(text) == expected)
    }

    @Test func `every control scalar is replaced in every layout`() {
        let controls = (0...0x9F as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init).filter {
            $0.properties.generalCategory == .control && !"\t\n".unicodeScalars.contains($0)
        }
        #expect(controls.count == 63)
        for layout in HarmlessText.Layout.allCases {
            for control in controls {
                let cleaned = HarmlessText.clean("a\(Character(control))b", layout: layout)
                #expect(!cleaned.unicodeScalars.contains(control))
            }
        }
    }

    @Test(arguments: [
        (HarmlessText.Layout.keepLineBreaks, "a\nb c\nd\ne"), (.keepLineBreaksAndTabs, "a\nb\tc\nd\u{FFFD}e"),
        (.oneLine, "a b c d e"),
    ])
    func `a layout says what becomes of line breaks and tabs`(layout: HarmlessText.Layout, expected: String) {
        #expect(HarmlessText.clean("a\nb\tc\r\nd\re", layout: layout) == expected)
    }
}
