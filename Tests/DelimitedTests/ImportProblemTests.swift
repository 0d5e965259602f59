import Delimited
import Testing

@Suite struct ImportProblemTests {
    @Test func `a problem says file, line, column and what on one line`() {
        let problem = ImportProblem(.badValue, file: "a.csv", line: 7, column: "starts_on", "is not a date")
        #expect(problem.description == "a.csv:7: starts_on: is not a date")
        #expect(problem.descriptionWithCode == "a.csv:7: starts_on: is not a date [HALE-IMPORT-022]")
    }

    @Test func `a place that is not known is left out`() {
        #expect(ImportProblem(.emptyFile, file: "a.csv", "is empty").description == "a.csv: is empty")
        #expect(ImportProblem(.nulByte, file: "a.csv", line: 3, "a NUL byte").description == "a.csv:3: a NUL byte")
    }

    @Test func `a problem of a mapping has a position instead of a column`() {
        let problem = ImportProblem(.mappingContent, file: "m.yaml", line: 2, column: "5", "unknown key")
        #expect(problem.description == "m.yaml:2:5: unknown key")
    }

    @Test func `codes are unique and of one form`() {
        let codes = ImportProblem.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.wholeMatch(of: /HALE-IMPORT-[0-9]{3}/) != nil })
    }
}
