/// What the server says about a prepared statement.
package struct StatementDescription: Sendable, Hashable {
    /// One column of the statement's result.
    package struct Column: Sendable, Hashable {
        /// The name in the result.
        package let name: String
        /// The type, for a domain the type under it.
        package let type: PostgresType
        /// The table (`pg_class`) the column comes from unchanged, 0 where it is computed.
        package let tableOID: UInt32
        /// The column's number in that table (`pg_attribute.attnum`), 0 where it is computed.
        package let attributeNumber: Int
    }

    /// The types of `$1`, `$2` …, as the server inferred them.
    package let parameterTypes: [PostgresType]
    /// The columns of the result, none for a statement that returns no rows.
    package let columns: [Column]
}
