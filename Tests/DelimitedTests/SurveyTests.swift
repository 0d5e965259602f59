import Delimited
import HaleTestSupport
import Testing

@Suite struct SurveyTests {
    @Test func `the description says in one line what the receipt needs`() throws {
        let source = try ReadingFixture("a,b\n1,2\n").survey().source
        // The checksum is sha256sum's of the same eight bytes.
        #expect(
            source.text == "UTF-8, separator comma, LF, 1 record, 8 bytes, "
                + "SHA-256 492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470")
    }

    @Test func `everything unusual is said`() throws {
        let bytes = gzipMember([0xEF, 0xBB, 0xBF] + Array("a;b\r\n1;2\r\n3;4\r\n".utf8))
        let source = try ReadingFixture(bytes).survey().source
        #expect(
            source.text.hasPrefix(
                "UTF-8 with byte-order mark, separator semicolon, CRLF, gzip, 2 records, \(bytes.count) bytes, SHA-256 "
            ))
    }

    @Test func `the checksum is that of the file as given, however it is read`() throws {
        let fixture = try ReadingFixture("a,b\n" + String(repeating: "1,2\n", count: 1000))
        let printed = try #require(output(of: "sha256sum", [fixture.path]))
        let expected = String(decoding: printed.prefix(64), as: UTF8.self)
        for count in [1, 100, 65_536] {
            #expect(try fixture.survey(limits: ReadingLimits(bufferByteCount: count)).source.sha256 == expected)
        }
    }

    @Test func `a file in an older encoding has its checksum and names too`() throws {
        let fixture = try ReadingFixture(Array("id,nam".utf8) + [0xE9] + Array("\n1,25/12/2024\n".utf8))
        let survey = try fixture.survey([ColumnDefinition(name: "namé", type: .date)])
        #expect(survey.columns.first?.source == .fileColumn(1))
        #expect(survey.verdicts.first?.valueCount == 1)
        #expect(survey.source.byteCount == 21)
    }

    @Test func `a missing column stops the survey`() throws {
        let fixture = try ReadingFixture("a,b\n1,2\n")
        let problem = #expect(throws: ImportProblem.self) {
            try fixture.survey([ColumnDefinition(name: "account_id", type: .identifier, isRequired: true)])
        }
        #expect(problem?.code == .missingColumn)
    }

    @Test func `progress ends at the size of the file`() throws {
        let fixture = try ReadingFixture("a,b\n" + String(repeating: "1,22222222\n", count: 300_000))
        let file = try ImportFile(path: fixture.path)
        var steps: [Int] = []
        _ = try Survey(of: file, progress: { steps.append($0) }, columns: { (_) throws(ImportProblem) in [] })
        #expect(steps.count >= 3)
        #expect(steps == steps.sorted())
        #expect(steps.last == file.byteCount)
    }
}
