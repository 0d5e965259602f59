import Delimited
import Foundation
import HaleTestSupport
import Testing

@Suite struct RecordReaderTests {
    static let text =
        "id,name,note\r\n1,\"Anna \"\"A\"\" B\",\"first\r\nsecond\nthird\"\r\n\r\n  \r\n2,,\"\"\r\n"
        + "\"3\",\"a,b\",5\" pipe"
    static let rows = [
        ["id", "name", "note"], ["1", "Anna \"A\" B", "first\r\nsecond\nthird"], ["2", "", ""],
        ["3", "a,b", "5\" pipe"],
    ]

    @Test(arguments: Array(1...64) + [1024])
    func `quotes and line breaks may be cut by the buffer anywhere`(bufferByteCount: Int) throws {
        let limits = ReadingLimits(bufferByteCount: bufferByteCount)
        let fixture = try ReadingFixture(Self.text)
        #expect(try fixture.rows(limits: limits) == Self.rows)
        #expect(try fixture.lines(limits: limits) == [2, 7, 8])
        let source = try fixture.survey(limits: limits).source
        #expect(source.lineEnding == .carriageReturnLineFeed)
        #expect(source.recordCount == 3)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `line numbers are right behind quoted line breaks`(lineBreak: String) throws {
        let lines = ["a,b", "1,\"x", "y", "", "z\"", "2,\"q", "\"", "", "3,4"]
        let fixture = try ReadingFixture(lines.joined(separator: lineBreak))
        for count in 1...16 {
            #expect(try fixture.lines(limits: ReadingLimits(bufferByteCount: count)) == [2, 6, 9])
        }
    }

    @Test func `an empty field is missing, quoted or not, and space around a field is left out`() throws {
        let reader = try ReadingFixture("a,b,c,d\n,\"\",\" \", x \n").survey().reader()
        let record = try #require(try reader.next())
        #expect(record.texts == [nil, nil, nil, "x"])
        #expect(record.isMissing(2))
        #expect(!record.isMissing(3))
        #expect(record[4] == nil)
        #expect(record.count == 4)
    }

    @Test func `a header alone has no records`() throws {
        let survey = try ReadingFixture("a,b\n").survey()
        #expect(survey.source.recordCount == 0)
        #expect(survey.header.names == ["a", "b"])
        #expect(try survey.reader().next() == nil)
    }

