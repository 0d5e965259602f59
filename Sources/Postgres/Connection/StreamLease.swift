import Synchronization

/// Tells a connection, from any thread, that nobody reads its stream any more.
final class StreamLease: Sendable {
    private let abandoned = Atomic(false)

    var isAbandoned: Bool { abandoned.load(ordering: .acquiring) }

    func abandon() {
        abandoned.store(true, ordering: .releasing)
    }
}
