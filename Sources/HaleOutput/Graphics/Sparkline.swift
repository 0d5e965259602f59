/// A row of numbers drawn as one line of small bars.
package struct Sparkline: Sendable, Equatable {
    /// What the lowest and the highest bar stand for.
    package enum Scale: Sendable, Equatable {
        /// Given ends, so that lines can be compared with each other; values outside are drawn at the nearer end.
        case fixed(ClosedRange<Double>)
        /// From the smallest to the largest value, about their middle where they lie nearer to each other than a least
        /// span: so that movement is seen, and a wobble is not taken for one.
        case movement(atLeast: Double)

        /// The whole range of a health score.
        package static let score = Scale.fixed(0...100)
        /// How a health score moves [points].
        package static let scoreMovement = Scale.movement(atLeast: 20)
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
        let ends = Self.ends(of: present, scale)
        let bars = unicode ? Self.unicodeBars : Self.asciiBars
        return String(drawn.map { value in value.map { bars[Self.level(of: $0, in: ends)] } ?? " " })
    }

    /// The smallest and the largest value; nil where there is none.
    package var reach: (low: Double, high: Double)? {
        let present = values.compactMap(\.self).filter(\.isFinite)
        guard let low = present.min(), let high = present.max() else { return nil }
        return (low, high)
    }

    private static func ends(of present: [Double], _ scale: Scale) -> ClosedRange<Double> {
        switch scale {
        case .fixed(let range): return range
        case .movement(let least):
            let (low, high) = (present.min() ?? 0, present.max() ?? 0)
            // Halves, because the span of the largest numbers is not finite.
            guard high / 2 - low / 2 < least / 2 else { return low...high }
            let middle = low / 2 + high / 2
            return (middle - least / 2)...(middle + least / 2)
        }
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
