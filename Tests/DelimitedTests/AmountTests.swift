import Delimited
import Testing

/// Amounts as people write them.
@Suite struct `An amount` {
    @Test func `has tables of cases`() {
        #expect(MoneyCase.all.count == 37)
        #expect(MoneyColumn.all.count == 6)
    }

    @Test(arguments: MoneyCase.all) func `means what people mean by it`(_ example: MoneyCase) throws {
        let column = try ReadingColumn([example.text], type: .amount())
        let amount = try? ValueType.amount(example.text, format: column.verdict.format).get()
        switch example.meaning {
        case .amount(let number):
            #expect(try column.values() == [number])
            #expect(amount?.text == number)
        case .refused:
            #expect(amount == nil)
            #expect(
                try column.values().first??.hasPrefix("\"\(example.text)\" is a") == true || Self.isShortened(column))
        case .nothing:
            #expect(try column.values() == [nil])
            #expect(column.verdict.missingText == "value: 1 value such as \"\(example.text)\", left empty")
        }
        guard let currencies = example.currencies else {
            #expect(amount?.currency == nil)
            return
        }
        let sign = try #require(amount?.currency)
        #expect(currencies.allSatisfy(sign.codes.contains))
        #expect(currencies.count > 1 ? sign.code == nil : sign.code == currencies[0])
    }

    private static func isShortened(_ column: ReadingColumn) throws -> Bool {
        try column.values().first??.contains("is shortened") == true
    }

    @Test(arguments: MoneyColumn.all) func `is read as its column is written, or asked about`(
        _ example: MoneyColumn
    ) throws {
        let column = try ReadingColumn(example.values, type: .amount(), separator: example.separator)
        guard let numbers = example.numbers else {
            #expect(column.verdict.decision == .ambiguous)
            #expect(column.survey.ambiguities.map(\.code) == [.ambiguousDecimals])
            return
        }
        #expect(try column.values().map { $0.flatMap(Double.init) } == numbers)
    }

    static let further: [(text: String, number: String, code: String?)] = [
        ("- $1,234.50", "-1234.50", nil), ("$-3.50", "-3.50", nil), ("(€ 5,00)", "-5.00", "EUR"),
        ("US$ (1,234.50)", "-1234.50", "USD"), ("USD $1,234.50", "1234.50", "USD"), ("$1,234.50 CAD", "1234.50", "CAD"),
        ("Rs.500", "500", nil), ("S/.500", "500", "PEN"), ("$.50", "0.50", nil),
        ("1 234 567,50 Kč", "1234567.50", "CZK"),
        ("1.234,50\u{A0}€", "1234.50", "EUR"), ("SFr. 1’200.50", "1200.50", "CHF"), ("＄1,234.50", "1234.50", nil),
        ("12,34,56,789.00", "123456789.00", nil), ("1.5e-03", "0.0015", nil), ("1,25E+2", "125", nil),
        ("1.234,--", "1234", nil), ("1,200.- CHF", "1200", "CHF"), ("1,234.56 DR", "1234.56", nil),
        ("\u{200E}1,234.50", "1234.50", nil), ("eur 5.5", "5.5", "EUR"), ("0.00-", "0.00", nil),
    ]

    @Test(arguments: further)
    func `may have its sign and currency on either side`(text: String, number: String, code: String?) throws {
        let verdict = try ReadingColumn([text], type: .amount()).verdict
        let amount = try #require(try ValueType.amount(text, format: verdict.format).get())
        #expect(amount.text == number)
        #expect(amount.currency?.code == code)
    }

    @Test(
        arguments: [
            ("1.2Mio €", .shortened), ("1.2K€", .notANumber), ("1.2 Mio", .shortened), ("₹1.2 CR", .shortened),
            ("₹1.2 lakh", .shortened),
            ("$5 EUR", .twoCurrencies), ("5 and 6", .notANumber), ("--5", .notANumber), ("-5-", .notANumber),
            ("(-5)", .notANumber), ("(5", .notANumber), ("5)", .notANumber), ("1,23,45", .notANumber),
            ("1,2345.00", .notANumber), ("five", .notANumber), ("5.", .notANumber), ("5 XYZ", .notANumber),
            ("#REF!", .notANumber), ("12,5 %", .percentage), ("=A1*12", .formula), ("1e99", .tooManyDigits),
            ("1,000.0e2", .notANumber),
        ] as [(String, ValueFault.Reason)])
    func `is refused where it is none, and says why`(text: String, expected: ValueFault.Reason) {
        guard case .failure(let fault) = ValueType.amount(text) else {
            Issue.record("\(text) was read")
            return
        }
        #expect(fault.reason == expected)
    }

    @Test func `keeps to its lower bound in every spelling`() {
        for text in ["-5", "(5)", "5-", "−5", "5 CR", "€ 5,-"] {
            let format = ColumnFormat(decimalMark: .comma)
            let result = ValueType.amount(min: 0).canonical(text, format: format)
            if text.hasSuffix(",-") {
                #expect(result == .success("5"))
            } else if case .failure(let fault) = result {
                #expect(fault.reason == .below(0))
            } else {
                Issue.record("\(text) was taken")
            }
        }
    }
}
