package import HaleDomain
import HaleSQL
package import Postgres

/// An attempt to deliver a message, as it was kept.
package struct KeptAttempt: Sendable, Equatable {
    /// Key of the delivery.
    package let delivery: Int64
    /// Its number, from 1.
    package let number: Int
    /// The receiver's name.
    package let receiver: String
    /// When it began, RFC 3339.
    package let startedAt: String
    /// Milliseconds that it took; nil where nobody can say.
    package let durationMilliseconds: Int?
    /// The address that was connected to.
    package let address: String?
    /// How far it came.
    package let phase: DeliveryPhase
    /// Status of the answer.
    package let status: Int?
    /// The beginning of the answer.
    package let response: String?
    /// What went wrong.
    package let error: String?
    /// The code of what went wrong; nil where the message arrived.
    package let code: String?
    /// When the next one was to follow, RFC 3339.
    package let nextAttemptAt: String?
    /// The message's webhook-id.
    package let webhookID: String?
    /// The message's state.
    package let state: DeliveryState?
}

/// Counts and ages of what is to be told, in messages.
package struct DeliveryCounts: Sendable, Equatable {
    /// Where messages are on their way.
    package enum State: String, Sendable, PostgresWord {
        /// A group still waits.
        case queued
        /// No attempt was made yet.
        case waiting
        /// An attempt is under way.
        case sending
        /// Attempts failed, and another follows.
        case retrying
        /// The receiver has them.
        case delivered
        /// They were given up.
        case dead
    }

    /// The messages of one receiver in one state.
    package struct Line: Sendable, Equatable {
        /// The receiver's name.
        package let receiver: String
        /// Where they are.
        package let state: State
        /// How many messages; a group that waits becomes one.
        package let messages: Int64
        /// Age of the oldest in seconds.
        package let oldestSeconds: Int64
    }

    /// A transaction that holds its snapshot.
    package struct Snapshot: Sendable, Equatable {
        /// From how many seconds on it is warned about.
        package static let warnedSeconds: Int64 = 60

        /// Process id of its backend.
        package let processID: Int
        /// For how long, in seconds.
        package let seconds: Int64
        /// The role that holds it.
        package let role: String?
        /// The program that does.
        package let program: String?

        /// Whether it is warned about.
        package var isOld: Bool { seconds >= Self.warnedSeconds }
    }

    /// By receiver and state.
    package let lines: [Line]
    /// The transaction that has held its snapshot longest.
    package let oldestSnapshot: Snapshot?

    /// Age of the oldest message that is neither delivered nor dead, in seconds.
    package var oldestUndeliveredSeconds: Int64? {
        lines.filter { $0.state != .delivered && $0.state != .dead }.map(\.oldestSeconds).max()
    }
}

/// Reads what came of deliveries, and sends them again.
package struct DeliveryHistoryStore: Sendable {
    let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The newest attempts of a receiver or a delivery, or of all, the newest first.
    package func attempts(receiver: String?, delivery: Int64?, limit: Int) async throws -> [KeptAttempt] {
        try await connection.query(Statement(SQL.Delivery.attempts), [receiver, delivery, Int32(limit)]).map { row in
            func integer(_ column: String) throws -> Int? {
                try row.decodeIfPresent(column, as: Int32.self).map(Int.init)
            }
            return KeptAttempt(
                delivery: try row.decode("delivery_id"), number: Int(try row.decode("number", as: Int32.self)),
                receiver: try row.decode("receiver"), startedAt: try row.decode("started_at"),
                durationMilliseconds: try integer("duration_ms"), address: try row.decodeIfPresent("address"),
                phase: try row.decode("phase"), status: try integer("status"),
                response: try row.decodeIfPresent("response"), error: try row.decodeIfPresent("error"),
                code: try row.decodeIfPresent("code"),
                nextAttemptAt: try row.decodeIfPresent("next_attempt_at"),
                webhookID: try row.decodeIfPresent("webhook_id"), state: try row.decodeIfPresent("state"))
        }
    }

    /// Sends a message again; returns its webhook-id and receiver, nil where there is none of that key or it is under way.
    package func resend(_ delivery: Int64) async throws -> (webhookID: String, receiver: String)? {
        guard let row = try await connection.query(Statement(SQL.Delivery.resend), [delivery]).first else {
            return nil
        }
        return (try row.decode("webhook_id"), try row.decode("receiver"))
    }

    /// Sends again what was given up since an instant; returns the deliveries.
    package func recover(_ receiver: String, since instant: String, isDryRun: Bool) async throws -> [Int64] {
        try await connection.transaction(isDryRun: isDryRun) { transaction in
            try await transaction.query(Statement(SQL.Delivery.recover), [receiver, instant])
                .map { try $0.decode("delivery_id") }
        }
    }

    /// Counts and ages by receiver and state, and the oldest snapshot.
    package func counts() async throws -> DeliveryCounts {
        let lines = try await connection.query(Statement(SQL.Delivery.status)).map { row in
            DeliveryCounts.Line(
                receiver: try row.decode("receiver"), state: try row.decode("state"),
                messages: try row.decode("messages"), oldestSeconds: try row.decode("oldest_seconds"))
        }
        return DeliveryCounts(lines: lines, oldestSnapshot: try await oldestSnapshot())
    }

    /// The transaction that has held its snapshot longest; nil where nobody holds one.
    package func oldestSnapshot() async throws -> DeliveryCounts.Snapshot? {
        try await connection.query(Statement(SQL.Delivery.oldestSnapshot)).first.map { row in
            DeliveryCounts.Snapshot(
                processID: Int(try row.decode("pid", as: Int32.self)), seconds: try row.decode("seconds"),
                role: try row.decodeIfPresent("role"), program: try row.decodeIfPresent("program"))
        }
    }
}
