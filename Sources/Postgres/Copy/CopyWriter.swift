/// Writes the data of a `COPY … FROM STDIN`; usable only while the body of `copyIn` runs.
package struct CopyWriter: Sendable {
    let connection: Connection
    let statement: Statement
    let lease: StreamLease

    /// Sends bytes and waits while the server is behind; boundaries of calls mean nothing, a row may be cut anywhere.
    package func write(_ bytes: [UInt8]) async throws(PostgresError) {
        guard !bytes.isEmpty else { return }
        try await connection.putCopyData(bytes, of: statement, lease: lease)
    }
}
