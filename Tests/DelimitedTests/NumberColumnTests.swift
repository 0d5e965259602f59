import Delimited
import Testing

@Suite struct NumberColumnTests {
    static let decided: [(values: [String], separator: String, mark: DecimalMark, canonical: [String])] = [
        (["1.5", "1,234.50", "1,234"], ",", .point, ["1.5", "1234.50", "1234"]),
        (["1,5", "1.234,50", "1.234"], ",", .comma, ["1.5", "1234.50", "1234"]),
        (["12", "1,23"], ";", .comma, ["12", "1.23"]),
        (["0,921", "1,085"], ",", .comma, ["0.921", "1.085"]),
        (["0.921", "1.085"], ";", .point, ["0.921", "1.085"]),
        (["1,234,567", "1,234"], ";", .point, ["1234567", "1234"]),
        (["€ 1.234,50", "99 €", "-£5,00"], ";", .comma, ["1234.50", "99", "-5.00"]),
        (["$1,234.50", "+$ 7", "$-3", "12.00€"], ",", .point, ["1234.50", "7", "-3", "12.00"]),
        (["1 234,5", "1\u{A0}234\u{A0}567,5", "1\u{202F}234"], ",", .comma, ["1234.5", "1234567.5", "1234"]),
        (["1'234.5", "1’234"], ",", .point, ["1234.5", "1234"]),
    ]

    @Test(arguments: decided)
    func `the decimal mark is found from the whole column`(
        values: [String], separator: String, mark: DecimalMark, canonical: [String]
    ) throws {
        let column = try ReadingColumn(values, type: .decimal(), separator: separator)
        #expect(column.verdict.decision == .shownByValues)
        #expect(column.verdict.format.decimalMark == mark)
        #expect(column.verdict.misfitCount == 0)
        #expect(try column.values() == canonical)
    }

    @Test func `numbers without a mark mean the same either way`() throws {
        let verdict = try ReadingColumn(["1", "22", "1 234", "-5"], type: .decimal()).verdict
        #expect(verdict.decision == .sameInAll)
        #expect(verdict.text == nil)
    }

    static let undecided: [(values: [String], readings: String)] = [
        (["5", "1,234"], "\"1,234\" (1234 or 1.234)"), (["1.085", "1.234"], "\"1.085\" (1.085 or 1085)"),
        (["149000", "349000", "149.000"], "\"149.000\" (149.000 or 149000)"),
        (["1.234", "1,234"], "\"1.234\" (1.234 or 1234)"),
    ]

    @Test(arguments: undecided, [",", ";", "\t", "|"])
    func `where every mark may part thousands or decimals, neither separator nor habit decides`(
        example: (values: [String], readings: String), separator: String
    ) throws {
        for type in [ValueType.decimal(), .amount()] {
            let column = try ReadingColumn(example.values, type: type, separator: separator)
            #expect(column.verdict.decision == .ambiguous)
            let problem = try #require(column.survey.ambiguities.first)
            #expect(problem.code == .ambiguousDecimals)
            #expect(problem.message.contains(example.readings))
            #expect(problem.message.hasSuffix("say --decimal comma or --decimal point"))
        }
    }

    @Test func `as many numbers with the one mark as with the other are asked about`() throws {
        #expect(try ReadingColumn(["1.5", "1,5"], type: .decimal()).verdict.decision == .ambiguous)
    }

    @Test func `a given mark is followed, and what does not fit it is an error`() throws {
        let values = ["1,234", "1,5", "2"]
        let comma = try ReadingColumn(values, type: .decimal(), given: GivenFormats(decimalMark: .comma))
        #expect(try comma.values() == ["1.234", "1.5", "2"])
        let point = try ReadingColumn(values, type: .decimal(), given: GivenFormats(decimalMark: .point))
        #expect(try point.values() == ["1234", "\"1,5\" is not a number with a decimal point", "2"])
        #expect(point.verdict.misfits.map(\.line) == [3])
    }

    @Test func `whole numbers have thousands separators too, and a point with three digits is asked about`() throws {
        #expect(try ReadingColumn(["1,234", "25.0"], type: .integer()).values() == ["1234", "25"])
        #expect(try ReadingColumn(["1.234", "1.234.567"], type: .integer()).values() == ["1234", "1234567"])
        #expect(try ReadingColumn(["1,234"], type: .integer()).values() == ["1234"])
        #expect(try ReadingColumn(["1.234"], type: .integer()).values() == ["1234"])
        for value in ["1.000", "1,000"] {
            for separator in [",", ";"] {
                let column = try ReadingColumn([value, "7"], type: .integer(), separator: separator)
                #expect(column.verdict.decision == .ambiguous)
            }
        }
        for mark in [DecimalMark.point, .comma] {
            let given = GivenFormats(decimalMark: mark)
            for value in ["2,5", "2.5"] {
                let column = try ReadingColumn(["1", value], type: .integer(), given: given)
                #expect(try column.values() == ["1", "\"\(value)\" is not a whole number"])
            }
        }
        let bad = try ReadingColumn(["12.5", "13"], type: .integer())
        #expect(bad.verdict.misfits.map(\.fault.description) == ["\"12.5\" is not a whole number"])
    }
}
