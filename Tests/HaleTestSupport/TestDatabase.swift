import Foundation
import HaleSQL
package import HaleStore
package import Postgres
import PrivateServer
package import Testing

/// Gives each test a migrated database of its own, a copy of a template that is made once for each state of the schema.
package struct TestDatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    /// Every test of a suite gets its own copy.
    package var isRecursive: Bool { true }

    /// Makes the copy, runs the test with it, and drops it.
    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        await Places.shared.take()
        do {
            try await runWithCopy(function)
            await Places.shared.giveBack()
        } catch {
            await Places.shared.giveBack()
            throw error
        }
    }

    private func runWithCopy(_ function: @Sendable @concurrent () async throws -> Void) async throws {
        let copy = try await TestDatabase.make()
        do {
            try await TestDatabase.$current.withValue(copy) { try await function() }
            try await copy.drop()
        } catch {
            try? await copy.drop()
            throw error
        }
    }
}

extension Trait where Self == TestDatabaseTrait {
    /// A migrated database for each test.
    package static var database: Self { Self() }
}

/// The database of the running test.
package struct TestDatabase: Sendable {
    @TaskLocal static var current: TestDatabase?

    /// The database as the service sees it.
    package let database: Database
    /// Its name on the server.
    package let name: String
    /// Settings of a superuser on it.
    package let superuser: ConnectionSettings

    /// The running test's database.
    package static var shared: TestDatabase {
        get throws {
            guard let current else { throw TestSupportError.noDatabase }
            return current
        }
    }

    static func make() async throws -> TestDatabase {
        let socket = try TestServer.host()
        func settings(_ user: String, _ database: String) -> ConnectionSettings {
            ConnectionSettings(["host": socket, "user": user, "dbname": database])
        }
        let administration = try await Connection.open(settings("postgres", "postgres"))
        let template = "hale_template_\(Migration.schemaHash)"
        let name = "hale_test_\(UUID().uuidString.lowercased().replacing("-", with: "_"))"
        do {
            try await prepareTemplate(template, administration: administration, owner: settings("hale_owner", template))
            try await administration.script(
                Statement(name: "test/copy", text: "create database \(name) template \(template) owner hale_owner"))
            await administration.close()
        } catch {
            await administration.close()
            throw error
        }
        return TestDatabase(
            database: Database(
                location: .variables([]), service: settings("hale_app", name), owner: settings("hale_owner", name)),
            name: name, superuser: settings("postgres", name))
    }

    /// One test makes the template, the others wait for it. The lock is the session's and ends with the connection.
    private static func prepareTemplate(
        _ name: String, administration: Connection, owner: ConnectionSettings
    ) async throws {
        _ = try await administration.query(
            Statement(name: "test/lock", text: "select pg_advisory_lock(4711) is null as locked"))
        let exists = try await administration.query(
            Statement(
                name: "test/exists", text: "select exists (select from pg_database where datname = $1::text) as found"),
            [name]
        ).first?.decode("found", as: Bool.self)
        if exists != true {
            try await administration.script(Statement(SQL.Server.roles))
            let draft = name + "_draft"
            try await administration.script(Statement(name: "test/drop", text: "drop database if exists \(draft)"))
            try await administration.script(
                Statement(name: "test/draft", text: "create database \(draft) owner hale_owner"))
            var settings = owner
            settings.keywords["dbname"] = draft
            let connection = try await Connection.open(settings)
            try await Migrator().migrate(connection)
            await connection.close()
            settings.keywords["user"] = "postgres"
            let superuser = try await Connection.open(settings)
            try await superuser.script(Statement(SQL.Server.closeGates))
            await superuser.close()
            try await administration.script(
                Statement(name: "test/rename", text: "alter database \(draft) rename to \(name)"))
        }
        _ = try await administration.query(
            Statement(name: "test/unlock", text: "select pg_advisory_unlock(4711) as unlocked"))
    }

    func drop() async throws {
        await database.close()
        var settings = superuser
        settings.keywords["dbname"] = "postgres"
        let administration = try await Connection.open(settings)
        try await administration.script(
            Statement(name: "test/drop", text: "drop database if exists \(name) with (force)"))
        await administration.close()
    }

    /// Rows of a query, as a superuser.
    package func query(_ text: String, _ parameters: [(any PostgresEncodable)?] = []) async throws -> [Row] {
        let connection = try await Connection.open(superuser)
        do {
            let rows = try await connection.query(Statement(name: "test/query", text: text), parameters)
            await connection.close()
            return rows
        } catch {
            await connection.close()
            throw error
        }
    }
}

/// Bounds how many tests have a database at once, so that their connections fit on the server.
private actor Places {
    static let shared = Places()

    private var free = 24
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    func giveBack() {
        if waiters.isEmpty {
            free += 1
        } else {
            waiters.removeFirst().resume()
        }
    }
}

/// What the test support itself refuses.
package enum TestSupportError: Error {
    /// A test asked for a database without the trait.
    case noDatabase
}
