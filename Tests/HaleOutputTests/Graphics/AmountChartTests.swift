import HaleOutput
import Testing

/// The pictures of amounts, of how long customers stay, and of how often what was foretold came true.
@Suite struct `Charts of amounts` {
    private static let waterfall = WaterfallChart(
        title: "What moved", subtitle: "since Monday",
        steps: [
            .init(label: "before", amount: 1000, isSum: true), .init(label: "lost", amount: -400),
            .init(label: "new", amount: 250), .init(label: "after", amount: 850, isSum: true),
        ], unit: "EUR")
    private static let fan = FanChart(
        title: "Renewals", subtitle: "by month",
        points: [
            .init(label: "2026-01", low: 100, middle: 200, high: 300, expected: 210, whole: 400),
            .init(label: "2026-02", low: 250, middle: 400, high: 600, expected: 430, whole: 1000),
        ], unit: "EUR")
    private static let survival = SurvivalChart(
        title: "Customers", subtitle: "a beta-geometric model",
        points: [
            .init(year: 1, observed: 0.9, expected: 0.88, low: 0.8, high: 0.95),
            .init(year: 2, observed: nil, expected: 0.8, low: 0.6, high: 0.93),
        ])
    private static let reliability = ReliabilityChart(
        title: "Foretold", subtitle: "74 renewals",
        bins: [.init(expected: 0.1, observed: 0, count: 40), .init(expected: 0.5, observed: 0.75, count: 4)])

    private static let pictures = [
        waterfall.svg(), waterfall.svg(above: survival), fan.svg(), fan.svg(above: waterfall), reliability.svg(),
    ]

    /// Bars are as long as their amounts, begin where the one before ended, and rise or fall by their sign.
    @Test func `a bar of a waterfall begins where the one before it ended`() throws {
        let reading = try #require(PictureReading.of(Self.waterfall.svg()))
        let bars = reading.attributes.filter { $0["x"] != nil && $0["height"] != nil }.map { bar in
            ["y", "height"].map { bar[$0].flatMap(Double.init) ?? .nan }
        }
        try #require(bars.count == 4)
        let heights = bars.map { $0[1] }
        let tops = bars.map { $0[0] }
        let feet = bars.map { $0[0] + $0[1] }
        func isClose(_ left: Double, _ right: Double) -> Bool { abs(left - right) < 0.2 }
        let unit: Double = heights[0] / 1000
        #expect(isClose(heights[1], 400 * unit))
        #expect(isClose(heights[2], 250 * unit))
        #expect(isClose(heights[3], 850 * unit))
        #expect(tops[1] == tops[0] && isClose(feet[2], feet[1]))
        #expect(isClose(feet[3], feet[0]) && isClose(tops[3], tops[2]))
        for text in ["before", "EUR 1.0 k", "-400", "+250", "EUR 850"] {
            #expect(reading.texts.contains(text), "\(text) in \(reading.texts)")
        }
    }

    @Test func `a fan has an area between its ends and a line for each figure`() throws {
        let reading = try #require(PictureReading.of(Self.fan.svg()))
        let paths = reading.attributes.compactMap { $0["d"] }.map { path in
            path.split(whereSeparator: { "ML Z".contains($0) }).map { pair in
                pair.split(separator: ",").compactMap { Double($0) }
            }
        }
        try #require(paths.map(\.count) == [6, 3, 3, 3])
        // All lines start together; low is below high, what is expected between them, and all that is due at the top.
        #expect(Set(paths.map { $0[0] }).count == 1)
        let (high, low) = (paths[0][2][1], paths[0][3][1])
        let (whole, middle, expected) = (paths[1][2][1], paths[2][2][1], paths[3][2][1])
        #expect(whole < high && high < expected && expected < middle && middle < low)
        let start: Double = paths[0][0][1]
        let share: Double = (start - low) / (start - whole)
        #expect(abs(share - 0.25) < 0.01)
        #expect(reading.texts.contains { $0.contains("430") && $0.contains("600") && $0.contains("8 of 10") })
    }

    @Test func `survival starts with everybody and shows what was observed where it was`() throws {
        let reading = try #require(PictureReading.of(Self.waterfall.svg(above: Self.survival)))
        #expect(reading.elements["circle"] == 1)
        for text in ["Customers", "a beta-geometric model", "1 year", "2 years", "100 %", "80 %", "0 %"] {
            #expect(reading.texts.contains(text), "\(text)")
        }
        let paths = reading.attributes.compactMap { $0["d"] }
        #expect(paths.count == 2)
    }

