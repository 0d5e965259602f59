import CPostgres

// The half of a connection that streams and COPYs pull from. Each call reads one bounded portion.
extension Connection {
    static let maximumPortionBytes = 4_194_304
    static let copyChunkBytes = 65_536

    /// Runs a statement and returns its rows as they arrive, at most `bufferedRows` of them in memory at once.
    ///
    /// The statement starts with the first row asked for. Leaving the loop early cancels it; inside a transaction, where
    /// cancelling would spoil the transaction, the rest is read and dropped. The connection runs nothing else meanwhile.
    package nonisolated func stream(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?] = [], bufferedRows: Int = 1_024
    ) -> RowStream {
        RowStream(
            connection: self, statement: statement, parameters: parameters, bufferedRows: max(1, bufferedRows))
    }

    func openRows(
        _ statement: Statement, _ parameters: [(any PostgresEncodable)?], lease: StreamLease, limit: Int
    ) async throws(PostgresError) -> Portion<RowBatch> {
        try await cancellable(statement) { () throws(PostgresError) in
            let link = try usableLink(statement)
            let isInTransaction = link.transactionStatus != .idle
            return try preparingAgain(statement, on: link) { () throws(PostgresError) in
                let ready = try start(statement, parameters, on: link, rowByRow: true)
                activity = Activity(
                    source: .rows(ready.layout), statement: statement, lease: lease, isInTransaction: isInTransaction)
                return try readRows(ready.layout, of: statement, on: link, limit: limit)
            }
        }
    }

    func nextRows(
        _ statement: Statement, lease: StreamLease, limit: Int
    ) async throws(PostgresError) -> Portion<RowBatch> {
        try await portion(of: statement, lease: lease) { (link, activity) throws(PostgresError) in
            guard case .rows(let layout) = activity.source else { throw Self.ended(statement) }
            return try readRows(layout, of: statement, on: link, limit: limit)
        }
    }

    /// Reads rows until there are enough, or no more without waiting.
    private func readRows(
        _ layout: RowLayout, of statement: Statement, on link: ServerLink, limit: Int
    ) throws(PostgresError) -> Portion<RowBatch> {
        var builder = RowBatchBuilder(layout: layout)
        while builder.count < limit && builder.bytes.count < Self.maximumPortionBytes {
            if builder.count > 0 && !link.hasResultReady { break }
            guard let result = link.nextResult() else {
                activity = nil
                return Portion(content: builder.finish(), isLast: true)
            }
            if result.status == PGRES_SINGLE_TUPLE {
                result.appendRows(to: &builder)
            } else if result.isError || result.status == PGRES_COPY_IN || result.status == PGRES_COPY_OUT {
                let error = unusable(result, of: statement, on: link)
                guard builder.count > 0 else {
                    activity = nil
                    throw error
                }
                activity?.failure = error
                break
            }
        }
        return Portion(content: builder.finish(), isLast: false)
    }

    /// Reads what follows a result that ends a stream badly, and returns the error to throw.
    private func unusable(
        _ result: borrowing ServerResult, of statement: Statement, on link: ServerLink
    ) -> PostgresError {
        let error =
            result.isError
            ? result.error(statement: statement)
            : PostgresError(kind: .copy, message: "a COPY is not a stream of rows", statementName: statement.name)
        drain(link, isCopyIn: result.status == PGRES_COPY_IN, isCopyOut: result.status == PGRES_COPY_OUT)
        return failure(error, link)
    }

    func openCopyOut(
        _ statement: Statement, lease: StreamLease
    ) async throws(PostgresError) -> Portion<[UInt8]> {
        try await cancellable(statement) { () throws(PostgresError) in
            let link = try usableLink(statement)
            let isInTransaction = link.transactionStatus != .idle
            try beginCopy(statement, on: link, status: PGRES_COPY_OUT)
            activity = Activity(
                source: .copyOut, statement: statement, lease: lease, isInTransaction: isInTransaction)
            return try readCopy(statement, on: link)
        }
    }

    func nextCopyChunk(
        _ statement: Statement, lease: StreamLease
    ) async throws(PostgresError) -> Portion<[UInt8]> {
        try await portion(of: statement, lease: lease) { (link, _) throws(PostgresError) in
            try readCopy(statement, on: link)
        }
    }

    private func readCopy(_ statement: Statement, on link: ServerLink) throws(PostgresError) -> Portion<[UInt8]> {
        var bytes: [UInt8] = []
        while bytes.count < Self.copyChunkBytes {
            switch link.appendCopyData(to: &bytes, waiting: bytes.isEmpty) {
            case .data: continue
            case .nothingYet: return Portion(content: bytes, isLast: false)
            case .end:
                do throws(PostgresError) {
                    _ = try lastResult(of: statement, link)
                    activity = nil
                    return Portion(content: bytes, isLast: true)
                } catch {
                    guard !bytes.isEmpty else {
                        activity = nil
                        throw error
                    }
                    activity?.failure = error
                    return Portion(content: bytes, isLast: false)
                }
            }
        }
        return Portion(content: bytes, isLast: false)
    }

    /// Reads one more portion of the stream under this lease; any error ends the stream.
    private func portion<Content>(
        of statement: Statement, lease: StreamLease,
        _ read: (ServerLink, Activity) throws(PostgresError) -> Portion<Content>
    ) async throws(PostgresError) -> Portion<Content> {
        do throws(PostgresError) {
            return try await cancellable(statement) { () throws(PostgresError) in
                guard let link = link(for: lease), let activity else { throw Self.ended(statement) }
                if let failure = activity.failure {
                    self.activity = nil
                    throw failure
                }
                return try read(link, activity)
            }
        } catch {
            if link(for: lease) != nil { endActivity() }
            throw error
        }
    }

    static func ended(_ statement: Statement) -> PostgresError {
        PostgresError(kind: .copy, message: "this stream or COPY has ended", statementName: statement.name)
    }

    // MARK: Ending

    /// Ends the open stream when nobody reads it any more.
    func endAbandonedActivity() {
        if let activity, activity.lease.isAbandoned { endActivity() }
    }

    /// Ends whatever stream or COPY is open and makes the connection ready for the next statement.
    func endActivity() {
        guard let ending = activity, let link = link(for: ending.lease) else { return }
        activity = nil
        guard ending.failure == nil else { return }
        switch ending.source {
        case .rows:
            if !ending.isInTransaction { canceller.cancelAndWait() }
            drain(link)
        case .copyOut:
            if !ending.isInTransaction { canceller.cancelAndWait() }
            drain(link, isCopyOut: true)
        case .copyIn:
            drain(link, isCopyIn: true)
        }
        noticeLoss(link)
    }

    /// Reads and drops everything up to the end of what was sent.
    func drain(_ link: ServerLink, isCopyIn: Bool = false, isCopyOut: Bool = false) {
        if isCopyIn { _ = link.putCopyEnd(failure: "the client ended the COPY") }
        if isCopyOut {
            var dropped: [UInt8] = []
            while link.appendCopyData(to: &dropped, waiting: true) == .data { dropped.removeAll(keepingCapacity: true) }
        }
        while link.nextResult() != nil {}
    }

    private func noticeLoss(_ link: ServerLink) {
        guard link.isBad else { return }
        _ = failure(PostgresError(kind: .connection, message: link.lastMessage), link)
    }
}
