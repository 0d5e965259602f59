import HaleSQL
public import Postgres

/// A message as it is made.
public struct NewDelivery: Sendable, Equatable {
    /// Its webhook-id, the same on every attempt.
    public let webhookID: String
    /// Key of the receiver.
    public let receiver: Int64
    /// `alerts`, `test` or `notice`.
    public let kind: String
    /// Key of the group.
    public let groupKey: String
    /// The body, as it will be sent.
    public let body: String

    /// A message.
    public init(webhookID: String, receiver: Int64, kind: String, groupKey: String, body: String) {
        self.webhookID = webhookID
        self.receiver = receiver
        self.kind = kind
        self.groupKey = groupKey
        self.body = body
    }
}

/// A message that a worker holds.
public struct ClaimedDelivery: Sendable, Equatable {
    /// Its key.
    public let key: Int64
    /// Key of the receiver.
    public let receiver: Int64
    /// Its webhook-id.
    public let webhookID: String
    /// `alerts`, `test` or `notice`.
    public let kind: String
    /// The body.
    public let body: String
    /// Attempts with this one.
    public let attempts: Int
    /// Attempts before this one since the schedule began.
    public let retries: Int
    /// Whether the receiver was failing.
    public let isFailing: Bool
    /// Whether the receiver's last success was not noted lately.
    public let isUnmarked: Bool
    /// The token of the lease.
    public let token: String
}

/// What a worker may take of one receiver.
public struct ClaimPlace: Sendable, Equatable {
    /// Key of the receiver.
    public let receiver: Int64
    /// Requests under way at once, of every worker.
    public let concurrency: Int
    /// How many more this worker takes.
    public let room: Int

    /// A place.
    public init(receiver: Int64, concurrency: Int, room: Int) {
        self.receiver = receiver
        self.concurrency = concurrency
        self.room = room
    }
}

/// How an attempt ended.
public struct AttemptOutcome: Sendable, Equatable {
    /// Key of the delivery.
    public var delivery: Int64
    /// The token of the lease.
    public var token: String
    /// `waiting`, `delivered` or `dead`.
    public var state: String
    /// Seconds to the next attempt.
    public var delaySeconds: Double?
    /// Milliseconds that it took.
    public var durationMilliseconds: Int
    /// The address that was connected to.
    public var address: String?
    /// How far it came.
    public var phase: String
    /// Status of the answer.
    public var status: Int?
    /// The beginning of the answer.
    public var response: String?
    /// What went wrong.
    public var error: String?

    /// An outcome.
    public init(
        delivery: Int64, token: String, state: String, delaySeconds: Double?, durationMilliseconds: Int,
        address: String?, phase: String, status: Int?, response: String?, error: String?
    ) {
        self.delivery = delivery
        self.token = token
        self.state = state
        self.delaySeconds = delaySeconds
        self.durationMilliseconds = durationMilliseconds
        self.address = address
        self.phase = phase
        self.status = status
        self.response = response
        self.error = error
    }
}

