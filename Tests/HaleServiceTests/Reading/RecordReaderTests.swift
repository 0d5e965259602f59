import Foundation
import HaleService
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
        #expect(survey.isHeaderOnly)
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
        let problem = try #require(try fixture.surveyProblem(limits: ReadingLimits(bufferByteCount: bufferByteCount)))
        #expect(problem.code == .unclosedQuote)
        #expect(problem.line == 4)
        #expect(problem.scope == .file)
    }

    @Test func `a quote in the second line of a record is named by that line`() throws {
        #expect(try ReadingFixture("a,b\n\"x\ny\",\"open\n").surveyProblem()?.line == 3)
    }

    @Test func `text behind a closing quote is refused with line and column`() throws {
        let problem = try ReadingFixture("a,b\n1,\"x\"y\n").surveyProblem()
        #expect(problem?.code == .textAfterQuote)
        #expect(problem?.line == 2)
        #expect(problem?.column == "b")
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
        let problem = try fixture.surveyProblem(limits: limits)
        #expect(problem?.code == .unclosedQuote)
        #expect(problem?.line == 2)
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
