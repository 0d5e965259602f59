/// One connection to a PostgreSQL server.
///
/// An actor on a dispatch queue of its own: calls are made one after another and block no thread of Swift's own pool.
/// Cancelling a task cancels the statement it waits for on the server; the connection stays usable.
package actor Connection {
    private nonisolated let executor = QueueExecutor(label: "postgres.connection")
    let canceller = Canceller()
    private let settings: ConnectionSettings
    var link: ServerLink?
    var isClosed = false
    /// Why the connection broke, nil while it works.
    var loss: PostgresError?
    var prepared: [Statement: PreparedStatement] = [:]
    var preparedCount = 0
    /// Whether what is prepared is there for the next statement; nil before anything was.
    var keepsPreparations: Bool?
    /// The stream or COPY that is open.
    var activity: Activity?
    /// Whether the server asked during the current transaction for another attempt.
    var wasAskedForRetry = false
    /// Whether a write was refused because the server only reads; nobody else is given the connection then.
    var isReadOnly = false

    /// The connection's own queue.
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        // The actor retains its executor.
        unsafe executor.asUnownedSerialExecutor()
    }

    private init(_ settings: ConnectionSettings) {
        self.settings = settings
    }

    /// Connects; throws an error of kind `connection` or `authentication` that shows no password.
    package static func open(_ settings: ConnectionSettings) async throws(PostgresError) -> Connection {
        let connection = Connection(settings)
        try await connection.connect()
        return connection
    }

    private func connect() throws(PostgresError) {
        let link = try ServerLink(settings)
        try link.connect()
        canceller.use(link.makeCancelRequest())
        self.link = link
    }

    /// Ends the connection; statements that follow throw an error of kind `closed`.
    package func close() {
        isClosed = true
        canceller.use(nil)
        activity = nil
        link = nil
    }

    // MARK: State

    /// Whether the connection is lost or closed and has to be replaced.
    package var isBroken: Bool { link == nil || loss != nil }

    /// Where the connection is with regard to transactions.
    package var transactionStatus: TransactionStatus { link?.transactionStatus ?? .unknown }

    /// The process that serves this connection, as in `pg_stat_activity`; 0 when closed.
    package var backendProcessID: Int { link?.backendProcessID ?? 0 }

    /// Whether another user can be given the connection: alive, outside a transaction, nothing open.
    func isReusable() -> Bool {
        guard !isBroken, let link else { return false }
        endAbandonedActivity()
        // A server that ends a connection says so first: the end itself is noticed by the read behind that message.
        link.readWithoutWaiting()
        link.readWithoutWaiting()
        if link.isBad {
            loss = PostgresError(kind: .connection, message: "the server closed the connection")
        }
        return !isBroken && !isReadOnly && activity == nil && link.transactionStatus == .idle
    }

    // MARK: Statements

    /// Runs a statement and returns all its rows.
    package func query(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?] = []
    ) async throws(PostgresError) -> [Row] {
        try await cancellable(statement) { () throws(PostgresError) in
            try batch(statement, parameters).rows
        }
    }

    /// Runs a statement and returns all its rows as a table that is read by column.
    package func table(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?] = []
    ) async throws(PostgresError) -> RowTable {
        try await cancellable(statement) { () throws(PostgresError) in
            RowTable(batch: try batch(statement, parameters))
        }
    }

    private func batch(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?]
    ) throws(PostgresError) -> RowBatch {
        let result = try run(statement, parameters)
        let layout =
            prepared[statement]?.layout ?? RowLayout(statementName: statement.name, names: [], types: [])
        var builder = RowBatchBuilder(layout: layout)
        builder.reserve(rowCount: result.rowCount, byteCount: 0)
        result.appendRows(to: &builder)
        return builder.finish()
    }

    /// Runs a statement and returns how many rows it changed, or read.
    @discardableResult
    package func execute(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?] = []
    ) async throws(PostgresError) -> Int {
        try await cancellable(statement) { () throws(PostgresError) in
            try run(statement, parameters).affectedRowCount
        }
    }

    /// Runs a text that may hold several statements, without parameters and without preparing it. Outside a transaction
    /// the server runs the text as one transaction, unless it holds its own `begin` and `commit`.
    package func script(_ statement: Statement) async throws(PostgresError) {
        try await cancellable(statement) { () throws(PostgresError) in
            _ = try runSimple(statement)
        }
    }

    /// Prepares a statement and returns what the server says about its parameters and columns; runs nothing.
    package func describe(_ statement: Statement) async throws(PostgresError) -> StatementDescription {
        try await cancellable(statement) { () throws(PostgresError) in
            try prepare(statement, on: try usableLink(statement)).description
        }
    }

    /// Runs blocking work that a cancelled task interrupts.
    func cancellable<Value: Sendable>(
        _ statement: Statement, _ work: () throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        let ticket = canceller.begin()
        defer { canceller.end(ticket) }
        let canceller = canceller
        return try await withTaskCancellationHandler {
            // The call on self is what keeps this closure on the connection's queue.
            self.runUnlessCancelled(statement, work)
        } onCancel: {
            canceller.cancel(ticket)
        }.get()
    }

    private func runUnlessCancelled<Value>(
        _ statement: Statement, _ work: () throws(PostgresError) -> Value
    ) -> Result<Value, PostgresError> {
        assertIsolated("blocking work would run on one of the threads that tasks share")
        return Result { () throws(PostgresError) in
            guard !Task.isCancelled else { throw .cancelled(statement) }
            return try work()
        }
    }
}
