/// How an amount became another one: bars that go up and down between two sums.
package struct WaterfallChart: Sendable, Equatable {
    /// A bar.
    package struct Step: Sendable, Equatable {
        /// What it is.
        package let label: String
        /// The sum itself, or what is added to it (negative for what is taken away).
        package let amount: Double
        /// Whether it is a sum, drawn from zero.
        package let isSum: Bool

        /// A bar.
        package init(label: String, amount: Double, isSum: Bool = false) {
            self.label = label
            self.amount = amount
            self.isSum = isSum
        }
    }

    /// What is shown.
    package let title: String
    /// More about it.
    package let subtitle: String
    /// The bars in order; a sum says where the next ones start.
    package let steps: [Step]
    /// What amounts are called, such as a currency's code; empty for nothing.
    package let unit: String

    /// A chart of steps in major units.
    package init(title: String, subtitle: String, steps: [Step], unit: String) {
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
    package func svg(above survival: SurvivalChart? = nil) -> String {
        let height = AmountPicture.height
        return AmountPicture.svg(
            title: title, subtitle: subtitle, description: description,
            height: survival == nil ? height : 2 * height
        ) { picture, frame in
            draw(in: &picture, frame)
            guard let survival else { return }
            let below = AmountPicture.heading(
                survival.title, survival.subtitle, at: height + 18, bottom: 2 * height - 60, in: &picture)
            survival.draw(in: &picture, below)
        }
    }

    private var description: String {
        guard !isEmpty else { return Self.nothing }
        let axis = axis
        let parts = steps.map { "\($0.label) \(amount($0, axis))" }
        return parts.joined(separator: ", ") + "." + (start(of: axis).map { " \($0)." } ?? "")
    }

    private static let nothing = "Nothing to show."

    private var isEmpty: Bool { steps.allSatisfy { $0.amount == 0 } }

    /// The axis: from zero, or where sums are so much larger than what is added that it could not be seen, from below
    /// them.
    private var axis: AmountAxis {
        let spans = spans
        // Where bars end, and where those begin that are no sums.
        let levels = zip(steps, spans).flatMap { $0.isSum ? [$1.to] : [$1.from, $1.to] }
        guard let lowest = levels.min(), let highest = levels.max(), lowest < highest,
            lowest >= Self.leastShareForCut * highest, steps.contains(where: { !$0.isSum })
        else { return AmountAxis(spans.flatMap { [$0.from, $0.to] } + [0]) }
        let pad = Self.padShare * (highest - lowest)
        return lowest - pad > 0 ? AmountAxis([lowest - pad, highest]) : AmountAxis(levels + [0])
    }

    /// The axis is cut where the lowest level is at least this share of the highest.
    private static let leastShareForCut = 0.65
    /// What stands below the lowest level of a cut axis, as a share of what the levels are apart.
    private static let padShare = 0.35

    /// Pixels of a bar's place below which the unit of its amount has no room.
    private static let narrowSlot = 72.0

    /// What is said of an axis that does not begin at zero.
    private func start(of axis: AmountAxis) -> String? {
        axis.low > 0 ? "The axis starts at \(axis.text(axis.low, unit: unit)), not at zero" : nil
    }

    private func amount(_ step: Step, _ axis: AmountAxis, isNarrow: Bool = false) -> String {
        let name = isNarrow ? "" : unit
        if step.isSum, axis.low > 0 { return axis.text(step.amount, unit: name) }
        let text = AmountPicture.text(step.amount, unit: step.isSum ? name : "")
        return step.isSum || step.amount <= 0 ? text : "+" + text
    }

    /// Draws the bars into a frame, which may be a part of a picture.
    func draw(in picture: inout SVGText, _ frame: AmountFrame) {
        let spans = spans
        guard !isEmpty else { return AmountPicture.sayNothing(Self.nothing, in: &picture, frame) }
        let axis = axis
        frame.drawLevels(axis, in: &picture) { axis.levelText($0, unit: unit) }
        let slot = frame.width / Double(spans.count)
        let bar = min(72, slot * 0.68)
        for (index, (step, span)) in zip(steps, spans).enumerated() {
            let middle = frame.left + slot * (Double(index) + 0.5)
            let low = max(min(span.from, span.to), axis.low)
            let (top, bottom) = (frame.y(max(span.from, span.to), axis), frame.y(low, axis))
            let tone: Tone = step.amount == 0 ? .grey : step.amount < 0 ? .red : .green
            let colour = step.isSum ? ChartPalette.layer(0) : ChartPalette.colour(tone)
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
                ], text: amount(step, axis, isNarrow: slot < Self.narrowSlot))
            if step.isSum, axis.low > 0 { Self.drawCut(across: middle, width: bar, at: frame.bottom, in: &picture) }
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
        if let start = start(of: axis) {
            picture.add(
                "text",
                [
                    ("x", SVGText.number(frame.left)), ("y", SVGText.number(frame.bottom + 48)),
                    ("fill", ChartPalette.faint),
                ], text: start)
        }
    }

    /// A white line that breaks a bar of which the foot is not shown.
    private static func drawCut(across middle: Double, width: Double, at bottom: Double, in picture: inout SVGText) {
        let teeth = 8
        let corners = (0...teeth).map { tooth in
            SVGText.number(middle - width / 2 + width * Double(tooth) / Double(teeth)) + ","
                + SVGText.number(bottom - (tooth.isMultiple(of: 2) ? 10 : 16))
        }
        picture.add(
            "path",
            [
                ("d", "M" + corners.joined(separator: " L")), ("fill", "none"), ("stroke", ChartPalette.paper),
                ("stroke-width", "4"),
            ])
    }
}
