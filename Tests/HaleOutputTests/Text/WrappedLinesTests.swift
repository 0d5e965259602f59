import HaleOutput
import Testing

@Suite struct `Wrapped lines` {
    @Test(arguments: [
        ("", 5, [""]), ("one two", 10, ["one two"]), ("one two three", 7, ["one two", "three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]), ("a abcdef b", 3, ["a", "abc", "def", "b"]),
        ("one\ntwo", 10, ["one", "two"]), ("one\n\ntwo", 10, ["one", "", "two"]), ("日本語", 4, ["日本", "語"]),
        ("日a", 1, ["…", "a"]), ("a 👩‍👩‍👧 b", 4, ["a 👩‍👩‍👧", "b"]),
    ])
    func `text breaks at spaces and inside words that are too wide`(text: String, width: Int, expected: [String]) {
        #expect(WrappedLines(text, width: width).lines == expected)
    }

    @Test func `the last line kept says that more follows`() {
        #expect(WrappedLines("one two three four", width: 5, maximumLines: 2).lines == ["one", "two…"])
        #expect(WrappedLines("three seven eight", width: 5, maximumLines: 1).lines == ["thre…"])
        #expect(WrappedLines("one two", width: 3, maximumLines: 2).lines == ["one", "two"])
    }

    @Test(arguments: [
        ("  one two three", 11, ["  one two", "  three"]), ("  abcdefghij", 8, ["  abcdef", "  ghij"]),
        ("one\n  two three", 8, ["one", "  two", "  three"]), ("    one two", 8, ["one two"]), ("   ", 8, [""]),
    ])
    func `lines that are set in stay set in`(text: String, width: Int, expected: [String]) {
        #expect(WrappedLines(text, width: width).lines == expected)
    }

    @Test func `without a width only line ends break`() {
        #expect(WrappedLines("one two three\nfour", width: nil).lines == ["one two three", "four"])
    }
}
