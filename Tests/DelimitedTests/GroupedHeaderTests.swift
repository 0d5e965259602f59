import Delimited
import HaleFiles
import HaleTestSupport
import Testing

/// Names of columns that stand several times are told apart by the groups in the row above.
@Suite struct `A header below the names of groups` {
    static let columns = [
        ColumnDefinition(name: "contract_id", type: .identifier, isRequired: true),
        ColumnDefinition(name: "starts_on", type: .date, isRequired: true),
        ColumnDefinition(name: "ends_on", type: .date),
    ]

    private func survey(
        _ text: String, line: Int? = nil, map: String = "columns: {starts_on: Contract Start, ends_on: Contract End}",
        limits: ReadingLimits = .standard
    ) throws -> Survey {
        let fixture = try ReadingFixture(text)
        let path = fixture.path
        let mapping = try Mapping(yaml: "kind: contracts\n\(map)\n", file: "m.yaml")
        return try Survey(of: ImportFile(path: path), known: KnownLines(header: line), limits: limits) {
            (header) throws(ImportProblem) in
            try mapping.resolve(header: header, kindColumns: Self.columns, file: path).columns
        }
    }

    private func problem(_ text: String, line: Int? = nil, map: String) -> ImportProblem? {
        do {
            _ = try survey(text, line: line, map: map)
            return nil
        } catch {
            return error as? ImportProblem
        }
    }

    /// The values of the contract's columns in all rows.
    private func values(_ survey: Survey) throws -> [[String?]] {
        let reader = try survey.reader()
        let places = survey.columns.map(\.fileIndex)
        var rows: [[String?]] = []
        while let record = try reader.next() {
            rows.append(places.map { place in place.flatMap { record[$0] } })
        }
        return rows
    }

    /// A file of one contract, the line of its header, and its names.
    struct Grouped: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let line: Int
        var names = ["Contract ID", "Trial Start", "Trial End", "Contract Start", "Contract End"]

