/// The common part of pictures of amounts: title, words for those who cannot see it, and a frame to draw in.
enum AmountPicture {
    static let width = 960.0
    static let height = 460.0

    static func svg(
        title: String, subtitle: String, description: String, height: Double = height,
        _ draw: (inout SVGText, AmountFrame) -> Void
    ) -> String {
        var picture = SVGText()
        let (across, down) = (SVGText.number(width), SVGText.number(height))
        picture.group(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("width", across), ("height", down),
                ("viewBox", "0 0 \(across) \(down)"), ("role", "img"),
                ("font-family", "Helvetica, Arial, sans-serif"), ("font-size", "12"), ("fill", ChartPalette.ink),
            ]
        ) { picture in
            picture.add("title", text: title)
            picture.add("desc", text: description)
            picture.add("rect", [("width", "100%"), ("height", "100%"), ("fill", ChartPalette.paper)])
            draw(&picture, heading(title, subtitle, at: 28, bottom: AmountPicture.height - 60, in: &picture))
        }
        return picture.text
    }

    /// A title with what more there is to say, from a height on; returns the frame below it.
    static func heading(
        _ title: String, _ subtitle: String, at y: Double, bottom: Double, in picture: inout SVGText
    ) -> AmountFrame {
        let x = ("x", SVGText.number(AmountFrame.left))
        picture.add(
            "text", [x, ("y", SVGText.number(y)), ("font-size", "18"), ("font-weight", "bold")], text: title)
        let lines = WrappedLines(subtitle, width: charactersOfLine, maximumLines: 3).lines
        for (index, line) in lines.enumerated() {
            picture.add(
                "text", [x, ("y", SVGText.number(y + 20 + 16 * Double(index))), ("fill", ChartPalette.faint)],
                text: line)
        }
        return AmountFrame(top: y + 48 + 16 * Double(max(0, lines.count - 1)), bottom: bottom)
    }

    /// What fits into a line from the left edge of the frame to the right one of the picture.
    private static let charactersOfLine = 132

    /// What stands in an empty frame.
    static func sayNothing(_ text: String, in picture: inout SVGText, _ frame: AmountFrame) {
        picture.add(
            "text",
            [
                ("x", SVGText.number(frame.left + frame.width / 2)),
                ("y", SVGText.number((frame.top + frame.bottom) / 2)), ("text-anchor", "middle"),
                ("fill", ChartPalette.faint), ("font-size", "14"),
            ], text: text)
    }

    /// An amount in thousands and millions.
    static func text(_ amount: Double, unit: String) -> String {
        let number = NumberText.compact(amount, precision: .oneDecimal)
        return unit.isEmpty ? number : "\(unit) \(number)"
    }
}

/// Where amounts stand in a picture, in pixels.
struct AmountFrame {
    static let left = 84.0
    static let right = 930.0

    let top: Double
    let bottom: Double
    /// Room that is kept at the right for figures at the ends of lines.
    var margin = 0.0

    var left: Double { Self.left }
    var right: Double { Self.right - margin }
    var width: Double { right - left }

    func y(_ amount: Double, _ axis: AmountAxis) -> Double {
        bottom - (bottom - top) * (amount - axis.low) / (axis.high - axis.low)
    }

    /// Lines with their amounts in words.
    func drawLevels(_ axis: AmountAxis, in picture: inout SVGText, text: (Double) -> String) {
        for level in axis.levels {
            let y = y(level, axis)
            picture.add(
                "line",
                [
                    ("x1", SVGText.number(left)), ("x2", SVGText.number(right)), ("y1", SVGText.number(y)),
                    ("y2", SVGText.number(y)), ("stroke", level == 0 ? ChartPalette.faint : ChartPalette.grid),
                ])
            picture.add(
                "text",
                [
                    ("x", SVGText.number(left - 8)), ("y", SVGText.number(y + 4)), ("text-anchor", "end"),
                    ("fill", ChartPalette.faint),
                ], text: text(level))
        }
    }

