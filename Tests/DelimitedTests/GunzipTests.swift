import Delimited
import Foundation
import HaleTestSupport
import Testing

@Suite struct GunzipTests {
    static let text = "account_id,name\nA-1,Anna\nA-2,Zoë\nA-3,\"Two\nlines\"\n"
    static let rows = [["account_id", "name"], ["A-1", "Anna"], ["A-2", "Zoë"], ["A-3", "Two\nlines"]]
    /// The text above, packed by gzip 1.12 with `-9n`.
    static let packed = "H4sIAAAAAAACA0tMTs4vzSuJz0zRyUvMTeVy1DXUcczLSwQyjHSi8g+vBjKMdZRCyvO5cjLzUouVuAAC4TlKMgAAAA=="

    @Test func `a file packed by gzip is recognised by its first bytes, whatever its name`() throws {
        let bytes = try #require(Data(base64Encoded: Self.packed))
        let fixture = try ReadingFixture(Array(bytes), name: "accounts.csv")
        #expect(try fixture.rows() == Self.rows)
        let source = try fixture.survey().source
        #expect(source.isCompressed)
        #expect(source.byteCount == bytes.count)
    }

    @Test func `a plain file may end in gz`() throws {
        let fixture = try ReadingFixture(Self.text, name: "accounts.csv.gz")
        #expect(try fixture.rows() == Self.rows)
        #expect(try !fixture.survey().source.isCompressed)
    }

    @Test(arguments: 1...64) func `members and packed bytes may be cut anywhere`(bufferByteCount: Int) throws {
        let text = Array(Self.text.utf8)
        let packed = try #require(Data(base64Encoded: Self.packed))
        let tail = Array("A-4,Eva\n".utf8)
        let limits = ReadingLimits(bufferByteCount: bufferByteCount)
        let stored = gzipMember(Array(text[..<21]), blockByteCount: 5) + gzipMember([]) + gzipMember(Array(text[21...]))
        #expect(try ReadingFixture(stored).rows(limits: limits) == Self.rows)
        let joined = try ReadingFixture(Array(packed) + gzipMember(tail))
        #expect(try joined.rows(limits: limits) == Self.rows + [["A-4", "Eva"]])
    }

    @Test func `output much larger than the input is given piece by piece`() throws {
        let row = String(repeating: "x", count: 99) + "\n"
        let text = "name\n" + String(repeating: row, count: 20_000)
        let fixture = try ReadingFixture(text)
        let packed = try #require(output(of: "gzip", ["-9nc", fixture.path]))
        try #require(packed.count < 20_000)
        let reader = try ReadingFixture(Array(packed)).survey(limits: ReadingLimits(bufferByteCount: 512)).reader()
        var count = 0
        while let record = try reader.next() { count += record[0]?.count == 99 ? 1 : 0 }
        #expect(count == 20_000)
    }

    @Test func `a file cut anywhere is refused with one clear line`() throws {
        let packed = Array(try #require(Data(base64Encoded: Self.packed)))
        for count in 2..<packed.count {
            let fixture = try ReadingFixture(Array(packed[..<count]))
            let problem = try #require(try fixture.surveyProblem(), "cut after \(count) bytes")
            #expect(problem.code == .damagedGzip)
            #expect(problem.message == "the gzip data ends too early; copy or download the file again")
        }
    }

    @Test func `a second member that is cut off is refused`() throws {
        let first = gzipMember(Array("a\n1\n".utf8))
        let fixture = try ReadingFixture(first + gzipMember(Array("2\n".utf8)).dropLast(3))
        #expect(try fixture.surveyProblem()?.code == .damagedGzip)
    }

    @Test func `a wrong checksum is refused`() throws {
        var member = gzipMember(Array("a\n1\n".utf8))
        member[member.count - 8] ^= 1
        let problem = try ReadingFixture(member).surveyProblem()
        #expect(problem?.code == .damagedGzip)
        #expect(problem?.message.contains("incorrect data check") == true)
    }

    @Test func `padding with zero bytes is passed over, other bytes behind the data are refused`() throws {
        let member = gzipMember(Array("a\n1\n".utf8))
        #expect(try ReadingFixture(member + [0, 0, 0]).rows() == [["a"], ["1"]])
        #expect(try ReadingFixture(member + Array("2\n".utf8)).surveyProblem()?.code == .damagedGzip)
    }
}
