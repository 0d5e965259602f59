import Foundation
import HaleTestSupport
import Postgres
import Testing

/// `hale deliver` while a backend is killed, while a standby takes over, and while the disk is full.
extension `hale deliver and its surroundings` {
    /// Every message was sent, under its own number and no other; the attempts that are kept are those that were made,
    /// one of them answered; nothing is leased any more.
    func expectWhole(
        _ receiver: ProgrammableReceiver, messages: Int, _ settings: ConnectionSettings,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(
            Set(receiver.requests.map(\.webhookID)) == Set((1...messages).map { "msg_\($0)" }),
            sourceLocation: sourceLocation)
        #expect(
            try await Self.texts(
                "select webhook_id as text from hale_data.delivery where lease_token is not null", settings) == [],
            sourceLocation: sourceLocation)
        let odd = try await Self.texts(
            """
            select every.webhook_id as text
            from (
                select delivery_id, webhook_id, attempts from hale_data.delivery
                union all select delivery_id, webhook_id, attempts from hale_data.delivery_archive) as every
            left join hale_data.delivery_attempt as attempt on attempt.delivery_id = every.delivery_id
            group by every.delivery_id, every.webhook_id, every.attempts
            having count(attempt.number) <> every.attempts or max(attempt.number) <> every.attempts
                or count(*) filter (where attempt.status = 200) <> 1
            """, settings)
        #expect(odd == [], sourceLocation: sourceLocation)
    }

    /// Somebody whose database is on servers of a test's own, the first of which gets its schema.
    private static func user(of sockets: [String]) async throws -> CommandLineUser {
        let hosts = sockets.joined(separator: ",").replacing("/", with: "%2F")
        let user = try CommandLineUser(["DATABASE_URL": "postgresql://postgres@/postgres?host=\(hosts)"])
        let migrated = try await user.run("db", "migrate")
        #expect(migrated.status == 0, "\(migrated.everything)")
        return user
    }

    /// Delivers messages while a test does something to the server, with four of them under way whose answers come when
    /// it releases them; it returns the server that is asked from then on.
    private func deliver(
        _ messages: Int, as user: CommandLineUser, from server: ServerOfOwn, answer: String = "ok",
        log expected: String? = nil, _ fault: (ProgrammableReceiver) async throws -> ServerOfOwn
    ) async throws -> ProgrammableReceiver {
        let receiver = try await ProgrammableReceiver { _, before in
            (40..<44).contains(before) ? .held : .status(200, body: answer)
        }
        try await configure(user, port: receiver.port)
        try await Self.makeMessages(messages, on: server.settings)
        let log = try await delivering(user) { _ in
            try await receiver.wait(forRequests: 44)
            let settings = try await fault(receiver).settings
            let wanted = ["delivered \(messages)"]
            #expect(try await Self.waitFor(Self.states, wanted, settings, seconds: 150) == wanted)
            try await expectWhole(receiver, messages: messages, settings)
        }
        // A short fault may be over before the process asks the server again: then there is nothing to say.
        if let expected { #expect(log.contains(expected), "the fault was not met: \(log)") }
        return receiver
    }

    @Test func `a backend that is killed takes every session with it, and loses nothing`() async throws {
        try await ServerOfOwn.with { directory in
            let server = try await ServerOfOwn.start(in: directory)
            let user = try await Self.user(of: [server.socket])
            _ = try await deliver(100, as: user, from: server) { receiver in
                let backends = try await Self.texts(
                    "select pid::text as text from pg_stat_activity where application_name ~ '^hale deliver [0-9]+$'",
                    server.settings)
                let backend = try #require(backends.first)
                let killed = try await user.shell("kill -KILL \(backend)")
                #expect(killed.status == 0, "\(killed.everything)")
                receiver.release()
                // The server has taken note of it once the process is gone.
                _ = try await user.shell(
                    "for round in $(seq 600); do kill -0 \(backend) 2>/dev/null || exit 0; sleep 0.1; done")
                try await server.waitUntilItAnswers()
                // Every session was thrown out, not the one alone.
                let later = try await Self.texts(
                    "select pid::text as text from pg_stat_activity where application_name ~ '^hale deliver [0-9]+$'",
                    server.settings)
                #expect(Set(later).isDisjoint(with: backends))
                return server
            }
        }
    }

    @Test func `a standby that takes over goes on where the first server died`() async throws {
        try await ServerOfOwn.with { directory in
            let first = try await ServerOfOwn.start(in: directory)
            let user = try await Self.user(of: [first.socket, "\(first.directory)/second-socket"])
            let second = try await first.follow()
            // The answers come while nobody takes writes.
            let receiver = try await deliver(100, as: user, from: first) { receiver in
                try await first.kill()
                receiver.release()
                try await second.promote()
                return second
            }

            // The first is back and only reads: though it is named first, the one that writes is used.
            try await first.startAsStandby()
            try await Self.makeMessages(10, on: second.settings, from: 101)
            let once = try await user.run(["deliver", "--once"], variables: Self.secret)
            #expect(once.status == 0 && once.everything.contains("10 delivered"), "\(once.everything)")
            try await expectWhole(receiver, messages: 110, second.settings)
        }
    }

    @Test(
        .enabled("no file system may be mounted here: no disk is filled") { try await ServerOfOwn.mayMount() })
    func `on a full disk nothing is lost, and the work goes on when there is room`() async throws {
        try await ServerOfOwn.with(mounting: 300) { directory in
            let server = try await ServerOfOwn.start(in: directory)
            let user = try await Self.user(of: [server.socket])
            // Answers of 4 kB are kept with their attempts, so that tables have to grow.
            let answer = String((0..<4_000).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "x" })
            _ = try await deliver(400, as: user, from: server, answer: answer, log: "SQLSTATE 53100") { receiver in
                try await server.fillDisk()
                receiver.release()
                let deadline = ContinuousClock.now + .seconds(60)
                while ContinuousClock.now < deadline {
                    let text = try String(contentsOf: user.directory.appending(path: "deliver.log"), encoding: .utf8)
                    if text.contains("SQLSTATE 53100") { break }
                    try await Task.sleep(for: .milliseconds(50))
                }
                try await server.emptyDisk()
                try await server.startAgain()
                return server
            }
        }
    }
}
