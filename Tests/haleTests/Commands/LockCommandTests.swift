import Foundation
import Glibc
import HaleTestSupport
import Postgres
import Testing

/// What a command says and leaves when others hold what it needs.
@Suite(.database, .timeLimit(.minutes(30))) struct `A command that waits for a lock` {
    private static func count(_ condition: String) async throws -> Int64 {
        try await TestDatabase.shared.query(
            "select count(*) as sessions from pg_stat_activity where datname = current_database() and \(condition)"
        ).first?.decode("sessions", as: Int64.self) ?? 0
    }

    /// Asks until the answer is the wanted one; false where it does not come in time.
    private static func wait(seconds: Int = 60, _ isSo: () async throws -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if try await isSo() { return true }
        }
        return false
    }

    @Test func `says for whom it waits, and when it is killed its session ends with it`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write("account_id,name\nA1,One\n", to: "accounts.csv")
        var settings = try TestDatabase.shared.superuser
        settings.keywords["application_name"] = "the night before"
        let holder = try await Connection.open(settings)
        try await holder.script(
            Statement(
                name: "test/hold",
                text: "begin; select number from hale_data.turn where area = 'imports' for update"))
        async let run = user.shell(
            """
            "$HALE" import accounts accounts.csv & echo $! > process
            wait $!
            """)
        let command = "application_name ~ '^hale import accounts [0-9]+$'"
        #expect(try await Self.wait { try await Self.count("\(command) and wait_event_type = 'Lock'") == 1 })
        // The second look comes after the first was told.
        let looks = "application_name ~ '^hale import accounts [0-9]+ watch$' and query ~ 'pg_blocking_pids'"
        #expect(try await Self.wait { try await Self.count(looks) == 1 })
        let first = try await Self.count("\(looks) and query_start > now()")
        #expect(first == 0)
        let seen = try await TestDatabase.shared.query(
            "select query_start::text as start from pg_stat_activity where \(looks)"
        ).first?.decode("start", as: String.self)
        let isLater = "\(looks) and query_start > '\(seen ?? "")'::timestamptz"
        #expect(try await Self.wait { try await Self.count(isLater) == 1 })

        let file = user.directory.appending(path: "process")
        let text = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let process = try #require(Int32(text))
        #expect(try await Self.count("application_name = 'hale import accounts \(process)'") == 1)
        #expect(kill(process, SIGKILL) == 0)
        let ended = try await run
        let line = "hale: waiting for the night before (process \(await holder.backendProcessID) on the server"
        #expect(ended.errors.contains(line), "\(ended.errors)")
        // The lock is still held, so without more the session would wait on.
        #expect(try await Self.wait { try await Self.count("application_name ~ '^hale import accounts'") == 0 })
        await holder.close()
    }
}