    /// What stands below the frame, in two lines where it needs them.
    func drawLabel(_ label: String, at x: Double, room: Double, in picture: inout SVGText) {
        let letters = max(4, Int(room / 6.4))
        var lines = [""]
        for word in label.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty || line.count + 1 + word.count <= letters {
                lines[lines.count - 1] = line.isEmpty ? String(word) : line + " " + word
            } else {
                lines.append(String(word))
            }
        }
        for (index, line) in lines.enumerated() {
            picture.add(
                "text",
                [
                    ("x", SVGText.number(x)), ("y", SVGText.number(bottom + 19 + 15 * Double(index))),
                    ("text-anchor", "middle"),
                ], text: line)
        }
    }
}

/// A figure at the end of a line.
struct LineEnd {
    /// The figure.
    let text: String
    /// Where its line ends.
    let y: Double
    var colour = ChartPalette.faint
    var isBold = false

    /// Pixels from one figure to the next.
    private static let pitch = 14.0

    /// Draws figures beside each other's ends, moved apart where they would cover each other.
    static func draw(_ ends: [LineEnd], at x: Double, in picture: inout SVGText, _ frame: AmountFrame) {
        let ends = ends.sorted { $0.y < $1.y }
        var places = ends.map { min(max($0.y, frame.top), frame.bottom) }
        for index in places.indices.dropFirst() { places[index] = max(places[index], places[index - 1] + pitch) }
        // What was moved beyond the foot of the frame moves the rest up.
        if let last = places.indices.last, places[last] > frame.bottom {
            places[last] = frame.bottom
            for index in places.indices.dropLast().reversed() {
                places[index] = min(places[index], places[index + 1] - pitch)
            }
        }
        for (end, y) in zip(ends, places) {
            picture.add(
                "text",
                [
                    ("x", SVGText.number(x)), ("y", SVGText.number(y + 4)), ("fill", end.colour),
                    ("font-weight", end.isBold ? "bold" : "normal"),
                ], text: end.text)
        }
    }
}

/// A scale of amounts with round levels that holds all of them.
struct AmountAxis {
    let low: Double
    let high: Double
    let step: Double

    init(_ amounts: [Double]) {
        let least = amounts.min() ?? 0
        let most = max(amounts.max() ?? 1, least + 1e-9)
        var size = 1.0
        while size * 10 <= most - least { size *= 10 }
        while size > most - least { size /= 10 }
        step = [0.2, 0.25, 0.5, 1, 2, 2.5, 5].map { $0 * size }.first { (most - least) / $0 <= 6 } ?? 10 * size
        low = (least / step).rounded(.down) * step
        high = max((most / step).rounded(.up) * step, low + step)
    }

    /// The thousand to which power levels are written in, and the decimals that tell each from the next.
    private var scale: (unit: Int, decimals: Int) {
        let largest = max(high.magnitude, low.magnitude)
        let unit = [1e3, 1e6, 1e9, 1e12].count { largest >= $0 }
        let scaled = step / [1, 1e3, 1e6, 1e9, 1e12][unit]
        let powers = [1.0, 10, 100, 1_000, 10_000]
        return (unit, powers.firstIndex { ((scaled * $0).rounded() - scaled * $0).magnitude < 1e-6 * $0 } ?? 4)
    }

    /// What is written at the levels: without the name of the unit where there is no room for it.
    func levelText(_ amount: Double, unit name: String) -> String {
        let isRoomy = levels.allSatisfy { text($0, unit: name).count <= Self.charactersOfLevel }
        return text(amount, unit: isRoomy ? name : "")
    }

    /// What fits between the left edge of the picture and the frame.
    private static let charactersOfLevel = 10

    /// An amount as precisely as the levels are apart, all in the same unit: "EUR 0.25 M", "EUR 1.50 M".
    func text(_ amount: Double, unit name: String) -> String {
        let (unit, decimals) = scale
        let (size, suffix) = [(1, ""), (1e3, " k"), (1e6, " M"), (1e9, " B"), (1e12, " T")][unit]
        let number = amount == 0 ? "0" : NumberText.fixed(amount / size, decimals: decimals) + suffix
        return name.isEmpty ? number : "\(name) \(number)"
    }

    var levels: [Double] {
        (0...Int(((high - low) / step).rounded())).map { low + Double($0) * step }
    }
}
