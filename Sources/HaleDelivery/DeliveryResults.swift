import HaleDomain
import HaleStore
import Postgres

/// Writes how attempts ended, many in one transaction, and what follows from that for their receivers.
struct DeliveryResults: Sendable {
    /// Most results of one transaction.
    static let limit = 500
    /// How often writing is tried.
    static let rounds = 5
    /// Between two tries, in milliseconds.
    static let pauseMilliseconds: Int64 = 1_000

    /// What was written.
    struct Written: Sendable {
        /// The deliveries whose lease was still held.
        let kept: Set<Int64>
        /// Receivers that are stopped by this.
        let stopped: [StoppedReceiver]
    }

    let database: Database
    let book: ReceiverBook?
    let effects: DeliveryEffects

    func write(_ batch: [(DeliveryAttempt.Result, ClaimedDelivery)]) async throws -> Written {
        try await database.withConnection { connection in
            try await connection.transaction(attempts: 3) { transaction in
                let kept = try await DeliveryStore(transaction).finish(batch.map(\.0.outcome))
                let stopped = try await mark(batch.filter { kept.contains($0.1.key) }, on: transaction)
                return Written(kept: kept, stopped: stopped)
            }
        }
    }

    private func mark(
        _ batch: [(DeliveryAttempt.Result, ClaimedDelivery)], on transaction: Connection
    ) async throws -> [StoppedReceiver] {
        func keys(_ isWanted: (DeliveryAttempt.Result, ClaimedDelivery) -> Bool) -> [Int64] {
            Array(Set(batch.filter { isWanted($0.0, $0.1) }.map(\.1.receiver))).sorted()
        }
        let answered = keys { $0.isDelivered && ($1.isFailing || $1.isUnmarked) }
        let failed = keys { result, _ in !result.isDelivered }
        let gone = keys { result, _ in result.isGone }
        // A success that says nothing new costs no write.
        guard !answered.isEmpty || !failed.isEmpty else { return [] }
        let stopped = try await ReceiverStore(transaction).mark(
            answered: answered, failed: failed, gone: gone, pauseAfterSeconds: RetryPolicy.pauseAfterSeconds)
        _ = try await DeliveryStore(transaction).add(try stopped.flatMap(notices))
        return stopped
    }

    /// The administrators are told once, through receivers that are not stopped.
    private func notices(of stopped: StoppedReceiver) throws -> [NewDelivery] {
        try book?.notices(
            group: AlertGroup(
                key: "receiver/\(stopped.name)", labels: ["receiver": stopped.name, "state": stopped.state.rawValue]),
            text: "\(stopped.name) is \(stopped.state.rawValue): \(stopped.reason)", besides: stopped.name,
            effects: effects)
            ?? []
    }
}
