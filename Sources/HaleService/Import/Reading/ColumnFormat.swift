/// How the values of one column are written: what a type needs beside the text to read it.
public struct ColumnFormat: Hashable, Sendable {
    /// The order of day, month and year.
    public let dateFormat: DateFormat
    /// The decimal mark.
    public let decimalMark: DecimalMark
    /// What the column's bare numbers count in place of dates; nil where they are no dates.
    public let dateNumber: DateNumber?

    /// A format; the default is what programs write: ISO dates and a decimal point.
    public init(
        dateFormat: DateFormat = .iso, decimalMark: DecimalMark = .point, dateNumber: DateNumber? = nil
    ) {
        self.dateFormat = dateFormat
        self.decimalMark = decimalMark
        self.dateNumber = dateNumber
    }
}
