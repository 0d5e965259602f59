/// One row of a result; its values are read by column name. Rows that arrived together share one buffer.
package struct Row: Sendable {
    let storage: RowBatch.Storage
    let index: Int

    /// The value of a column that is never null; throws a `decoding` error naming column, wanted type and statement.
    package func decode<Value: PostgresDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let value = try decodeIfPresent(column, as: type) else {
            throw storage.layout.failure(
                column, "column \"\(column)\" is null where \(type) was wanted: read it as optional")
        }
        return value
    }

    /// The value of a column that may be null, nil for null; throws a `decoding` error naming column, wanted type and
    /// statement.
    package func decodeIfPresent<Value: PostgresDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value? {
        let layout = storage.layout
        let columnIndex = try layout.index(of: column)
        let columnType = layout.types[columnIndex]
        // Asked even where the value is null, so that a wrong type is found with the first row.
        guard type.accepts(columnType) else {
            throw layout.failure(column, "column \"\(column)\" is \(columnType), which cannot be read as \(type)")
        }
        let field = storage.fields[index * layout.names.count + columnIndex]
        guard field.length >= 0 else { return nil }
        do throws(PostgresError) {
            let stored = storage.bytes
            let span = stored.span
            // Bytes have no padding that could be read uninitialised.
            let bytes = unsafe span.bytes
            return try type.decode(
                bytes.extracting(field.offset..<field.offset + Int(field.length)), as: columnType)
        } catch {
            throw layout.unreadable(column, as: type, error)
        }
    }
}
