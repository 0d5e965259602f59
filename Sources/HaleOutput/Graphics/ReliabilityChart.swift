/// How often what was foretold came true: bins of probabilities beside the line on which they would be right.
package struct ReliabilityChart: Sendable, Equatable {
    /// Some that were foretold alike.
    package struct Bin: Sendable, Equatable {
        /// Their mean probability.
        package let expected: Double
        /// The share that came true.
        package let observed: Double
        /// How many.
        package let count: Int

        package init(expected: Double, observed: Double, count: Int) {
            self.expected = expected
            self.observed = observed
            self.count = count
        }

        /// The share that could have been observed by chance, 90 of 100 times (Wilson's interval).
        var interval: (low: Double, high: Double) {
            let z = 1.645
            let n = Double(max(1, count))
            let middle = (observed + z * z / (2 * n)) / (1 + z * z / n)
            let half = z / (1 + z * z / n) * (observed * (1 - observed) / n + z * z / (4 * n * n)).squareRoot()
            return (max(0, middle - half), min(1, middle + half))
        }
    }

    /// What is shown.
    package let title: String
    /// More about it.
    package let subtitle: String
    /// The bins in order.
    package let bins: [Bin]

    package init(title: String, subtitle: String, bins: [Bin]) {
        self.title = title
        self.subtitle = subtitle
        self.bins = bins
    }

    /// The side of the square, and where it stands.
    private static let side = 380.0
    private static let left = 84.0
    private static let top = 76.0

    /// The chart as a picture in SVG. It says everything in words too.
    package func svg() -> String {
        AmountPicture.svg(title: title, subtitle: subtitle, description: description, height: 540) { picture, _ in
            draw(in: &picture)
        }
    }

    private var description: String {
        bins.map {
            "Of \($0.count) foretold at \(Self.percent($0.expected)), \(Self.percent($0.observed)) came true."
        }.joined(separator: " ")
    }

    /// A tenth of a percent counts where there are few.
    private static func percent(_ share: Double) -> String {
        let isSmall = share > 0 && share < 0.1
        return NumberText.fixed(100 * share, decimals: isSmall ? 1 : 0) + " %"
    }

    /// The share at the ends of both axes: all dots and bars lie below.
    private var reach: Double {
        let most = bins.flatMap { [$0.expected, $0.interval.high] }.max() ?? 1
        return [0.1, 0.2, 0.4, 0.6, 0.8].first { most <= $0 } ?? 1
    }

    private func x(_ share: Double) -> Double { Self.left + Self.side * share / reach }
    private func y(_ share: Double) -> Double { Self.top + Self.side * (1 - share / reach) }

    private func draw(in picture: inout SVGText) {
        guard !bins.isEmpty else {
            let frame = AmountFrame(top: Self.top, bottom: Self.top + Self.side)
            return AmountPicture.sayNothing("No renewal can be foretold.", in: &picture, frame)
        }
        let lines = reach > 0.5 ? Int((reach * 5).rounded()) : 4
        for step in 0...lines {
            let share = reach * Double(step) / Double(lines)
            line(in: &picture, (x(0), y(share)), (x(reach), y(share)), ChartPalette.grid)
            line(in: &picture, (x(share), y(0)), (x(share), y(reach)), ChartPalette.grid)
            let level = NumberText.fixed(100 * share, decimals: reach < 0.2 ? 1 : 0) + " %"
            text(in: &picture, level, x(0) - 8, y(share) + 4, "end")
            text(in: &picture, level, x(share), y(0) + 18, "middle")
        }
        line(in: &picture, (x(0), y(0)), (x(reach), y(reach)), ChartPalette.faint)
        text(in: &picture, "foretold to be lost", x(reach / 2), y(0) + 40, "middle")
        text(in: &picture, "share that was lost", x(0), Self.top - 8, "start")
        drawDots(in: &picture)
        drawCounts(in: &picture)
        text(
            in: &picture,
            "points on the line are right · bars: what chance allows, 90 % of the time · over a point: how many renewals",
            x(0), y(0) + 64, "start")
        text(
            in: &picture, "points that would cover each other stand side by side, tied to their places", x(0),
            y(0) + 80, "start")
    }

    private func drawDots(in picture: inout SVGText) {
        let most = Double(bins.map(\.count).max() ?? 1)
        let radii = bins.map { 3 + 4 * (Double($0.count) / most).squareRoot() }
        let places = apart(radii)
        for (index, bin) in bins.enumerated() {
            let (across, down) = (places[index], y(bin.observed))
            line(
                in: &picture, (across, y(bin.interval.low)), (across, y(bin.interval.high)), ChartPalette.layer(1))
            // A point that was moved aside is tied to its place.
            if across != x(bin.expected) {
                line(in: &picture, (x(bin.expected), down), (across, down), ChartPalette.faint)
            }
            picture.add(
                "circle",
                [
                    ("cx", SVGText.number(across)), ("cy", SVGText.number(down)),
                    ("r", SVGText.number(radii[index])), ("fill", ChartPalette.layer(0)),
                    ("stroke", ChartPalette.paper),
                ])
            picture.add(
                "text",
                [
                    ("x", SVGText.number(across)), ("y", SVGText.number(down - radii[index] - 3)),
                    ("text-anchor", "middle"), ("font-size", "9"),
                ], text: String(bin.count))
        }
    }

    /// Where each point stands across: at its place, or to the right of those that it would cover.
    private func apart(_ radii: [Double]) -> [Double] {
        var places: [Double] = []
        for (index, bin) in bins.enumerated() {
            let down = y(bin.observed)
            var across = x(bin.expected)
            // Each move passes one point, so there are at most as many as there are points.
            for _ in bins {
                let covered = places.indices.filter { other in
                    let room = radii[index] + radii[other] + 1
                    let height = (y(bins[other].observed) - down).magnitude
                    return (places[other] - across).magnitude < room && height < room
                }
                guard let furthest = covered.max(by: { places[$0] < places[$1] }) else { break }
                across = places[furthest] + radii[furthest] + radii[index] + 1
            }
            places.append(min(across, Self.left + Self.side))
        }
        return places
    }

    /// The bins beside the square, one a line.
    private func drawCounts(in picture: inout SVGText) {
        let place = x(reach) + 60
        text(in: &picture, "foretold", place + 70, Self.top + 8, "end")
        text(in: &picture, "lost", place + 140, Self.top + 8, "end")
        text(in: &picture, "renewals", place + 220, Self.top + 8, "end")
        for (index, bin) in bins.enumerated() {
            let height = Self.top + 32 + 22 * Double(index)
            for (value, offset) in [
                (Self.percent(bin.expected), 70.0), (Self.percent(bin.observed), 140), (String(bin.count), 220),
            ] {
                picture.add(
                    "text",
                    [
                        ("x", SVGText.number(place + offset)), ("y", SVGText.number(height)), ("text-anchor", "end"),
                    ], text: value)
            }
        }
    }

    private func line(
        in picture: inout SVGText, _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ colour: String
    ) {
        picture.add(
            "line",
            [
                ("x1", SVGText.number(from.x)), ("y1", SVGText.number(from.y)), ("x2", SVGText.number(to.x)),
                ("y2", SVGText.number(to.y)), ("stroke", colour),
            ])
    }

    private func text(in picture: inout SVGText, _ text: String, _ x: Double, _ y: Double, _ anchor: String) {
        picture.add(
            "text",
            [
                ("x", SVGText.number(x)), ("y", SVGText.number(y)), ("text-anchor", anchor),
                ("fill", ChartPalette.faint),
            ], text: text)
    }
}
