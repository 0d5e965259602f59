package import HaleDomain
import HaleSQL
package import Postgres

/// Finds what changed since a day was scored.
///
/// A change is noted with its transaction, a run with the snapshot of the database that it read. What the snapshot does
/// not show is a change, also where it was written before the run and committed after it began.
package struct ChangeStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What this transaction sees.
    package func snapshot() async throws -> String {
        let rows = try await connection.query(Statement(SQL.Score.snapshot))
        guard let row = rows.first else { throw StoreError.unreadableRow("no snapshot was returned") }
        return try row.decode("snapshot")
    }

    /// What the newest finished run of a day saw; nil where there is none, or none that can be compared with.
    package func lastSnapshot(on day: Day, modelHash: String) async throws -> String? {
        try await connection.query(Statement(SQL.Score.lastRun), [day.postgresDate, modelHash]).first?
            .decode("snapshot")
    }

    /// What changed since a snapshot that every score depends on, such as `features`.
    package func commonChanges(since snapshot: String) async throws -> [CommonChange] {
        try await connection.query(Statement(SQL.Score.commonChanges), [snapshot]).map { try $0.decode("what") }
    }

    /// The accounts whose facts changed since a snapshot, in order.
    package func changedAccounts(since snapshot: String) async throws -> [Int64] {
        try await connection.query(Statement(SQL.Score.changedAccounts), [snapshot])
            .map { try $0.decode("account_id") }
    }

    /// How many accounts' facts changed since a snapshot.
    package func changeCount(since snapshot: String) async throws -> Int {
        let rows = try await connection.query(Statement(SQL.Score.changeCount), [snapshot])
        return try rows.first.map { Int(try $0.decode("accounts", as: Int64.self)) } ?? 0
    }

    /// The keys of accounts by the ids they were imported with; throws for one that is not known.
    package func keys(of accounts: [String]) async throws -> [Int64] {
        let rows = try await connection.query(Statement(SQL.Score.accountKeys), [accounts])
        let known = Set(try rows.map { try $0.decode("external_id", as: String.self) })
        if let unknown = accounts.first(where: { !known.contains($0) }) { throw StoreError.unknownAccount(unknown) }
        return try rows.map { try $0.decode("account_id") }
    }
}
