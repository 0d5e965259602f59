import Dispatch
import Synchronization

/// Cancels the statement that a cancelled task waits for, and only that one, from a queue of its own: the connection's
/// own queue is blocked in libpq meanwhile.
///
/// The server drops a request that arrives before the statement has begun, so it is repeated until the statement ends.
/// A request in flight is waited for at the end of the statement, so that it cannot hit the next one.
final class Canceller: Sendable {
    /// Names one running statement.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct State: ~Copyable {
        var request: CancelRequest?
        var lastNumber: UInt64 = 0
        var running: Ticket?
    }

    private static let repetitionMilliseconds = 100

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "postgres.cancel")

    /// Provides the handle once the connection is open, nil when it closes.
    func use(_ request: consuming CancelRequest?) {
        var incoming = request.take()
        state.withLock { $0.request = incoming.take() }
    }

    /// Says that a statement begins.
    func begin() -> Ticket {
        state.withLock { state in
            state.lastNumber += 1
            let ticket = Ticket(number: state.lastNumber)
            state.running = ticket
            return ticket
        }
    }

    /// Says that the statement has ended.
    func end(_ ticket: Ticket) {
        state.withLock { state in
            if state.running == ticket { state.running = nil }
        }
    }

    /// Cancels the statement of the ticket; returns at once and does nothing when it has ended.
    func cancel(_ ticket: Ticket) {
        queue.async { self.attempt(ticket) }
    }

    /// Cancels whatever runs now and waits until the server has passed the request on.
    func cancelAndWait() {
        state.withLock { $0.request?.send() }
    }

    private func attempt(_ ticket: Ticket) {
        let isRunning = state.withLock { state in
            guard state.running == ticket else { return false }
            state.request?.send()
            return true
        }
        guard isRunning else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.repetitionMilliseconds)) { self.attempt(ticket) }
    }
}