/// Keeps messages and leases them to workers.
public struct DeliveryStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection, or in the caller's transaction.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Writes messages; returns their keys by webhook-id.
    public func add(_ deliveries: [NewDelivery]) async throws -> [String: Int64] {
        guard !deliveries.isEmpty else { return [:] }
        let rows = try await connection.query(
            Statement(SQL.Deliveries.storeFlush),
            [
                deliveries.map(\.webhookID), deliveries.map(\.receiver), deliveries.map(\.kind),
                deliveries.map(\.groupKey), deliveries.map(\.body),
            ])
        var keys: [String: Int64] = [:]
        for row in rows { keys[try row.decode("webhook_id")] = try row.decode("delivery_id", as: Int64.self) }
        return keys
    }

    /// Writes a message that the caller sends itself, under a lease.
    public func addHeld(_ delivery: NewDelivery, token: String, leaseSeconds: Int) async throws -> ClaimedDelivery {
        let rows = try await connection.query(
            Statement(SQL.Deliveries.addHeld),
            [
                delivery.webhookID, delivery.receiver, delivery.kind, delivery.groupKey, delivery.body, token,
                Int32(leaseSeconds),
            ])
        guard let row = rows.first else { throw StoreError.unreadableRow("a message was not kept") }
        return ClaimedDelivery(
            key: try row.decode("delivery_id"), receiver: delivery.receiver, webhookID: delivery.webhookID,
            kind: delivery.kind, body: delivery.body, attempts: 1, retries: 0, isFailing: false, isUnmarked: true,
            token: token)
    }

    /// Those of some receivers that have a message that is due.
    public func due(_ receivers: [Int64]) async throws -> Set<Int64> {
        guard !receivers.isEmpty else { return [] }
        return Set(
            try await connection.query(Statement(SQL.Deliveries.dueReceivers), [receivers])
                .map { try $0.decode("receiver_id", as: Int64.self) })
    }

    /// Takes due messages under a lease; in a transaction of its own, so that workers keep to the receivers' limits.
    public func claim(_ places: [ClaimPlace], token: String, leaseSeconds: Int) async throws -> [ClaimedDelivery] {
        guard !places.isEmpty else { return [] }
        return try await connection.transaction(attempts: 3) { transaction in
            let held = try await transaction.query(
                Statement(SQL.Deliveries.lockReceivers), [places.map(\.receiver)])
            let keys = Set(try held.map { try $0.decode("receiver_id", as: Int64.self) })
            let places = places.filter { keys.contains($0.receiver) }
            guard !places.isEmpty else { return [] }
            return try await transaction.query(
                Statement(SQL.Deliveries.claim),
                [
                    places.map(\.receiver), places.map { Int32($0.concurrency) }, places.map { Int32($0.room) },
                    token, Int32(leaseSeconds),
                ]
            ).map { row in
                ClaimedDelivery(
                    key: try row.decode("delivery_id"), receiver: try row.decode("receiver_id"),
                    webhookID: try row.decode("webhook_id"), kind: try row.decode("kind"),
                    body: try row.decode("body"), attempts: Int(try row.decode("attempts", as: Int32.self)),
                    retries: Int(try row.decode("retries", as: Int32.self)),
                    isFailing: try row.decode("is_failing"), isUnmarked: try row.decode("is_unmarked"),
                    token: token)
            }
        }
    }

    /// Keeps leases; returns the deliveries that are still held.
    public func renew(_ held: [(key: Int64, token: String)], leaseSeconds: Int) async throws -> Set<Int64> {
        guard !held.isEmpty else { return [] }
        return Set(
            try await connection.query(
                Statement(SQL.Deliveries.renew), [held.map(\.key), held.map(\.token), Int32(leaseSeconds)]
            ).map { try $0.decode("delivery_id", as: Int64.self) })
    }

    /// Gives deliveries back as if they had not been taken.
    public func release(_ held: [(key: Int64, token: String)]) async throws {
        guard !held.isEmpty else { return }
        _ = try await connection.query(Statement(SQL.Deliveries.release), [held.map(\.key), held.map(\.token)])
    }

    /// Writes how attempts ended, where the lease is still held; returns the deliveries of which that was so.
    public func finish(_ outcomes: [AttemptOutcome]) async throws -> Set<Int64> {
        guard !outcomes.isEmpty else { return [] }
        let rows = try await connection.query(
            Statement(SQL.Deliveries.finish),
            [
                outcomes.map(\.delivery), outcomes.map(\.token), outcomes.map(\.state), outcomes.map(\.delaySeconds),
                outcomes.map { Int32(clamping: $0.durationMilliseconds) }, outcomes.map(\.address),
                outcomes.map(\.phase), outcomes.map { $0.status.map { Int32($0) } }, outcomes.map(\.response),
                outcomes.map(\.error),
            ])
        return Set(try rows.map { try $0.decode("delivery_id", as: Int64.self) })
    }

    /// Makes the partitions of this month and the next, so that the turn of the month finds its own.
    public func ensureMonths(_ days: [PostgresDate]) async throws {
        for day in days {
            _ = try await connection.query(Statement(SQL.Usage.ensureMonth), ["delivery_attempt", day])
        }
    }

    /// Moves messages that were delivered some seconds ago out of the table that is claimed from; returns how many.
    public func archive(afterSeconds seconds: Int, limit: Int) async throws -> Int {
        Int(try await connection.execute(Statement(SQL.Deliveries.archive), [Int32(seconds), Int32(limit)]))
    }

    /// Forgets what was told of alerts that are over, and messages given up, some days ago; returns how many.
    public func prune(afterDays days: Int, limit: Int) async throws -> Int {
        let told = try await connection.execute(Statement(SQL.Deliveries.pruneOutbox), [Int32(days), Int32(limit)])
        let dead = try await connection.execute(Statement(SQL.Deliveries.pruneDead), [Int32(days), Int32(limit)])
        return Int(told) + Int(dead)
    }

    /// Drops the months of attempts and delivered messages that ended some days ago; returns how many.
    public func dropMonths(afterDays days: Int) async throws -> Int {
        let row = try await connection.query(Statement(SQL.Deliveries.dropMonths), [Int32(days)]).first
        return Int(try row?.decode("dropped", as: Int32.self) ?? 0)
    }
}
