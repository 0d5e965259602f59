import HaleSQL
package import Postgres

/// A receiver as the database knows it.
package struct StoredReceiver: Sendable, Equatable {
    /// Whether it is sent to.
    package enum State: String, Sendable, PostgresWord {
        /// It is.
        case active
        /// Not until it is resumed.
        case paused
        /// It said that it is gone; not until it is resumed.
        case disabled
    }

    package let key: Int64
    package let name: String
    /// What was given when it was added, as JSON; nil for one of `receivers.yaml`.
    package let definition: String?
    /// Whether it is sent to.
    package let state: State
    /// Why it is not.
    package let stateReason: String?
    /// Since when, RFC 3339.
    package let stateAt: String
    /// Since when no attempt succeeded, RFC 3339.
    package let failingSince: String?
    /// The last success, to the minute, RFC 3339.
    package let succeededAt: String?
    /// Secrets in force.
    package let secrets: Int64
}

/// A receiver that was stopped.
package struct StoppedReceiver: Sendable, Equatable {
    package let key: Int64
    package let name: String
    /// Paused or disabled.
    package let state: StoredReceiver.State
    /// Why.
    package let reason: String
}

/// Keeps receivers, their state and their sealed secrets.
package struct ReceiverStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Every receiver, in order of name.
    package func all() async throws -> [StoredReceiver] {
        try await connection.query(Statement(SQL.Delivery.receivers)).map { row in
            StoredReceiver(
                key: try row.decode("receiver_id"), name: try row.decode("name"),
                definition: try row.decodeIfPresent("definition"), state: try row.decode("state"),
                stateReason: try row.decodeIfPresent("state_reason"), stateAt: try row.decode("state_at"),
                failingSince: try row.decodeIfPresent("failing_since"),
                succeededAt: try row.decodeIfPresent("succeeded_at"), secrets: try row.decode("secrets"))
        }
    }

    /// The sealed secrets in force by receiver, the newest first.
    package func secrets() async throws -> [Int64: [[UInt8]]] {
        var secrets: [Int64: [[UInt8]]] = [:]
        for row in try await connection.query(Statement(SQL.Delivery.secrets)) {
            secrets[try row.decode("receiver_id"), default: []].append(try row.decode("sealed", as: [UInt8].self))
        }
        return secrets
    }

    /// Keeps a receiver with its definition as JSON; returns its key, nil where the name is taken.
    package func add(_ name: String, definition: String) async throws -> Int64? {
        try await connection.query(Statement(SQL.Delivery.addReceiver), [name, definition]).first?
            .decode("receiver_id")
    }

    /// Makes the rows of receivers that are not known yet.
    package func ensure(_ names: [String]) async throws {
        guard !names.isEmpty else { return }
        _ = try await connection.query(Statement(SQL.Delivery.ensureReceivers), [names])
    }

    /// Keeps a new sealed secret; those before it stay for some hours.
    package func addSecret(_ sealed: [UInt8], of receiver: Int64, keepingOldHours hours: Int) async throws {
        _ = try await connection.query(Statement(SQL.Delivery.addSecret), [receiver, sealed, Int32(hours)])
    }

    /// Changes the state; false where it was that already or nobody has the name.
    package func setState(_ state: StoredReceiver.State, reason: String?, of name: String) async throws -> Bool {
        try await connection.query(Statement(SQL.Delivery.setState), [name, state, reason]).first != nil
    }

    /// Notes which receivers answered, did not, or are gone; returns those that are stopped by that.
    package func mark(
        answered: [Int64], failed: [Int64], gone: [Int64], pauseAfterSeconds: Int
    ) async throws -> [StoppedReceiver] {
        try await connection.query(
            Statement(SQL.Delivery.markReceivers), [answered, failed, gone, Int32(pauseAfterSeconds)]
        ).map { row in
            StoppedReceiver(
                key: try row.decode("receiver_id"), name: try row.decode("name"), state: try row.decode("state"),
                reason: try row.decode("state_reason"))
        }
    }
}
