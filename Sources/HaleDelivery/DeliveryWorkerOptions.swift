package import HaleDomain

extension DeliveryWorker {
    /// How it works.
    package struct Options: Sendable {
        /// Between two looks at the database, in milliseconds.
        package var pollMilliseconds: Int64 = 1_000
        /// How long a lease holds, in seconds of the database's clock.
        package var leaseSeconds = 30
        /// Between two renewals of leases, in milliseconds.
        package var renewMilliseconds: Int64 = 10_000
        /// How long messages under way may go on after a stop, in milliseconds.
        package var graceMilliseconds: Int64 = 20_000
        /// The time for one attempt, in milliseconds.
        package var attemptMilliseconds = DeliveryAttempt.limitMilliseconds
        /// Between two readings of the receivers, in milliseconds.
        package var bookMilliseconds: Int64 = 10_000
        /// Between two rounds of keeping the tables small, in milliseconds.
        package var hygieneMilliseconds: Int64 = 10_000
        /// Between two claims that begin with the longest due, in milliseconds.
        package var scanMilliseconds: Int64 = 5_000
        /// Between two looks at an outbox in which nothing was due, in milliseconds.
        package var flushMilliseconds: Int64 = 200
        /// Where this program itself listens.
        package var ownListeners: [DestinationRule.Listener] = []

        /// The usual ways.
        package init() {}
    }

    /// What a run did.
    package struct Summary: Sendable, Equatable {
        /// Messages that arrived.
        package var delivered = 0
        /// Attempts that failed and are made again.
        package var failed = 0
        /// Messages given up.
        package var dead = 0
        /// Messages given back.
        package var released = 0

        /// Nothing yet.
        package init() {}
    }
}
