import HaleTestSupport
import Postgres

// What the tests of the database share: connections of a role, short statements written in place, and expected errors.
extension TestDatabase {
    /// Runs `body` with a connection of a role to the test's database.
    func session<Value>(as role: String, _ body: (Connection) async throws -> Value) async throws -> Value {
        var settings = superuser
        settings.keywords["user"] = role
        return try await withConnection(settings, body)
    }
}

/// Runs `body` with a new connection and closes it.
func withConnection<Value>(
    _ settings: ConnectionSettings, _ body: (Connection) async throws -> Value
) async throws -> Value {
    let connection = try await Connection.open(settings)
    do {
        let value = try await body(connection)
        await connection.close()
        return value
    } catch {
        await connection.close()
        throw error
    }
}

extension Connection {
    /// The rows of a statement that is written in place.
    nonisolated func query(_ text: String, _ parameters: [(any PostgresEncodable)?] = []) async throws -> [Row] {
        try await query(Statement(name: "test", text: text), parameters)
    }

    /// Runs statements that are written in place.
    nonisolated func script(_ text: String) async throws {
        try await script(Statement(name: "test", text: text))
    }

    /// The texts in the column `value`, in order.
    nonisolated func texts(_ text: String, _ parameters: [(any PostgresEncodable)?] = []) async throws -> [String] {
        try await query(text, parameters).map { try $0.decode("value", as: String.self) }
    }
}

/// No error was thrown where one was expected.
struct NothingWasRefused: Error {}

/// The error of the database that `body` throws.
func refusal<Value>(of body: () async throws -> Value) async throws -> PostgresError {
    do {
        _ = try await body()
    } catch let error as PostgresError {
        return error
    }
    throw NothingWasRefused()
}
