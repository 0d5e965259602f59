package import HaleDomain
import HaleSQL
package import Postgres

/// The statements with which an import of usage looks names up and streams events, all in one transaction.
package struct UsageStore: Sendable {
    /// What rows are streamed into.
    package enum Stream: Sendable, Hashable, CaseIterable {
        /// Events without an id, which are written as they come.
        case events
        /// Events with an id, which may be known already.
        case identified
        /// What events come to by account and month, day by day.
        case accountMonths
        /// On which days of a month people were active.
        case personMasks
        /// What events come to by account, month and feature.
        case featureCounts

        var statement: Statement {
            switch self {
            case .events: Statement(SQL.ImportUsage.copyEvents)
            case .identified: Statement(SQL.ImportUsage.copyIdentified)
            case .accountMonths: Statement(SQL.ImportUsage.copyAccountMonths)
            case .personMasks: Statement(SQL.ImportUsage.copyPersonMasks)
            case .featureCounts: Statement(SQL.ImportUsage.copyFeatureCounts)
            }
        }
    }

    private let connection: Connection

    /// A store that works on a connection, in the transaction of the import.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Makes the temporary tables and keeps the time zone as it is.
    package func begin() async throws {
        _ = try await connection.query(Statement(SQL.ImportUsage.shareTimeZone))
        try await connection.script(Statement(SQL.ImportUsage.tables))
    }

    /// The instant at which the transaction began, in microseconds since 2000.
    package func startMicroseconds() async throws -> Int64 {
        let rows = try await connection.query(Statement(SQL.ImportUsage.startedAt))
        return try Self.only(rows).decode("started_at", as: PostgresTimestamp.self).microsecondsSince2000
    }

    /// Streams rows in; the writer takes binary COPY data.
    package func stream(into stream: Stream, _ body: (CopyWriter) async throws -> Void) async throws {
        _ = try await connection.copyIn(stream.statement, body)
    }

    /// The ids of accounts by the outside world's ids; 0 for one that is not known.
    package func accounts(_ names: [String]) async throws -> [Int64] {
        try await ids(SQL.ImportUsage.accounts, [names])
    }

    /// The accounts of contracts; 0 for a contract that is not known.
    package func accounts(ofContracts names: [String]) async throws -> [Int64] {
        try await ids(SQL.ImportUsage.contractAccounts, [names])
    }

    /// Gives ids to accounts that nobody imported and returns how many that were.
    package func createAccountKeys(_ names: [String]) async throws -> Int64 {
        Int64(try await connection.execute(Statement(SQL.ImportUsage.createAccountKeys), [names]))
    }

    /// Creates the accounts that have a key and no row yet.
    package func createAccounts() async throws {
        _ = try await connection.execute(Statement(SQL.Import.createMissingAccounts))
    }

    /// The ids of people, each in an account; those not known are given one.
    package func people(accounts: [Int64], names: [String]) async throws -> [Int64] {
        try await ids(SQL.ImportUsage.people, [accounts, names])
    }

    /// The ids of features; those not known are given one.
    package func features(_ names: [String]) async throws -> [Int64] {
        try await ids(SQL.ImportUsage.features, [names])
    }

    /// The offsets of the organisation's clocks on some days.
    package func zoneOffsets(_ days: Range<Day>) async throws -> ZoneOffsets {
        let rows = try await connection.query(
            Statement(SQL.Usage.zoneOffsets),
            [
                PostgresDate(daysSince2000: days.lowerBound.daysSince2000),
                PostgresDate(daysSince2000: days.upperBound.daysSince2000),
            ])
        let stretches = try rows.map { row in
            ZoneOffsets.Stretch(
                startMicroseconds: try row.decode("starts_at", as: PostgresTimestamp.self).microsecondsSince2000,
                offsetMicroseconds: Int64(try row.decode("offset_seconds", as: Int32.self)) * 1_000_000)
        }
        return ZoneOffsets(days: days, stretches: stretches)
    }

    /// Lets the transaction see partitions that were made meanwhile.
    package func noticePartitions() async throws {
        _ = try await connection.query(Statement(SQL.Usage.noticePartitions))
    }

    private func ids(_ sql: SQL, _ parameters: [(any PostgresEncodable)?]) async throws -> [Int64] {
        try Self.only(try await connection.query(Statement(sql), parameters)).decode("ids")
    }

    static func only(_ rows: [Row]) throws -> Row {
        guard let row = rows.first else { throw StoreError.unreadableRow("a row was expected") }
        return row
    }
}
