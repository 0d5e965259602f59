/// The formats that a flag or a mapping fixes for all columns; what is nil is found from the values.
public struct GivenFormats: Hashable, Sendable {
    /// The date format.
    public let dateFormat: DateFormat?
    /// The decimal mark.
    public let decimalMark: DecimalMark?

    /// Formats that are fixed.
    public init(dateFormat: DateFormat? = nil, decimalMark: DecimalMark? = nil) {
        self.dateFormat = dateFormat
        self.decimalMark = decimalMark
    }
}
