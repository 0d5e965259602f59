/// The book-keeping of a pool: what is idle, what is lent, and who waits, first come first served.
struct PoolState {
    /// What somebody who asked for a connection gets.
    enum Grant: Sendable {
        /// An idle connection, to be checked before use.
        case connection(Connection)
        /// The right to open one more.
        case slot
    }

    /// What a request leads to.
    enum Answer {
        case granted(Grant)
        case waiting
        case refused(PostgresError)
    }

    /// What becomes of something given back.
    enum Return {
        case kept
        case passed(Waiter)
        /// The pool is closed, and so is the connection to be.
        case unwanted
    }

    struct Waiter {
        let number: UInt64
        let continuation: CheckedContinuation<Result<Grant, PostgresError>, Never>
    }

    private static let maximumWaiters = 10_000

    let maximumConnections: Int
    private(set) var idle: [Connection] = []
    /// Idle, lent or being opened.
    private(set) var openCount = 0
    private(set) var waiters: [Waiter] = []
    private(set) var isClosed = false

    init(maximumConnections: Int) {
        self.maximumConnections = maximumConnections
    }

    mutating func request(_ waiter: Waiter, isCancelled: Bool) -> Answer {
        if isClosed { return .refused(Self.closed) }
        if isCancelled { return .refused(Self.cancelled) }
        if let connection = idle.popLast() { return .granted(.connection(connection)) }
        if openCount < maximumConnections {
            openCount += 1
            return .granted(.slot)
        }
        guard waiters.count < Self.maximumWaiters else {
            return .refused(
                PostgresError(kind: .poolTimeout, message: "\(Self.maximumWaiters) tasks wait for a connection already")
            )
        }
        waiters.append(waiter)
        return .waiting
    }

    /// Takes a waiter out of the queue, nil when it has been served.
    mutating func removeWaiter(_ number: UInt64) -> Waiter? {
        waiters.firstIndex { $0.number == number }.map { waiters.remove(at: $0) }
    }

    /// Takes something back, for the waiter who comes next if there is one.
    mutating func giveBack(_ grant: Grant) -> Return {
        if !waiters.isEmpty { return .passed(waiters.removeFirst()) }
        guard case .connection(let connection) = grant, !isClosed else {
            openCount -= 1
            return isClosed ? .unwanted : .kept
        }
        idle.append(connection)
        return .kept
    }

    /// Closes the pool; returns who waited in vain and which connections are to be closed.
    mutating func close() -> (waiters: [Waiter], connections: [Connection]) {
        isClosed = true
        let left = (waiters, idle)
        openCount -= idle.count
        waiters = []
        idle = []
        return left
    }

    static let closed = PostgresError(kind: .closed, message: "the pool of connections is closed")
    static let cancelled = PostgresError(kind: .cancelled, message: "cancelled while waiting for a connection")
}
