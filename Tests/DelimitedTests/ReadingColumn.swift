import Delimited
import HaleTestSupport

/// A file of one column besides a number, surveyed for that column.
struct ReadingColumn {
    let survey: Survey
    let verdict: ColumnVerdict

    /// Lines 2 and following hold the values.
    init(
        _ values: [String], type: ValueType, given: GivenFormats = GivenFormats(), separator: String = ",",
        limits: ReadingLimits = .standard
    ) throws {
        let rows = values.enumerated().map { "\($0)\(separator)\"\($1)\"\n" }.joined()
        let fixture = try ReadingFixture("number\(separator)value\n" + rows, name: "column.csv")
        survey = try fixture.survey([ColumnDefinition(name: "value", type: type)], given: given, limits: limits)
        verdict = survey.verdicts[0]
    }

    /// What pass two gives for every record: the canonical value, or the fault's line of text.
    func values() throws -> [String?] {
        let reader = try survey.reader()
        var values: [String?] = []
        while let record = try reader.next() {
            switch survey.columns[0].value(in: record, format: verdict.format) {
            case .success(let value): values.append(value)
            case .failure(let fault): values.append(fault.description)
            }
        }
        return values
    }
}
