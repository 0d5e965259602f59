import CPostgres

extension Connection {
    /// Runs a `COPY … FROM STDIN` whose data `body` writes, in the format the statement says; returns the rows stored.
    ///
    /// An error thrown by `body` ends the COPY as failed, nothing of it is stored, and the error is thrown on. An error
    /// in the data is reported when the body has ended.
    package nonisolated func copyIn(
        _ statement: Statement, _ body: (CopyWriter) async throws -> Void
    ) async throws -> Int {
        let lease = StreamLease()
        try await openCopyIn(statement, lease: lease)
        do {
            try await body(CopyWriter(connection: self, statement: statement, lease: lease))
        } catch {
            await failCopyIn(lease)
            throw error
        }
        return try await finishCopyIn(statement, lease: lease)
    }

    /// Runs a `COPY … TO STDOUT` and returns its data, in the format the statement says, in chunks as they arrive.
    /// Leaving the loop early ends the COPY as it does a stream of rows.
    package nonisolated func copyOut(_ statement: Statement) -> CopyStream {
        CopyStream(connection: self, statement: statement)
    }

    /// Starts a COPY.
    func beginCopy(
        _ statement: Statement, on link: ServerLink, status: ExecStatusType
    ) throws(PostgresError) {
        guard link.sendSimple(statement.text), let result = link.nextResult() else {
            throw sendFailure(statement, link)
        }
        if result.status == status { return }
        guard !result.isError else {
            let error = result.error(statement: statement)
            // What follows is another report of the same failure, if anything.
            _ = try? lastResult(of: statement, link)
            throw failure(error, link)
        }
        var direction = "FROM STDIN"
        if status == PGRES_COPY_OUT { direction = "TO STDOUT" }
        refuse(result, on: link)
        throw failure(
            PostgresError(
                kind: .copy, message: "the statement is not a COPY … \(direction)", statementName: statement.name),
            link)
    }

    private func refuse(_ result: borrowing ServerResult, on link: ServerLink) {
        drain(
            link, isCopyIn: result.status == PGRES_COPY_IN, isCopyOut: result.status == PGRES_COPY_OUT)
    }

    private func openCopyIn(_ statement: Statement, lease: StreamLease) async throws(PostgresError) {
        try await cancellable(statement) { () throws(PostgresError) in
            let link = try usableLink(statement)
            let isInTransaction = link.transactionStatus != .idle
            try beginCopy(statement, on: link, status: PGRES_COPY_IN)
            activity = Activity(
                source: .copyIn, statement: statement, lease: lease, isInTransaction: isInTransaction)
        }
    }

    /// Sends data; waits while the server does not take any.
    func putCopyData(_ bytes: [UInt8], of statement: Statement, lease: StreamLease) async throws(PostgresError) {
        try await cancellable(statement) { () throws(PostgresError) in
            guard let link = link(for: lease) else { throw Self.ended(statement) }
            guard link.putCopyData(bytes) else { throw sendFailure(statement, link) }
        }
    }

    private func finishCopyIn(_ statement: Statement, lease: StreamLease) async throws(PostgresError) -> Int {
        do throws(PostgresError) {
            return try await cancellable(statement) { () throws(PostgresError) in
                guard let link = link(for: lease) else { throw Self.ended(statement) }
                guard link.putCopyEnd(failure: nil) else { throw sendFailure(statement, link) }
                activity = nil
                return try lastResult(of: statement, link).affectedRowCount
            }
        } catch {
            if link(for: lease) != nil { endActivity() }
            throw error
        }
    }

    private func failCopyIn(_ lease: StreamLease) {
        if link(for: lease) != nil { endActivity() }
    }
}
