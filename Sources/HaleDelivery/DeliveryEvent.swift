package import HaleStore

/// What an operator is told while messages are delivered.
package enum DeliveryEvent: Sendable, Equatable, CustomStringConvertible {
    /// An attempt failed.
    case failed(receiver: String, delivery: Int64, attempt: Int, reason: String)
    /// A message was given up.
    case dead(receiver: String, delivery: Int64, reason: String)
    /// A receiver was stopped.
    case stopped(receiver: String, state: StoredReceiver.State, reason: String)
    /// Work on the database failed; it is tried again.
    case databaseFailed(String)
    /// The receivers cannot be read; the last good ones stay in force.
    case receiversFailed(String)
    /// A transaction holds its snapshot, and no dead row can go meanwhile.
    case oldSnapshot(processID: Int, seconds: Int64, program: String)
    /// So many messages were given back when the worker stopped.
    case released(Int)

    /// One line.
    package var description: String {
        switch self {
        case .failed(let receiver, let delivery, let attempt, let reason):
            "\(receiver): attempt \(attempt) of delivery \(delivery) failed: \(reason)"
        case .dead(let receiver, let delivery, let reason):
            "\(receiver): delivery \(delivery) is given up: \(reason); hale receivers resend \(delivery) sends it again"
        case .stopped(let receiver, let state, let reason):
            "\(receiver) is \(state.rawValue): \(reason); hale receivers resume \(receiver) sends again"
        case .databaseFailed(let reason): "the database: \(reason)"
        case .receiversFailed(let reason): reason
        case .oldSnapshot(let process, let seconds, let program):
            "process \(process) (\(program)) has held a transaction open for \(seconds) s, and finished deliveries pile up meanwhile"
        case .released(let count): "\(count) messages were under way and are given back; they are sent again"
        }
    }
}
