import Delimited
import Testing

@Suite struct ValueTypeTests {
    private func value(_ text: String, _ type: ValueType, _ dates: DateFormat = .iso) -> String? {
        let format = ColumnFormat(dateFormat: dates)
        return switch type.canonical(text, format: format) {
        case .success(let value): value
        case .failure(let fault): "! \(fault)"
        }
    }

    private func reason(_ text: String, _ type: ValueType, _ dates: DateFormat = .iso) -> ValueFault.Reason? {
        if case .failure(let fault) = type.canonical(text, format: ColumnFormat(dateFormat: dates)) {
            return fault.reason
        }
        return nil
    }

    @Test(
        arguments: [
            .text, .identifier, .date, .instant, .integer(), .decimal(), .boolean, .word(["a": []]), .email, .currency,
        ] as [ValueType])
    func `an empty text is missing in every type`(type: ValueType) {
        #expect(type.canonical("") == .success(nil))
        #expect(type.canonical(" \t ") == .success(nil))
    }

    static let dates: [(text: String, format: DateFormat, day: String)] = [
        ("2023-07-28", .iso, "2023-07-28"), ("2023-7-8", .iso, "2023-07-08"), ("2023/07/28", .iso, "2023-07-28"),
        ("2023.07.28", .iso, "2023-07-28"), ("20230728", .iso, "2023-07-28"), ("28/07/2023", .dmy, "2023-07-28"),
        ("8.7.2023", .dmy, "2023-07-08"), ("28-07-2023", .dmy, "2023-07-28"), ("7/28/2023", .mdy, "2023-07-28"),
        ("07-28-2023", .mdy, "2023-07-28"), ("2024-02-29", .iso, "2024-02-29"), ("2000-02-29", .iso, "2000-02-29"),
        ("1900-01-01", .iso, "1900-01-01"), ("2199-12-31", .iso, "2199-12-31"),
        ("2023-07-28T23:59:59Z", .iso, "2023-07-28"),
    ]

    @Test(arguments: dates) func `a day is written as YYYY-MM-DD`(text: String, format: DateFormat, day: String) {
        #expect(value(text, .date, format) == day)
    }

    static let badDates: [(text: String, format: DateFormat, message: String)] = [
        ("30/02/2024", .dmy, "30 February does not exist (\"30/02/2024\")"),
        ("2024-02-30", .iso, "30 February does not exist (\"2024-02-30\")"),
        ("2023-02-29", .iso, "29 February 2023 does not exist (\"2023-02-29\")"),
        ("1900-02-29", .iso, "29 February 1900 does not exist (\"1900-02-29\")"),
        ("31/04/2024", .dmy, "31 April does not exist (\"31/04/2024\")"),
        ("2024-13-01", .iso, "month 13 does not exist (\"2024-13-01\")"),
        ("2024-00-10", .iso, "month 0 does not exist (\"2024-00-10\")"),
        ("2024-01-00", .iso, "0 January does not exist (\"2024-01-00\")"),
        ("28/07/23", .dmy, "\"28/07/23\" has a year of two digits; write four"),
        ("01-02-03", .iso, "\"01-02-03\" has a year of two digits; write four"),
        ("1899-12-31", .iso, "year 1899 is not between 1900 and 2199 (\"1899-12-31\")"),
        ("2200-01-01", .iso, "year 2200 is not between 1900 and 2199 (\"2200-01-01\")"),
        ("28/07/2023", .iso, "\"28/07/2023\" is not a date written year first, like 2025-12-31"),
        ("2023-07/28", .iso, "\"2023-07/28\" is not a date"), ("yesterday", .iso, "\"yesterday\" is not a date"),
        (
            "45123", .iso,
            "\"45123\" would be 2023-07-16 as a serial number of Excel, "
                + "and is read so only where every value of the column is one"
        ), ("2023-07-28x", .iso, "\"2023-07-28x\" is not a date"),
        ("2023-07", .iso, "\"2023-07\" is a month, not a day; write the day too"),
        ("2023-07-281", .iso, "\"2023-07-281\" is not a date"),
        ("-2023-07-28", .iso, "\"-2023-07-28\" is not a date"),
    ]

    @Test(arguments: badDates) func `a day that is none says why`(text: String, format: DateFormat, message: String) {
        #expect(value(text, .date, format) == "! " + message)
    }

