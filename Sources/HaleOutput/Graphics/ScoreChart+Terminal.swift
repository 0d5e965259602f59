extension ScoreChart {
    /// The columns of the chart itself, beside the scale.
    private static let plotColumns = 60
    private static let rowScores = stride(from: 100, through: 0, by: -10)

    /// The chart as a table: the smoothed score over the edges of the bands, the band that people saw, and the points of
    /// each group of drivers as small bars with the last value.
    package func table(unicode: Bool = true) -> Table {
        var table = Table([
            Column("scale", alignment: .trailing, priority: 98), Column("days", priority: 100),
            Column("group", priority: 97),
            Column("points", content: .number, priority: 96),
        ])
        table.showsHeader = false
        guard let first = points.first, let last = points.last else { return table }
        let columns = columns(min(Self.plotColumns, last.number - first.number + 1))
        func add(_ scale: String, _ drawing: String) {
            table.append([.text(scale), .text(drawing), .text(""), .text("")])
        }
        for row in Self.rowScores {
            add("\(row)", String(columns.map { glyph(at: row, of: $0, unicode: unicode) }))
        }
        add("band", String(columns.map { $0.isEmpty ? " " : letter(points[$0[$0.count - 1]]) }))
        let gap = columns.count - first.label.count - last.label.count
        add("", first.label + String(repeating: " ", count: max(1, gap)) + last.label)
        let largest = layers.flatMap(\.values).map(abs).max() ?? 1
        for layer in layers {
            let means = columns.map { days in
                days.isEmpty ? nil : days.reduce(0) { $0 + layer.values[$1] } / Double(days.count)
            }
            let bars = Sparkline(means, scale: .fixed(-largest...largest)).text(unicode: unicode)
            table.append([
                .text(""), .text(bars), .text(layer.name),
                .text(ScoreBar(points: layer.values.last ?? 0, largest: 1).label),
            ])
        }
        return table
    }

    /// The days that stand in each of `count` columns.
    private func columns(_ count: Int) -> [[Int]] {
        guard let first = points.first?.number, let last = points.last?.number else { return [] }
        var columns = [[Int]](repeating: [], count: count)
        for (index, point) in points.enumerated() {
            columns[(point.number - first) * count / (last - first + 1)].append(index)
        }
        return columns
    }

    private func glyph(at row: Int, of days: [Int], unicode: Bool) -> Character {
        let known = days.compactMap { points[$0].smoothed }
        let mean = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        if let mean, Int((mean / 10).rounded()) * 10 == row { return unicode ? "●" : "*" }
        for edge in [edges.amber, edges.green] where Int((edge / 10).rounded(.up)) * 10 == row {
            return unicode ? "┄" : "-"
        }
        return " "
    }

    /// The band's letter; in capitals where somebody set it by hand.
    private func letter(_ point: Point) -> Character {
        let letter: Character =
            switch point.tone {
            case .red: "r"
            case .amber: "a"
            case .green: "g"
            case .grey: "?"
            }
        return point.isSetByHand ? Character(letter.uppercased()) : letter
    }
}
