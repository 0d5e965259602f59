import Delimited
import HaleTestSupport
import Testing

/// Rows of empty cells, as spreadsheets end with, are passed over and counted.
@Suite struct `Rows of empty cells` {
    static let columns = [
        ColumnDefinition(name: "id", type: .identifier, isRequired: true), ColumnDefinition(name: "on", type: .date),
    ]

    @Test(arguments: [1, 5, 4096])
    func `are passed over, whatever their empty cells are made of`(bufferByteCount: Int) throws {
        let limits = ReadingLimits(bufferByteCount: bufferByteCount)
        let text = "id,on,note\n,,\n1,2026-01-31,x\n\"\",\" \",\n\n , ,\n,\n,,,,\n\u{A0},\u{3000},\u{200B}\r\n2,,\n,,"
        let fixture = try ReadingFixture(text)
        #expect(try fixture.rows(limits: limits) == [["id", "on", "note"], ["1", "2026-01-31", "x"], ["2", "", ""]])
        #expect(try fixture.lines(limits: limits) == [3, 10])
        for columns in [Self.columns, []] {
            let survey = try fixture.survey(columns, limits: limits)
            #expect(survey.source.recordCount == 2)
            #expect(survey.source.emptyRowCount == 7)
            #expect(survey.raggedCount == 0)
            #expect(survey.source.text.contains("2 records, 7 rows of empty cells passed over,"))
        }
    }

    @Test func `one is said in words`() throws {
        #expect(
            try ReadingFixture("a,b\n1,2\n,\n").survey().source.text.contains(
                "1 record, 1 row of empty cells passed over,"))
        #expect(!(try ReadingFixture("a,b\n1,2\n\n").survey().source.text.contains("passed over")))
    }

    @Test func `a million of them, as a whole sheet has, are no matter`() throws {
        let rows = String(repeating: ",,\n", count: 20_000)
        let survey = try ReadingFixture("id,on,note\n1,,\n" + rows + "2,,\n" + rows).survey(Self.columns)
        #expect(survey.source.recordCount == 2)
        #expect(survey.source.emptyRowCount == 40_000)
    }

    @Test(.timeLimit(.minutes(30)), arguments: [false, true])
    func `more lines without a value than any sheet has are refused`(isPacked: Bool) throws {
        // Twice the 1,048,576 rows of an Excel sheet are let in, one more is not.
        let limit = 2_097_152
        let head = Array("a,b\n1,2\n".utf8)
        let blank = [UInt8](repeating: 0x0A, count: limit)
        func fixture(_ bytes: [UInt8]) throws -> ReadingFixture {
            try ReadingFixture(isPacked ? gzipMember(bytes) : bytes)
        }
        if !isPacked { #expect(try fixture(head + blank + Array("3,4\n".utf8)).survey().source.recordCount == 2) }
        let problem = try fixture(head + blank + [0x0A]).surveyProblem()
        #expect(problem?.code == .recordTooLong)
        #expect(problem?.message.contains("more than 2097152 lines without any value follow each other") == true)
    }
}
