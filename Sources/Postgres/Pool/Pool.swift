import Dispatch
import Synchronization

/// Lends connections and opens them on demand, up to a limit; those who wait are served in the order they came.
package final class Pool: Sendable {
    private let settings: ConnectionSettings
    private let waitLimitSeconds: Double
    private let configure: @Sendable (Connection) async throws -> Void
    private let state: Mutex<PoolState>
    private let lastNumber = Atomic<UInt64>(0)
    private let timers = DispatchQueue(label: "postgres.pool")

    /// A pool of at most `maximumConnections`. Waiting longer than `waitLimitSeconds` for one throws an error of kind
    /// `poolTimeout`; opening is limited by the keyword `connect_timeout`. `configure` runs once on each new connection.
    package init(
        settings: ConnectionSettings, maximumConnections: Int, waitLimitSeconds: Double,
        configure: @escaping @Sendable (Connection) async throws -> Void = { _ in }
    ) {
        self.settings = settings
        self.waitLimitSeconds = waitLimitSeconds
        self.configure = configure
        state = Mutex(PoolState(maximumConnections: max(1, maximumConnections)))
    }

    /// How many connections are idle, lent or being opened.
    package var openCount: Int { state.withLock { $0.openCount } }

    /// How many tasks wait for a connection.
    package var waiterCount: Int { state.withLock { $0.waiters.count } }

    /// Runs `body` with a connection nobody else uses meanwhile. A connection that comes back broken, inside a transaction
    /// or with a stream open is closed and not lent again.
    package func withConnection<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let connection = try await take()
        do {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Closes the idle connections now and the lent ones when they come back; whoever waits gets an error of kind `closed`.
    package func close() async {
        let left = state.withLock { $0.close() }
        for waiter in left.waiters { waiter.continuation.resume(returning: .failure(PoolState.closed)) }
        for connection in left.connections { await connection.close() }
    }

    private func take() async throws -> Connection {
        switch try await grant() {
        case .connection(let connection):
            // The server may have closed it while it was idle.
            if await connection.isReusable() { return connection }
            await connection.close()
            return try await open()
        case .slot:
            return try await open()
        }
    }

    private func open() async throws -> Connection {
        var opened: Connection?
        do {
            let connection = try await Connection.open(settings)
            opened = connection
            try await configure(connection)
            return connection
        } catch {
            await opened?.close()
            await pass(on: .slot)
            throw error
        }
    }

    private func giveBack(_ connection: Connection) async {
        if await connection.isReusable() {
            await pass(on: .connection(connection))
        } else {
            await connection.close()
            await pass(on: .slot)
        }
    }

    private func pass(on grant: PoolState.Grant) async {
        switch state.withLock({ $0.giveBack(grant) }) {
        case .kept: return
        case .passed(let waiter): waiter.continuation.resume(returning: .success(grant))
        case .unwanted:
            if case .connection(let connection) = grant { await connection.close() }
        }
    }

    private func grant() async throws(PostgresError) -> PoolState.Grant {
        let number = lastNumber.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Asked under the lock: a cancellation from here on finds the waiter in the queue.
                let answer = state.withLock {
                    $0.request(
                        PoolState.Waiter(number: number, continuation: continuation), isCancelled: Task.isCancelled)
                }
                switch answer {
                case .granted(let grant): continuation.resume(returning: .success(grant))
                case .refused(let error): continuation.resume(returning: .failure(error))
                case .waiting: limitWait(of: number)
                }
            }
        } onCancel: {
            fail(number, PoolState.cancelled)
        }.get()
    }

    private func limitWait(of number: UInt64) {
        let limit = waitLimitSeconds
        timers.asyncAfter(deadline: .now() + limit) { [weak self] in
            self?.fail(
                number,
                PostgresError(
                    kind: .poolTimeout,
                    message: "no connection became free within \(limit) seconds: all are in use"))
        }
    }

    /// Sends a waiter away; does nothing when it has been served.
    private func fail(_ number: UInt64, _ error: PostgresError) {
        let waiter = state.withLock { $0.removeWaiter(number) }
        waiter?.continuation.resume(returning: .failure(error))
    }
}