    /// Two years wide: seven of ten after 73 days, and nobody was seen after 292.
    @Test func `survival falls where customers left and ends where observation does`() throws {
        let chart = SurvivalChart(
            title: "a", subtitle: "",
            points: [
                .init(year: 1, observed: nil, atRisk: 0, expected: nil, low: nil, high: nil),
                .init(year: 2, observed: nil, atRisk: 0, expected: nil, low: nil, high: nil),
            ], steps: [.init(years: 0.2, share: 0.7), .init(years: 0.8, share: 0.7)])
        let reading = try #require(PictureReading.of(Self.waterfall.svg(above: chart)))
        // Nothing is projected: there is no area and no dashed line, only what was observed.
        let paths = reading.attributes.compactMap { $0["d"] }
        try #require(paths.count == 1)
        let corners = paths[0].split(whereSeparator: { "ML Z".contains($0) }).map { pair in
            pair.split(separator: ",").compactMap { Double($0) }
        }
        // 846 wide for two years and a half; the frame is 324 high and begins 66 below the first picture's 460.
        let (left, width, top, height) = (84.0, 846.0 / 2.5, 526.0, 334.0)
        let expected = [(0.0, 1.0), (0.2, 1), (0.2, 0.7), (0.8, 0.7), (0.8, 0.7)]
        #expect(corners.count == expected.count)
        for (corner, (years, share)) in zip(corners, expected) {
            #expect(abs(corner[0] - left - width * years) < 0.1 && abs(corner[1] - top - height * (1 - share)) < 0.1)
        }
        #expect(reading.texts.contains("line and points: observed · nothing is projected"))
        #expect(reading.elements["circle"] == nil)
        // Beyond the last year that is shown the line ends at the edge.
        let longer = SurvivalChart(
            title: "a", subtitle: "",
            points: [.init(year: 1, observed: 0.5, atRisk: 7, expected: 0.6, low: 0.4, high: 0.8)],
            steps: [.init(years: 1, share: 0.5), .init(years: 3, share: 0.2)])
        let other = try #require(PictureReading.of(Self.waterfall.svg(above: longer)))
        #expect(other.texts.contains("7") && other.texts.contains("at risk") && other.elements["circle"] == 1)
        #expect(other.attributes.filter { $0["stroke-dasharray"] == "6 4" }.count == 1)
    }

    @Test func `reliability has a point a bin with what chance allows`() throws {
        let reading = try #require(PictureReading.of(Self.reliability.svg()))
        let points = reading.attributes.filter { $0["cx"] != nil }
        #expect(points.count == 2)
        // The square is 380 wide from 84 on, and 380 high from 76 on.
        let across = points.compactMap { $0["cx"] }.compactMap { Double($0) }
        let down = points.compactMap { $0["cy"] }.compactMap { Double($0) }
        #expect(across == [122, 274])
        #expect(down == [456, 171])
        #expect(reading.texts.contains { $0.contains("Of 4 foretold at 50 %, 75 % came true.") })
    }

    @Test(arguments: pictures) func `every coordinate lies within its picture`(text: String) throws {
        let reading = try #require(PictureReading.of(text))
        let height = try #require(reading.attributes.first?["height"].flatMap(Double.init))
        for attributes in reading.attributes {
            for (key, limit) in [
                ("x", 960.0), ("y", height), ("x1", 960), ("x2", 960), ("y1", height), ("y2", height), ("cx", 960),
                ("cy", height),
            ] {
                guard let value = attributes[key].flatMap(Double.init) else { continue }
                #expect((0...limit).contains(value), "\(key) = \(value)")
            }
        }
    }

    @Test func `nothing to show is a picture too`() throws {
        let none = WaterfallChart(title: "<&>", subtitle: "", steps: [], unit: "")
        let empty = SurvivalChart(title: "a", subtitle: "", points: [])
        let reading = try #require(PictureReading.of(none.svg(above: empty)))
        #expect(reading.texts.contains("Nothing to show.") && reading.texts.contains("<&>"))
        #expect(PictureReading.of(FanChart(title: "", subtitle: "", points: [], unit: "").svg()) != nil)
        #expect(PictureReading.of(ReliabilityChart(title: "", subtitle: "", bins: []).svg()) != nil)
    }
}
