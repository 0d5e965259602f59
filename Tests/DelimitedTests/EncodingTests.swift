import Delimited
import HaleTestSupport
import Testing

@Suite struct EncodingTests {
    static let text = "id,name\n1,Zoë\n2,日本 €\n3,😀\n"
    static let rows = [["id", "name"], ["1", "Zoë"], ["2", "日本 €"], ["3", "😀"]]

    private static func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isLittle ? bytes : bytes.reversed()
        }
    }

    static let encoded: [(bytes: [UInt8], encoding: TextEncoding, hasMark: Bool)] = [
        (Array(text.utf8), .utf8, false),
        ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8, true),
        ([0xFF, 0xFE] + utf16(text, isLittle: true), .utf16LittleEndian, true),
        ([0xFE, 0xFF] + utf16(text, isLittle: false), .utf16BigEndian, true),
        (utf16(text, isLittle: true), .utf16LittleEndian, false),
        (utf16(text, isLittle: false), .utf16BigEndian, false),
    ]

    @Test(arguments: encoded)
    func `every encoding gives the same text and is said`(
        bytes: [UInt8], encoding: TextEncoding, hasMark: Bool
    ) throws {
        let fixture = try ReadingFixture(bytes)
        #expect(try fixture.rows() == Self.rows)
        let source = try fixture.survey().source
        #expect(source.encoding == encoding)
        #expect(source.hasByteOrderMark == hasMark)
        #expect(source.text.hasPrefix(encoding.rawValue + (hasMark ? " with byte-order mark," : ",")))
    }

    @Test(arguments: encoded)
    func `characters may be cut by the buffer anywhere`(
        bytes: [UInt8], encoding: TextEncoding, hasMark: Bool
    ) throws {
        let fixture = try ReadingFixture(bytes)
        for count in 1...9 {
            #expect(try fixture.rows(limits: ReadingLimits(bufferByteCount: count)) == Self.rows)
        }
    }

    @Test func `Latin-1 is recognised where the bytes are not valid UTF-8`() throws {
        let fixture = try ReadingFixture(Array("id,nam".utf8) + [0xE9] + Array("\n1,Zo".utf8) + [0xEB, 0x0A])
        #expect(try fixture.rows() == [["id", "namé"], ["1", "Zoë"]])
        #expect(try fixture.survey().source.encoding == .latin1)
    }

    @Test func `Windows-1252 is told from Latin-1 by its own characters`() throws {
        let fixture = try ReadingFixture(
            Array("id;price\n1;".utf8) + [0x80] + Array(" 5\n2;".utf8) + [0x93, 0x94, 0x0A])
        #expect(try fixture.rows() == [["id", "price"], ["1", "€ 5"], ["2", "“”"]])
        #expect(try fixture.survey().source.encoding == .windows1252)
    }

    @Test func `a single byte at the end of a large file decides`() throws {
        let start = "id,name\n" + String(repeating: "1,plain\n", count: 50_000)
        let fixture = try ReadingFixture(Array(start.utf8) + Array("2,Zo".utf8) + [0xEB])
        #expect(try fixture.survey().source.encoding == .latin1)
        #expect(try fixture.rows().last == ["2", "Zoë"])
    }

    @Test func `a file of UTF-8 with a broken byte is refused with its line, not read as Latin-1`() throws {
        let start = "id,name\n" + String(repeating: "1,Zoë\n", count: 100)
        let fixture = try ReadingFixture(Array(start.utf8) + [0x32, 0x2C, 0xEB, 0x0A])
        let problem = try #require(try fixture.surveyProblem())
        #expect(problem.code == .encoding)
        #expect(problem.line == 102)
    }

    @Test func `a file cut inside a character of UTF-8 is refused`() throws {
        let start = "id,name\n" + String(repeating: "1,Zoë\n", count: 100)
        #expect(try ReadingFixture(Array(start.utf8) + [0x32, 0x2C, 0xC3]).surveyProblem()?.code == .encoding)
    }

    @Test(
        arguments: [
            [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xBF],
        ] as [[UInt8]])
    func `overlong forms, surrogates and stray bytes are not UTF-8`(bytes: [UInt8]) throws {
        // The mark says that the file is meant to be UTF-8, so no other encoding is tried.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let problem = try ReadingFixture(mark + Array("name\n".utf8) + bytes).surveyProblem()
        #expect(problem?.code == .encoding)
        #expect(problem?.line == 2)
    }

    @Test func `a byte without meaning in UTF-8 and in Windows-1252 is refused with its line`() throws {
        let problem = try ReadingFixture(Array("id,name\n1,a\n2,".utf8) + [0x81, 0x0A]).surveyProblem()
        #expect(problem?.code == .encoding)
        #expect(problem?.line == 3)
        #expect(problem?.message.contains("0x81") == true)
    }

    @Test(arguments: [[0x00, 0xD8, 0x41, 0x00], [0x00, 0xDC], [0x41]] as [[UInt8]])
    func `half a character of UTF-16 is refused`(bytes: [UInt8]) throws {
        let start: [UInt8] = [0xFF, 0xFE] + Self.utf16("id\n1", isLittle: true)
        #expect(try ReadingFixture(start + bytes).surveyProblem()?.code == .encoding)
    }

    @Test func `a NUL byte is refused with its line`() throws {
        let problem = try ReadingFixture("id,name\n1,\"a\nb\"\n2,x\u{0}y\n").surveyProblem()
        #expect(problem?.code == .nulByte)
        #expect(problem?.line == 4)
        #expect(try ReadingFixture("id,name\n1,\"a\n\u{0}\"\n").surveyProblem()?.line == 3)
    }
}
