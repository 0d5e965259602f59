import HaleSQL
package import Postgres

/// Keeps messages and leases them to workers.
package struct DeliveryStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection, or in the caller's transaction.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Writes messages; returns their keys by webhook-id.
    package func add(_ deliveries: [NewDelivery]) async throws -> [String: Int64] {
        guard !deliveries.isEmpty else { return [:] }
        let rows = try await connection.query(
            Statement(SQL.Delivery.storeFlush),
            [
                deliveries.map(\.webhookID), deliveries.map(\.receiver), deliveries.map(\.kind),
                deliveries.map(\.groupKey), deliveries.map(\.body),
            ])
        var keys: [String: Int64] = [:]
        for row in rows { keys[try row.decode("webhook_id")] = try row.decode("delivery_id", as: Int64.self) }
        return keys
    }

    /// Writes a message that the caller sends itself, under a lease.
    package func addHeld(_ delivery: NewDelivery, token: String, leaseSeconds: Int) async throws -> ClaimedDelivery {
        let rows = try await connection.query(
            Statement(SQL.Delivery.addHeld),
            [
                delivery.webhookID, delivery.receiver, delivery.kind, delivery.groupKey, delivery.body, token,
                Int32(leaseSeconds),
            ])
        guard let row = rows.first else { throw StoreError.unreadableRow("a message was not kept") }
        return ClaimedDelivery(
            key: try row.decode("delivery_id"), receiver: delivery.receiver, webhookID: delivery.webhookID,
            kind: delivery.kind, body: delivery.body, attempts: 1, retries: 0, isFailing: false, isUnmarked: true,
            dueAt: .negativeInfinity, token: token)
    }

    /// Those of some receivers that have a message that is due behind their mark.
    package func due(_ receivers: [(key: Int64, mark: ClaimMark)]) async throws -> Set<Int64> {
        guard !receivers.isEmpty else { return [] }
        return Set(
            try await connection.query(
                Statement(SQL.Delivery.dueReceivers),
                [receivers.map(\.key), receivers.map(\.mark.dueAt), receivers.map(\.mark.delivery)]
            ).map { try $0.decode("receiver_id", as: Int64.self) })
    }

    /// Takes due messages under a lease; in a transaction of its own, so that workers keep to the receivers' limits.
    package func claim(
        _ places: [ClaimPlace], worker: String, token: String, leaseSeconds: Int
    ) async throws -> Claim {
        guard !places.isEmpty else { return Claim() }
        return try await connection.transaction(attempts: 3) { transaction in
            var claim = Claim()
            var last: [Int64: String?] = [:]
            let held = try await transaction.query(Statement(SQL.Delivery.lockReceivers), [places.map(\.receiver)])
            for row in held {
                last[try row.decode("receiver_id", as: Int64.self)] = .some(try row.decodeIfPresent("claimed_by"))
            }
            let places = places.filter { last[$0.receiver] != nil }
            let uncounted = places.filter { $0.isShared || last[$0.receiver] != .some(worker) }
            var leased = Dictionary(uniqueKeysWithValues: places.map { ($0.receiver, $0.underWay) })
            if !uncounted.isEmpty {
                let rows = try await transaction.query(
                    Statement(SQL.Delivery.takeReceivers), [uncounted.map(\.receiver), worker])
                for row in rows {
                    let key = try row.decode("receiver_id", as: Int64.self)
                    let count = Int(try row.decode("leased", as: Int64.self))
                    claim.isShared[key] = count > leased[key, default: 0]
                    leased[key] = count
                }
            }
            let wanted = places.map { ($0, max(0, min($0.room, $0.concurrency - leased[$0.receiver, default: 0]))) }
                .filter { $0.1 > 0 }
            guard !wanted.isEmpty else { return claim }
            claim.deliveries = try await transaction.query(
                Statement(SQL.Delivery.claim),
                [
                    wanted.map(\.0.receiver), wanted.map { Int32($0.1) }, wanted.map(\.0.mark.dueAt),
                    wanted.map(\.0.mark.delivery), token, Int32(leaseSeconds),
                ]
            ).map { try Self.delivery($0, token: token) }
            return claim
        }
    }

    private static func delivery(_ row: Row, token: String) throws -> ClaimedDelivery {
        ClaimedDelivery(
            key: try row.decode("delivery_id"), receiver: try row.decode("receiver_id"),
            webhookID: try row.decode("webhook_id"), kind: try row.decode("kind"), body: try row.decode("body"),
            attempts: Int(try row.decode("attempts", as: Int32.self)),
            retries: Int(try row.decode("retries", as: Int32.self)), isFailing: try row.decode("is_failing"),
            isUnmarked: try row.decode("is_unmarked"), dueAt: try row.decode("next_attempt_at"), token: token)
    }

    /// Keeps leases; returns the deliveries that are still held.
    package func renew(_ held: [(key: Int64, token: String)], leaseSeconds: Int) async throws -> Set<Int64> {
        guard !held.isEmpty else { return [] }
        return Set(
            try await connection.query(
                Statement(SQL.Delivery.renew), [held.map(\.key), held.map(\.token), Int32(leaseSeconds)]
            ).map { try $0.decode("delivery_id", as: Int64.self) })
    }

    /// Gives deliveries back as if they had not been taken.
    package func release(_ held: [(key: Int64, token: String)]) async throws {
        guard !held.isEmpty else { return }
        _ = try await connection.query(Statement(SQL.Delivery.release), [held.map(\.key), held.map(\.token)])
    }

    /// Writes how attempts ended, where the lease is still held; returns the deliveries of which that was so.
    package func finish(_ outcomes: [AttemptOutcome]) async throws -> Set<Int64> {
        guard !outcomes.isEmpty else { return [] }
        let rows = try await connection.query(
            Statement(SQL.Delivery.finish),
            [
                outcomes.map(\.delivery), outcomes.map(\.token), outcomes.map(\.state), outcomes.map(\.delaySeconds),
                outcomes.map { Int32(clamping: $0.durationMilliseconds) }, outcomes.map(\.address),
                outcomes.map(\.phase), outcomes.map { $0.status.map { Int32($0) } }, outcomes.map(\.response),
                outcomes.map(\.error),
            ])
        return Set(try rows.map { try $0.decode("delivery_id", as: Int64.self) })
    }

    /// Makes the partitions of this month and the next by the database's clock, as the rows' own days are.
    package func ensureMonths() async throws {
        _ = try await connection.query(Statement(SQL.Delivery.ensureMonths))
    }

    /// Makes the partitions of some days' months.
    package func ensureMonths(_ days: [PostgresDate]) async throws {
        for day in days {
            _ = try await connection.query(Statement(SQL.Usage.ensureMonth), ["delivery_attempt", day])
        }
    }

    /// Moves messages that were delivered some seconds ago out of the table that is claimed from; returns how many.
    package func archive(afterSeconds seconds: Int, limit: Int) async throws -> Int {
        Int(try await connection.execute(Statement(SQL.Delivery.archive), [Int32(seconds), Int32(limit)]))
    }

    /// Forgets what was told of alerts that are over, and messages given up, some days ago; returns how many.
    package func prune(afterDays days: Int, limit: Int) async throws -> Int {
        let told = try await connection.execute(Statement(SQL.Delivery.pruneOutbox), [Int32(days), Int32(limit)])
        let dead = try await connection.execute(Statement(SQL.Delivery.pruneDead), [Int32(days), Int32(limit)])
        return Int(told) + Int(dead)
    }

    /// Drops the months of attempts and delivered messages that ended some days ago; returns how many.
    package func dropMonths(afterDays days: Int) async throws -> Int {
        let row = try await connection.query(Statement(SQL.Delivery.dropMonths), [Int32(days)]).first
        return Int(try row?.decode("dropped", as: Int32.self) ?? 0)
    }
}
