/// How an amount became another one: bars that go up and down between two sums.
public struct WaterfallChart: Sendable, Equatable {
    /// A bar.
    public struct Step: Sendable, Equatable {
        /// What it is.
        public let label: String
        /// The sum itself, or what is added to it (negative for what is taken away).
        public let amount: Double
        /// Whether it is a sum, drawn from zero.
        public let isSum: Bool

        /// A bar.
        public init(label: String, amount: Double, isSum: Bool = false) {
            self.label = label
            self.amount = amount
            self.isSum = isSum
        }
    }

    /// What is shown.
    public let title: String
    /// More about it.
    public let subtitle: String
    /// The bars in order; a sum says where the next ones start.
    public let steps: [Step]
    /// What amounts are called, such as a currency's code; empty for nothing.
    public let unit: String

    /// A chart of steps in major units.
    public init(title: String, subtitle: String, steps: [Step], unit: String) {
        self.title = title
        self.subtitle = subtitle
        self.steps = steps
        self.unit = unit
    }

    /// Where each bar begins and ends.
    var spans: [(from: Double, to: Double)] {
        var level = 0.0
        return steps.map { step in
            let from = step.isSum ? 0 : level
            level = step.isSum ? step.amount : level + step.amount
            return (from, level)
        }
    }

    /// The chart as a picture in SVG. It says everything in words too.
    public func svg(above survival: SurvivalChart? = nil) -> String {
        let height = AmountPicture.height
        return AmountPicture.svg(
            title: title, subtitle: subtitle, description: description,
            height: survival == nil ? height : 2 * height
        ) { picture, frame in
            draw(in: &picture, frame)
            guard let survival else { return }
            AmountPicture.heading(survival.title, survival.subtitle, at: height + 18, in: &picture)
            survival.draw(in: &picture, AmountFrame(top: height + 66, bottom: 2 * height - 60))
        }
    }

    private var description: String {
        let parts = steps.map { "\($0.label) \(amount($0))" }
        return parts.isEmpty ? "Nothing to show." : parts.joined(separator: ", ") + "."
    }

    private func amount(_ step: Step) -> String {
        let text = AmountPicture.text(step.amount, unit: step.isSum ? unit : "")
        return step.isSum || step.amount < 0 ? text : "+" + text
    }

    /// Draws the bars into a frame, which may be a part of a picture.
    func draw(in picture: inout SVGText, _ frame: AmountFrame) {
        let spans = spans
        guard !spans.isEmpty else { return }
        let axis = AmountAxis(spans.flatMap { [$0.from, $0.to] } + [0])
        frame.drawLevels(axis, in: &picture) { AmountPicture.text($0, unit: unit) }
        let slot = frame.width / Double(spans.count)
        let bar = min(72, slot * 0.68)
        for (index, (step, span)) in zip(steps, spans).enumerated() {
            let middle = frame.left + slot * (Double(index) + 0.5)
            let (top, bottom) = (frame.y(max(span.from, span.to), axis), frame.y(min(span.from, span.to), axis))
            let colour =
                step.isSum
                ? ChartPalette.layer(0) : ChartPalette.colour(step.amount < 0 ? .red : .green)
            picture.add(
                "rect",
                [
                    ("x", SVGText.number(middle - bar / 2)), ("y", SVGText.number(top)),
                    ("width", SVGText.number(bar)), ("height", SVGText.number(max(1, bottom - top))),
                    ("fill", colour),
                ])
            picture.add(
                "text",
                [
                    ("x", SVGText.number(middle)), ("y", SVGText.number(top - 5)), ("text-anchor", "middle"),
                    ("font-weight", step.isSum ? "bold" : "normal"),
                ], text: amount(step))
            if index + 1 < spans.count {
                let y = SVGText.number(frame.y(span.to, axis))
                picture.add(
                    "line",
                    [
                        ("x1", SVGText.number(middle + bar / 2)), ("x2", SVGText.number(middle + slot - bar / 2)),
                        ("y1", y), ("y2", y), ("stroke", ChartPalette.faint), ("stroke-dasharray", "3 3"),
                    ])
            }
            frame.drawLabel(step.label, at: middle, room: slot, in: &picture)
        }
    }
}