        /// A mapping of the last two.
        var map: String {
            "columns: {starts_on: \(names[3]), ends_on: \(names[4])}"
        }
    }

    static let row = "K-1,2025-01-01,2025-01-31,2025-02-01,2026-02-01\n"

    static let grouped = [
        Grouped(
            testDescription: "commas",
            text: ",Trial,,Contract,\nContract ID,Start,End,Start,End\n" + row, line: 2),
        Grouped(
            testDescription: "semicolons, a title, quotes",
            text: "Report, as of May\n;\"Trial\";;\"Contract\";\nContract ID;Start;End;\"Start\";End\n"
                + row.replacing(",", with: ";"), line: 3),
        Grouped(
            testDescription: "tabs, line ends of Windows",
            text: "\tTrial\t\tContract\t\r\nContract ID\tStart\tEnd\tStart\tEnd\r\n" + row.replacing(",", with: "\t"),
            line: 2),
        Grouped(
            testDescription: "no cells behind the last group",
            text: ",Trial,,Contract\nContract ID,Start,End,Start,End\n" + row, line: 2),
        Grouped(
            testDescription: "the separator line of Excel",
            text: "sep=;\n;Trial;;Contract;\nContract ID;Start;End;Start;End\n" + row.replacing(",", with: ";"), line: 3
        ),
        Grouped(
            testDescription: "a group's name of two lines, other spelling, spaces nobody sees",
            text: ",\"Trial\u{A0}\",,\"Con-\ntract\",\nContract ID,Start,End, start,END\u{200B}\n" + row, line: 3,
            names: ["Contract ID", "Trial Start", "Trial End", "Con- tract start", "Con- tract END"]),
        Grouped(
            testDescription: "names that stand once keep theirs",
            text: "Contract,Trial,,Contract,\nContract ID,Start,End,Start,End\n" + row, line: 2),
        Grouped(
            testDescription: "a name without a group",
            text: ",,,Contract,\nContract ID,Start,End,Start,End\n" + row, line: 2,
            names: ["Contract ID", "Start", "End", "Contract Start", "Contract End"]),
    ]

    @Test(arguments: grouped) func `joins names that stand twice with their group's`(_ file: Grouped) throws {
        let survey = try survey(file.text, map: file.map)
        #expect(survey.header.names == file.names)
        #expect(survey.source.headerLine == file.line)
        #expect(survey.source.text.contains("header on line \(file.line) below names of groups, 1 record,"))
        #expect(try values(survey) == [["K-1", "2025-02-01", "2026-02-01"]])
    }

    @Test(arguments: grouped, [1, 7])
    func `joins them where the line is given`(_ file: Grouped, bufferByteCount: Int) throws {
        let survey = try survey(
            file.text, line: file.line, map: file.map, limits: ReadingLimits(bufferByteCount: bufferByteCount))
        #expect(survey.header.names == file.names)
        #expect(try values(survey) == [["K-1", "2025-02-01", "2026-02-01"]])
    }

    /// What leaves all names as they stand.
    static let plain = [
        Grouped(
            testDescription: "names that stand once", text: "Trial,,Contract\nContract ID,Start,End\nK-1,2025-02-01,\n",
            line: 2, names: ["Contract ID", "Start", "End"]),
        Grouped(
            testDescription: "one title over all",
            text: "Contracts of 2026,,\nContract ID,Start,Start\nK-1,2025-02-01,\n",
            line: 2, names: ["Contract ID", "Start", "Start"]),
        Grouped(
            testDescription: "groups of one name", text: ",Trial,Trial\nContract ID,Start,Start\nK-1,2025-02-01,\n",
            line: 2, names: ["Contract ID", "Start", "Start"]),
        Grouped(
            testDescription: "a name that would be made twice",
            text: ",Trial,Contract,\nContract ID,Start,Start,Contract_Start\nK-1,2025-02-01,,\n",
            line: 2, names: ["Contract ID", "Start", "Start", "Contract_Start"]),
        Grouped(
            testDescription: "a blank line between",
            text: ",Trial,Contract\n\nContract ID,Start,Start\nK-1,2025-02-01,\n",
            line: 3, names: ["Contract ID", "Start", "Start"]),
        Grouped(
            testDescription: "a row of more cells above",
            text: ",Trial,Contract,More\nContract ID,Start,Start\nK-1,2025-02-01,\n",
            line: 2, names: ["Contract ID", "Start", "Start"]),
        Grouped(
            testDescription: "the separator line of Excel above",
            text: "sep=;\nContract ID;Start;Start\nK-1;2025-02-01;\n",
            line: 2, names: ["Contract ID", "Start", "Start"]),
    ]

    @Test(arguments: plain) func `leaves names as they stand where groups do not help`(_ file: Grouped) throws {
        let survey = try survey(file.text, line: file.line, map: "constants: {starts_on: 2025-01-01}")
        #expect(survey.header.names == file.names)
        #expect(survey.headerText.hasPrefix("Contract ID"))
        #expect(!survey.source.text.contains("groups"))
    }

    @Test func `joins only the names that it makes unique`() throws {
        let survey = try survey(
            ",Trial,,Contract,,\nContract ID,Start,Note,Start,Note,Note\nK-1,2025-01-01,,2025-02-01,,\n",
            map: "columns: {starts_on: contract start}")
        #expect(survey.header.names == ["Contract ID", "Trial Start", "Note", "Contract Start", "Note", "Note"])
        #expect(survey.headerText == "\"Contract ID\",\"Trial Start\",Note,\"Contract Start\",Note,Note")
        #expect(try values(survey) == [["K-1", "2025-02-01", nil]])
    }

    @Test func `takes a kind's own name that a group completes`() throws {
        let survey = try survey(
            "Contract,,Account,\nID,Starts on,ID,Name\nK-1,2025-02-01,A-1,Acme\n", map: "optional: [x]")
        #expect(survey.header.names == ["Contract ID", "Starts on", "Account ID", "Name"])
        #expect(try values(survey) == [["K-1", "2025-02-01", nil]])
    }

    @Test(arguments: [nil, 2])
    func `asks which of its columns is meant by a name without the group's`(line: Int?) {
        let text = ",Trial,,Contract,\nContract ID,Start,End,Start,End\n" + Self.row
        let mapped = problem(text, line: line, map: "columns: {starts_on: Start}")
        #expect(mapped?.code == .duplicateColumn)
        #expect(mapped?.column == "Start")
        #expect(
            mapped?.message == "the header has this column twice, as \"Trial Start\" and \"Contract Start\"; "
                + "say which, such as with --column starts_on=\"Trial Start\"")
        #expect(mapped?.further == [])
        // One of the two may have no group: the kind's own name may mean the other.
        let implied = problem(
            ",,Contract,\ncontract_id,starts_on,starts_on,ends_on\nK-1,2025-01-01,2025-02-01,\n", line: line,
            map: "optional: [x]")
        #expect(implied?.code == .duplicateColumn)
        #expect(
            implied?.message == "the header has this column twice, as \"starts_on\" and \"Contract starts_on\"; "
                + "say which, such as with --column starts_on=\"starts_on\"")
    }

    @Test func `that no group tells apart is refused in one line`() {
        let text = ",Term,,Term,\nContract ID,Start,End,Start,End\n" + Self.row
        let found = problem(text, map: "columns: {starts_on: Start}")
        #expect(found?.all.map(\.message) == ["the header has this column twice; rename one of them"])
        #expect(found?.code == .duplicateColumn)
        #expect(found?.column == "Start")
    }
}
