import Delimited
import HaleTestSupport
import Testing

@Suite struct DateColumnTests {
    /// 10,000 dates that are valid day first and month first and mean different days.
    private static let open = (0..<10_000).map { index in
        let first = index % 12 + 1
        let second = first % 12 + 1
        return "\(first < 10 ? "0" : "")\(first)/\(second < 10 ? "0" : "")\(second)/2024"
    }

    @Test(arguments: [0, 1, 5_000, 9_998, 9_999], ["25/03/2024", "03/25/2024"])
    func `one value decides a column of ten thousand, wherever it stands`(place: Int, deciding: String) throws {
        var values = Self.open
        values[place] = deciding
        let column = try ReadingColumn(values, type: .date)
        let isDayFirst = deciding.hasPrefix("25")
        #expect(column.verdict.format.dateFormat == (isDayFirst ? .dmy : .mdy))
        #expect(column.verdict.decision == .shownByValues)
        #expect(column.verdict.misfitCount == 0)
        #expect(column.verdict.valueCount == 10_000)
        #expect(column.survey.ambiguities.isEmpty)
        let read = try column.values()
        #expect(read[place] == "2024-03-25")
        // Row 2 is 03/04/2024, row 3 is 04/05/2024 and so on, unless it is the one that decides.
        #expect(read[2] == (isDayFirst ? "2024-04-03" : "2024-03-04"))
        #expect(read[9_997] == (isDayFirst ? "2024-03-02" : "2024-02-03"))
    }

    @Test func `a column that fits both ways throughout is ambiguous and asks for the format`() throws {
        let column = try ReadingColumn(Self.open, type: .date)
        #expect(column.verdict.decision == .ambiguous)
        let problem = try #require(column.survey.ambiguities.first)
        #expect(problem.code == .ambiguousDates)
        #expect(problem.line == 2)
        #expect(problem.column == "value")
        #expect(
            problem.message == "dates, like \"01/02/2024\", can be day first or month first; "
                + "say --date-format dmy or --date-format mdy")
    }

    @Test(arguments: [
        ["03/04/2024"], ["05/05/2024"], ["03.04.2024", "", "04-05-2024"], ["03/04/2024 10:00"],
        // A value that fits no format decides nothing.
        ["03/04/2024", "31/02/2024"], ["03/04/2024", "soon"], ["03/04/2024", "04/05/2024", "2024-01-01"],
        // Values that contradict each other decide nothing.
        ["03/04/2024", "25/03/2024", "03/25/2024"],
    ])
    func `nothing but a value that fits one way alone makes a column day first or month first`(
        values: [String]
    ) throws {
        #expect(try ReadingColumn(values, type: .instant).verdict.decision == .ambiguous)
    }

    @Test func `a given format is followed, year first is read in any, and what does not fit is an error`() throws {
        let values = ["03/04/2024", "25/03/2024", "2024-03-25"]
        let dayFirst = try ReadingColumn(values, type: .date, given: GivenFormats(dateFormat: .dmy))
        #expect(dayFirst.verdict.decision == .given)
        #expect(dayFirst.verdict.misfitCount == 0)
        #expect(try dayFirst.values() == ["2024-04-03", "2024-03-25", "2024-03-25"])
        let monthFirst = try ReadingColumn(values, type: .date, given: GivenFormats(dateFormat: .mdy))
        #expect(monthFirst.verdict.misfits.map(\.line) == [3])
        #expect(try monthFirst.values() == ["2024-03-04", "month 25 does not exist (\"25/03/2024\")", "2024-03-25"])
        let iso = try ReadingColumn(values, type: .date, given: GivenFormats(dateFormat: .iso))
        #expect(iso.verdict.misfitCount == 2)
    }

    @Test func `the format with the fewest misfits is chosen, and the misfits are kept with their lines`() throws {
        let values = ["25/03/2024", "26/03/2024", "03/27/2024", "28/03/2024", "30/02/2024", "never"]
        let verdict = try ReadingColumn(values, type: .date).verdict
        #expect(verdict.format.dateFormat == .dmy)
        #expect(verdict.misfitCount == 3)
        #expect(verdict.misfits.map(\.line) == [4, 6, 7])
        #expect(
            verdict.misfits.map(\.fault.description) == [
                "month 27 does not exist (\"03/27/2024\")", "30 February does not exist (\"30/02/2024\")",
                "\"never\" is not a date",
            ])
    }

    @Test func `twenty misfits are kept and all are counted`() throws {
        let values = (0..<300).map { $0 % 3 == 0 ? "2024-02-30" : "2024-02-28" }
        let verdict = try ReadingColumn(values, type: .date).verdict
        #expect(verdict.format.dateFormat == .iso)
        #expect(verdict.misfitCount == 100)
        #expect(verdict.misfits.map(\.line) == (0..<20).map { $0 * 3 + 2 })
    }

    @Test func `a column without values needs no format`() throws {
        let verdict = try ReadingColumn(["", "  "], type: .date).verdict
        #expect(verdict.decision == .noValues)
        #expect(verdict.valueCount == 0)
        #expect(verdict.text == nil)
    }

    @Test func `columns of one file are decided each for itself`() throws {
        let fixture = try ReadingFixture("a,b,c\n25/03/2024,03/25/2024,2024-03-25\n01/02/2024,01/02/2024,2024-01-02\n")
        let survey = try fixture.survey(["a", "b", "c"].map { ColumnDefinition(name: $0, type: .date) })
        #expect(survey.verdicts.map(\.format.dateFormat) == [.dmy, .mdy, .iso])
        #expect(survey.verdicts.map(\.text) == ["a: day first", "b: month first", "c: year first"])
        #expect(survey.ambiguities.isEmpty)
    }

    @Test func `words of a mapping are replaced before the format is found`() throws {
        let fixture = try ReadingFixture("value\nnever\n25/03/2024\n01/02/2024\n")
        let column = ResolvedColumn(
            definition: ColumnDefinition(name: "value", type: .date), source: .fileColumn(0),
            words: ["never": nil, "01/02/2024": "31/12/2024"])
        let survey = try Survey(of: ImportFile(path: fixture.path)) { (_) throws(ImportProblem) in [column] }
        #expect(survey.verdicts[0].valueCount == 2)
        #expect(survey.verdicts[0].misfitCount == 0)
        let reader = try survey.reader()
        var values: [String?] = []
        while let record = try reader.next() {
            values.append(try column.value(in: record, format: survey.verdicts[0].format).get())
        }
        #expect(values == [nil, "2024-03-25", "2024-12-31"])
    }
}