    static let instants: [(text: String, format: DateFormat, instant: String)] = [
        ("2023-07-28", .iso, "2023-07-28"), ("2023-07-28 3:00", .iso, "2023-07-28 03:00:00"),
        ("2023-07-28T03:00:00Z", .iso, "2023-07-28 03:00:00Z"), ("2023-07-28t03:00z", .iso, "2023-07-28 03:00:00Z"),
        ("2023-07-28T03:00:00.25Z", .iso, "2023-07-28 03:00:00.25Z"),
        ("2023-07-28T03:00:00,123456789Z", .iso, "2023-07-28 03:00:00.123456Z"),
        ("2023-07-28T03:00:00+02:00", .iso, "2023-07-28 03:00:00+02:00"),
        ("2023-07-28T03:00:00-0530", .iso, "2023-07-28 03:00:00-05:30"),
        ("2023-07-28 03:00:00+02", .iso, "2023-07-28 03:00:00+02:00"),
        ("2023-07-28 03:00:00.5 +00:00", .iso, "2023-07-28 03:00:00.5Z"),
        ("2023-07-28 03:00:00 UTC", .iso, "2023-07-28 03:00:00Z"), ("28.07.2023 14:30", .dmy, "2023-07-28 14:30:00"),
        ("7/28/2023 2:30 PM", .mdy, "2023-07-28 14:30:00"), ("7/28/2023 12:05 am", .mdy, "2023-07-28 00:05:00"),
        ("7/28/2023 12:05:09PM", .mdy, "2023-07-28 12:05:09"), ("20230728T1430", .iso, "2023-07-28 14:30:00"),
        ("20230728 143009", .iso, "2023-07-28 14:30:09"), ("2023-07-28 24:00", .iso, "2023-07-29 00:00:00"),
        ("2023-12-31T24:00:00Z", .iso, "2024-01-01 00:00:00Z"),
    ]

    @Test(arguments: instants)
    func `an instant keeps its time and offset as written`(text: String, format: DateFormat, instant: String) {
        #expect(value(text, .instant, format) == instant)
    }

    @Test(
        arguments: [
            ("2023-07-28 25:00", .noSuchTime), ("2023-07-28 24:01", .noSuchTime), ("2023-07-28 10:60", .noSuchTime),
            ("2023-07-28 10:00:60", .noSuchSecond), ("2023-07-28 13:00 PM", .noSuchTime),
            ("2023-07-28 0:30 AM", .noSuchTime), ("2023-07-28T10:00:00+16:00", .noSuchTime),
            ("2023-07-28 10:00:00.", .notATime), ("2023-07-28 10", .notATime), ("2023-07-28T", .notATime),
            ("2023-07-28 10:0", .notATime), ("2023-07-28 10:00 EST", .notATime), ("2023-07-28 10:00Zulu", .notATime),
            ("2023-07-28 10:00+2", .notATime), ("2023-07-28 1000", .notATime), ("28 Jul 2023 2024", .notATime),
        ] as [(String, ValueFault.Reason)])
    func `a time that is none is refused`(text: String, expected: ValueFault.Reason) {
        #expect(reason(text, .instant) == expected)
    }

    @Test func `whole numbers keep to their bounds`() {
        let seats = ValueType.integer(min: 0, max: 10)
        #expect(value("7", seats) == "7")
        #expect(value("007", seats) == "7")
        #expect(value("+7", seats) == "7")
        #expect(value("7.00", seats) == "7")
        #expect(value("-0", seats) == "0")
        #expect(reason("11", seats) == .above(10))
        #expect(reason("-1", seats) == .below(0))
        #expect(reason("7.5", seats) == .notAWholeNumber)
        #expect(reason("seven", seats) == .notANumber)
        #expect(reason("1e3", seats) == .notANumber)
        #expect(value("-5", .integer()) == "-5")
        #expect(value("9223372036854775807", .integer()) == "9223372036854775807")
        #expect(value("-9223372036854775808", .integer()) == "-9223372036854775808")
        #expect(reason("9223372036854775808", .integer()) == .tooManyDigits)
        #expect(value("3", .integer(min: 5)) == "! \"3\" is less than 5")
    }

