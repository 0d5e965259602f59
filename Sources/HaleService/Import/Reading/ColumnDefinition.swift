/// A column that an import kind knows.
public struct ColumnDefinition: Hashable, Sendable {
    /// The column's name in the kind.
    public let name: String
    /// The type of its values.
    public let type: ValueType
    /// Whether the file must have the column and every record a value in it.
    public let isRequired: Bool

    /// A column of a kind.
    public init(name: String, type: ValueType, isRequired: Bool = false) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
    }
}