    @Test func `a ragged row names both counts and its line, and the next row is read`() throws {
        let survey = try ReadingFixture("a,b,c\n1,2,3\n1,\"2\n2\"\n1,2,3,4\n9\n5,6,7\n").survey()
        #expect(survey.raggedCount == 3)
        #expect(survey.source.recordCount == 5)
        let reader = try survey.reader()
        var problems: [ImportProblem] = []
        var rejected: [String] = []
        var rows: [[String?]] = []
        var isAtEnd = false
        while !isAtEnd {
            do throws(ImportProblem) {
                guard let record = try reader.next() else {
                    isAtEnd = true
                    continue
                }
                #expect(reader.rejected == nil)
                rows.append(record.texts)
            } catch {
                problems.append(error)
                rejected.append(reader.rejected?.rawText ?? "")
            }
        }
        #expect(rows == [["1", "2", "3"], ["5", "6", "7"]])
        #expect(problems.map(\.line) == [3, 5, 6])
        #expect(problems.allSatisfy { $0.code == .raggedRow && $0.scope == .record })
        #expect(
            problems.map(\.message) == [
                "the header has 3 columns, this row has 2 fields", "the header has 3 columns, this row has 4 fields",
                "the header has 3 columns, this row has 1 field",
            ])
        #expect(rejected == ["1,\"2\n2\"", "1,2,3,4", "9"])
    }

    @Test(arguments: [1, 7, 4096])
    func `a quote that is never closed is named by the line where it opens`(bufferByteCount: Int) throws {
        let rest = String(repeating: "3,x\n", count: 50)
        let fixture = try ReadingFixture("a,b\n1,\"x\ny\"\n2,\"open\n" + rest)
        let parts = try QuotedParts(fixture, limits: ReadingLimits(bufferByteCount: bufferByteCount))
        #expect(parts.problems.map(\.code) == [.unclosedQuote])
        #expect(parts.problems.map(\.line) == [4])
        #expect(parts.rejected == ["2,\"open"])
        #expect(parts.rows == [["1", "x\ny"]] + Array(repeating: ["3", "x"], count: 50))
        #expect(parts.lines == [2] + Array(5...54))
    }

    @Test func `a quote in the second line of a record is named by that line, and costs both`() throws {
        let parts = try QuotedParts(ReadingFixture("a,b\n\"x\ny\",\"open\n1,2\n"))
        #expect(parts.problems.map(\.line) == [3])
        #expect(parts.rejected == ["\"x\ny\",\"open"])
        #expect(parts.rows == [["1", "2"]])
    }

    /// A misplaced quote on a line, the row that it costs, and what is wrong.
    struct Misplaced: Sendable, CustomTestStringConvertible {
        let text: String
        let rejected: [String]
        let rows: [[String]]
        let problems: [String]
        var testDescription: String { text }
    }

    static let misplaced = [
        Misplaced(
            text: "1,\"x\"y\n2,z\n", rejected: ["1,\"x\"y"], rows: [["2", "z"]],
            problems: ["2: b: text follows a closing quote; write a quote inside a quoted field twice"]),
        // The quote that opens on line 2 ends at the first quote of line 4: rows 3 and 4 are rows all the same.
        Misplaced(
            text: "1,\"x\n2,y\n3,\"z, z\"\n4,w\n", rejected: ["1,\"x"],
            rows: [["2", "y"], ["3", "z, z"], ["4", "w"]],
            problems: [
                "2: b: text follows the quote on line 4 that closes the one opened here; close it on this line, or write a "
                    + "quote inside a quoted field twice"
            ]),
        // A field of two lines before the misplaced quote belongs to its row.
        Misplaced(
            text: "\"1\n1\",\"x\" y\r\n2,z", rejected: ["\"1\n1\",\"x\" y"], rows: [["2", "z"]],
            problems: ["3: b: text follows a closing quote; write a quote inside a quoted field twice"]),
        Misplaced(
            text: "1,\"a\"b\n2,\"c\"d\n3,e\n4,\"f", rejected: ["1,\"a\"b", "2,\"c\"d", "4,\"f"], rows: [["3", "e"]],
            problems: [
                "2: b: text follows a closing quote; write a quote inside a quoted field twice",
                "3: b: text follows a closing quote; write a quote inside a quoted field twice",
                "5: a quote that opens here is never closed; close or remove it",
            ]),
    ]

    @Test(arguments: misplaced, [1, 3, 4096])
    func `a misplaced quote costs its row and no other`(_ file: Misplaced, bufferByteCount: Int) throws {
        let fixture = try ReadingFixture("a,b\n" + file.text)
        let parts = try QuotedParts(fixture, limits: ReadingLimits(bufferByteCount: bufferByteCount))
        #expect(parts.rejected == file.rejected)
        #expect(parts.rows == file.rows)
        #expect(
            parts.problems.map { $0.description.dropFirst(fixture.path.count + 1) } == file.problems.map { $0[...] })
        #expect(parts.problems.allSatisfy { $0.scope == .record })
        #expect(parts.survey.raggedCount == file.problems.count)
        #expect(parts.survey.source.recordCount == file.rows.count + file.rejected.count)
    }

    @Test func `a record longer than the limit is refused with its line`() throws {
        let limits = ReadingLimits(bufferByteCount: 16, recordByteLimit: 100)
        let fits = try ReadingFixture("a\n" + String(repeating: "x", count: 99) + "\n")
        #expect(try fits.rows(limits: limits).count == 2)
        let long = String(repeating: "x", count: 100)
        let problem = try ReadingFixture("a\n1\n\(long)\n").surveyProblem(limits: limits)
        #expect(problem?.code == .recordTooLong)
        #expect(problem?.line == 3)
        let oneGulp = ReadingLimits(bufferByteCount: 4096, recordByteLimit: 100)
        #expect(try ReadingFixture("a\n1\n\(long)\n").surveyProblem(limits: oneGulp)?.code == .recordTooLong)
    }

    @Test func `a quote left open in a large file is named without reading all of it`() throws {
        let limits = ReadingLimits(bufferByteCount: 16, recordByteLimit: 100)
        let fixture = try ReadingFixture("a,b\n1,\"" + String(repeating: "x\n", count: 200))
        let parts = try QuotedParts(fixture, limits: limits)
        #expect(parts.problems.map(\.code) == [.unclosedQuote] + Array(repeating: .raggedRow, count: 199))
        #expect(parts.problems.first?.line == 2)
        #expect(parts.problems.first?.message.contains("not closed within 100 bytes") == true)
    }

    @Test func `the bytes consumed reach the size of the file`() throws {
        let text = "a,b\n" + String(repeating: "1,2\n", count: 1000)
        let fixture = try ReadingFixture(text)
        let reader = try fixture.survey(limits: ReadingLimits(bufferByteCount: 256)).reader()
        var steps: [Int] = []
        while try reader.next() != nil { steps.append(reader.bytesConsumed) }
        #expect(steps.first == 256)
        #expect(steps.last == 4004)
        #expect(steps == steps.sorted())
        #expect(reader.recordCount == 1000)
    }

    @Test func `records that are kept stay what they were`() throws {
        let text = "a,b\n" + (1...500).map { "\($0),\"x\($0)\"\n" }.joined()
        let reader = try ReadingFixture(text).survey(limits: ReadingLimits(bufferByteCount: 64)).reader()
        var records: [Record] = []
        while let record = try reader.next() { records.append(record) }
        #expect(records.map { $0[1] } == (1...500).map { "x\($0)" })
        #expect(records.map(\.line) == Array(2...501))
    }

    @Test func `a file that changes between the passes is refused at its end`() throws {
        let fixture = try ReadingFixture("a,b\n1,2\n")
        let survey = try fixture.survey()
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: fixture.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("3,4\n".utf8))
        try handle.close()
        let reader = try survey.reader()
        let problem = #expect(throws: ImportProblem.self) { while try reader.next() != nil {} }
        #expect(problem?.code == .changedWhileReading)
    }

    @Test func `two readers of one file do not disturb each other`() throws {
        let fixture = try ReadingFixture("a\n" + (1...100).map { "\($0)\n" }.joined())
        let survey = try fixture.survey(limits: ReadingLimits(bufferByteCount: 8))
        let first = try survey.reader()
        let second = try survey.reader()
        for number in 1...100 {
            #expect(try first.next()?[0] == String(number))
            #expect(try second.next()?[0] == String(number))
        }
    }
}

/// The rows of a file and those that are set aside, with what is wrong with them.
struct QuotedParts {
    let survey: Survey
    private(set) var rows: [[String]] = []
    private(set) var lines: [Int] = []
    private(set) var rejected: [String] = []
    private(set) var problems: [ImportProblem] = []

    init(_ fixture: ReadingFixture, limits: ReadingLimits = .standard) throws {
        survey = try fixture.survey(limits: limits)
        let reader = try survey.reader()
        var isAtEnd = false
        while !isAtEnd {
            do throws(ImportProblem) {
                guard let record = try reader.next() else {
                    isAtEnd = true
                    continue
                }
                rows.append(record.texts.map { $0 ?? "" })
                lines.append(record.line)
            } catch {
                guard error.scope == .record else { throw error }
                problems.append(error)
                rejected.append(reader.rejected?.rawText ?? "")
            }
        }
    }
}
