extension ScoreChart {
    /// The chart as a picture in SVG: the smoothed score and each day's score over the bands, the band that people saw
    /// below, and the stacked points of the drivers. It says everything in words too.
    package func svg() -> String {
        var picture = SVGText()
        let frame = ChartFrame(chart: self)
        picture.group(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("width", ChartFrame.text(ChartFrame.width)),
                ("height", ChartFrame.text(ChartFrame.height)),
                ("viewBox", "0 0 \(ChartFrame.text(ChartFrame.width)) \(ChartFrame.text(ChartFrame.height))"),
                ("role", "img"),
                ("font-family", "Helvetica, Arial, sans-serif"), ("font-size", "12"), ("fill", ChartPalette.ink),
            ]
        ) { picture in
            picture.add("title", text: title)
            picture.add("desc", text: description)
            picture.add("rect", [("width", "100%"), ("height", "100%"), ("fill", ChartPalette.paper)])
            picture.add(
                "text",
                [("x", ChartFrame.text(ChartFrame.left)), ("y", "28"), ("font-size", "18"), ("font-weight", "bold")],
                text: title)
            picture.add(
                "text", [("x", ChartFrame.text(ChartFrame.left)), ("y", "48"), ("fill", ChartPalette.faint)],
                text: subtitle)
            guard !points.isEmpty else {
                let frame = AmountFrame(top: ChartFrame.scoreTop, bottom: ChartFrame.stackBottom)
                return AmountPicture.sayNothing("No day was scored.", in: &picture, frame)
            }
            drawScore(frame, in: &picture)
            drawBands(frame, in: &picture)
            drawStack(frame, in: &picture)
            drawDays(frame, in: &picture)
            drawLegend(in: &picture)
        }
        return picture.text
    }

    private var description: String {
        guard let first = points.first, let last = points.last else { return "No day was scored." }
        func score(_ point: Point) -> String { point.smoothed.map { NumberText.fixed($0, decimals: 1) } ?? "unknown" }
        let parts = layers.map { "\($0.name) \(NumberText.fixed($0.values.last ?? 0, decimals: 1))" }
        return "Smoothed score \(score(first)) on \(first.label), \(score(last)) on \(last.label). "
            + "Points on that day: \(parts.joined(separator: ", "))."
    }

    // MARK: Parts

    private func drawScore(_ frame: ChartFrame, in picture: inout SVGText) {
        let zones = [
            (Tone.red, 0.0, edges.amber), (.amber, edges.amber, edges.green), (.green, edges.green, 100),
        ]
        for (tone, from, to) in zones {
            picture.add(
                "rect",
                frame.area(from: frame.scoreY(to), to: frame.scoreY(from)) + [
                    ("fill", ChartPalette.colour(tone)), ("fill-opacity", "0.1"),
                ])
        }
        for value in [0, edges.amber, edges.green, 100] {
            picture.add("line", frame.level(frame.scoreY(value)))
            picture.add("text", frame.label(frame.scoreY(value)), text: NumberText.shortest(value) ?? "")
        }
        for (values, style) in [
            (points.map(\.score), [("stroke", ChartPalette.faint), ("stroke-width", "1"), ("stroke-opacity", "0.7")]),
            (points.map(\.smoothed), [("stroke", ChartPalette.ink), ("stroke-width", "2.5")]),
        ] {
            for path in frame.paths(values, y: frame.scoreY) {
                picture.add(
                    "path",
                    [("d", path), ("fill", "none"), ("stroke-linejoin", "round"), ("stroke-linecap", "round")] + style)
            }
        }
        if let last = points.last, let smoothed = last.smoothed {
            let y = frame.scoreY(smoothed)
            picture.add(
                "circle",
                [
                    ("cx", ChartFrame.text(ChartFrame.right)), ("cy", ChartFrame.text(y)), ("r", "4"),
                    ("fill", ChartPalette.colour(last.tone)),
                ])
            picture.add(
                "text",
                [("x", ChartFrame.text(ChartFrame.right + 9)), ("y", ChartFrame.text(y + 4)), ("font-weight", "bold")],
                text: NumberText.fixed(smoothed, decimals: 1))
            // The day's own where there is room for it.
            if let score = last.score, (frame.scoreY(score) - y).magnitude >= 14 {
                picture.add(
                    "text",
                    [
                        ("x", ChartFrame.text(ChartFrame.right + 9)),
                        ("y", ChartFrame.text(frame.scoreY(score) + 4)), ("fill", ChartPalette.faint),
                    ], text: NumberText.fixed(score, decimals: 1))
            }
        }
    }

    private func drawBands(_ frame: ChartFrame, in picture: inout SVGText) {
        for (index, point) in points.enumerated() {
            let isFirst = index == 0 || frame.beginsAnew(index)
            let isLast = index + 1 == points.count || frame.beginsAnew(index + 1)
            let here = frame.x(index)
            let x = isFirst ? max(ChartFrame.left, here - frame.dayWidth / 2) : (frame.x(index - 1) + here) / 2
            let end =
                isLast
                ? min(ChartFrame.right, here + frame.dayWidth / (points.count > 1 ? 2 : 1))
                : (here + frame.x(index + 1)) / 2
            let across = [
                ("x", ChartFrame.text(x)), ("width", ChartFrame.text(end - x)), ("shape-rendering", "crispEdges"),
            ]
            picture.add(
                "rect",
                across + [
                    ("y", ChartFrame.text(ChartFrame.bandTop)), ("height", ChartFrame.text(ChartFrame.bandHeight)),
                    ("fill", ChartPalette.colour(point.tone)),
                ])
            guard point.isSetByHand else { continue }
            picture.add(
                "rect",
                across + [
                    ("y", ChartFrame.text(ChartFrame.bandTop + ChartFrame.bandHeight + 1)), ("height", "3"),
                    ("fill", ChartPalette.ink),
                ])
        }
        picture.add(
            "text",
            [
                ("x", ChartFrame.text(ChartFrame.left - 8)), ("y", ChartFrame.text(ChartFrame.bandTop + 11)),
                ("text-anchor", "end"),
                ("fill", ChartPalette.faint),
            ], text: "band")
    }

    private func drawStack(_ frame: ChartFrame, in picture: inout SVGText) {
        for value in frame.pointLevels {
            picture.add("line", frame.level(frame.pointY(value)))
            picture.add(
                "text", frame.label(frame.pointY(value)), text: (value > 0 ? "+" : "") + SVGText.number(value))
        }
        var above = points.map { _ in 0.0 }
        var below = points.map { _ in 0.0 }
        let runs = frame.runs { points[$0].smoothed != nil }
        for (index, layer) in layers.enumerated() {
            for sign in [1.0, -1.0] {
                let base = sign > 0 ? above : below
                let edge = zip(base, layer.values).map { $0 + (sign > 0 ? max(0, $1) : min(0, $1)) }
                for run in runs where edge[run] != base[run] {
                    picture.add(
                        "path",
                        [
                            ("d", frame.band(from: base, to: edge, on: run)), ("fill", ChartPalette.layer(index)),
                            ("fill-opacity", "0.85"),
                        ])
                }
                if sign > 0 { above = edge } else { below = edge }
            }
        }
        let sums = points.indices.map { day -> Double? in
            points[day].smoothed == nil ? nil : layers.reduce(0) { $0 + $1.values[day] }
        }
        for path in frame.paths(sums, y: frame.pointY) {
            picture.add("path", [("d", path), ("fill", "none"), ("stroke", ChartPalette.ink), ("stroke-width", "1.5")])
        }
        picture.add(
            "text",
            [
                ("x", ChartFrame.text(ChartFrame.left)), ("y", ChartFrame.text(ChartFrame.stackTop - 8)),
                ("fill", ChartPalette.faint),
            ],
            text: "points above and below the baseline, by group of drivers; the line is their sum")
    }

    private func drawDays(_ frame: ChartFrame, in picture: inout SVGText) {
        for index in frame.ticks {
            let x = frame.x(index)
            picture.add(
                "line",
                [
                    ("x1", ChartFrame.text(x)), ("x2", ChartFrame.text(x)),
                    ("y1", ChartFrame.text(ChartFrame.stackBottom)),
                    ("y2", ChartFrame.text(ChartFrame.stackBottom + 5)), ("stroke", ChartPalette.faint),
                ])
            picture.add(
                "text",
                [
                    ("x", ChartFrame.text(x)), ("y", ChartFrame.text(ChartFrame.stackBottom + 19)),
                    ("text-anchor", "middle"),
                ],
                text: points[index].label)
        }
    }

    private func drawLegend(in picture: inout SVGText) {
        var x = ChartFrame.left
        let y = ChartFrame.stackBottom + 44
        for (index, layer) in layers.enumerated() {
            picture.add(
                "rect",
                [
                    ("x", ChartFrame.text(x)), ("y", ChartFrame.text(y - 10)), ("width", "11"), ("height", "11"),
                    ("fill", ChartPalette.layer(index)),
                ])
            let label = "\(layer.name) \(ScoreBar(points: layer.values.last ?? 0, largest: 1).label)"
            picture.add("text", [("x", ChartFrame.text(x + 16)), ("y", ChartFrame.text(y))], text: label)
            x += 34 + 6.6 * Double(label.count)
        }
        picture.add(
            "text",
            [("x", ChartFrame.text(ChartFrame.left)), ("y", ChartFrame.text(y + 22)), ("fill", ChartPalette.faint)],
            text:
                "thick line: smoothed score · thin line: the day's score · band as people saw it, underlined where set by hand"
        )
    }
}
