import Delimited
import Foundation
import HaleTestSupport
import Testing

/// JSON is read as any table: the names of values are the columns.
@Suite struct `JSON files` {
    static let rows: [[String]] = [
        ["id", "owner.name", "owner.team.id", "score", "tags"], ["A-1", "Ann", "7", "1.50", "[\"x\", \"y\"]"],
        ["A-2", "", "", "", ""], ["A-3", "Zoë \"Z\", é\nüber", "", "1e5", ""],
    ]
    private static let objects = [
        #"{"id": "A-1", "owner": {"name": "Ann", "team": {"id": 7}}, "score": 1.50, "tags": ["x", "y"]}"#,
        #"{"id": " A-2\u00a0", "owner": {"name": null}, "score": null, "tags": []}"#,
        #"{"score": 1e5, "id": "A-3", "owner": {"name": "Zo\u00eb \"Z\", \u00e9\n\u00FCber"}, "further": {}}"#,
    ]

    struct Form: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let layout: JSONLayout
        let lines: [Int]
    }

    static let forms = [
        Form(testDescription: "lines", text: objects.joined(separator: "\n"), layout: .lines, lines: [1, 2, 3]),
        Form(
            testDescription: "lines of Windows, a blank one and space around",
            text: "\r\n  " + objects.joined(separator: " \r\n\r\n") + "\r\n", layout: .lines, lines: [2, 4, 6]),
        Form(
            testDescription: "a list, one object a line", text: "[\n" + objects.joined(separator: ",\n") + "\n]\n",
            layout: .list, lines: [2, 3, 4]),
        // Several on one line go by their numbers, so that no two have the same.
        Form(
            testDescription: "a list on one line", text: "[" + objects.joined(separator: ",") + "]", layout: .list,
            lines: [1, 2, 3]),
        Form(
            testDescription: "a list over many lines",
            text: "[\n" + objects.map { $0.replacing(", \"owner", with: ",\n  \"owner") }.joined(separator: ",\n")
                + "]",
            layout: .list, lines: [2, 4, 6]),
        Form(
            testDescription: "objects over several lines",
            text: objects.map { $0.replacing("{\"", with: "{\n\"") }.joined(separator: "\n"), layout: .objects,
            lines: [1, 5, 8]),
    ]

    @Test(arguments: forms, [1, 2, 3, 5, 17, 4096])
    func `are read in every form, wherever the buffer cuts them`(_ form: Form, bufferByteCount: Int) throws {
        let limits = ReadingLimits(bufferByteCount: bufferByteCount)
        let fixture = try ReadingFixture(form.text, name: "data.txt")
        #expect(try fixture.rows(limits: limits) == Self.rows)
        #expect(try fixture.lines(limits: limits) == form.lines)
        let source = try fixture.survey(limits: limits).source
        #expect(source.layout == form.layout)
        #expect(source.text.hasPrefix("UTF-8, \(form.layout.text), 3 records, "))
    }

    @Test func `may be packed, have a byte-order mark or be UTF-16`() throws {
        let text = Self.forms[0].text
        #expect(try ReadingFixture(gzipMember(Array(text.utf8))).rows() == Self.rows)
        #expect(try ReadingFixture([0xEF, 0xBB, 0xBF] + Array(text.utf8)).rows() == Self.rows)
        let utf16: [UInt8] =
            [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(try ReadingFixture(utf16).rows() == Self.rows)
    }

    @Test func `that are no JSON stay what they are`() throws {
        #expect(try ReadingFixture("[Account] id,name\nA-1,Acme\n").survey().source.layout == nil)
        #expect(try ReadingFixture("{id},name\nA-1,Acme\n").survey().source.layout == nil)
    }

    /// A line that is no object, and what is said of it.
    static let badLines: [(line: String, words: String)] = [
        (#"{"id": "A-2""#, "character 13: the object is not closed"),
        (#"{"id": "A-2"#, "the object is not closed"),
        (#"{"id": "A-2"} {"id": "A-3"}"#, "character 15: something follows the object"),
        (#"["A-2"]"#, "character 1: an object in { } is needed here"),
        (#"{"id": "A-2", }"#, "character 15: a name in quotes is needed here"),
        (#"{id: "A-2"}"#, "character 2: a name in quotes is needed here"),
        (#"{"id" "A-2"}"#, "a colon is needed behind the name of a value"),
        (#"{"id": 'A-2'}"#, "neither a text in quotes, a number, true, false, null, an object nor a list"),
        (#"{"id": 01}"#, "neither a text in quotes"), (#"{"id": NaN}"#, "neither a text in quotes"),
        (#"{"id": +1}"#, "neither a text in quotes"), (#"{"id": 1.}"#, "neither a text in quotes"),
        ("{\"id\": \"A\t2\"}", "has a control character in it"),
        (#"{"id": "A\x2"}"#, "a backslash stands before"), (#"{"id": "\u12"}"#, "\\u needs four digits"),
        (#"{"id": "\ud83d"}"#, "id: \\u names half a character"), (#"{"id": "\udc00\ud83d"}"#, "half a character"),
        (#"{"id": "A\u0000"}"#, "id: a NUL character"),
        (#"{"id": 1, "id": 2}"#, "id stands twice in this object; keep one"),
        (#"{"a": {"b": 1}, "id": 3, "a.b": 2}"#, "a.b stands twice in this object"),
        (String(repeating: #"{"a":"#, count: 70), "nested deeper than 64"),
        (#"{"id": "# + String(repeating: "[", count: 70), "nested deeper than 64"),
    ]

    @Test(arguments: badLines.indices) func `with a bad line lose that line alone`(index: Int) throws {
        let (line, words) = Self.badLines[index]
        let fixture = try ReadingFixture("{\"id\": 1}\n\(line)\n{\"id\": 3}\n")
        for count in [1, 4096] {
            let parts = try QuotedParts(fixture, limits: ReadingLimits(bufferByteCount: count))
            #expect(parts.problems.map(\.code) == [.badObject])
            #expect(parts.problems.map(\.line) == [2])
            #expect(parts.problems.first?.message.contains(words) == true, "\(parts.problems)")
            let place = try #require(parts.survey.header.names.firstIndex(of: "id"))
            #expect(parts.rows.map { $0[place] } == ["1", "3"])
            // As it came, in a cell of its own.
            #expect(parts.rejected == ["\"\(line.replacing("\"", with: "\"\""))\""])
        }
    }

    /// A file that cannot be told apart behind the fault, its line and what is said.
    static let badFiles: [(text: String, line: Int?, words: String)] = [
        ("[{\"id\": 1}\n{\"id\": 2}]", 2, "a comma or ] is needed behind an object of the list"),
        ("[{\"id\": 1},\n{\"id\": 2}", 2, "the list is not closed"), ("[{\"id\": 1},\n\n", 3, "the list is not closed"),
        ("[{\"id\": 1}]\n[{\"id\": 2}]", 2, "something follows the list"),
        ("[{\"id\": 1},\n{\"id\": }]", 2, "neither a text in quotes"),
        ("[{\"id\": 1},\n2]", 2, "an object in { } is needed"),
        ("[[1, 2], [3, 4]]", 1, "an object in { } is needed here"), ("[\"id\"]", 1, "an object in { } is needed here"),
        ("{\n\"id\": 1\n}\n{\n\"id\" 2\n}", 5, "a colon is needed"),
        ("[]", nil, "is empty: a list of objects, or one object a line, is needed"), ("{}\n{}\n", nil, "is empty"),
    ]

    @Test(arguments: badFiles.indices) func `that are no list of objects are refused with the line`(index: Int) throws {
        let (text, line, words) = Self.badFiles[index]
        let problem = try #require(try ReadingFixture(text).surveyProblem())
        #expect(problem.line == line)
        #expect(problem.message.contains(words), "\(problem)")
        #expect(problem.scope == .file)
    }

    @Test func `with the rows in a list inside are told so, where a column is missing`() throws {
        let fixture = try ReadingFixture("{\"next\": null, \"data\": {\"rows\": [{\"id\": 1}, {\"id\": 2}]}}")
        let problem = #expect(throws: ImportProblem.self) {
            try fixture.survey([ColumnDefinition(name: "id", type: .identifier, isRequired: true)])
        }
        #expect(problem?.code == .badJSON)
        #expect(problem?.message.contains("the rows stand in its list \"data.rows\"") == true)
        // A single event with a list of products has all that is asked for.
        let event = try ReadingFixture("{\"id\": 1, \"products\": [{\"sku\": 2}]}")
        #expect(
            try event.survey([ColumnDefinition(name: "id", type: .identifier, isRequired: true)]).source.recordCount
                == 1)
    }

    @Test func `longer than a row may be, or of too many names, are refused`() throws {
        let limits = ReadingLimits(bufferByteCount: 16, recordByteLimit: 100)
        let long = String(repeating: "x", count: 100)
        for text in ["{\"id\": 1}\n{\"id\": \"\(long)\"}\n", "[{\"id\": 1},\n{\"id\": \"\(long)\"}]"] {
            let problem = try ReadingFixture(text).surveyProblem(limits: limits)
            #expect(problem?.code == .recordTooLong)
            #expect(problem?.line == 2)
        }
        let names = (0..<2_000).map { "\"u\($0)\": {\"n\": 1}" }.joined(separator: ",")
        #expect(try ReadingFixture("[{\(names)}]").survey().header.names.count == 2_000)
        let problem = try ReadingFixture("[{\(names)},\n{\"more\": 1}]").surveyProblem()
        #expect(problem?.code == .columnLimit)
        #expect(problem?.line == 2)
    }

    @Test func `with a line of the header given are refused`() throws {
        let fixture = try ReadingFixture("{\"id\": 1}\n")
        let problem = #expect(throws: ImportProblem.self) {
            try Survey(of: ImportFile(path: fixture.path), known: KnownLines(header: 2)) { (_) throws(ImportProblem) in
                []
            }
        }
        #expect(problem?.code == .headerLine)
    }

    @Test(.enabled(if: SharedData.isThere("segment"), "the samples of Segment are not here"))
    func `of Segment are read with every value`() throws {
        let survey = try Survey(of: ImportFile(path: SharedData.folder("segment/samples.jsonl").path)) {
            (_) throws(ImportProblem) in []
        }
        #expect(survey.source.recordCount == 5)
        #expect(survey.header.names.prefix(3) == ["page", "payload.type", "payload.event"])
        let reader = try survey.reader()
        var records: [Record] = []
        while let record = try reader.next() { records.append(record) }
        func values(_ name: String) -> [String?] {
            let place = survey.header.names.firstIndex(of: name)
            return records.map { record in place.flatMap { record[$0] } }
        }
        #expect(values("page") == ["track", "track", "group", "group", "common"])
        #expect(values("payload.event") == ["User Registered", "Course Clicked", nil, nil, "Report Submitted"])
        #expect(values("payload.traits.total billed") == [nil, nil, "830", "830", nil])
        #expect(values("payload.context.page.referrer") == [nil, nil, nil, nil, nil])
        #expect(values("payload.integrations.All") == [nil, nil, nil, "true", "true"])
        #expect(values("payload.context.screen.density") == [nil, nil, nil, nil, "2"])
    }
}
