/// Points of a driver as a bar to the left (negative) or right (positive) of a zero axis, with the number after it.
package struct ScoreBar: Sendable, Equatable {
    package let points: Double
    /// Points that fill one side; larger ones fill it too, and the number tells.
    package let largest: Double

    /// A bar for points on a scale shared by all bars shown together.
    package init(points: Double, largest: Double) {
        self.points = points
        self.largest = largest
    }

    /// Columns a bar fills when there is room: nine a side, the axis, a space and the number.
    package static let naturalWidth = 2 * 9 + 1 + 1 + labelColumns

    /// The points with sign and one decimal: "+4.2", "-9.4", "0.0".
    package var label: String {
        let text = NumberText.fixed(points, decimals: 1)
        return points > 0 && text != "0.0" && points.isFinite ? "+" + text : text
    }

    /// Bar and number in exactly `width` columns; without room for a bar the number alone, and without room for the
    /// number `#` signs, because a cut number would be read as another one.
    package func text(width: Int, unicode: Bool = true) -> String {
        let label = points.isFinite ? label : Glyphs(unicode: unicode).missing
        let labelWidth = max(Self.labelColumns, DisplayWidth.columns(of: label))
        let side = (width - labelWidth - 2) / 2
        guard side >= 1 else {
            if DisplayWidth.columns(of: label) <= width { return DisplayWidth.paddedLeft(label, to: width) }
            return String(repeating: "#", count: max(0, width))
        }
        let bar = bar(side: side, unicode: unicode)
        return bar + DisplayWidth.paddedLeft(label, to: width - DisplayWidth.columns(of: bar))
    }

    /// Room for "-100.0".
    private static let labelColumns = 6

    private func bar(side: Int, unicode: Bool) -> String {
        let halves = halfColumns(side: side)
        let empty = String(repeating: " ", count: side)
        let axis = unicode ? "│" : "|"
        let full = String(repeating: unicode ? "█" : "#", count: unicode ? halves / 2 : (halves + 1) / 2)
        let hasHalf = unicode && !halves.isMultiple(of: 2)
        if points < 0 {
            return DisplayWidth.paddedLeft((hasHalf ? "▐" : "") + full, to: side) + axis + empty
        }
        return empty + axis + DisplayWidth.paddedRight(full + (hasHalf ? "▌" : ""), to: side)
    }

    /// Length of the bar in half columns. Points that show as more than 0.0 get at least one.
    private func halfColumns(side: Int) -> Int {
        guard points.isFinite, label != "0.0" else { return 0 }
        guard largest > 0, largest.isFinite else { return 2 * side }
        let length = min(points.magnitude / largest, 1) * Double(2 * side)
        return max(1, Int(length + 0.5))
    }
}
