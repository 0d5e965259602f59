/// The share of customers still there after each of some years: as observed, as projected, and how sure that is.
package struct SurvivalChart: Sendable, Equatable {
    /// The end of a year.
    package struct Point: Sendable, Equatable {
        /// Years since the beginning, from 1.
        package let year: Int
        /// Share observed; nil where nobody was there so long ago.
        package let observed: Double?
        /// Customers known to be there then; nil where it is not shown.
        package let atRisk: Int?
        /// Share projected; nil where nothing is to be projected from.
        package let expected: Double?
        /// Lower end of the interval.
        package let low: Double?
        /// Upper end.
        package let high: Double?

        /// The end of a year, shares from 0 to 1.
        package init(
            year: Int, observed: Double?, atRisk: Int? = nil, expected: Double?, low: Double?, high: Double?
        ) {
            self.year = year
            self.observed = observed
            self.atRisk = atRisk
            self.expected = expected
            self.low = low
            self.high = high
        }
    }

    /// A day on which customers left, or the last one on which any were seen.
    package struct Step: Sendable, Equatable {
        /// Years since the beginning.
        package let years: Double
        /// Share still there after it.
        package let share: Double

        /// A day, with a share from 0 to 1.
        package init(years: Double, share: Double) {
            self.years = years
            self.share = share
        }
    }

    /// What is shown.
    package let title: String
    /// More about it.
    package let subtitle: String
    /// The ends of the years in order.
    package let points: [Point]
    /// What was observed day by day, in order; the last one is where observation ends.
    package let steps: [Step]

    /// A chart of shares.
    package init(title: String, subtitle: String, points: [Point], steps: [Step] = []) {
        self.title = title
        self.subtitle = subtitle
        self.points = points
        self.steps = steps
    }

    func draw(in picture: inout SVGText, _ frame: AmountFrame) {
        guard isProjected || !steps.isEmpty || points.contains(where: { $0.observed != nil }) else {
            return AmountPicture.sayNothing("No customer was observed.", in: &picture, frame)
        }
        let axis = AmountAxis([0, 100])
        frame.drawLevels(axis, in: &picture) { NumberText.fixed($0, decimals: 0) + " %" }
        let slot = frame.width / (Double(points.count) + 0.5)
        func place(_ years: Double, _ share: Double) -> String {
            SVGText.number(frame.left + slot * years) + "," + SVGText.number(frame.y(100 * share, axis))
        }
        drawProjection(in: &picture, place)
        drawObservation(in: &picture, place)
        drawEnds(frame, axis, slot: slot, in: &picture)
        for point in points {
            let x = frame.left + slot * Double(point.year)
            if let observed = point.observed {
                picture.add(
                    "circle",
                    [
                        ("cx", SVGText.number(x)), ("cy", SVGText.number(frame.y(100 * observed, axis))), ("r", "4.5"),
                        ("fill", ChartPalette.colour(.red)),
                    ])
            }
            frame.drawLabel("\(point.year) \(point.year == 1 ? "year" : "years")", at: x, room: slot, in: &picture)
            if let atRisk = point.atRisk, atRisk > 0 {
                Self.drawNote("\(atRisk)", at: x, y: frame.bottom + 34, anchor: "middle", in: &picture)
            }
        }
        if points.contains(where: { $0.atRisk != nil }) {
            Self.drawNote("at risk", at: AmountFrame.left - 8, y: frame.bottom + 34, anchor: "end", in: &picture)
        }
        Self.drawNote(legend, at: AmountFrame.left, y: frame.bottom + 52, anchor: "start", in: &picture)
    }

    private var isProjected: Bool { points.contains { $0.expected != nil } }

    private var legend: String {
        (steps.isEmpty ? "points: observed" : "line and points: observed")
            + (isProjected ? " · dashes: projected · area: where it is in 9 of 10 cases" : " · nothing is projected")
    }

    private func drawProjection(in picture: inout SVGText, _ place: (Double, Double) -> String) {
        guard isProjected else { return }
        // Everybody is there at the beginning.
        func line(_ value: (Point) -> Double?) -> [String] {
            [place(0, 1)] + points.compactMap { point in value(point).map { place(Double(point.year), $0) } }
        }
        let area = (line(\.high) + line(\.low).reversed()).joined(separator: " L")
        picture.add("path", [("d", "M\(area) Z"), ("fill", ChartPalette.layer(1)), ("fill-opacity", "0.55")])
        picture.add(
            "path",
            [
                ("d", "M" + line(\.expected).joined(separator: " L")), ("fill", "none"), ("stroke", ChartPalette.ink),
                ("stroke-width", "2"), ("stroke-dasharray", "6 4"), ("stroke-linejoin", "round"),
            ])
    }

    /// A line that falls on each day on which customers left.
    private func drawObservation(in picture: inout SVGText, _ place: (Double, Double) -> String) {
        guard !steps.isEmpty else { return }
        var (corners, share) = ([place(0, 1)], 1.0)
        for step in steps where step.years <= Double(points.count) {
            corners += [place(step.years, share), place(step.years, step.share)]
            share = step.share
        }
        let end = Double(points.count)
        if let last = steps.last, last.years > end { corners.append(place(end, share)) }
        picture.add(
            "path",
            [
                ("d", "M" + corners.joined(separator: " L")), ("fill", "none"),
                ("stroke", ChartPalette.colour(.red)), ("stroke-width", "2"),
            ])
    }

    /// What is left where observation ends, and at the end of the projection.
    private func drawEnds(_ frame: AmountFrame, _ axis: AmountAxis, slot: Double, in picture: inout SVGText) {
        func text(_ share: Double) -> String { NumberText.fixed(100 * share, decimals: 0) + " %" }
        let end = Double(points.count)
        let seen = steps.last { $0.years <= end } ?? steps.last
        if let seen {
            let x = frame.left + slot * min(seen.years, end)
            let label = LineEnd(
                text: text(seen.share), y: frame.y(100 * seen.share, axis) + 12, colour: ChartPalette.colour(.red),
                isBold: true)
            LineEnd.draw([label], at: x + 4, in: &picture, frame)
        }
        guard let last = points.last, let expected = last.expected else { return }
        var ends = [
            LineEnd(text: text(expected), y: frame.y(100 * expected, axis), colour: ChartPalette.ink, isBold: true)
        ]
        ends += [last.low, last.high].compactMap { $0 }.map {
            LineEnd(text: text($0), y: frame.y(100 * $0, axis))
        }
        LineEnd.draw(ends, at: frame.left + slot * end + 6, in: &picture, frame)
    }

    private static func drawNote(
        _ text: String, at x: Double, y: Double, anchor: String, in picture: inout SVGText
    ) {
        picture.add(
            "text",
            [
                ("x", SVGText.number(x)), ("y", SVGText.number(y)), ("text-anchor", anchor),
                ("fill", ChartPalette.faint),
            ], text: text)
    }
}
