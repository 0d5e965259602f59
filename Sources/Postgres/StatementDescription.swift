/// What the server says about a prepared statement.
public struct StatementDescription: Sendable, Hashable {
    /// One column of the statement's result.
    public struct Column: Sendable, Hashable {
        /// The name in the result.
        public let name: String
        /// The type, for a domain the type under it.
        public let type: PostgresType
        /// The table (`pg_class`) the column comes from unchanged, 0 where it is computed.
        public let tableOID: UInt32
        /// The column's number in that table (`pg_attribute.attnum`), 0 where it is computed.
        public let attributeNumber: Int
    }

    /// The types of `$1`, `$2` …, as the server inferred them.
    public let parameterTypes: [PostgresType]
    /// The columns of the result, none for a statement that returns no rows.
    public let columns: [Column]
}
