import Foundation
import HaleTestSupport
import Postgres
import Testing

/// `hale deliver` as a process that is ended in the middle of its work.
@Suite(.database, .timeLimit(.minutes(30))) struct `hale deliver` {
    private static let secret = ["SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]

    private func user(port: Int, concurrency: Int = 4) async throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
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
        return user
    }

    private func makeMessages(_ count: Int) async throws {
        _ = try await TestDatabase.shared.query(
            """
            with made as (
                insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body)
                select 'msg_' || number, receiver_id, 'alerts', 'g', '{}'
                from hale_data.receiver, generate_series(1, $1::integer) as number returning delivery_id)
            select count(*) as made from made
            """, [Int32(count)])
    }

    private func texts(_ query: String) async throws -> [String] {
        try await TestDatabase.shared.query(query).map { try $0.decode("text", as: String.self) }
    }

    private static let states = """
        select concat_ws('|', state, attempts, lease_token is null, count(*)) as text
        from hale_data.delivery group by state, attempts, lease_token is null order by 1
        """

    @Test func `a process that is killed between the receiver's 200 and the commit doubles nothing but the request`()
        async throws
    {
        let receiver = try await ProgrammableReceiver { _, _ in .held }
        let user = try await user(port: receiver.port)
        try await makeMessages(1)
        let running = Task {
            try await user.shell("\"$HALE\" deliver & echo $! > pid; wait $!; echo $?", variables: Self.secret)
        }
        try await receiver.wait(forRequests: 1)
        let holder = try await Connection.open(TestDatabase.shared.superuser)
        try await holder.transaction { transaction in
            // The result cannot be written while somebody holds the table.
            try await transaction.script(
                Statement(name: "test/hold", text: "lock table hale_data.delivery_attempt in exclusive mode"))
            receiver.release()
            try await waitForLock()
            _ = try await user.shell("kill -9 $(cat pid)")
            #expect(try await running.value.output.hasSuffix("137\n"))
        }
        await holder.close()
        #expect(try await texts(Self.states) == ["waiting|1|f|1"])
        #expect(try await texts("select number::text as text from hale_data.delivery_attempt") == [])
        // The lease holds, so nobody else sends it yet; once it has run out, it is due at once.
        #expect(try await user.run(["deliver", "--once"], variables: Self.secret).status == 0)
        #expect(receiver.requests.count == 1)
        _ = try await texts(
            "with late as (update hale_data.delivery set lease_until = now() returning 1) select count(*)::text as text from late"
        )
        let run = try await user.run(["deliver", "--once"], variables: Self.secret)
        #expect(run.status == 0 && run.errors.contains("1 delivered"), "\(run.everything)")
        #expect(receiver.requests.map(\.webhookID) == ["msg_1", "msg_1"])
        #expect(try await texts(Self.states) == ["delivered|2|t|1"])
        #expect(
            try await texts("select number || ' ' || phase as text from hale_data.delivery_attempt order by 1")
                == ["1 unknown", "2 response"])
    }

    @Test func `a process that was stopped and wakes up after its lease changes nothing`() async throws {
        let receiver = try await ProgrammableReceiver { _, before in before == 0 ? .held : .status(200) }
        let user = try await user(port: receiver.port)
        try await makeMessages(1)
        let running = Task {
            try await user.shell("\"$HALE\" deliver & echo $! > pid; wait $!; echo $?", variables: Self.secret)
        }
        try await receiver.wait(forRequests: 1)
        _ = try await user.shell("kill -STOP $(cat pid)")
        _ = try await texts(
            """
            with late as (update hale_data.delivery set lease_until = now() returning delivery_id)
            select count(*)::text as text from late
            """)
        let other = try await user.run(["deliver", "--once"], variables: Self.secret)
        #expect(other.status == 0 && other.errors.contains("1 delivered"), "\(other.everything)")
        // It has an answer of 200 when it wakes up, and that is not its message any more.
        receiver.release()
        _ = try await user.shell("kill -CONT $(cat pid); kill -TERM $(cat pid)")
        let woken = try await running.value
        #expect(woken.output.hasSuffix("0\n") && woken.errors.contains("0 delivered"), "\(woken.everything)")
        #expect(receiver.requests.map(\.webhookID) == ["msg_1", "msg_1"])
        #expect(try await texts(Self.states) == ["delivered|2|t|1"])
        #expect(
            try await texts("select number || ' ' || phase as text from hale_data.delivery_attempt order by 1")
                == ["1 unknown", "2 response"])
    }

    /// Waits until a connection of the service waits for a lock.
    private func waitForLock() async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let waiting = try await TestDatabase.shared.query(
                """
                select held.pid from pg_locks as held
                where not held.granted and held.relation = 'hale_data.delivery_attempt'::regclass
                """)
            if !waiting.isEmpty { return }
        }
        Issue.record("the result was never written")
    }

    @Test func `SIGTERM with 50 slow deliveries under way gives them back, and the process ends with 0`() async throws {
        let receiver = try await ProgrammableReceiver { _, _ in .held }
        let user = try await user(port: receiver.port, concurrency: 50)
        try await makeMessages(60)
        let running = Task {
            try await user.shell(
                "\"$HALE\" deliver --grace 0 & echo $! > pid; wait $!; echo $?", variables: Self.secret)
        }
        try await receiver.wait(forRequests: 50)
        _ = try await user.shell("kill -TERM $(cat pid)")
        let run = try await running.value
        #expect(run.output.hasSuffix("0\n"), "\(run.everything)")
        #expect(run.errors.contains("50 given back"))
        #expect(try await texts(Self.states) == ["waiting|0|t|60"])
        receiver.release()
        #expect(try await user.run(["deliver", "--once"], variables: Self.secret).errors.contains("60 delivered"))
        #expect(Set(receiver.requests.map(\.webhookID)).count == 60)
        #expect(try await texts(Self.states) == ["delivered|1|t|60"])
    }

    @Test func `SIGTERM with 50 deliveries under way that end in time finishes them`() async throws {
        let receiver = try await ProgrammableReceiver { _, _ in .held }
        let user = try await user(port: receiver.port, concurrency: 50)
        try await makeMessages(60)
        let running = Task {
            try await user.shell("\"$HALE\" deliver & echo $! > pid; wait $!; echo $?", variables: Self.secret)
        }
        try await receiver.wait(forRequests: 50)
        _ = try await user.shell("kill -TERM $(cat pid)")
        receiver.release()
        let run = try await running.value
        #expect(run.output.hasSuffix("0\n"), "\(run.everything)")
        #expect(run.errors.contains("50 delivered"), "\(run.everything)")
        #expect(try await texts(Self.states) == ["delivered|1|t|50", "waiting|0|t|10"])
    }

    @Test func `receivers are added, tested, paused and shown, and a refusal is one line`() async throws {
        let receiver = try await ProgrammableReceiver()
        let user = try CommandLineUser.ofTestDatabase()
        let address = "http://127.0.0.1:\(receiver.port)/"
        let refused = try await user.run(
            ["receivers", "add", "team", "--url", address, "--secret-env", "SECRET"], variables: Self.secret)
        #expect(refused.status == 1 && refused.errorLines.count == 1)
        #expect(refused.errors.contains("HALE-DELIVERY-007"))
        #expect(receiver.connections == 0)
        let arguments = [
            "receivers", "add", "team", "--url", address, "--secret-env", "SECRET", "--allow-private-network",
            "127.0.0.0/8",
        ]
        #expect(try await user.run(arguments + ["--dry-run"], variables: Self.secret).status == 0)
        #expect(try await user.run(arguments, variables: Self.secret).status == 0)
        #expect(try await user.run(arguments, variables: Self.secret).status == 1)
        let test = try await user.run(["receivers", "test", "team", "--format", "json"], variables: Self.secret).json()
        #expect(test["delivered"] == .bool(true))
        #expect(
            try await user.run(["receivers", "pause", "team"], variables: Self.secret).output == "team is paused\n")
        let list = try await user.run(["receivers", "list", "--format", "json"], variables: Self.secret).json()
        #expect(list["receivers"]?.elements?.first?["state"]?.textValue == "paused")
        #expect(
            try await user.run(["receivers", "resume", "team"], variables: Self.secret).output == "team is active\n")
        #expect(try await user.run(["receivers", "pause", "nobody"], variables: Self.secret).status == 1)
        let attempts = try await user.run("receivers", "attempts", "team", "--format", "json").json()
        #expect(attempts["attempts"]?.elements?.count == 1)
        let status = try await user.run("deliver", "--status", "--format", "json").json()
        #expect(status["states"]?.elements?.first?["state"]?.textValue == "delivered")
        #expect(try await user.run("receivers", "resend", "999").status == 1)
        #expect(
            try await user.run("receivers", "add", "x", "--url", "https://a.example/", "--url-env", "X").status == 2)
        #expect(try await user.run("receivers", "rotate-secret", "team", "--keep-hours", "169").status == 2)
    }

    @Test func `a broken file of receivers is said with its place`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try FileManager.default.createDirectory(
            at: user.directory.appending(path: "alerts"), withIntermediateDirectories: true)
        try user.write("receivers:\n  - name: a\n    colour: red\n", to: "alerts/receivers.yaml")
        let run = try await user.run("deliver", "--once")
        #expect(run.status == 1)
        #expect(run.errors.contains("alerts/receivers.yaml:3:5:"))
    }
}
