import CPostgres

/// One connection to a PostgreSQL server.
///
/// An actor on a dispatch queue of its own: calls are made one after another and block no thread of Swift's own pool.
/// Cancelling a task cancels the statement it waits for on the server; the connection stays usable.
public actor Connection {
    private nonisolated let executor = QueueExecutor(label: "postgres.connection")
    let canceller = Canceller()
    private let settings: ConnectionSettings
    private var link: ServerLink?
    private var isClosed = false
    /// Why the connection broke, nil while it works.
    private var loss: PostgresError?
    private var prepared: [Statement: PreparedStatement] = [:]
    private var preparedCount = 0
    /// The stream or COPY that is open.
    var activity: Activity?
    /// Whether the server asked during the current transaction for another attempt.
    var wasAskedForRetry = false

    private static let maximumPreparedStatements = 1_000
    private static let maximumServerNameBytes = 40

    /// The connection's own queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        // The actor retains its executor.
        unsafe executor.asUnownedSerialExecutor()
    }

    private init(_ settings: ConnectionSettings) {
        self.settings = settings
    }

    /// Connects; throws an error of kind `connection` or `authentication` that shows no password.
    public static func open(_ settings: ConnectionSettings) async throws(PostgresError) -> Connection {
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
    public func close() {
        isClosed = true
        canceller.use(nil)
        activity = nil
        link = nil
    }

    // MARK: State

    /// Whether the connection is lost or closed and has to be replaced.
    public var isBroken: Bool { link == nil || loss != nil }

    /// Where the connection is with regard to transactions.
    public var transactionStatus: TransactionStatus { link?.transactionStatus ?? .unknown }

    /// The server's version, such as 150018 for 15.18; 0 when closed.
    public var serverVersion: Int { link?.serverVersion ?? 0 }

    /// The process that serves this connection, as in `pg_stat_activity`; 0 when closed.
    public var backendProcessID: Int { link?.backendProcessID ?? 0 }

    /// Whether another user can be given the connection: alive, outside a transaction, nothing open.
    func isReusable() -> Bool {
        guard !isBroken, let link else { return false }
        endAbandonedActivity()
        link.readWithoutWaiting()
        if link.isBad {
            loss = PostgresError(kind: .connection, message: "the server closed the connection")
        }
        return !isBroken && activity == nil && link.transactionStatus == .idle
    }

    // MARK: Statements

    /// Runs a statement and returns all its rows.
    public func query(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?] = []
    ) async throws(PostgresError) -> [Row] {
        try await cancellable(statement) { () throws(PostgresError) in
            let result = try run(statement, parameters)
            guard let layout = prepared[statement]?.layout else { return [] }
            var builder = RowBatchBuilder(layout: layout)
            result.appendRows(to: &builder)
            return builder.finish().rows
        }
    }

    /// Runs a statement and returns how many rows it changed, or read.
    @discardableResult
    public func execute(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?] = []
    ) async throws(PostgresError) -> Int {
        try await cancellable(statement) { () throws(PostgresError) in
            try run(statement, parameters).affectedRowCount
        }
    }

    /// Runs a text that may hold several statements, without parameters and without preparing it. Outside a transaction
    /// the server runs the text as one transaction, unless it holds its own `begin` and `commit`.
    public func script(_ statement: Statement) async throws(PostgresError) {
        try await cancellable(statement) { () throws(PostgresError) in
            _ = try runSimple(statement)
        }
    }

    /// Prepares a statement and returns what the server says about its parameters and columns; runs nothing.
    public func describe(_ statement: Statement) async throws(PostgresError) -> StatementDescription {
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

    // MARK: Inside the connection's own queue

    /// The link, when a statement can run on it now.
    func usableLink(_ statement: Statement?) throws(PostgresError) -> ServerLink {
        endAbandonedActivity()
        guard !isClosed, let link else {
            throw PostgresError(kind: .closed, message: "the connection is closed", statementName: statement?.name)
        }
        if let loss {
            throw PostgresError(
                kind: .connection, message: "the connection was lost earlier (\(loss.message)): open a new one",
                statementName: statement?.name)
        }
        if let activity {
            throw PostgresError(
                kind: .busy,
                message: "the connection is still reading or writing statement \(activity.statement.name): "
                    + "end that first or use another connection",
                statementName: statement?.name)
        }
        return link
    }

    /// The link while a stream or COPY is open under this lease; nil when it has ended.
    func link(for lease: StreamLease) -> ServerLink? {
        activity?.lease === lease ? link : nil
    }

    /// Runs a text by the simple protocol and returns the last command's tag.
    @discardableResult
    func runSimple(_ statement: Statement) throws(PostgresError) -> String {
        let link = try usableLink(statement)
        guard link.sendSimple(statement.text) else { throw sendFailure(statement, link) }
        return try lastResult(of: statement, link).commandTag
    }

    private func run(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?]
    ) throws(PostgresError) -> ServerResult {
        let link = try usableLink(statement)
        let isInTransaction = link.transactionStatus != .idle
        do throws(PostgresError) {
            try start(statement, parameters, on: link, rowByRow: false)
            return try lastResult(of: statement, link)
        } catch {
            // The prepared form is gone or does not fit the tables any more. Outside a transaction nothing has happened.
            guard error.sqlState == "26000" || error.sqlState == "0A000" else { throw error }
            prepared[statement] = nil
            guard !isInTransaction else { throw error }
            try start(statement, parameters, on: link, rowByRow: false)
            return try lastResult(of: statement, link)
        }
    }

    /// Prepares where needed, binds and sends; the results are read afterwards.
    @discardableResult
    func start(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?], on link: ServerLink, rowByRow: Bool
    ) throws(PostgresError) -> PreparedStatement {
        let ready = try prepare(statement, on: link)
        let binding = try ParameterBinding(
            parameters, as: ready.description.parameterTypes, statementName: statement.name)
        guard link.sendExecute(name: ready.serverName, binding: binding, rowByRow: rowByRow) else {
            throw sendFailure(statement, link)
        }
        return ready
    }

    private func prepare(_ statement: Statement, on link: ServerLink) throws(PostgresError) -> PreparedStatement {
        if let ready = prepared[statement] { return ready }
        if prepared.count >= Self.maximumPreparedStatements {
            try runSimple(Statement(name: "deallocate", text: "deallocate all"))
            prepared = [:]
        }
        // Numbered, because the server cuts long names and because two texts may carry the same name.
        preparedCount += 1
        let shortName = String(decoding: statement.name.utf8.prefix(Self.maximumServerNameBytes), as: UTF8.self)
        let serverName = "\(preparedCount) \(shortName)"
        guard link.sendPrepare(name: serverName, text: statement.text) else { throw sendFailure(statement, link) }
        _ = try lastResult(of: statement, link)
        guard link.sendDescribe(name: serverName) else { throw sendFailure(statement, link) }
        let result = try lastResult(of: statement, link)
        let ready = PreparedStatement(
            statement, serverName: serverName,
            description: StatementDescription(parameterTypes: result.parameterTypes, columns: result.columns))
        prepared[statement] = ready
        return ready
    }

    /// Reads all results of what was sent; returns the last one or throws the first error.
    func lastResult(of statement: Statement, _ link: ServerLink) throws(PostgresError) -> ServerResult {
        var last: ServerResult?
        var firstError: PostgresError?
        while let result = link.nextResult() {
            if result.isError {
                firstError = firstError ?? result.error(statement: statement)
            } else if result.status == PGRES_COPY_IN || result.status == PGRES_COPY_OUT {
                firstError = firstError ?? PostgresError(
                    kind: .copy, message: "a COPY runs through copyIn or copyOut", statementName: statement.name)
                refuseCopy(result.status == PGRES_COPY_IN, on: link)
            }
            last = consume result
        }
        if let firstError { throw failure(firstError, link) }
        guard let last else {
            throw sendFailure(statement, link)
        }
        return last
    }

    /// Ends a COPY that nobody asked for, so that its result can be read.
    private func refuseCopy(_ isIn: Bool, on link: ServerLink) {
        if isIn {
            _ = link.putCopyEnd(failure: "the client does not send data here")
        } else {
            var dropped: [UInt8] = []
            while link.appendCopyData(to: &dropped, waiting: true) == .data { dropped.removeAll(keepingCapacity: true) }
        }
    }

    /// The error to throw for one that was read or noticed: recognises a lost connection and a cancelled task.
    func failure(_ error: PostgresError, _ link: ServerLink) -> PostgresError {
        var error = error
        if error.asksForRetry { wasAskedForRetry = true }
        if link.isBad {
            error.kind = .connection
            error.message = "the connection was lost: \(error.message)"
            loss = loss ?? error
        } else if error.sqlState == Self.queryCanceled && Task.isCancelled {
            error.kind = .cancelled
        }
        return error
    }

    private static let queryCanceled = "57014"

    /// The error of a call of libpq that sent nothing.
    func sendFailure(_ statement: Statement, _ link: ServerLink) -> PostgresError {
        failure(PostgresError(kind: .connection, message: link.lastMessage, statementName: statement.name), link)
    }
}
