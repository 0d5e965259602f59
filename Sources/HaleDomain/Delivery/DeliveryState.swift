/// Where a message to a receiver is in its life.
package enum DeliveryState: String, Sendable, Hashable, CaseIterable {
    /// It is to be sent.
    case waiting
    /// The receiver has it.
    case delivered
    /// It was given up.
    case dead
}

/// The step to which an attempt to deliver a message came.
package enum DeliveryPhase: String, Sendable, Hashable, CaseIterable {
    /// Whether the receiver can be used and may be connected to.
    case check
    /// Finding the host's address.
    case dns
    /// Connecting.
    case connect
    /// Agreeing on encryption.
    case tls
    /// Sending, and waiting for the answer to begin.
    case request
    /// Reading the answer.
    case response
    /// Nobody can say: the worker that made the attempt is gone.
    case unknown
}
