extension Connection {
    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws, and throws its error on. A dry run
    /// is rolled back in any case.
    ///
    /// With `attempts` above 1 the whole body runs again after a serialization failure (40001) or deadlock (40P01), so it
    /// must change nothing outside the database. Throws an error of kind `transaction` when a transaction is open already
    /// or when an error that `body` swallowed has turned COMMIT into a rollback.
    package nonisolated func transaction<Value>(
        isolation: IsolationLevel = .readCommitted, readOnly: Bool = false, attempts: Int = 1, isDryRun: Bool = false,
        _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        var remaining = attempts
        while true {
            remaining -= 1
            try await begin(isolation, readOnly: readOnly)
            do {
                let value = try await body(self)
                if isDryRun { _ = await rollBack() } else { try await commit() }
                return value
            } catch {
                let mayRetry = await rollBack()
                guard mayRetry, remaining > 0, !Task.isCancelled else { throw error }
            }
        }
    }

    /// Runs `body` in a transaction that is rolled back in any case, and gives what would have come of it.
    package nonisolated func rehearse<Value>(
        isolation: IsolationLevel = .readCommitted, attempts: Int = 1, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        try await transaction(isolation: isolation, attempts: attempts, isDryRun: true, body)
    }

    /// Runs `body` in a part of the open transaction that is undone alone when it throws, and that of a dry run in any
    /// case. Names may repeat, also nested.
    package nonisolated func savepoint<Value>(
        _ name: String = "part", isDryRun: Bool = false, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let identifier = "\"" + name.replacing("\"", with: "\"\"") + "\""
        try await command("savepoint \(identifier)")
        do {
            let value = try await body(self)
            if isDryRun { await rollBack(to: identifier) } else { try await command("release savepoint \(identifier)") }
            return value
        } catch {
            await rollBack(to: identifier)
            throw error
        }
    }

    /// Runs a command of the transaction's control flow; a cancelled task does not interrupt it.
    private func command(_ text: String) throws(PostgresError) {
        try runSimple(Statement(name: text, text: text))
    }

    private func begin(_ isolation: IsolationLevel, readOnly: Bool) throws(PostgresError) {
        let text = "begin isolation level \(isolation.rawValue)\(readOnly ? " read only" : " read write")"
        let statement = Statement(name: "begin", text: text)
        guard !Task.isCancelled else { throw .cancelled(statement) }
        let link = try usableLink(statement)
        guard link.transactionStatus == .idle else {
            throw PostgresError(
                kind: .transaction, message: "a transaction is open on this connection already: use a savepoint")
        }
        wasAskedForRetry = false
        try runSimple(statement)
    }

    private func commit() throws(PostgresError) {
        let tag: String
        do throws(PostgresError) {
            tag = try runSimple(Statement(name: "commit", text: "commit"))
        } catch {
            guard error.kind == .connection else { throw error }
            var unknown = error
            unknown.message += "; whether the transaction was committed is not known"
            throw unknown
        }
        guard tag == "COMMIT" else {
            throw PostgresError(
                kind: .transaction,
                message: "the transaction was rolled back, "
                    + "because a statement in it had failed and its error was ignored")
        }
    }

    /// Ends the transaction, whatever state it is in; returns whether the server asked for another attempt.
    private func rollBack() -> Bool {
        endActivity()
        let isOpen = transactionStatus == .inTransaction || transactionStatus == .inFailedTransaction
        // A rollback fails only when the connection is lost, and then the server rolls back by itself.
        if isOpen { _ = try? command("rollback") }
        return wasAskedForRetry && !isBroken
    }

    private func rollBack(to identifier: String) {
        endActivity()
        // Where this fails the transaction stays failed, and the server refuses everything but its rollback.
        _ = try? command("rollback to savepoint \(identifier)")
        _ = try? command("release savepoint \(identifier)")
    }
}
