/// The share of customers still there after each of some years: as observed, as projected, and how sure that is.
public struct SurvivalChart: Sendable, Equatable {
    /// The end of a year.
    public struct Point: Sendable, Equatable {
        /// Years since the beginning, from 1.
        public let year: Int
        /// Share observed; nil where nobody was there so long ago.
        public let observed: Double?
        /// Share projected.
        public let expected: Double
        /// Lower end of the interval.
        public let low: Double
        /// Upper end.
        public let high: Double

        /// The end of a year, shares from 0 to 1.
        public init(year: Int, observed: Double?, expected: Double, low: Double, high: Double) {
            self.year = year
            self.observed = observed
            self.expected = expected
            self.low = low
            self.high = high
        }
    }

    /// What is shown.
    public let title: String
    /// More about it.
    public let subtitle: String
    /// The ends of the years in order.
    public let points: [Point]

    /// A chart of shares.
    public init(title: String, subtitle: String, points: [Point]) {
        self.title = title
        self.subtitle = subtitle
        self.points = points
    }

    func draw(in picture: inout SVGText, _ frame: AmountFrame) {
        guard !points.isEmpty else { return }
        let axis = AmountAxis([0, 100])
        frame.drawLevels(axis, in: &picture) { NumberText.fixed($0, decimals: 0) + " %" }
        let slot = frame.width / (Double(points.count) + 0.5)
        func place(_ year: Int, _ share: Double) -> (x: String, y: String) {
            (SVGText.number(frame.left + slot * Double(year)), SVGText.number(frame.y(100 * share, axis)))
        }
        // Everybody is there at the beginning.
        func line(_ value: (Point) -> Double) -> [String] {
            ([place(0, 1)] + points.map { place($0.year, value($0)) }).map { "\($0.x),\($0.y)" }
        }
        let area = (line(\.high) + line(\.low).reversed()).joined(separator: " L")
        picture.add("path", [("d", "M\(area) Z"), ("fill", ChartPalette.layer(1)), ("fill-opacity", "0.55")])
        picture.add(
            "path",
            [
                ("d", "M" + line(\.expected).joined(separator: " L")), ("fill", "none"),
                ("stroke", ChartPalette.ink), ("stroke-width", "2.5"), ("stroke-linejoin", "round"),
            ])
        for point in points {
            if let observed = point.observed {
                let (x, y) = place(point.year, observed)
                picture.add(
                    "circle", [("cx", x), ("cy", y), ("r", "4.5"), ("fill", ChartPalette.colour(.red))])
            }
            frame.drawLabel(
                "\(point.year) \(point.year == 1 ? "year" : "years")", at: frame.left + slot * Double(point.year),
                room: slot, in: &picture)
        }
        picture.add(
            "text",
            [
                ("x", SVGText.number(AmountFrame.left)), ("y", SVGText.number(frame.bottom + 48)),
                ("fill", ChartPalette.faint),
            ], text: "line: projected · area: where it is in 9 of 10 cases · points: observed")
    }
}
