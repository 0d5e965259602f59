/// How often what was foretold came true: bins of probabilities beside the line on which they would be right.
public struct ReliabilityChart: Sendable, Equatable {
    /// Some that were foretold alike.
    public struct Bin: Sendable, Equatable {
        /// Their mean probability.
        public let expected: Double
        /// The share that came true.
        public let observed: Double
        /// How many.
        public let count: Int

        /// A bin.
        public init(expected: Double, observed: Double, count: Int) {
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
    public let title: String
    /// More about it.
    public let subtitle: String
    /// The bins in order.
    public let bins: [Bin]

    /// A chart.
    public init(title: String, subtitle: String, bins: [Bin]) {
        self.title = title
        self.subtitle = subtitle
        self.bins = bins
    }

    /// The side of the square, and where it stands.
    private static let side = 380.0
    private static let left = 84.0
    private static let top = 76.0

    /// The chart as a picture in SVG. It says everything in words too.
    public func svg() -> String {
        AmountPicture.svg(title: title, subtitle: subtitle, description: description, height: 540) { picture, _ in
            draw(in: &picture)
        }
    }

    private var description: String {
        bins.map {
            "Of \($0.count) foretold at \(Self.percent($0.expected)), \(Self.percent($0.observed)) came true."
        }.joined(separator: " ")
    }

    private static func percent(_ share: Double) -> String { NumberText.fixed(100 * share, decimals: 0) + " %" }

    private func x(_ share: Double) -> Double { Self.left + Self.side * share }
    private func y(_ share: Double) -> Double { Self.top + Self.side * (1 - share) }

    private func draw(in picture: inout SVGText) {
        for tenth in stride(from: 0, through: 10, by: 2) {
            let share = Double(tenth) / 10
            line(in: &picture, (x(0), y(share)), (x(1), y(share)), ChartPalette.grid)
            line(in: &picture, (x(share), y(0)), (x(share), y(1)), ChartPalette.grid)
            text(in: &picture, Self.percent(share), x(0) - 8, y(share) + 4, "end")
            text(in: &picture, Self.percent(share), x(share), y(0) + 18, "middle")
        }
        line(in: &picture, (x(0), y(0)), (x(1), y(1)), ChartPalette.faint)
        text(in: &picture, "foretold to be lost", x(0.5), y(0) + 40, "middle")
        text(in: &picture, "share that was lost", x(0), Self.top - 8, "start")
        let most = Double(bins.map(\.count).max() ?? 1)
        for bin in bins {
            let interval = bin.interval
            line(
                in: &picture, (x(bin.expected), y(interval.low)), (x(bin.expected), y(interval.high)),
                ChartPalette.layer(1))
            picture.add(
                "circle",
                [
                    ("cx", SVGText.number(x(bin.expected))), ("cy", SVGText.number(y(bin.observed))),
                    ("r", SVGText.number(3 + 4 * (Double(bin.count) / most).squareRoot())),
                    ("fill", ChartPalette.layer(0)),
                ])
        }
        drawCounts(in: &picture)
        text(
            in: &picture, "points on the line are right · bars: what chance allows, 90 % of the time", x(0), y(0) + 64,
            "start")
    }

    /// The bins beside the square, one a line.
    private func drawCounts(in picture: inout SVGText) {
        let place = x(1) + 60
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
