import HaleOutput
import Testing

/// What pictures must not hide: a cut axis, levels that look alike, dots over dots, and curves that nothing stands behind.
@Suite struct `Pictures that say what they show` {
    private func reading(_ text: String) throws -> PictureReading { try #require(PictureReading.of(text)) }

    private static func number(_ attributes: [String: String], _ key: String) -> Double {
        attributes[key].flatMap(Double.init) ?? .nan
    }

    private static let large = WaterfallChart(
        title: "What moved", subtitle: "",
        steps: [
            .init(label: "before", amount: 4_188_000, isSum: true), .init(label: "lost", amount: -94_400),
            .init(label: "score", amount: -6_400), .init(label: "other", amount: 0),
            .init(label: "after", amount: 4_087_200, isSum: true),
        ], unit: "EUR")

    @Test func `a waterfall whose changes are small beside its sums begins where they can be seen, and says so`() throws
    {
        let reading = try reading(Self.large.svg())
        let bars = reading.attributes.filter { $0["x"] != nil && $0["height"] != nil && $0["width"] != "100%" }
        try #require(bars.count == 5)
        // From 0 the loss of 94,400 would be 8 of 324 pixels high.
        #expect(Self.number(bars[1], "height") > 100)
        // Changes stay in proportion, and sums end where they end.
        let unit = Self.number(bars[1], "height") / 94_400
        #expect(abs(Self.number(bars[2], "height") - 6_400 * unit) < 0.2)
        let difference = Self.number(bars[4], "y") - Self.number(bars[0], "y")
        #expect(abs(difference - (4_188_000 - 4_087_200) * unit) < 0.3)
        let note = try #require(reading.texts.first { $0.hasPrefix("The axis starts at EUR 4.0") })
        #expect(note.hasSuffix(" M, not at zero"))
        #expect(reading.texts.contains { $0.contains("lost -94.4 k") && $0.contains(note) })
        // Both sums are marked as broken, and what did not change is no gain.
        #expect(reading.attributes.filter { $0["stroke"] == "#ffffff" && $0["d"] != nil }.count == 2)
        #expect(reading.texts.contains("0") && !reading.texts.contains("+0"))
        for text in ["EUR 4.188 M", "EUR 4.087 M"] { #expect(reading.texts.contains(text), "\(reading.texts)") }
    }

    @Test func `a waterfall whose changes can be seen from zero begins there, and says nothing of it`() throws {
        let chart = WaterfallChart(
            title: "", subtitle: "",
            steps: [
                .init(label: "a", amount: 1000, isSum: true), .init(label: "b", amount: -600),
                .init(label: "c", amount: 400, isSum: true),
            ], unit: "")
        let reading = try reading(chart.svg())
        #expect(reading.texts.contains("0") && !reading.texts.contains { $0.contains("axis starts") })
    }

    /// The greatest amount, and the levels that an axis from zero to it has.
    @Test(arguments: [
        (1_250_000.0, ["EUR 0", "EUR 0.25 M", "EUR 0.50 M", "EUR 0.75 M", "EUR 1.00 M", "EUR 1.25 M"]),
        (4_500_000.0, ["EUR 0", "EUR 1 M", "EUR 2 M", "EUR 3 M", "EUR 4 M", "EUR 5 M"]),
        (1_200.0, ["EUR 0", "EUR 0.2 k", "EUR 0.4 k", "EUR 0.6 k", "EUR 0.8 k", "EUR 1.0 k", "EUR 1.2 k"]),
        (5.0, ["EUR 0", "EUR 1", "EUR 2", "EUR 3", "EUR 4", "EUR 5"]),
    ])
    func `levels are named as precisely as they are apart`(most: Double, levels: [String]) throws {
        let fan = FanChart(
            title: "", subtitle: "",
            points: [.init(label: "a", low: 0, middle: 0, high: most, expected: 0, whole: most)], unit: "EUR")
        let texts = try reading(fan.svg()).texts
        #expect(texts.filter { $0.hasPrefix("EUR") } == levels)
    }

    @Test func `lines end in their figures, none over another, and the 50 % line is the median`() throws {
        let fan = FanChart(
            title: "", subtitle: "",
            points: [.init(label: "a", low: 3_870, middle: 4_130, high: 4_260, expected: 4_090, whole: 4_510)],
            unit: "EUR")
        let reading = try reading(fan.svg())
        let ends = ["4.5 k due", "4.3 k P90", "4.1 k median", "4.1 k expected", "3.9 k P10"]
        let heights = try ends.map { end in
            let place = try #require(reading.texts.firstIndex(of: end), "\(end) in \(reading.texts)")
            return Self.number(reading.attributes[place], "y")
        }
        for (upper, lower) in zip(heights, heights.dropFirst()) { #expect(lower - upper >= 13) }
        #expect(reading.texts.contains { $0.contains("thin line: median") })
    }

    @Test func `nothing is drawn where nothing is known`() throws {
        let none = FanChart(
            title: "", subtitle: "",
            points: [.init(label: "a", low: 0, middle: 0, high: 0, expected: 0, whole: 0)], unit: "EUR")
        let flat = WaterfallChart(
            title: "", subtitle: "", steps: [.init(label: "a", amount: 0, isSum: true)], unit: "EUR")
        let nobody = SurvivalChart(
            title: "", subtitle: "",
            points: [.init(year: 1, observed: nil, atRisk: 0, expected: nil, low: nil, high: nil)])
        for (picture, words) in [
            (none.svg(), "No renewal is due."), (flat.svg(), "Nothing to show."),
            (flat.svg(above: nobody), "No customer was observed."),
            (ReliabilityChart(title: "", subtitle: "", bins: []).svg(), "No renewal can be foretold."),
        ] {
            let reading = try reading(picture)
            #expect(reading.texts.contains(words))
            #expect(
                reading.elements["path"] == nil && reading.elements["circle"] == nil && reading.elements["line"] == nil)
        }
    }

    @Test func `a line of survival ends in what is left, and so does its projection`() throws {
        let chart = SurvivalChart(
            title: "", subtitle: "",
            points: [
                .init(year: 1, observed: 0.94, expected: 0.95, low: 0.9, high: 0.97),
                .init(year: 2, observed: nil, expected: 0.62, low: 0.21, high: 0.91),
            ], steps: [.init(years: 1, share: 0.94), .init(years: 1.5, share: 0.79)])
        let flat = WaterfallChart(title: "", subtitle: "", steps: [], unit: "")
        let texts = try reading(flat.svg(above: chart)).texts
        for text in ["79 %", "62 %", "21 %", "91 %"] { #expect(texts.contains(text), "\(text)") }
    }

    @Test func `dots that would cover each other stand side by side, each with its number`() throws {
        let bins = [
            ReliabilityChart.Bin(expected: 0, observed: 0, count: 40), .init(expected: 0.001, observed: 0, count: 41),
            .init(expected: 0.002, observed: 0, count: 42), .init(expected: 0.25, observed: 0.2, count: 43),
        ]
        let reading = try reading(ReliabilityChart(title: "", subtitle: "", bins: bins).svg())
        let dots = reading.attributes.filter { $0["cx"] != nil }
        try #require(dots.count == 4)
        for (index, dot) in dots.enumerated() {
            for other in dots.dropFirst(index + 1) {
                let across = Self.number(dot, "cx") - Self.number(other, "cx")
                let down = Self.number(dot, "cy") - Self.number(other, "cy")
                let distance = (across * across + down * down).squareRoot()
                #expect(distance >= Self.number(dot, "r") + Self.number(other, "r"))
            }
            // In the table beside the square, and over the dot.
            #expect(reading.texts.filter { $0 == String(bins[index].count) }.count == 2)
        }
        // A dot that nothing covers stands at its place: a quarter of 0.4 is 62.5 % of 380 across.
        #expect(abs(Self.number(dots[3], "cx") - (84 + 380 * 0.25 / 0.4)) < 0.1)
    }

    @Test func `a line is broken where nobody knows how it went, and the edges are those given`() throws {
        let numbers = Array(1...10) + Array(50...59)
        let points = numbers.map { number in
            ScoreChart.Point(number: number, label: "\(number)", score: 60, smoothed: 61, tone: .amber)
        }
        let chart = ScoreChart(
            title: "", subtitle: "", points: points,
            layers: [.init(name: "usage", values: numbers.map { _ in 5 })], edges: (32.25, 66.5))
        let reading = try reading(chart.svg())
        // Two runs of both scores, of the layer and of the sum.
        #expect(reading.elements["path"] == 2 * 4)
        for text in ["32.25", "66.5"] { #expect(reading.texts.contains(text)) }
        let cells = reading.attributes.filter { $0["height"] == "12" }
        let widths = cells.map { Self.number($0, "width") }
        // No cell reaches into the hole of forty days.
        #expect((widths.max() ?? .nan) < 3 * (widths.min() ?? .nan))
    }

    @Test func `what there is to say of a picture stays within it`() throws {
        let words = Array(repeating: "customers", count: 30).joined(separator: " ")
        let chart = WaterfallChart(title: "", subtitle: words, steps: Self.large.steps, unit: "EUR")
        let texts = try reading(chart.svg()).texts.filter { $0.hasPrefix("customers") }
        #expect(texts.count > 1 && texts.allSatisfy { $0.count <= 132 })
        #expect(texts.joined(separator: " ") == words)
    }
}
