/// The data of a `COPY … TO STDOUT`, in chunks of whole rows; at most one chunk is in memory.
package struct CopyStream: AsyncSequence, Sendable {
    /// A chunk of data in the format the statement says.
    package typealias Element = [UInt8]
    /// What the COPY may fail with.
    package typealias Failure = PostgresError

    let connection: Connection
    let statement: Statement

    /// A pass over the data, which runs the statement.
    package func makeAsyncIterator() -> Iterator {
        Iterator(reader: CopyReader(connection: connection, statement: statement))
    }

    /// One pass over the data.
    package struct Iterator: AsyncIteratorProtocol {
        let reader: CopyReader

        /// The next chunk, nil at the end.
        package mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(PostgresError) -> [UInt8]? {
            try await reader.next(isolation: actor)
        }
    }
}

/// Pulls the chunks of one COPY and gives the connection back when it is dropped early.
final class CopyReader {
    private enum Stage {
        case unstarted
        case open
        case ended
    }

    private let connection: Connection
    private let statement: Statement
    private let lease = StreamLease()
    private var stage = Stage.unstarted

    init(connection: Connection, statement: Statement) {
        self.connection = connection
        self.statement = statement
    }

    deinit {
        guard stage == .open else { return }
        lease.abandon()
        // The next statement would end the COPY as well, but the server should not have to wait for one.
        Task { [connection] in await connection.endAbandonedActivity() }
    }

    func next(isolation actor: isolated (any Actor)?) async throws(PostgresError) -> [UInt8]? {
        let portion: Portion<[UInt8]>
        let before = stage
        // An error ends the COPY on the connection's side too.
        stage = .ended
        switch before {
        case .unstarted:
            portion = try await connection.openCopyOut(statement, lease: lease)
        case .open:
            portion = try await connection.nextCopyChunk(statement, lease: lease)
        case .ended:
            return nil
        }
        stage = portion.isLast ? .ended : .open
        return portion.content.isEmpty && portion.isLast ? nil : portion.content
    }
}
