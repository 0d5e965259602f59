package import HaleDomain
import HaleSQL
package import Postgres

/// A digest as it is made.
package struct NewDigest: Sendable, Equatable {
    /// The message that it is sent as.
    package let delivery: NewDelivery
    /// E-mail of the CSM whose day it is; nil for everybody's.
    package let csm: String?

    package init(delivery: NewDelivery, csm: String?) {
        self.delivery = delivery
        self.csm = csm
    }
}

/// Keeps digests, each once for its receiver, day and CSM.
package struct DigestStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection, or in the caller's transaction.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Writes digests of a day as messages; returns the webhook-ids of those that nobody had written.
    package func add(_ digests: [NewDigest], _ kind: DigestKind, of day: Day) async throws -> Set<String> {
        guard !digests.isEmpty else { return [] }
        let rows = try await connection.query(
            Statement(SQL.Delivery.enqueueDigests),
            [
                digests.map(\.delivery.webhookID), digests.map(\.delivery.receiver),
                day.postgresDate,
                digests.map(\.csm), digests.map(\.delivery.groupKey), digests.map(\.delivery.body), kind,
            ])
        return Set(try rows.map { try $0.decode("webhook_id", as: String.self) })
    }

    /// The CSMs for each of whom a digest may be made, by e-mail.
    package func csms() async throws -> [String] {
        try await connection.query(Statement(SQL.Delivery.digestCsms)).map { try $0.decode("email") }
    }

    /// The day of the newest digest before a day, of a CSM or of everybody; nil where there was none.
    package func newest(before day: Day, csm: String?) async throws -> Day? {
        try await connection.query(Statement(SQL.Delivery.newestDigest), [day.postgresDate, csm]).first?
            .dayIfPresent("day")
    }

    /// Forgets digests of more than some days ago.
    package func prune(afterDays days: Int) async throws {
        _ = try await connection.execute(Statement(SQL.Delivery.pruneDigests), [Int32(days)])
    }
}
