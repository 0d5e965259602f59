public import HaleDomain
import HaleSQL
public import Postgres

/// Makes the database hold what was known at an instant, in a transaction that the caller rolls back.
public struct KnowledgeStore: Sendable {
    private let connection: Connection

    /// A store that works in the caller's transaction.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// The instant that is meant by a day, which is its beginning, or by an instant.
    public func instant(_ text: String) async throws -> String {
        guard let row = try await connection.query(Statement(SQL.Undo.knownInstant), [text]).first else {
            throw StoreError.unreadableRow("no instant was returned")
        }
        return try row.decode("instant")
    }

    /// Takes away what became known after an instant, gives back what was overwritten since, and packs the usage that
    /// is left. Usage from a day on is left alone: whatever is asked of the day does not see it. Going on to an earlier
    /// instant in the same transaction takes away more. Refused where raw usage was dropped, as what was known of it
    /// cannot be told any more.
    public func hideLater(than instant: String, seenFrom day: Day) async throws {
        _ = try await connection.query(Statement(SQL.Import.useTimeZone))
        try await connection.script(Statement(SQL.Import.touchedAccounts))
        let facts = [
            SQL.Undo.hideContracts, SQL.Undo.hideTickets, SQL.Undo.hideInvoices, SQL.Undo.hideResponses,
            SQL.Undo.hidePeople, SQL.Undo.hideTouchpoints, SQL.Undo.hidePulses,
        ]
        for sql in facts { _ = try await connection.execute(Statement(sql), [instant]) }
        try await connection.script(Statement(SQL.Usage.touched))
        _ = try await connection.execute(Statement(SQL.Undo.noteLaterMonths), [instant, day.postgresDate])
        let dropped = try await connection.query(Statement(SQL.Undo.unpackableMonths)).first?
            .decode("months", as: Int64.self)
        if let dropped, dropped > 0 {
            throw StoreError.refused(
                "raw usage of \(dropped) account-months was dropped, so what was known of it at \(instant) cannot be told"
            )
        }
        _ = try await connection.execute(Statement(SQL.Undo.hideUsage), [instant, day.postgresDate])
        for sql in [
            SQL.Undo.unpackAccounts, SQL.Usage.packPeople, SQL.Usage.packFeatures, SQL.Usage.packAccounts,
            SQL.Undo.dropStaging,
        ] { _ = try await connection.execute(Statement(sql)) }
    }
}
