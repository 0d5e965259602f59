/// The mark between the whole part and the fraction of the numbers of a column.
package enum DecimalMark: String, Hashable, Sendable, CaseIterable {
    case point
    case comma

    var byte: UInt8 { self == .point ? 0x2E : 0x2C }

    /// The other mark, which may stand between thousands.
    var other: DecimalMark { self == .point ? .comma : .point }
}