    @Test(arguments: [
        ("1234.50", "1234.50"), ("0012.5", "12.5"), (".5", "0.5"), ("-.5", "-0.5"), ("-0.00", "0.00"), ("0", "0"),
        ("1,234,567.8", "1234567.8"), ("$ 12", "12"), ("12 $", "12"), ("£12.30", "12.30"), ("-€12", "-12"),
        ("5.6E-05", "0.000056"), ("1e5", "100000"), ("-1.25e+01", "-12.5"),
    ])
    func `a decimal is written with a point and nothing else`(text: String, expected: String) {
        #expect(value(text, .decimal()) == expected)
    }

    @Test(arguments: [
        "abc", "1.2.3", "1,23,456.0", "12,34", "1,2345", "5.", ".", "$", "--5", "€5€", "1e", "e5", "1,000e2",
        "0x10", "1,234 567", "5 EUR", "(5)", "1_000",
    ])
    func `what is not a number is refused`(text: String) {
        let found = reason(text, .decimal())
        #expect(found == .notANumber || found == .otherDecimalMark(.point))
    }

    @Test(arguments: [
        ("0", 0, true), ("-0.01", 0, false), ("0.01", 0, true), ("-0", 0, true), ("4.99", 5, false), ("5.00", 5, true),
        ("-5", -5, true), ("-5.01", -5, false), ("-4.99", -5, true), ("10", 9, true), ("9", 10, false), ("3", -4, true),
    ])
    func `a decimal keeps to its lower bound`(text: String, bound: Int, isAccepted: Bool) {
        #expect((reason(text, .decimal(min: bound)) == nil) == isAccepted)
    }

    @Test func `a number of very many digits is refused`() {
        #expect(value(String(repeating: "9", count: 40), .decimal()) == String(repeating: "9", count: 40))
        #expect(reason(String(repeating: "9", count: 41), .decimal()) == .tooManyDigits)
    }

    @Test func `true and false have their usual spellings`() {
        for text in ["true", "TRUE", "Yes", "y", "T", "1"] { #expect(value(text, .boolean) == "true") }
        for text in ["false", "False", "NO", "n", "f", "0"] { #expect(value(text, .boolean) == "false") }
        #expect(reason("maybe", .boolean) == .notABoolean)
        #expect(reason("2", .boolean) == .notABoolean)
    }

    @Test func `a word is found by its spellings, and the accepted ones are listed`() {
        let priority = ValueType.word(["p1": ["urgent", "very high"], "p2": ["high"], "p3": ["low", "normal"]])
        #expect(value("P1", priority) == "p1")
        #expect(value("Urgent", priority) == "p1")
        #expect(value("very_high", priority) == "p1")
        #expect(value("Very-High", priority) == "p1")
        #expect(value("normal", priority) == "p3")
        #expect(value("medium", priority) == "! \"medium\" is not one of p1, p2, p3")
    }

    @Test func `an e-mail address is written in lower case`() {
        #expect(value("Anna.B+x@Example.ORG", .email) == "anna.b+x@example.org")
        for text in ["anna", "@b.c", "a@", "a@b@c", "a b@c.d", "a@.b", "a@b.", "a@b..c", "Anna <a@b.c>", "a@b,c@d"] {
            #expect(reason(text, .email) == .notAnEmailAddress)
        }
    }

    @Test func `a currency is three letters in upper case`() {
        #expect(value("eur", .currency) == "EUR")
        for text in ["EU", "EURO", "E1R", "€", "É"] { #expect(reason(text, .currency) == .notACurrency) }
    }

    @Test func `an identifier has no control characters and at most 200 characters`() {
        #expect(value(" A-1 b ", .identifier) == "A-1 b")
        #expect(value("é日😀", .identifier) == "é日😀")
        for text in ["a\nb", "a\tb", "a\u{7F}", "a\u{85}b"] { #expect(reason(text, .identifier) == .controlCharacter) }
        #expect(value(String(repeating: "é", count: 200), .identifier) == String(repeating: "é", count: 200))
        #expect(reason(String(repeating: "x", count: 201), .identifier) == .tooLong(limit: 200))
    }

    @Test func `a text keeps its line breaks`() {
        #expect(value(" first\nsecond ", .text) == "first\nsecond")
    }

    @Test func `a fault is one short line whatever the text`() {
        let text = "x\ny\u{7}" + String(repeating: "z", count: 100)
        #expect(value(text, .date) == "! \"x y " + String(repeating: "z", count: 36) + "…\" is not a date")
    }
}
