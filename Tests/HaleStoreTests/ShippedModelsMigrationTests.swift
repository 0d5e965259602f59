import HaleSQL
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The migration that lets a scored organisation keep the models it was scored with.
@Suite(.database)
struct `The migration of shipped models` {
    private func setting(after script: String) async throws -> String? {
        let migration = try #require(Migration.all.first { $0.name == "shipped_models" })
        try await TestDatabase.shared.session(as: "hale_owner") { connection in
            try await connection.script(script)
            try await connection.script(migration.sql.text)
            // Again changes nothing.
            try await connection.script(migration.sql.text)
        }
        return try await TestDatabase.shared.database.withConnection {
            try await SettingStore($0).all()[.shippedModels]
        }
    }

    private static let run = """
        insert into hale_data.model (model_hash, name, text, drivers, facts) values ('h', 'default', '', '{}', '{}');
        insert into hale_data.score_run (day, model_hash, finished_at)
        values ('2026-03-02', 'h', $finished);
        """

    @Test func `keeps the models of a database that was scored`() async throws {
        #expect(try await setting(after: Self.run.replacing("$finished", with: "now()")) == "0.1")
    }

    @Test func `lets a database begin with the newest that was not`() async throws {
        #expect(try await setting(after: Self.run.replacing("$finished", with: "null")) == nil)
    }

    @Test func `leaves what somebody chose`() async throws {
        let chosen = "insert into hale_data.setting values ('shipped_models', 'newest');"
        #expect(try await setting(after: chosen + Self.run.replacing("$finished", with: "now()")) == "newest")
    }
}
