/// The formats that a flag or a mapping fixes for all columns; what is nil is found from the values.
package struct GivenFormats: Hashable, Sendable {
    package let dateFormat: DateFormat?
    package let decimalMark: DecimalMark?
    /// Formats of single columns, found in the whole of a file of which this is a part.
    package let byColumn: [String: ColumnFormat]
    /// Columns whose numbers are computed, and so have a decimal point whatever the file's own have.
    package var computed: Set<String> = []

    /// Formats that are fixed.
    package init(dateFormat: DateFormat? = nil, decimalMark: DecimalMark? = nil) {
        self.init(dateFormat: dateFormat, decimalMark: decimalMark, byColumn: [:])
    }

    package init(dateFormat: DateFormat?, decimalMark: DecimalMark?, byColumn: [String: ColumnFormat]) {
        self.dateFormat = dateFormat
        self.decimalMark = decimalMark
        self.byColumn = byColumn
    }
}
