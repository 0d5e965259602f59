import HaleSQL
import HaleStore
import HaleTestSupport
import Postgres
import PrivateServer
import Testing

/// Who waits for a lock is told for whom.
@Suite(.database, .timeLimit(.minutes(30))) struct `A watch over locks` {
    @Test func `names the session that holds the lock, and nothing while nobody waits`() async throws {
        let test = try TestDatabase.shared
        func settings(_ role: String, _ name: String) -> ConnectionSettings {
            var settings = test.superuser
            settings.keywords["user"] = role
            settings.keywords["application_name"] = name
            return settings
        }
        let (told, tell) = AsyncStream.makeStream(of: LockHolder.self)
        let waiting = Database(
            location: .variables([]), service: settings("hale_app", "hale score 4711"),
            owner: settings("hale_owner", "hale score 4711 migrate"), whenWaiting: { tell.yield($0) })
        try await withConnection(settings("hale_app", "hale import contracts 4712")) { holder in
            let process = try await holder.query("select pg_backend_pid() as pid").first?.decode("pid", as: Int32.self)
            try await holder.script("begin")
            _ = try await holder.query(Statement(SQL.Score.lockDay))
            let work = Task {
                try await waiting.withConnection { connection in
                    try await connection.transaction { try await $0.query(Statement(SQL.Score.lockDay)).count }
                }
            }
            let first = try #require(await told.first { _ in true })
            #expect(first.processID == process)
            #expect(first.program == "hale import contracts 4712" && first.role == "hale_app" && first.isIdle)
            #expect(first.description.hasPrefix("waiting for hale import contracts 4712 (process \(first.processID) "))
            #expect(!first.description.contains("\n"))
            try await holder.script("commit")
            #expect(try await work.value == 1)
        }
        await waiting.close()
        tell.finish()
        // It was told once, and of no other.
        #expect(await told.first { _ in true } == nil)
    }

    @Test func `a session of which nothing may be seen is said to be one`() {
        let holder = LockHolder(processID: 7, program: nil, role: nil, isIdle: false, heldSeconds: nil)
        #expect(holder.description == "waiting for a session (process 7 on the server), which holds a lock")
    }
}
