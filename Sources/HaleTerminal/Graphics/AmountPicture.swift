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
            heading(title, subtitle, at: 28, in: &picture)
            draw(&picture, AmountFrame(top: 76, bottom: AmountPicture.height - 60))
        }
        return picture.text
    }

    /// A title with what more there is to say, from a height on.
    static func heading(_ title: String, _ subtitle: String, at y: Double, in picture: inout SVGText) {
        let x = ("x", SVGText.number(AmountFrame.left))
        picture.add(
            "text", [x, ("y", SVGText.number(y)), ("font-size", "18"), ("font-weight", "bold")], text: title)
        picture.add("text", [x, ("y", SVGText.number(y + 20)), ("fill", ChartPalette.faint)], text: subtitle)
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

    var left: Double { Self.left }
    var width: Double { Self.right - Self.left }

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
                    ("x1", SVGText.number(left)), ("x2", SVGText.number(Self.right)), ("y1", SVGText.number(y)),
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

    var levels: [Double] {
        (0...Int(((high - low) / step).rounded())).map { low + Double($0) * step }
    }
}
