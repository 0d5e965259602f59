import HaleOutput
import Testing

@Suite struct `Money text` {
    @Test(
        arguments: [
            (4_636_218, "EUR", 2, MoneyText.Form.whole, "EUR 46,362"), (4_636_218, "EUR", 2, .exact, "EUR 46,362.18"),
            (4_636_218, "EUR", 2, .compact, "EUR 46 k"), (4_636_218, "EUR", 2, .compactOneDecimal, "EUR 46.4 k"),
            (123_456_700, "USD", 2, .compact, "USD 1.2 M"), (95_000, "EUR", 2, .compact, "EUR 950"),
            (5, "EUR", 2, .exact, "EUR 0.05"), (-5, "EUR", 2, .exact, "EUR -0.05"), (-5, "EUR", 2, .whole, "EUR 0"),
            (50, "EUR", 2, .whole, "EUR 1"), (49, "EUR", 2, .whole, "EUR 0"), (-150, "EUR", 2, .whole, "EUR -2"),
            (1234, "JPY", 0, .whole, "JPY 1,234"), (1234, "JPY", 0, .exact, "JPY 1,234"),
            (1234, "KWD", 3, .exact, "KWD 1.234"),
            (Int64.min, "EUR", 2, .exact, "EUR -92,233,720,368,547,758.08"), (100, "", 2, .whole, "1"),
            (.max, "EUR", 18, .whole, "EUR 9"),
        ] as [(Int64, String, Int, MoneyText.Form, String)])
    func `money is a code and major units`(
        minor: Int64, currency: String, exponent: Int, form: MoneyText.Form, expected: String
    ) {
        #expect(MoneyText.text(minor: minor, currency: currency, exponent: exponent, form: form) == expected)
    }

    @Test(
        arguments: [(4_636_218, 2, "46362.18"), (-7, 2, "-0.07"), (1234, 0, "1234"), (100, 2, "1.00")]
            as [(Int64, Int, String)])
    func `machines get the exact amount without separators`(minor: Int64, exponent: Int, expected: String) {
        #expect(MoneyText.machineText(minor: minor, exponent: exponent) == expected)
    }
}
