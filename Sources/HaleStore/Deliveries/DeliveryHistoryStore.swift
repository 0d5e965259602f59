import HaleSQL
public import Postgres

/// An attempt to deliver a message, as it was kept.
public struct KeptAttempt: Sendable, Equatable {
    /// Key of the delivery.
    public let delivery: Int64
    /// Its number, from 1.
    public let number: Int
    /// The receiver's name.
    public let receiver: String
    /// When it began, RFC 3339.
    public let startedAt: String
    /// Milliseconds that it took; nil where nobody can say.
    public let durationMilliseconds: Int?
    /// The address that was connected to.
    public let address: String?
    /// How far it came.
    public let phase: String
    /// Status of the answer.
    public let status: Int?
    /// The beginning of the answer.
    public let response: String?
    /// What went wrong.
    public let error: String?
    /// The code of what went wrong; nil where the message arrived.
    public let code: String?
    /// When the next one was to follow, RFC 3339.
    public let nextAttemptAt: String?
    /// The message's webhook-id.
    public let webhookID: String?
    /// The message's state.
    public let state: String?
}

/// Counts and ages of what is to be told, in messages.
public struct DeliveryCounts: Sendable, Equatable {
    /// The messages of one receiver in one state.
    public struct Line: Sendable, Equatable {
        /// The receiver's name.
        public let receiver: String
        /// `queued` where a group still waits, `waiting`, `sending`, `retrying`, `delivered` or `dead`.
        public let state: String
        /// How many messages; a group that waits becomes one.
        public let messages: Int64
        /// Age of the oldest in seconds.
        public let oldestSeconds: Int64
    }

    /// A transaction that holds its snapshot.
    public struct Snapshot: Sendable, Equatable {
        /// Process id of its backend.
        public let processID: Int
        /// For how long, in seconds.
        public let seconds: Int64
        /// The role that holds it.
        public let role: String?
        /// The program that does.
        public let program: String?
    }

    /// By receiver and state.
    public let lines: [Line]
    /// The transaction that has held its snapshot longest.
    public let oldestSnapshot: Snapshot?

    /// Age of the oldest message that is neither delivered nor dead, in seconds.
    public var oldestUndeliveredSeconds: Int64? {
        lines.filter { $0.state != "delivered" && $0.state != "dead" }.map(\.oldestSeconds).max()
    }
}

/// Reads what came of deliveries, and sends them again.
public struct DeliveryHistoryStore: Sendable {
    let connection: Connection

    /// A store that works on a connection.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// The newest attempts of a receiver or a delivery, or of all, the newest first.
    public func attempts(receiver: String?, delivery: Int64?, limit: Int) async throws -> [KeptAttempt] {
        try await connection.query(Statement(SQL.Deliveries.attempts), [receiver, delivery, Int32(limit)]).map { row in
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
    public func resend(_ delivery: Int64) async throws -> (webhookID: String, receiver: String)? {
        guard let row = try await connection.query(Statement(SQL.Deliveries.resend), [delivery]).first else {
            return nil
        }
        return (try row.decode("webhook_id"), try row.decode("receiver"))
    }

    /// Sends again what was given up since an instant; returns the deliveries.
    public func recover(_ receiver: String, since instant: String, isDryRun: Bool) async throws -> [Int64] {
        try await connection.query(Statement(SQL.Deliveries.recover), [receiver, instant, !isDryRun])
            .map { try $0.decode("delivery_id") }
    }

    /// Counts and ages by receiver and state, and the oldest snapshot.
    public func counts() async throws -> DeliveryCounts {
        let lines = try await connection.query(Statement(SQL.Deliveries.status)).map { row in
            DeliveryCounts.Line(
                receiver: try row.decode("receiver"), state: try row.decode("state"),
                messages: try row.decode("messages"), oldestSeconds: try row.decode("oldest_seconds"))
        }
        return DeliveryCounts(lines: lines, oldestSnapshot: try await oldestSnapshot())
    }

    /// The transaction that has held its snapshot longest; nil where nobody holds one.
    public func oldestSnapshot() async throws -> DeliveryCounts.Snapshot? {
        try await connection.query(Statement(SQL.Deliveries.oldestSnapshot)).first.map { row in
            DeliveryCounts.Snapshot(
                processID: Int(try row.decode("pid", as: Int32.self)), seconds: try row.decode("seconds"),
                role: try row.decodeIfPresent("role"), program: try row.decodeIfPresent("program"))
        }
    }
}
