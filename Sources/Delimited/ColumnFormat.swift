/// How the values of one column are written: what a type needs beside the text to read it.
package struct ColumnFormat: Hashable, Sendable {
    /// The order of day, month and year.
    package let dateFormat: DateFormat
    package let decimalMark: DecimalMark
    /// What the column's bare numbers count in place of dates; nil where they are no dates.
    package let dateNumber: DateNumber?

    /// A format; the default is what programs write: ISO dates and a decimal point.
    package init(
        dateFormat: DateFormat = .iso, decimalMark: DecimalMark = .point, dateNumber: DateNumber? = nil
    ) {
        self.dateFormat = dateFormat
        self.decimalMark = decimalMark
        self.dateNumber = dateNumber
    }
}
