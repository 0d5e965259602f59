import Dispatch
import Synchronization

/// Cancels the statement that a cancelled task waits for, and only that one, from a queue of its own: the connection's
/// own queue is blocked in libpq meanwhile.
///
/// The server drops a request that arrives before the statement has begun, so it is repeated until the statement ends.
/// A request in flight is waited for at the end of the statement, so that it cannot hit the next one.
final class Canceller: Sendable {
    /// One running statement.
    final class Ticket: Sendable {
        fileprivate let end = DispatchSemaphore(value: 0)
    }

    private struct State: ~Copyable {
        var request: CancelRequest?
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
        let ticket = Ticket()
        state.withLock { $0.running = ticket }
        return ticket
    }

    /// Says that the statement has ended.
    func end(_ ticket: Ticket) {
        state.withLock { state in
            if state.running === ticket { state.running = nil }
        }
        ticket.end.signal()
    }

    /// Cancels the statement of the ticket; returns at once and does nothing when it has ended.
    func cancel(_ ticket: Ticket) {
        queue.async {
            while self.attempt(ticket) {
                let pause = DispatchTime.now() + .milliseconds(Self.repetitionMilliseconds)
                if ticket.end.wait(timeout: pause) == .success { return }
            }
        }
    }

    /// Cancels whatever runs now and waits until the server has passed the request on.
    func cancelAndWait() {
        state.withLock { $0.request?.send() }
    }

    /// Sends one request; false when the statement has ended.
    private func attempt(_ ticket: Ticket) -> Bool {
        state.withLock { state in
            guard state.running === ticket else { return false }
            state.request?.send()
            return true
        }
    }
}
