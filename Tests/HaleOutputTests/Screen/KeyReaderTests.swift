import HaleOutput
import Testing

@Suite struct `The reader of keys` {
    private func keys(_ chunks: [String]) -> [ScreenKey] {
        var reader = KeyReader()
        return chunks.flatMap { reader.keys(Array($0.utf8)) } + reader.end()
    }

    @Test func `knows letters, arrows in both forms, pages and controls`() {
        #expect(keys(["jk"]) == [.character("j"), .character("k")])
        #expect(keys(["\u{1B}[A\u{1B}[B\u{1B}OA\u{1B}OB"]) == [.up, .down, .up, .down])
        #expect(
            keys(["\u{1B}[5~\u{1B}[6~\u{1B}[1~\u{1B}[4~\u{1B}[H\u{1B}[F"]) == [
                .pageUp, .pageDown, .home, .end, .home, .end,
            ])
        #expect(
            keys(["\r\n\u{7F}\u{8}\u{15}\u{3}\u{4}"]) == [
                .enter, .enter, .backspace, .backspace, .clearLine, .interrupt, .interrupt,
            ])
        #expect(keys(["é日🦊"]) == [.character("é"), .character("日"), .character("🦊")])
    }

    @Test func `waits for what is cut off, and takes an escape that nothing follows for the key`() {
        #expect(keys(["\u{1B}", "[", "A"]) == [.up])
        #expect(keys(["\u{1B}"]) == [.escape])
        #expect(keys(["\u{1B}\u{1B}"]) == [.escape, .escape])
        var reader = KeyReader()
        let fox = Array("🦊".utf8)
        #expect(reader.keys(Array(fox[..<2])) == [] && reader.isWaiting)
        #expect(reader.keys(Array(fox[2...])) == [.character("🦊")] && !reader.isWaiting)
    }

    @Test func `makes nothing of what is no key, and goes on`() {
        // Alt and a letter, an unknown sequence, a control, bytes that are no UTF-8, an end without a beginning.
        #expect(keys(["\u{1B}xj"]) == [.character("j")])
        #expect(keys(["\u{1B}[200~j\u{1B}[1;5Xk"]) == [.character("j"), .character("k")])
        #expect(keys(["\u{1}j"]) == [.character("j")])
        var reader = KeyReader()
        #expect(reader.keys([0xFF, 0xC3, 0x28, 0x80, 0x6A]) == [.character("("), .character("j")])
        #expect(reader.keys([0x1B, 0x5B] + Array(repeating: 0x30, count: 40)).allSatisfy { $0 == .character("0") })
    }
}
