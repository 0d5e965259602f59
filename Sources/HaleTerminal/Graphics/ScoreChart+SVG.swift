extension ScoreChart {
    /// The chart as a picture in SVG: the smoothed score and each day's score over the bands, the band that people saw
    /// below, and the stacked points of the drivers. It says everything in words too.
    public func svg() -> String {
        var picture = SVGText()
        let frame = Frame(chart: self)
        picture.group(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("width", Frame.text(Frame.width)),
                ("height", Frame.text(Frame.height)),
                ("viewBox", "0 0 \(Frame.text(Frame.width)) \(Frame.text(Frame.height))"), ("role", "img"),
                ("font-family", "Helvetica, Arial, sans-serif"), ("font-size", "12"), ("fill", Palette.ink),
            ]
        ) { picture in
            picture.add("title", text: title)
            picture.add("desc", text: description)
            picture.add("rect", [("width", "100%"), ("height", "100%"), ("fill", Palette.paper)])
            picture.add(
                "text", [("x", Frame.text(Frame.left)), ("y", "28"), ("font-size", "18"), ("font-weight", "bold")],
                text: title)
            picture.add(
                "text", [("x", Frame.text(Frame.left)), ("y", "48"), ("fill", Palette.faint)], text: subtitle)
            guard !points.isEmpty else { return }
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

    private func drawScore(_ frame: Frame, in picture: inout SVGText) {
        let zones = [
            (Tone.red, 0.0, edges.amber), (.amber, edges.amber, edges.green), (.green, edges.green, 100),
        ]
        for (tone, from, to) in zones {
            picture.add(
                "rect",
                frame.area(from: frame.scoreY(to), to: frame.scoreY(from)) + [
                    ("fill", Palette.colour(tone)), ("fill-opacity", "0.1"),
                ])
        }
        for value in [0, edges.amber, edges.green, 100] {
            picture.add("line", frame.level(frame.scoreY(value)))
            picture.add("text", frame.label(frame.scoreY(value)), text: SVGText.number(value))
        }
        for (values, style) in [
            (points.map(\.score), [("stroke", Palette.faint), ("stroke-width", "1"), ("stroke-opacity", "0.7")]),
            (points.map(\.smoothed), [("stroke", Palette.ink), ("stroke-width", "2.5")]),
        ] {
            for path in frame.paths(values, y: frame.scoreY) {
                picture.add("path", [("d", path), ("fill", "none"), ("stroke-linejoin", "round")] + style)
            }
        }
        if let last = points.last, let smoothed = last.smoothed {
            let y = frame.scoreY(smoothed)
            picture.add(
                "circle",
                [
                    ("cx", Frame.text(Frame.right)), ("cy", Frame.text(y)), ("r", "4"),
                    ("fill", Palette.colour(last.tone)),
                ])
            picture.add(
                "text", [("x", Frame.text(Frame.right + 9)), ("y", Frame.text(y + 4)), ("font-weight", "bold")],
                text: NumberText.fixed(smoothed, decimals: 1))
        }
    }

    private func drawBands(_ frame: Frame, in picture: inout SVGText) {
        for (index, point) in points.enumerated() {
            let x = index == 0 ? Frame.left : (frame.x(index - 1) + frame.x(index)) / 2
            let end = index + 1 < points.count ? (frame.x(index) + frame.x(index + 1)) / 2 : Frame.right
            let across = [("x", Frame.text(x)), ("width", Frame.text(end - x)), ("shape-rendering", "crispEdges")]
            picture.add(
                "rect",
                across + [
                    ("y", Frame.text(Frame.bandTop)), ("height", Frame.text(Frame.bandHeight)),
                    ("fill", Palette.colour(point.tone)),
                ])
            guard point.isSetByHand else { continue }
            picture.add(
                "rect",
                across + [
                    ("y", Frame.text(Frame.bandTop + Frame.bandHeight + 1)), ("height", "3"), ("fill", Palette.ink),
                ])
        }
        picture.add(
            "text",
            [
                ("x", Frame.text(Frame.left - 8)), ("y", Frame.text(Frame.bandTop + 11)), ("text-anchor", "end"),
                ("fill", Palette.faint),
            ], text: "band")
    }

    private func drawStack(_ frame: Frame, in picture: inout SVGText) {
        for value in frame.pointLevels {
            picture.add("line", frame.level(frame.pointY(value)))
            picture.add(
                "text", frame.label(frame.pointY(value)), text: (value > 0 ? "+" : "") + SVGText.number(value))
        }
        var above = points.map { _ in 0.0 }
        var below = points.map { _ in 0.0 }
        for (index, layer) in layers.enumerated() {
            for sign in [1.0, -1.0] {
                let base = sign > 0 ? above : below
                let edge = zip(base, layer.values).map { $0 + (sign > 0 ? max(0, $1) : min(0, $1)) }
                if edge != base {
                    picture.add(
                        "path",
                        [
                            ("d", frame.band(from: base, to: edge)), ("fill", Palette.layer(index)),
                            ("fill-opacity", "0.85"),
                        ])
                }
                if sign > 0 { above = edge } else { below = edge }
            }
        }
        let sums = points.indices.map { day in layers.reduce(0) { $0 + $1.values[day] } }
        for path in frame.paths(sums, y: frame.pointY) {
            picture.add("path", [("d", path), ("fill", "none"), ("stroke", Palette.ink), ("stroke-width", "1.5")])
        }
        picture.add(
            "text", [("x", Frame.text(Frame.left)), ("y", Frame.text(Frame.stackTop - 8)), ("fill", Palette.faint)],
            text: "points above and below the baseline, by group of drivers; the line is their sum")
    }

    private func drawDays(_ frame: Frame, in picture: inout SVGText) {
        for index in frame.ticks {
            let x = frame.x(index)
            picture.add(
                "line",
                [
                    ("x1", Frame.text(x)), ("x2", Frame.text(x)), ("y1", Frame.text(Frame.stackBottom)),
                    ("y2", Frame.text(Frame.stackBottom + 5)), ("stroke", Palette.faint),
                ])
            picture.add(
                "text",
                [("x", Frame.text(x)), ("y", Frame.text(Frame.stackBottom + 19)), ("text-anchor", "middle")],
                text: points[index].label)
        }
    }

    private func drawLegend(in picture: inout SVGText) {
        var x = Frame.left
        let y = Frame.stackBottom + 44
        for (index, layer) in layers.enumerated() {
            picture.add(
                "rect",
                [
                    ("x", Frame.text(x)), ("y", Frame.text(y - 10)), ("width", "11"), ("height", "11"),
                    ("fill", Palette.layer(index)),
                ])
            let label = "\(layer.name) \(ScoreBar(points: layer.values.last ?? 0, largest: 1).label)"
            picture.add("text", [("x", Frame.text(x + 16)), ("y", Frame.text(y))], text: label)
            x += 34 + 6.6 * Double(label.count)
        }
        picture.add(
            "text", [("x", Frame.text(Frame.left)), ("y", Frame.text(y + 22)), ("fill", Palette.faint)],
            text:
                "thick line: smoothed score · thin line: the day's score · band as people saw it, underlined where set by hand"
        )
    }
}

/// Colours that stay apart for people who see red and green alike.
private enum Palette {
    static let ink = "#1b2733"
    static let faint = "#6b7885"
    static let paper = "#ffffff"
    static let grid = "#d5dbe1"

    static func colour(_ tone: Tone) -> String {
        switch tone {
        case .red: "#c8321f"
        case .amber: "#e2a100"
        case .green: "#2a8a57"
        case .grey: "#9aa5b0"
        }
    }

    static func layer(_ index: Int) -> String {
        let colours = ["#3b6fb6", "#7cc0e8", "#8f6bb3", "#e8a33d", "#5aa897", "#b0567b", "#9a9a45", "#8794a0"]
        return colours[index % colours.count]
    }
}

/// Where things stand in the picture, in pixels.
private struct Frame {
    static let width = 960.0
    static let height = 560.0
    static let left = 64.0
    static let right = 900.0
    static let scoreTop = 68.0
    static let scoreBottom = 258.0
    static let bandTop = 268.0
    static let bandHeight = 12.0
    static let stackTop = 318.0
    static let stackBottom = 468.0

    private let numbers: [Int]
    private let reach: ClosedRange<Double>
    private let step: Double

    init(chart: ScoreChart) {
        numbers = chart.points.map(\.number)
        let found = chart.reach
        step = [1, 2, 5, 10, 20, 50].first { (found.upperBound - found.lowerBound) / $0 <= 6 } ?? 100
        let low = (found.lowerBound / step).rounded(.down) * step
        let high = (found.upperBound / step).rounded(.up) * step
        reach = low...max(high, low + step)
    }

    static func text(_ value: Double) -> String { SVGText.number(value) }

    /// The width of a day.
    var dayWidth: Double {
        guard let first = numbers.first, let last = numbers.last, last > first else { return Self.right - Self.left }
        return (Self.right - Self.left) / Double(last - first)
    }

    func x(_ index: Int) -> Double {
        guard let first = numbers.first, numbers.count > 1 else { return Self.left }
        return Self.left + Double(numbers[index] - first) * dayWidth
    }

    func scoreY(_ score: Double) -> Double {
        Self.scoreBottom - (Self.scoreBottom - Self.scoreTop) * min(max(score, 0), 100) / 100
    }

    func pointY(_ points: Double) -> Double {
        let share = (points - reach.lowerBound) / (reach.upperBound - reach.lowerBound)
        return Self.stackBottom - (Self.stackBottom - Self.stackTop) * share
    }

    /// The levels of points that have a line.
    var pointLevels: [Double] { Array(stride(from: reach.lowerBound, through: reach.upperBound + step / 2, by: step)) }

    /// The days that are named: about six, evenly apart.
    var ticks: [Int] {
        let count = min(6, numbers.count)
        guard count > 1, let first = numbers.first, let last = numbers.last else { return Array(numbers.indices) }
        var ticks: [Int] = []
        for tick in 0..<count {
            let wanted = first + (last - first) * tick / (count - 1)
            guard let index = numbers.firstIndex(where: { $0 >= wanted }), ticks.last != index else { continue }
            ticks.append(index)
        }
        return ticks
    }

    func level(_ y: Double) -> [(String, String)] {
        [
            ("x1", Self.text(Self.left)), ("x2", Self.text(Self.right)), ("y1", Self.text(y)), ("y2", Self.text(y)),
            ("stroke", Palette.grid),
        ]
    }

    func label(_ y: Double) -> [(String, String)] {
        [("x", Self.text(Self.left - 8)), ("y", Self.text(y + 4)), ("text-anchor", "end"), ("fill", Palette.faint)]
    }

    func area(from top: Double, to bottom: Double) -> [(String, String)] {
        [
            ("x", Self.text(Self.left)), ("y", Self.text(top)), ("width", Self.text(Self.right - Self.left)),
            ("height", Self.text(bottom - top)),
        ]
    }

    /// Lines through the values, broken where there is none.
    func paths(_ values: [Double?], y: (Double) -> Double) -> [String] {
        var paths: [String] = []
        var current = ""
        for (index, value) in values.enumerated() {
            guard let value else {
                if !current.isEmpty { paths.append(current) }
                current = ""
                continue
            }
            current += "\(current.isEmpty ? "M" : " L")\(Self.text(x(index))),\(Self.text(y(value)))"
        }
        return current.isEmpty ? paths : paths + [current]
    }

    /// The area between two lines.
    func band(from base: [Double], to edge: [Double]) -> String {
        let there = edge.enumerated().map { "\(Self.text(x($0.offset))),\(Self.text(pointY($0.element)))" }
        let back = base.enumerated().reversed().map { "\(Self.text(x($0.offset))),\(Self.text(pointY($0.element)))" }
        return "M" + (there + back).joined(separator: " L") + " Z"
    }
}
