/// Which columns of a table are shown and how wide, within a terminal's width.
///
/// Headings are wrapped first, then columns with a minimum width are narrowed, widest first, and only then is the
/// column of the lowest priority left out and the rest laid out again.
struct TableLayout: Equatable {
    /// A column that is shown.
    struct Slot: Equatable {
        let index: Int
        let width: Int
    }

    let slots: [Slot]
    /// Indexes of the columns left out, from left to right.
    let leftOut: [Int]

    init(_ measures: [ColumnMeasure], limit: Int?) {
        var shown = Array(measures.indices)
        while true {
            let fitting = Self.widths(shown.map { measures[$0] }, limit: limit)
            if let fitting {
                slots = zip(shown, fitting).map { Slot(index: $0, width: $1) }
                break
            }
            guard shown.count > 1 else {
                // The last column is shown whatever its minimum.
                slots = shown.map { Slot(index: $0, width: max(1, limit ?? measures[$0].naturalWidth)) }
                break
            }
            let lowest = shown.map { measures[$0].priority }.min()
            if let position = shown.lastIndex(where: { measures[$0].priority == lowest }) {
                shown.remove(at: position)
            }
        }
        let shownIndexes = shown
        leftOut = measures.indices.filter { !shownIndexes.contains($0) }
    }

    /// Widths that fit, or nil when even the least ones do not.
    private static func widths(_ measures: [ColumnMeasure], limit: Int?) -> [Int]? {
        var widths = measures.map(\.naturalWidth)
        guard let limit else { return widths }
        let available = limit - Table.gap * (measures.count - 1)
        guard measures.reduce(0, { $0 + $1.floorWidth }) <= available else { return nil }
        narrow(&widths, to: measures.map(\.headingWrappedWidth), available: available)
        narrow(&widths, to: measures.map(\.floorWidth), available: available)
        return widths
    }

    /// Takes columns from the widest that is above its floor until the sum fits or all are at their floors.
    private static func narrow(_ widths: inout [Int], to floors: [Int], available: Int) {
        var excess = widths.reduce(0, +) - available
        while excess > 0 {
            let candidates = widths.indices.filter { widths[$0] > floors[$0] }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
            excess -= 1
        }
    }
}
