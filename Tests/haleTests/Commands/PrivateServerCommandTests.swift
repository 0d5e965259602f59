import Foundation
import Testing

/// The private server's life as a user of the program sees it.
@Suite(.serialized, .timeLimit(.minutes(30))) struct `A private server from the command line` {
    @Test func `it is made once, found running, stopped, and started again`() async throws {
        try await withWorkspace { user in
            let absent = try await user.run("db", "status")
            #expect(absent.status == 3)
            #expect(absent.errors == "")
            #expect(!user.has(".hale"))

            let first = try await user.run("db", "up")
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.outputLines.count == 1)
            // What takes a while is told where it does not disturb.
            #expect(first.errorLines.count == 2, "\(first.errors)")

            let running = try await user.run("db", "status")
            #expect(running.status == 0)
            #expect(running.errors == "")
            let process = try Self.process(running)

            let again = try await user.run("db", "up")
            #expect(again.status == 0)
            #expect(again.errors == "")
            let still = try await user.run("db", "status")
            #expect(try Self.process(still) == process)

            let list = try await user.run("accounts", "list", "--format", "json").json()
            #expect(list["accounts"] == .list([]))
            let doctor = try await user.run("doctor", "--format", "json")
            #expect(doctor.status == 0, "\(doctor.output)")

            try await expectShells(user)
            #expect(try await user.run("db", "down").status == 0)
            #expect(try Self.postmasters(of: user) == 0)
            let stopped = try await user.run("db", "status")
            #expect(stopped.status == 3)
            #expect(try await user.run("db", "down").status == 0)

            // A server that kept the pipe of the command that started it would keep `cat` waiting until the time limit.
            let piped = try await user.shell("\"$HALE\" accounts list --format csv 2>&1 | cat")
            #expect(piped.status == 0)
            #expect(try await user.run("db", "status").status == 0)
            #expect(try Self.postmasters(of: user) == 1)
        }
    }

    /// The shell is the reader's, who sees the views and can neither write nor fill the disk, unless the owner's is asked for.
    private func expectShells(_ user: CommandLineUser) async throws {
        func shell(_ sql: String, asOwner: Bool = false) async throws -> CommandLineRun {
            try await user.run(["db", "shell"] + (asOwner ? ["--owner"] : []) + ["-Atq", "-c", sql])
        }
        #expect(try await shell("select current_user").output == "hale_reader\n")
        #expect(try await shell("select count(*) from hale.account_health").output == "0\n")
        for sql in [
            "select count(*) from hale_data.account", "select lo_from_bytea(0, 'x')", "select pg_advisory_lock(1)",
            "create temp table own (id integer)", "delete from hale_data.account",
        ] {
            let run = try await shell(sql)
            #expect(run.status != 0 && run.errors.contains("permission denied"), "\(sql): \(run.everything)")
        }
        #expect(try await shell("select current_user", asOwner: true).output == "hale_owner\n")
        #expect(try await shell("select count(*) from hale_data.account", asOwner: true).output == "0\n")
    }

    @Test func `two commands at once in a new workspace start one server`() async throws {
        try await withWorkspace { user in
            async let first = user.run(["db", "up"])
            async let second = user.run(["db", "up"])
            let runs = try await [first, second]
            for run in runs { #expect(run.status == 0, "\(run.errors)") }
            let told = runs.flatMap(\.errorLines)
            #expect(told.filter { $0.hasPrefix("making ") }.count == 1, "\(told)")
            #expect(told.filter { $0.hasPrefix("starting ") }.count == 1, "\(told)")
            #expect(try Self.postmasters(of: user) == 1)
            #expect(try await user.run("db", "status").status == 0)
        }
    }

    /// Gives somebody without a server to a test; stops what was started and removes all of it afterwards.
    private func withWorkspace(_ body: (CommandLineUser) async throws -> Void) async throws {
        let user = try CommandLineUser()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(user))
        } catch {
            result = .failure(error)
        }
        let down = try await user.run("db", "down")
        #expect(down.status == 0, "\(down.errors)")
        if let cluster = try Self.clusterOfRoot(user), try Self.postmasters(of: user) == 0 {
            try FileManager.default.removeItem(atPath: cluster)
        }
        try result.get()
    }

    /// Number of the server's process, from `running: PostgreSQL 15, process 4711`.
    private static func process(_ status: CommandLineRun) throws -> Int {
        let match = status.output.firstMatch(of: /running: .*process ([0-9]+)/)
        return try #require(match.flatMap { Int($0.output.1) }, "\(status.output)")
    }

    /// Root's cluster lies outside the workspace, which names it; nil for other users.
    private static func clusterOfRoot(_ user: CommandLineUser) throws -> String? {
        let pointer = user.directory.appending(path: ".hale/cluster")
        guard let text = try? String(contentsOf: pointer, encoding: .utf8) else { return nil }
        let path = text.trimmingCharacters(in: .newlines)
        // It is about to be removed, so it may be nothing else.
        try #require(path.wholeMatch(of: /\/var\/lib\/hale\/[0-9a-f]{12}/) != nil, "\(path)")
        return path
    }

    /// How many servers run on the workspace's cluster: `postgres -D CLUSTER` in the list of processes.
    private static func postmasters(of user: CommandLineUser) throws -> Int {
        let own = user.directory.appending(path: ".hale/postgres").path
        let cluster = try clusterOfRoot(user) ?? own
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
        return processes.filter { number in
            guard let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else { return false }
            let words = String(decoding: line, as: UTF8.self).split(separator: "\0").map(String.init)
            return words.first?.hasSuffix("/postgres") == true && words.contains(cluster)
        }.count
    }
}
