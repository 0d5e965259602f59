package import HaleDomain
import HaleSQL
package import Postgres

/// Makes the database hold what was known at an instant, in a transaction that the caller rolls back.
package struct KnowledgeStore: Sendable {
    private let connection: Connection

    /// A store that works in the caller's transaction.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The instant that is meant by a day, which is its beginning, or by an instant.
    package func instant(_ text: String) async throws -> String {
        guard let row = try await connection.query(Statement(SQL.Knowledge.knownInstant), [text]).first else {
            throw StoreError.unreadableRow("no instant was returned")
        }
        return try row.decode("instant")
    }

    /// On which of some days facts have to be hidden.
    package func later(days: [Day]) async throws -> LaterFacts {
        try await LaterFacts(days: days, on: connection)
    }

    /// Prepares a transaction in which facts will be hidden, once: what is created holds locks until the transaction ends.
    package func begin() async throws {
        _ = try await connection.query(Statement(SQL.Import.useTimeZone))
        try await connection.script(Statement(SQL.Score.planEachTime))
        try await connection.script(Statement(SQL.Usage.touched))
    }

    /// Takes away what became known after an instant, gives back what was overwritten since, and packs the usage that
    /// is left. Usage from a day on is left alone: whatever is asked of the day does not see it. Going on to an earlier
    /// instant in the same transaction takes away more. Refused where raw usage was dropped, as what was known of it
    /// cannot be told any more. Comes after `begin`.
    package func hideLater(than instant: String, seenFrom day: Day) async throws {
        try await hide(Set(LaterFacts.Kind.allCases), later: instant, seenFrom: day, usageFrom: nil)
    }

    /// The same of a day that begins, where it is known what has to be hidden for it.
    package func hide(_ later: LaterFacts, on day: Day) async throws {
        let kinds = later.kinds(on: day)
        guard !kinds.isEmpty else { return }
        try await hide(
            kinds, later: try await instant(day.description), seenFrom: day, usageFrom: later.firstUsage(on: day))
    }

    private func hide(
        _ kinds: Set<LaterFacts.Kind>, later instant: String, seenFrom day: Day, usageFrom first: Day?
    ) async throws {
        let facts: [(kind: LaterFacts.Kind, sql: SQL)] = [
            (.contracts, SQL.Knowledge.hideContracts), (.tickets, SQL.Knowledge.hideTickets),
            (.invoices, SQL.Knowledge.hideInvoices), (.responses, SQL.Knowledge.hideResponses),
            (.people, SQL.Knowledge.hidePeople), (.touchpoints, SQL.Knowledge.hideTouchpoints),
            (.pulses, SQL.Knowledge.hidePulses),
        ]
        for (kind, sql) in facts where kinds.contains(kind) {
            _ = try await connection.execute(Statement(sql), [instant])
        }
        if kinds.contains(.usage) { try await hideUsage(later: instant, from: first, to: day) }
    }

    private func hideUsage(later instant: String, from first: Day?, to day: Day) async throws {
        let parameters: [(any PostgresEncodable)?] = [instant, day.postgresDate, first?.postgresDate]
        try await connection.script(Statement(SQL.ImportUndo.emptyTouched))
        _ = try await connection.execute(Statement(SQL.Knowledge.noteLaterMonths), parameters)
        let dropped = try await connection.query(Statement(SQL.Knowledge.unpackableMonths)).first?
            .decode("months", as: Int64.self)
        if let dropped, dropped > 0 {
            throw StoreError.refused(
                "raw usage of \(dropped) account-months was dropped, so what was known of it at \(instant) cannot be told"
            )
        }
        _ = try await connection.execute(Statement(SQL.Knowledge.hideUsage), parameters)
        for sql in [
            SQL.ImportUndo.unpackAccounts, SQL.Usage.packPeople, SQL.Usage.packFeatures, SQL.Usage.packAccounts,
        ] {
            _ = try await connection.execute(Statement(sql))
        }
    }
}
