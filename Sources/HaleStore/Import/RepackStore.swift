import HaleSQL
package import Postgres

/// The statements that make packed usage anew from the raw events, all in one transaction.
package struct RepackStore: Sendable {
    private let connection: Connection

    /// A store that works in the caller's transaction.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Waits for writers of usage, keeps others out, and drops what is packed.
    package func begin() async throws {
        _ = try await connection.query(Statement(SQL.Usage.lockAll))
        _ = try await connection.execute(Statement(SQL.Usage.unpack))
        try await connection.script(Statement(SQL.Usage.touched))
    }

    /// The months in which raw events lie by the present time zone, whatever day they were put on.
    package func movedMonths() async throws -> [PostgresDate] {
        try await connection.query(Statement(SQL.Usage.movedMonths)).map { try $0.decode("month") }
    }

    /// Puts raw events on their days by the present time zone; their months must have partitions. Returns how many moved.
    package func moveDays() async throws -> Int {
        _ = try await connection.query(Statement(SQL.Usage.noticePartitions))
        return try await connection.execute(Statement(SQL.Usage.moveDays))
    }

    /// The months that have raw events.
    package func months() async throws -> [PostgresDate] {
        try await connection.query(Statement(SQL.Usage.months)).map { try $0.decode("month") }
    }

    /// Packs a month; returns how many accounts it has.
    package func pack(_ month: PostgresDate) async throws -> Int {
        _ = try await connection.execute(Statement(SQL.Usage.untouch))
        let accounts = try await connection.execute(Statement(SQL.Usage.touchMonth), [month])
        _ = try await connection.execute(Statement(SQL.Usage.packPeople))
        _ = try await connection.execute(Statement(SQL.Usage.packFeatures))
        _ = try await connection.execute(Statement(SQL.Usage.packAccounts))
        return accounts
    }
}
