/// How the values of one column are written: what a type needs beside the text to read it.
public struct ColumnFormat: Hashable, Sendable {
    /// The order of day, month and year.
    public let dateFormat: DateFormat
    /// The decimal mark.
    public let decimalMark: DecimalMark

    /// A format; the default is what programs write: ISO dates and a decimal point.
    public init(dateFormat: DateFormat = .iso, decimalMark: DecimalMark = .point) {
        self.dateFormat = dateFormat
        self.decimalMark = decimalMark
    }
}
