import HaleSQL
package import Postgres

/// Brings a database to this version's schema: each migration in its own transaction, one migrator at a time.
package struct Migrator: Sendable {
    /// What there is to do about a database.
    package enum Status: Sendable, Equatable {
        /// Everything is applied.
        case current
        /// So many migrations, views included, are not applied yet.
        case pending(Int)
    }

    private let migrations: [Migration]
    private let views: Migration

    /// A migrator of the given steps; by default those of this version.
    package init(migrations: [Migration] = Migration.all, views: Migration = .views) {
        self.migrations = migrations
        self.views = views
    }

    /// Applies what is missing and returns the names of what was applied. A database of a newer version, or one whose
    /// applied migrations were edited, is refused.
    @discardableResult
    package func migrate(_ connection: Connection) async throws -> [String] {
        var applied: [Migration] = []
        // The views come last; another version that works at the same time may have others, and both must end.
        while applied.last != views, let step = try await applyNext(connection) { applied.append(step) }
        return applied.map { $0 == views ? "views" : "\($0.number) \($0.name)" }
    }

    /// Applies the first step that is missing and returns it; nil when nothing is. The lock ends with the
    /// transaction, so that none stays behind where a pooler gives every transaction another session.
    private func applyNext(_ connection: Connection) async throws -> Migration? {
        for _ in 1..<Self.firstAttempts {
            do {
                return try await applyNextAtOnce(connection)
            } catch let error as PostgresError where Self.madeMeanwhile.contains(error.sqlState ?? "") {
                // Another migrator made the first table while this one was about to.
                continue
            }
        }
        return try await applyNextAtOnce(connection)
    }

    /// How often the first table is made together with others.
    private static let firstAttempts = 5
    /// A schema, a table or a row that is there already: what two who make the same thing at once get to hear.
    private static let madeMeanwhile: Set<String> = ["23505", "42P06", "42P07"]

    private func applyNextAtOnce(_ connection: Connection) async throws -> Migration? {
        try await connection.transaction { transaction in
            try await transaction.script(Statement(SQL.Server.migrationTable))
            try await transaction.script(Statement(SQL.Server.lockMigrations))
            guard let migration = try await missing(transaction).first else { return nil }
            try await transaction.script(Statement(migration.sql))
            _ = try await transaction.execute(
                Statement(SQL.Server.recordMigration), [Int32(migration.number), migration.name, migration.checksum])
            return migration
        }
    }

    /// Says what is missing without changing anything.
    package func status(_ connection: Connection) async throws -> Status {
        let pending: Int
        do {
            pending = try await missing(connection).count
        } catch let error as PostgresError where error.sqlState == "42P01" || error.sqlState == "3F000" {
            pending = migrations.count + 1
        }
        return pending == 0 ? .current : .pending(pending)
    }

    private func missing(_ connection: Connection) async throws -> [Migration] {
        var checksums: [Int: String] = [:]
        for row in try await connection.query(Statement(SQL.Server.appliedMigrations)) {
            let number = Int(try row.decode("number", as: Int32.self))
            let checksum = try row.decode("checksum", as: String.self)
            checksums[number] = checksum
            guard number > 0 else { continue }
            guard let known = migrations.first(where: { $0.number == number }) else {
                throw StoreError.newerSchema(number: number, name: try row.decode("name", as: String.self))
            }
            guard known.checksum == checksum else {
                throw StoreError.editedMigration(
                    number: number, name: known.name, applied: checksum, now: known.checksum)
            }
        }
        let steps = migrations.filter { checksums[$0.number] == nil }
        // A new migration may replace what the views read, so they follow every change.
        return steps.isEmpty && checksums[0] == views.checksum ? [] : steps + [views]
    }
}
