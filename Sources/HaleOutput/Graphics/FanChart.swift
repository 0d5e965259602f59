/// What comes in up to the end of each of some periods, and how sure that is: a fan that opens with time.
package struct FanChart: Sendable, Equatable {
    /// The end of a period.
    package struct Point: Sendable, Equatable {
        /// The period.
        package let label: String
        /// Fallen short of in 10 of 100 cases.
        package let low: Double
        /// In 50 of 100 cases.
        package let middle: Double
        /// In 90 of 100 cases.
        package let high: Double
        /// What is expected.
        package let expected: Double
        /// All that there is.
        package let whole: Double

        /// The end of a period, in major units.
        package init(label: String, low: Double, middle: Double, high: Double, expected: Double, whole: Double) {
            self.label = label
            self.low = low
            self.middle = middle
            self.high = high
            self.expected = expected
            self.whole = whole
        }
    }

    /// What is shown.
    package let title: String
    /// More about it.
    package let subtitle: String
    /// The ends of the periods in order.
    package let points: [Point]
    /// What amounts are called, such as a currency's code.
    package let unit: String

    /// A chart of amounts in major units.
    package init(title: String, subtitle: String, points: [Point], unit: String) {
        self.title = title
        self.subtitle = subtitle
        self.points = points
        self.unit = unit
    }

    /// The chart as a picture in SVG, with another below it where one is given.
    package func svg(above waterfall: WaterfallChart? = nil) -> String {
        let height = AmountPicture.height
        return AmountPicture.svg(
            title: title, subtitle: subtitle, description: description,
            height: waterfall == nil ? height : 2 * height
        ) { picture, frame in
            draw(in: &picture, frame)
            guard let waterfall else { return }
            let below = AmountPicture.heading(
                waterfall.title, waterfall.subtitle, at: height + 18, bottom: 2 * height - 60, in: &picture)
            waterfall.draw(in: &picture, below)
        }
    }

    private var description: String {
        guard let last = points.last, !isEmpty else { return Self.nothing }
        return "Up to the end of \(last.label): \(AmountPicture.text(last.expected, unit: unit)) expected of "
            + "\(AmountPicture.text(last.whole, unit: unit)); between \(AmountPicture.text(last.low, unit: unit)) and "
            + "\(AmountPicture.text(last.high, unit: unit)) in 8 of 10 cases."
    }

    private static let nothing = "No renewal is due."

    private var isEmpty: Bool { points.allSatisfy { $0.whole == 0 } }

    private func draw(in picture: inout SVGText, _ whole: AmountFrame) {
        guard !isEmpty else { return AmountPicture.sayNothing(Self.nothing, in: &picture, whole) }
        let frame = AmountFrame(top: whole.top, bottom: whole.bottom, margin: 112)
        let axis = AmountAxis(points.map(\.whole) + [0])
        frame.drawLevels(axis, in: &picture) { axis.levelText($0, unit: unit) }
        // Nothing has come in before the first period, so every line starts at zero.
        let slot = frame.width / Double(points.count)
        func place(_ index: Int, _ amount: Double) -> String {
            "\(SVGText.number(frame.left + slot * Double(index))),\(SVGText.number(frame.y(amount, axis)))"
        }
        func line(_ value: (Point) -> Double) -> [String] {
            [place(0, 0)] + points.enumerated().map { place($0.offset + 1, value($0.element)) }
        }
        let area = (line(\.high) + line(\.low).reversed()).joined(separator: " L")
        picture.add("path", [("d", "M\(area) Z"), ("fill", ChartPalette.layer(1)), ("fill-opacity", "0.55")])
        for (value, style) in [
            (\Point.whole, [("stroke", ChartPalette.faint), ("stroke-width", "1"), ("stroke-dasharray", "4 3")]),
            (\Point.middle, [("stroke", ChartPalette.layer(0)), ("stroke-width", "1.2")]),
            (\Point.expected, [("stroke", ChartPalette.ink), ("stroke-width", "2.5")]),
        ] {
            let path = line { $0[keyPath: value] }.joined(separator: " L")
            picture.add("path", [("d", "M\(path)"), ("fill", "none"), ("stroke-linejoin", "round")] + style)
        }
        for (index, point) in points.enumerated() {
            frame.drawLabel(
                point.label, at: frame.left + slot * (Double(index) + 1) - slot / 2, room: slot, in: &picture)
        }
        drawEnds(frame, axis, in: &picture)
        picture.add(
            "text",
            [
                ("x", SVGText.number(AmountFrame.left)), ("y", SVGText.number(frame.bottom + 44)),
                ("fill", ChartPalette.faint),
            ],
            text: "thick line: expected · thin line: median · area: P10 to P90 · dashed: all that is up for renewal")
    }

    /// What each line comes to.
    private func drawEnds(_ frame: AmountFrame, _ axis: AmountAxis, in picture: inout SVGText) {
        guard let last = points.last else { return }
        func end(_ amount: Double, _ name: String, bold: Bool = false) -> LineEnd {
            LineEnd(
                text: "\(AmountPicture.text(amount, unit: "")) \(name)", y: frame.y(amount, axis),
                colour: bold ? ChartPalette.ink : ChartPalette.faint, isBold: bold)
        }
        LineEnd.draw(
            [
                end(last.whole, "due"), end(last.high, "P90"), end(last.middle, "median"),
                end(last.expected, "expected", bold: true), end(last.low, "P10"),
            ], at: frame.right + 8, in: &picture, frame)
    }
}
