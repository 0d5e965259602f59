/// A column that an import kind knows.
package struct ColumnDefinition: Hashable, Sendable {
    /// How far ahead of the day of the import a date may lie.
    package enum Ahead: Hashable, Sendable {
        /// As far as it likes: a plan, a term, what is due.
        case anyTime
        /// Until tomorrow: what happened, where clocks may be ahead.
        case tomorrow
        /// Until the end of the month of tomorrow: a month is named by any of its days.
        case month
    }

    /// The column's name in the kind.
    package let name: String
    /// The type of its values.
    package let type: ValueType
    /// Whether the file must have the column and every record a value in it.
    package let isRequired: Bool
    /// How far ahead its dates may lie.
    package let ahead: Ahead

    /// A column of a kind.
    package init(name: String, type: ValueType, isRequired: Bool = false, ahead: Ahead = .anyTime) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.ahead = ahead
    }
}
