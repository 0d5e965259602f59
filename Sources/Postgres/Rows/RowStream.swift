/// The rows of a statement as they arrive, bounded in number and bytes; each pass over it runs the statement.
package struct RowStream: AsyncSequence, Sendable {
    /// One row.
    package typealias Element = Row
    /// What the statement may fail with.
    package typealias Failure = PostgresError

    let connection: Connection
    let statement: Statement
    let parameters: [(any PostgresEncodable)?]
    let bufferedRows: Int

    /// A pass over the rows, which runs the statement.
    package func makeAsyncIterator() -> Iterator {
        Iterator(
            reader: QueryReader(
                connection: connection, statement: statement, parameters: parameters, bufferedRows: bufferedRows))
    }

    /// One pass over the rows.
    package struct Iterator: AsyncIteratorProtocol {
        private let reader: QueryReader
        private var batch: RowBatch?
        private var position = 0

        init(reader: QueryReader) {
            self.reader = reader
        }

        /// How many rows have been received and not yet been taken.
        package var bufferedRowCount: Int { (batch?.count ?? 0) - position }

        /// The next row, nil at the end.
        package mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(PostgresError) -> Row? {
            while true {
                if let batch, position < batch.count {
                    position += 1
                    return batch[position - 1]
                }
                position = 0
                batch = nil
                guard let next = try await reader.next(isolation: actor) else { return nil }
                batch = next
            }
        }
    }
}

/// Pulls the rows of one query and gives the connection back when it is dropped early.
final class QueryReader {
    private enum Stage {
        case unstarted
        case open
        case ended
    }

    private let connection: Connection
    private let statement: Statement
    private let parameters: [(any PostgresEncodable)?]
    private let bufferedRows: Int
    private let lease = StreamLease()
    private var stage = Stage.unstarted

    init(
        connection: Connection, statement: Statement, parameters: [(any PostgresEncodable)?], bufferedRows: Int
    ) {
        self.connection = connection
        self.statement = statement
        self.parameters = parameters
        self.bufferedRows = bufferedRows
    }

    deinit {
        guard stage == .open else { return }
        lease.abandon()
        // The next statement would end the query as well, but the server should not have to wait for one.
        Task { [connection] in await connection.endAbandonedActivity() }
    }

    func next(isolation actor: isolated (any Actor)?) async throws(PostgresError) -> RowBatch? {
        let portion: Portion<RowBatch>
        let before = stage
        // An error ends the query on the connection's side too.
        stage = .ended
        switch before {
        case .unstarted:
            portion = try await connection.openRows(statement, parameters, lease: lease, limit: bufferedRows)
        case .open:
            portion = try await connection.nextRows(statement, lease: lease, limit: bufferedRows)
        case .ended:
            return nil
        }
        stage = portion.isLast ? .ended : .open
        return portion.content.count == 0 && portion.isLast ? nil : portion.content
    }
}
