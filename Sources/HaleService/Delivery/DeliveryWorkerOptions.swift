public import HaleDomain

extension DeliveryWorker {
    /// How it works.
    public struct Options: Sendable {
        /// Between two looks at the database, in milliseconds.
        public var pollMilliseconds: Int64 = 1_000
        /// How long a lease holds, in seconds of the database's clock.
        public var leaseSeconds = 30
        /// Between two renewals of leases, in milliseconds.
        public var renewMilliseconds: Int64 = 10_000
        /// How long messages under way may go on after a stop, in milliseconds.
        public var graceMilliseconds: Int64 = 20_000
        /// The time for one attempt, in milliseconds.
        public var attemptMilliseconds = DeliveryAttempt.limitMilliseconds
        /// Between two readings of the receivers, in milliseconds.
        public var bookMilliseconds: Int64 = 10_000
        /// Between two rounds of keeping the tables small, in milliseconds.
        public var hygieneMilliseconds: Int64 = 10_000
        /// Between two claims that begin with the longest due, in milliseconds.
        public var scanMilliseconds: Int64 = 5_000
        /// Between two looks at an outbox in which nothing was due, in milliseconds.
        public var flushMilliseconds: Int64 = 200
        /// Where this program itself listens.
        public var ownListeners: [DestinationRule.Listener] = []

        /// The usual ways.
        public init() {}
    }

    /// What a run did.
    public struct Summary: Sendable, Equatable {
        /// Messages that arrived.
        public var delivered = 0
        /// Attempts that failed and are made again.
        public var failed = 0
        /// Messages given up.
        public var dead = 0
        /// Messages given back.
        public var released = 0

        /// Nothing yet.
        public init() {}
    }
}
