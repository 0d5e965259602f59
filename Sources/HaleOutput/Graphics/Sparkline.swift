/// A row of numbers drawn as one line of small bars.
package struct Sparkline: Sendable, Equatable {
    /// What the lowest and the highest bar stand for.
    package enum Scale: Sendable, Equatable {
        /// Given ends, so that lines can be compared with each other; values outside are drawn at the nearer end.
        case fixed(ClosedRange<Double>)
        /// From the smallest to the largest value drawn.
        case automatic

        /// The scale of a health score.
        package static let score = Scale.fixed(0...100)
    }

    /// The numbers in order of time; nil, like a number that is not finite, is a gap.
    package let values: [Double?]
    /// The scale of the bars.
    package let scale: Scale

    /// A sparkline of numbers, by default of scores.
    package init(_ values: [Double?], scale: Scale = .score) {
        self.values = values
        self.scale = scale
    }

    /// The line. Wider than `width`, neighbours are averaged; narrower, it is not stretched. A gap is a space.
    package func text(width: Int? = nil, unicode: Bool = true) -> String {
        let drawn = resampled(to: width ?? values.count)
        let present = drawn.compactMap(\.self)
        let ends: ClosedRange<Double>
        switch scale {
        case .fixed(let range): ends = range
        case .automatic: ends = (present.min() ?? 0)...(present.max() ?? 0)
        }
        let bars = unicode ? Self.unicodeBars : Self.asciiBars
        return String(drawn.map { value in value.map { bars[Self.level(of: $0, in: ends)] } ?? " " })
    }

    /// Lowest first. In ASCII the lowest still differs from a gap.
    private static let unicodeBars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let asciiBars: [Character] = ["_", ".", "-", ":", "=", "+", "*", "#"]

    /// Mean of the present values of each of `width` equal parts; a part without any is a gap.
    private func resampled(to width: Int) -> [Double?] {
        let finite = values.map { value in value.flatMap { $0.isFinite ? $0 : nil } }
        guard width < finite.count else { return finite }
        return (0..<max(0, width)).map { part in
            let present = finite[(part * finite.count / width)..<((part + 1) * finite.count / width)].compactMap(\.self)
            // Dividing first keeps the sum of very large values finite.
            return present.isEmpty ? nil : present.reduce(0) { $0 + $1 / Double(present.count) }
        }
    }

    private static func level(of value: Double, in ends: ClosedRange<Double>) -> Int {
        // Halves, because the span of the largest numbers is not finite.
        let span = ends.upperBound / 2 - ends.lowerBound / 2
        // Equal values say nothing about high or low.
        guard span > 0, span.isFinite else { return unicodeBars.count / 2 - 1 }
        let position = (value / 2 - ends.lowerBound / 2) / span
        return Int(min(max(position, 0), 1) * Double(unicodeBars.count - 1) + 0.5)
    }
}
