import Delimited
import HaleFiles
import HaleTestSupport
import Testing

/// The header may stand below titles or the names of groups of columns.
@Suite struct `The line of the header` {
    static let columns = [
        ColumnDefinition(name: "account_id", type: .identifier, isRequired: true),
        ColumnDefinition(name: "name", type: .name, isRequired: true),
        ColumnDefinition(name: "created_on", type: .date),
    ]

    private func survey(
        _ text: String, line: Int? = nil, limits: ReadingLimits = .standard
    ) throws -> Survey {
        let fixture = try ReadingFixture(text)
        let path = fixture.path
        return try Survey(of: ImportFile(path: path), known: KnownLines(header: line), limits: limits) {
            (header) throws(ImportProblem) in
            try Resolution(header: header, kindColumns: Self.columns, file: path).columns
        }
    }

    private func rows(_ survey: Survey) throws -> [[String?]] {
        let reader = try survey.reader()
        var rows: [[String?]] = []
        while let record = try reader.next() { rows.append(record.texts) }
        return rows
    }

    private func problem(_ text: String, line: Int? = nil) -> ImportProblem? {
        do {
            _ = try survey(text, line: line)
            return nil
        } catch {
            return error as? ImportProblem
        }
    }

    /// A file, the line of its header, its separator and its only row.
    struct Titled: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let line: Int
        var separator = Separator.comma
        var row: [String?] = ["A-1", "Acme", "2026-01-31"]
    }

    static let titled = [
        Titled(
            testDescription: "a title", text: "Customers\naccount_id,name,created_on\nA-1,Acme,2026-01-31\n", line: 2),
        Titled(
            testDescription: "titles with empty cells, a blank line between",
            text: "Customers,,\nas of 1 May 2026,,\n\naccount_id,name,created_on\nA-1,Acme,2026-01-31\n", line: 4),
        Titled(
            testDescription: "a title with a comma above semicolons",
            text: "Kundenbericht, Stand Mai 2026\naccount_id;name;created_on\nA-1;Acme, Inc;2026-01-31\n", line: 2,
            separator: .semicolon, row: ["A-1", "Acme, Inc", "2026-01-31"]),
        Titled(
            testDescription: "a title above tabs",
            text: "Report 7\n\naccount_id\tname\tcreated_on\nA-1\tAcme\t2026-01-31\n",
            line: 3, separator: .tab),
        Titled(
            testDescription: "names of groups of columns",
            text: "Account,,Dates\naccount_id,name,created_on\nA-1,Acme,2026-01-31\n", line: 2),
        Titled(
            testDescription: "a title of two lines in quotes",
            text: "\"Customers\nof 2026\",,\naccount_id,name,created_on\nA-1,Acme,2026-01-31\n", line: 3),
        Titled(
            testDescription: "a title with a quote too many",
            text: "The \"best\" customers\n\"open,\naccount_id,name,created_on\nA-1,Acme,2026-01-31\n", line: 3),
        Titled(
            testDescription: "line ends of Windows",
            text: "Customers\r\n\r\naccount_id,name,created_on\r\nA-1,Acme,2026-01-31\r\n", line: 3),
        Titled(
            testDescription: "the separator line of Excel",
            text: "sep=;\nCustomers\naccount_id;name;created_on\nA-1;Acme;2026-01-31\n", line: 3, separator: .semicolon),
    ]

    @Test(arguments: titled) func `is found from the names of the columns`(_ file: Titled) throws {
        let survey = try survey(file.text)
        #expect(survey.header.names == ["account_id", "name", "created_on"])
        #expect(survey.source.headerLine == file.line)
        #expect(survey.source.separator == file.separator)
        #expect(survey.source.text.contains("header on line \(file.line), 1 record,"))
        #expect(try rows(survey) == [file.row])
    }

    @Test(arguments: titled, [1, 7]) func `can be given`(_ file: Titled, bufferByteCount: Int) throws {
        let survey = try survey(file.text, line: file.line, limits: ReadingLimits(bufferByteCount: bufferByteCount))
        #expect(survey.header.names == ["account_id", "name", "created_on"])
        #expect(survey.source.headerLine == file.line)
        #expect(survey.source.separator == file.separator)
        #expect(try rows(survey) == [file.row])
    }

    @Test func `is not said where it is the first`() throws {
        let survey = try survey("account_id,name\nA-1,Acme\n")
        #expect(survey.source.headerLine == nil)
        #expect(!survey.source.text.contains("header"))
        #expect(try self.survey("account_id,name\nA-1,Acme\n", line: 1).source.headerLine == nil)
    }

    @Test func `is the first of those that stand again above every page`() throws {
        let survey = try survey("Page 1\naccount_id,name\nA-1,Acme\nPage 2\naccount_id,name\nA-2,Bolt\n")
        #expect(survey.source.headerLine == 2)
    }

    @Test func `is asked for where two lines can be it`() {
        let found = problem("Report\naccount_id,name\naccount id,NAME\nA-1,Acme\n")
        #expect(found?.code == .headerLine)
        #expect(found?.line == 2)
        #expect(found?.message.contains("--header-line 2 or --header-line 3") == true)
    }

    @Test func `that lacks a column is not passed over, and a title is not called the header`() {
        #expect(problem("account_id,nam\nA-1,Acme\n")?.message.contains("nearest: nam") == true)
        let found = problem("Customers\n\naccount_id,nam\nA-1,Acme\n")
        #expect(found?.code == .missingColumn)
        #expect(found?.column == "name")
        #expect(found?.message.contains("nearest: nam") == true)
        // Nor are the names of groups.
        let grouped = problem("Customer,,Dates\naccount_id,nam,created_on\nA-1,Acme,2026-01-31\n")
        #expect(grouped?.all.map(\.column) == ["name"])
        #expect(grouped?.message.contains("nearest: nam") == true)
    }

    @Test func `is not looked for behind the first rows`() {
        let titles = String(repeating: "a title\n", count: 21)
        #expect(problem(titles + "account_id,name\nA-1,Acme\n")?.code == .missingColumn)
    }

    @Test func `that is empty or behind the end is refused`() {
        let text = "Report\n\naccount_id,name\nA-1,Acme\n"
        let empty = problem(text, line: 2)
        #expect(empty?.code == .headerLine)
        #expect(empty?.message.contains("the line is empty; the next one that is not is line 3") == true)
        let missing = problem(text, line: 9)
        #expect(missing?.code == .headerLine)
        #expect(missing?.message.contains("has no line 9") == true)
    }

    @Test func `is a key of a mapping`() throws {
        let mapping = try Mapping(yaml: "kind: accounts\nheader_line: 3\n", file: "m.yaml")
        #expect(mapping.headerLine == 3)
        #expect(try Mapping(yaml: "kind: accounts\n", file: "m.yaml").headerLine == nil)
        for wrong in ["0", "-1", "two", "1.5"] {
            let problem = #expect(throws: ImportProblem.self) {
                try Mapping(yaml: "kind: accounts\nheader_line: \(wrong)\n", file: "m.yaml")
            }
            #expect(problem?.code == .mappingContent)
            #expect(problem?.line == 2)
        }
    }
}
