import CPostgres

// How statements run; everything here blocks the connection's own queue.
extension Connection {
    private static let maximumPreparedStatements = 1_000
    private static let maximumServerNameBytes = 40
    private static let queryCanceled = "57014"
    private static let unknownPreparation = "26000"
    /// A write in a transaction that may only read: what a server answers that has become a standby.
    private static let readOnly = "25006"
    /// "Feature not supported", which is what a plan whose columns have changed reports.
    private static let changedResult = "0A000"

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

    func run(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?]
    ) throws(PostgresError) -> ServerResult {
        let link = try usableLink(statement)
        return try preparingAgain(statement, on: link) { () throws(PostgresError) in
            try start(statement, parameters, on: link, rowByRow: false)
            return try lastResult(of: statement, link)
        }
    }

    /// Runs `body` a second time when the prepared form is gone from the server or does not fit the tables any more.
    /// That is safe outside a transaction, where nothing has happened; inside one only the next attempt can succeed.
    func preparingAgain<Value: ~Copyable>(
        _ statement: Statement, on link: ServerLink, _ body: () throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        let isInTransaction = link.transactionStatus != .idle
        do throws(PostgresError) {
            return try body()
        } catch {
            guard error.sqlState == Self.unknownPreparation || error.sqlState == Self.changedResult else { throw error }
            prepared[statement] = nil
            guard !isInTransaction else { throw error }
            return try body()
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
        let wasSent =
            if let name = ready.serverName {
                link.sendExecute(name: name, binding: binding, rowByRow: rowByRow)
            } else {
                link.sendExecute(
                    text: statement.text, types: ready.description.parameterTypes, binding: binding,
                    rowByRow: rowByRow)
            }
        guard wasSent else { throw sendFailure(statement, link) }
        return ready
    }

    func prepare(_ statement: Statement, on link: ServerLink) throws(PostgresError) -> PreparedStatement {
        if let ready = prepared[statement] { return ready }
        let keepsPreparations = try isServedByOneProcess(link)
        if prepared.count >= Self.maximumPreparedStatements {
            if keepsPreparations { try runSimple(Statement(name: "deallocate", text: "deallocate all")) }
            prepared = [:]
        }
        let ready = try keepsPreparations ? prepareToKeep(statement, on: link) : prepareToDescribe(statement, on: link)
        prepared[statement] = ready
        return ready
    }

    private func prepareToKeep(_ statement: Statement, on link: ServerLink) throws(PostgresError) -> PreparedStatement {
        // Numbered, because the server cuts long names and because two texts may carry the same name.
        preparedCount += 1
        let shortName = String(decoding: statement.name.utf8.prefix(Self.maximumServerNameBytes), as: UTF8.self)
        let serverName = "\(preparedCount) \(shortName)"
        return PreparedStatement(
            statement, serverName: serverName, description: try describe(statement, as: serverName, on: link))
    }

    /// Asks what a statement takes and returns, and leaves nothing behind: both questions go to the process that a
    /// transaction stays with.
    private func prepareToDescribe(
        _ statement: Statement, on link: ServerLink
    ) throws(PostgresError) -> PreparedStatement {
        let begins = link.transactionStatus == .idle
        let rollback = Statement(name: "connection/rollback", text: "rollback")
        if begins { try runSimple(Statement(name: "connection/begin", text: "begin read only")) }
        let description: StatementDescription
        do throws(PostgresError) {
            description = try describe(statement, as: "", on: link)
        } catch {
            // Where this fails too the connection is lost, which the next statement says.
            if begins { _ = try? runSimple(rollback) }
            throw error
        }
        if begins { try runSimple(rollback) }
        return PreparedStatement(statement, serverName: nil, description: description)
    }

    private func describe(
        _ statement: Statement, as serverName: String, on link: ServerLink
    ) throws(PostgresError) -> StatementDescription {
        guard link.sendPrepare(name: serverName, text: statement.text) else { throw sendFailure(statement, link) }
        _ = try lastResult(of: statement, link)
        guard link.sendDescribe(name: serverName) else { throw sendFailure(statement, link) }
        let result = try lastResult(of: statement, link)
        return StatementDescription(parameterTypes: result.parameterTypes, columns: result.columns)
    }

    /// Whether what this session sets stays with it: not behind a pooler that gives transactions other processes.
    package var keepsItsSettings: Bool {
        get async throws(PostgresError) {
            try await cancellable(Self.processQuestion) { () throws(PostgresError) in
                try isServedByOneProcess(try usableLink(Self.processQuestion))
            }
        }
    }

    private static let processQuestion = Statement(
        name: "connection/process", text: "select pg_catalog.pg_backend_pid()")

    /// Whether the process that was announced when the connection opened is the one that works. It is not behind a pooler
    /// such as PgBouncer, which may give every transaction another one.
    private func isServedByOneProcess(_ link: ServerLink) throws(PostgresError) -> Bool {
        if let keepsPreparations { return keepsPreparations }
        let question = Self.processQuestion
        guard link.sendSimple(question.text) else { throw sendFailure(question, link) }
        let answer = try lastResult(of: question, link).firstText
        let isOne = answer == String(link.backendProcessID)
        keepsPreparations = isOne
        return isOne
    }

    /// Reads all results of what was sent; returns the last one or throws the first error.
    func lastResult(of statement: Statement, _ link: ServerLink) throws(PostgresError) -> ServerResult {
        var last: ServerResult?
        var firstError: PostgresError?
        while let result = link.nextResult() {
            if result.isError {
                firstError = firstError ?? result.error(statement: statement)
            } else if result.status == PGRES_COPY_IN || result.status == PGRES_COPY_OUT {
                firstError =
                    firstError
                    ?? PostgresError(
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
        if error.sqlState == Self.readOnly { isReadOnly = true }
        if link.isBad {
            error.kind = .connection
            error.message = "the connection was lost: \(error.message)"
            loss = loss ?? error
        } else if error.sqlState == Self.queryCanceled && Task.isCancelled {
            error.kind = .cancelled
        }
        return error
    }

    /// The error of a call of libpq that sent nothing.
    func sendFailure(_ statement: Statement, _ link: ServerLink) -> PostgresError {
        failure(PostgresError(kind: .connection, message: link.lastMessage, statementName: statement.name), link)
    }
}
