import HaleDomain
import HaleOutput
import Testing

@Suite struct `Number text` {
    @Test(
        arguments: [
            (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1_234, "-1,234"),
            (-999, "-999"),
            (Int64.min, "-9,223,372,036,854,775,808"),
        ] as [(Int64, String)])
    func `integers have a comma between thousands`(value: Int64, expected: String) {
        #expect(NumberText.grouped(value) == expected)
    }

    @Test(
        arguments: [
            (0, 0, "0"), (0, 2, "0.00"), (0.5, 0, "1"), (0.49, 0, "0"), (-0.04, 1, "0.0"), (-0.05, 1, "-0.1"),
            (2.675, 2, "2.68"), (41.25, 1, "41.3"), (9.999, 2, "10.00"), (999.95, 1, "1,000.0"),
            (1234.5, 2, "1,234.50"),
            (1e-7, 3, "0.000"), (6e-4, 3, "0.001"), (5e-4, 3, "0.001"), (4e-5, 3, "0.000"), (1.5e-5, 6, "0.000015"),
            (1e16, 1, "10,000,000,000,000,000.0"), (123456789.125, 0, "123,456,789"), (.nan, 1, "–"),
            (.infinity, 1, "–"),
        ] as [(Double, Int, String)])
    func `decimals are fixed and rounded half away from zero`(value: Double, decimals: Int, expected: String) {
        #expect(NumberText.fixed(value, decimals: decimals) == expected)
    }

    @Test(
        arguments: [
            (0.125, 1, "12.5%"), (0.285, 0, "29%"), (1, 0, "100%"), (-0.034, 1, "-3.4%"), (12.5, 0, "1,250%"),
            (.nan, 0, "–"),
        ] as [(Double, Int, String)])
    func `a fraction becomes a percentage`(fraction: Double, decimals: Int, expected: String) {
        #expect(NumberText.percent(fraction, decimals: decimals) == expected)
    }

    @Test(
        arguments: [
            (0, "0", "0"), (950, "950", "950"), (999.4, "999", "999"), (999.6, "1.0 k", "1.0 k"),
            (1000, "1.0 k", "1.0 k"),
            (46_362, "46 k", "46.4 k"), (1_234_567, "1.2 M", "1.2 M"), (9_960, "10 k", "10.0 k"),
            (999_950, "1.0 M", "1.0 M"), (-46_362, "-46 k", "-46.4 k"), (-1_200_000, "-1.2 M", "-1.2 M"),
            (2.5e9, "2.5 B", "2.5 B"), (12e12, "12 T", "12.0 T"), (1.5e15, "1,500 T", "1,500.0 T"),
            (.infinity, "–", "–"),
        ] as [(Double, String, String)])
    func `compact numbers keep two digits or one decimal`(value: Double, short: String, oneDecimal: String) {
        #expect(NumberText.compact(value) == short)
        #expect(NumberText.compact(value, precision: .oneDecimal) == oneDecimal)
    }

    @Test(
        arguments: [
            (5, "5"), (0.1, "0.1"), (-0.0, "0"), (41.2, "41.2"), (1e16, "1e+16"), (.nan, nil), (-.infinity, nil),
        ] as [(Double, String?)])
    func `the shortest text reads back as the number`(value: Double, expected: String?) {
        #expect(NumberText.shortest(value) == expected)
    }

    @Test func `a rounded number is within half a unit of the last decimal`() {
        var random = SplitMix(seed: 20_260_301)
        for _ in 0..<2000 {
            let value = Double.random(in: -1e6...1e6, using: &random)
            let decimals = Int.random(in: 0...4, using: &random)
            let unit = (0..<decimals).reduce(1.0) { size, _ in size / 10 }
            let text = NumberText.fixed(value, decimals: decimals, grouping: false)
            let shown = Double(text)
            #expect(shown.map { abs($0 - value) <= unit / 2 * (1 + 1e-6) } == true, "\(value) became \(text)")
        }
    }
}
