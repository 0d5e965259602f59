import Delimited
import Foundation
import HaleDomain
import HaleTestSupport
import Testing

/// Fuzzed texts, written in an encoding by Foundation and read back: the reader's tables and another's agree.
@Suite struct EncodingRoundTripTests {
    /// An encoding, how Foundation calls it, and the characters that texts in it are made of.
    struct Encoded: Sendable, CustomStringConvertible {
        let encoding: TextEncoding
        let foundation: String.Encoding
        let mark: [UInt8]
        let characters: [Character]

        var description: String { encoding.rawValue + (mark.isEmpty ? "" : " with mark") }
    }

    private static let everywhere = Array("aZ09 .'\"-éßÿÄ£¼×÷")
    private static let wide = Array("Žśș€“”…日本語한국어אבגΩж😀🏴‍☠️𝒳\u{301}")
    /// What Windows-1252 has and Latin-1 has not.
    private static let windows = Array("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")

    static let encoded = [
        Encoded(encoding: .utf8, foundation: .utf8, mark: [], characters: everywhere + wide),
        Encoded(encoding: .utf8, foundation: .utf8, mark: [0xEF, 0xBB, 0xBF], characters: everywhere + wide),
        Encoded(
            encoding: .utf16LittleEndian, foundation: .utf16LittleEndian, mark: [0xFF, 0xFE],
            characters: everywhere + wide),
        Encoded(
            encoding: .utf16BigEndian, foundation: .utf16BigEndian, mark: [0xFE, 0xFF], characters: everywhere + wide),
        Encoded(encoding: .utf16LittleEndian, foundation: .utf16LittleEndian, mark: [], characters: everywhere),
        Encoded(encoding: .utf16BigEndian, foundation: .utf16BigEndian, mark: [], characters: everywhere),
        Encoded(encoding: .latin1, foundation: .isoLatin1, mark: [], characters: everywhere),
        Encoded(encoding: .windows1252, foundation: .windowsCP1252, mark: [], characters: everywhere + windows),
    ]

    @Test(arguments: encoded)
    func `forty files come back to the character, and the encoding is said`(_ encoded: Encoded) throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            let rows = Self.rows(encoded, seed: seed)
            let lines = rows.map { row in
                row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
            }
            let data = try #require(lines.joined().data(using: encoded.foundation))
            let fixture = try ReadingFixture(encoded.mark + Array(data))
            var choices = SplitMix(seed: seed)
            // Buffers that cut characters and surrogate pairs in two.
            let limits = ReadingLimits(bufferByteCount: choices.pick([7, 64, 1_023]))
            #expect(try fixture.rows(limits: limits) == rows.map { $0.map(ReferenceReading.trimmed) }, "seed \(seed)")
            let source = try fixture.survey().source
            #expect(source.encoding == encoded.encoding, "seed \(seed)")
            #expect(source.hasByteOrderMark == !encoded.mark.isEmpty)
            #expect(source.text.hasPrefix(encoded.encoding.rawValue))
        }
    }

    /// Rows of two fields; the second has a character by which the encoding is known, between letters, because two
    /// letters of Latin-1 side by side can be one of UTF-8.
    private static func rows(_ encoded: Encoded, seed: UInt64) -> [[String]] {
        var choices = SplitMix(seed: seed)
        let telling: Character = encoded.encoding == .windows1252 ? "€" : "é"
        let rows = (1...12).map { number in
            let text = (0..<Int.random(in: 1...8, using: &choices)).map { _ in "\(choices.pick(encoded.characters))n" }
            return [String(number), "n\(telling)n" + text.joined()]
        }
        return [["id", "name"]] + rows
    }

    @Test(arguments: [
        (TextEncoding.latin1, String.Encoding.isoLatin1, 0xA0...0xFF), (.windows1252, .windowsCP1252, 0x80...0xFF),
    ])
    func `every byte means what Foundation says it means`(
        encoding: TextEncoding, foundation: String.Encoding, bytes: ClosedRange<UInt8>
    ) throws {
        var compared = 0
        for byte in bytes {
            // What Foundation gives no character, no file can hold; the reader's refusal has a test of its own.
            guard let character = String(bytes: [byte], encoding: foundation),
                character.unicodeScalars.first?.properties.generalCategory != .control
            else { continue }
            // In Windows-1252 the euro sign tells the encoding, whatever the byte.
            let telling: [UInt8] = encoding == .windows1252 ? [0x80] : [0xE9]
            let fixture = try ReadingFixture(
                Array("id,name\n1,".utf8) + telling + Array("x\n2,x".utf8) + [byte] + Array("x\n".utf8))
            let rows = try fixture.rows()
            #expect(rows.last == ["2", "x\(character)x"], "0x\(String(byte, radix: 16))")
            #expect(try fixture.survey().source.encoding == encoding)
            compared += 1
        }
        #expect(compared >= 90)
    }
}
