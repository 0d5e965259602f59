/// Colours that stay apart for people who see red and green alike.
enum ChartPalette {
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
struct ChartFrame {
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
            ("stroke", ChartPalette.grid),
        ]
    }

    func label(_ y: Double) -> [(String, String)] {
        [
            ("x", Self.text(Self.left - 8)), ("y", Self.text(y + 4)), ("text-anchor", "end"),
            ("fill", ChartPalette.faint),
        ]
    }

    func area(from top: Double, to bottom: Double) -> [(String, String)] {
        [
            ("x", Self.text(Self.left)), ("y", Self.text(top)), ("width", Self.text(Self.right - Self.left)),
            ("height", Self.text(bottom - top)),
        ]
    }

    /// The days on which something is known, in runs without a hole: between two runs nothing is drawn.
    func runs(_ isKnown: (Int) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in numbers.indices where isKnown(index) {
            if let last = runs.last, last.upperBound == index, !beginsAnew(index) {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }

    /// Whether so many days lie before a day that nobody knows how it went meanwhile.
    func beginsAnew(_ index: Int) -> Bool {
        index > 0 && numbers[index] - numbers[index - 1] > max(Self.longestGap, 3 * usualGap)
    }

    /// Days between two scored ones, at the median.
    private var usualGap: Int {
        let gaps = zip(numbers.dropFirst(), numbers).map { $0 - $1 }.sorted()
        return gaps.isEmpty ? 1 : gaps[gaps.count / 2]
    }

    /// A week without a score is no hole.
    private static let longestGap = 7

    /// Lines through the values, broken where there is none.
    func paths(_ values: [Double?], y: (Double) -> Double) -> [String] {
        runs { values[$0] != nil }.map { run in
            let corners = run.map { "\(Self.text(x($0))),\(Self.text(y(values[$0] ?? 0)))" }
            // A day alone is a dot.
            return "M" + (corners.count > 1 ? corners : corners + corners).joined(separator: " L")
        }
    }

    /// The area between two lines on some days.
    func band(from base: [Double], to edge: [Double], on days: Range<Int>) -> String {
        let there = days.map { "\(Self.text(x($0))),\(Self.text(pointY(edge[$0])))" }
        let back = days.reversed().map { "\(Self.text(x($0))),\(Self.text(pointY(base[$0])))" }
        return "M" + (there + back).joined(separator: " L") + " Z"
    }
}
