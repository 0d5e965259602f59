import Foundation
import HaleStore
import HaleTestSupport
import Postgres
import PrivateServer
import Testing

/// `hale deliver` while its server dies, and what it leaves of itself after faults.
@Suite(.serialized, .timeLimit(.minutes(30))) struct `hale deliver and its surroundings` {
    static let secret = ["SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]

    func configure(_ user: CommandLineUser, port: Int, concurrency: Int = 4) async throws {
        try FileManager.default.createDirectory(
            at: user.directory.appending(path: "alerts"), withIntermediateDirectories: true)
        try user.write(
            """
            receivers:
              - name: team
                url: http://127.0.0.1:\(port)/
                secret_env: SECRET
                concurrency: \(concurrency)
                allow_private_networks: [127.0.0.0/8]
            """, to: "alerts/receivers.yaml")
        let list = try await user.run(["receivers", "list"], variables: Self.secret)
        #expect(list.status == 0, "\(list.everything)")
    }

    static func makeMessages(_ count: Int, on settings: ConnectionSettings, from first: Int = 1) async throws {
        _ = try await texts(
            """
            with made as (
                insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body)
                select 'msg_' || number, receiver_id, 'alerts', 'g', '{}'
                from hale_data.receiver, generate_series(\(first), \(first + count - 1)) as number returning delivery_id)
            select count(*)::text as text from made
            """, settings)
    }

    static func texts(_ query: String, _ settings: ConnectionSettings) async throws -> [String] {
        let connection = try await Connection.open(settings)
        do {
            let rows = try await connection.query(Statement(name: "test/query", text: query))
            await connection.close()
            return try rows.map { try $0.decode("text", as: String.self) }
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Starts `hale deliver` in the background, gives its process to a test, and ends it whatever happens.
    func delivering(_ user: CommandLineUser, _ body: (Int) async throws -> Void) async throws -> String {
        // The run of the shell counts as over when its child is.
        let shell = Task {
            try await user.shell(
                "\"$HALE\" deliver >deliver.log 2>&1 & echo $! >pid.new; mv pid.new pid", variables: Self.secret)
        }
        let deadline = ContinuousClock.now + .seconds(30)
        while !user.has("pid"), ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
        let text = try String(contentsOf: user.directory.appending(path: "pid"), encoding: .utf8)
        let process = try #require(Int(text.trimmingCharacters(in: .newlines)))
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(process))
        } catch {
            result = .failure(error)
        }
        _ = try await user.shell(
            """
            kill -TERM \(process)
            for round in $(seq 300); do kill -0 \(process) 2>/dev/null || exit 0; sleep 0.1; done
            kill -KILL \(process)
            """)
        _ = try await shell.value
        let log = try String(contentsOf: user.directory.appending(path: "deliver.log"), encoding: .utf8)
        do { try result.get() } catch {
            Issue.record("hale deliver wrote: \(log)")
            throw error
        }
        return log
    }

    /// Asks until the answer is as wanted, or the time is over; the last answer.
    static func waitFor(
        _ query: String, _ wanted: [String], _ settings: ConnectionSettings, seconds: Int
    ) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            let answer = try await texts(query, settings)
            if answer == wanted || ContinuousClock.now > deadline { return answer }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    static let states = """
        select state || ' ' || count(*) as text
        from (select state from hale_data.delivery union all select 'delivered' from hale_data.delivery_archive) as every
        group by state order by state
        """

    @Test func `a server that is killed and started again loses no message, and keeps no lease beyond its time`()
        async throws
    {
        // Four are under way when the server dies; their answers come while it is away.
        let receiver = try await ProgrammableReceiver { _, before in (40..<44).contains(before) ? .held : .status(200) }
        let user = try CommandLineUser()
        let up = try await user.run("db", "up")
        #expect(up.status == 0, "\(up.errors)")
        try await withServer(of: user) { server in
            let settings = ConnectionSettings(server.keywords(as: .superuser))
            try await configure(user, port: receiver.port)
            try await Self.makeMessages(100, on: settings)
            let log = try await delivering(user) { _ in
                try await receiver.wait(forRequests: 44)
                // It is gone when it does not run any more, whoever has yet to collect it.
                _ = try await user.shell(
                    """
                    kill -KILL \(server.processID)
                    for round in $(seq 100); do
                        grep -q '^State:[[:space:]]*[RSDT]' /proc/\(server.processID)/status 2>/dev/null || exit 0
                        sleep 0.1
                    done
                    """)
                receiver.release()
                let again = try await user.run("db", "up")
                #expect(again.status == 0, "\(again.errors)")
                #expect(
                    try await Self.waitFor(Self.states, ["delivered 100"], settings, seconds: 150) == ["delivered 100"])
            }
            #expect(log.contains("the database: "), "the death was not noticed: \(log)")
            try await expectWhole(receiver, messages: 100, settings)
        }
    }

    /// Stops the server of somebody's own when a test is done, and removes it.
    private func withServer(of user: CommandLineUser, _ body: (RunningServer) async throws -> Void) async throws {
        let workspace = Workspace(path: user.directory.appending(path: ".hale").path)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(PrivateServer(workspace: workspace).ensureRunning()))
        } catch {
            result = .failure(error)
        }
        let down = try await user.run("db", "down")
        #expect(down.status == 0, "\(down.errors)")
        // Root's cluster lies outside the workspace, which names it.
        let pointer = user.directory.appending(path: ".hale/cluster")
        if down.status == 0, let text = try? String(contentsOf: pointer, encoding: .utf8) {
            let path = text.trimmingCharacters(in: .newlines)
            if path.wholeMatch(of: /\/var\/lib\/hale\/[0-9a-f]{12}/) != nil {
                try FileManager.default.removeItem(atPath: path)
            }
        }
        try result.get()
    }

    @Test(.database) func `after faults the process has no more memory, descriptors and connections than before`()
        async throws
    {
        // Of the second hundred on, every fifth is refused, cut off or answered with too much.
        let receiver = try await ProgrammableReceiver { _, before in
            guard before >= 20 else { return .status(200) }
            return switch before % 10 {
            case 0: .status(500)
            case 2: .broken
            case 4: .endless()
            case 6: .status(302, headers: ["location": "http://127.0.0.1:9/"])
            default: .status(200)
            }
        }
        let proxy = try await FaultProxy(to: receiver.port) { number in
            number >= 20 && number % 5 == 1 ? .close : number >= 20 && number % 5 == 2 ? .loseAnswer : .none
        }
        let user = try CommandLineUser.ofTestDatabase()
        let settings = try TestDatabase.shared.superuser
        try await configure(user, port: proxy.port)
        let waiting =
            "select count(*)::text as text from hale_data.delivery where lease_token is not null or state = 'waiting' and attempts = 0"
        let connections = """
            select count(*)::text as text from pg_stat_activity
            where datname = current_database() and application_name ~ '^hale deliver [0-9]+$' and pid <> pg_backend_pid()
            """
        _ = try await delivering(user) { process in
            // What it needs anyway is open by then.
            try await Self.makeMessages(20, on: settings)
            #expect(try await Self.waitFor(waiting, ["0"], settings, seconds: 60) == ["0"])
            let before = try Self.descriptors(of: process)
            #expect(before > 3)
            try await Self.makeMessages(200, on: settings, from: 1_001)
            #expect(try await Self.waitFor(waiting, ["0"], settings, seconds: 120) == ["0"])
            let after = try Self.descriptors(of: process)
            // As many as may be kept: a connection of every place in the pool, and one of every request at once.
            let kept = Database.maximumConnections + 4
            #expect(after <= before + kept, "\(before) descriptors, then \(after)")
            #expect(
                try await Self.texts(connections, settings).allSatisfy {
                    (Int($0) ?? 99) <= Database.maximumConnections
                })
            // By now every kind of fault has been met; what the next ones take is given back.
            let memory = try Self.residentKilobytes(of: process)
            for round in 2...4 {
                try await Self.makeMessages(200, on: settings, from: round * 1_000 + 1)
                #expect(try await Self.waitFor(waiting, ["0"], settings, seconds: 120) == ["0"])
            }
            // Of 48.6 MB it took 0.6 MB more; a body of 64 kB kept of every tenth message would be 3.8 MB.
            #expect(try Self.residentKilobytes(of: process) < memory + 3_000)
        }
        // The faults were there.
        let faults = try await Self.texts(
            "select count(*)::text as text from hale_data.delivery_attempt where status is distinct from 200", settings)
        #expect((Int(faults.first ?? "") ?? 0) > 40, "\(faults)")
        #expect(try await Self.waitFor(connections, ["0"], settings, seconds: 10) == ["0"])
    }

    /// How much of its memory a process has in use [kB].
    private static func residentKilobytes(of process: Int) throws -> Int {
        let status = try String(contentsOf: URL(filePath: "/proc/\(process)/status"), encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1]))
    }

    /// How many files and sockets a process has open.
    static func descriptors(of process: Int) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
    }

    @Test(.database) func `--status names the process that holds an old snapshot`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let holder = try await Connection.open(TestDatabase.shared.superuser)
        let process = await holder.backendProcessID
        // In this database every transaction looks ten minutes older than it is.
        try await holder.script(
            Statement(
                name: "test/older",
                text: """
                    set allow_system_table_mods = on;
                    do $do$
                    begin
                        execute 'create or replace view pg_catalog.pg_stat_activity as ' || replace(
                            pg_get_viewdef('pg_catalog.pg_stat_activity'::regclass), 's.xact_start,',
                            's.xact_start - interval ''10 minutes'' as xact_start,');
                    end
                    $do$;
                    """))
        let quiet = try await user.run("deliver", "--status")
        #expect(quiet.status == 0 && !quiet.everything.contains("process \(process) "), "\(quiet.everything)")
        try await holder.transaction(isolation: .repeatableRead) { transaction in
            _ = try await transaction.query(
                Statement(name: "test/hold", text: "select count(*) as held from hale_data.delivery"))
            let run = try await user.run("deliver", "--status")
            #expect(run.status == 0)
            #expect(
                run.everything.firstMatch(
                    of: try Regex("process \(process) .*has held a transaction open for 6[0-9]{2} s"))
                    != nil, "\(run.everything)")
        }
        await holder.close()
    }
}
