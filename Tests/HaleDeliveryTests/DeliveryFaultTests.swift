import HaleDelivery
import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Receivers and networks that misbehave.
@Suite(.database, .timeLimit(.minutes(30))) struct `Faults of receivers` {
    private static let attempts = """
        select concat_ws('|', number, phase, coalesce(status::text, '-'), coalesce(error, '-')) as text
        from hale_data.delivery_attempt order by delivery_id, number
        """

    private func attempt(
        _ answer: ProgrammableReceiver.Answer, limitMilliseconds: Int64 = 1_000
    ) async throws -> (summary: DeliveryWorker.Summary, attempts: [String], receiver: ProgrammableReceiver) {
        let receiver = try await ProgrammableReceiver { _, _ in answer }
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        fixture.options.attemptMilliseconds = limitMilliseconds
        try await fixture.makeMessages(1)
        let summary = try await fixture.worker.runOnce()
        return (summary, try await fixture.texts(Self.attempts), receiver)
    }

    @Test func `an answer of 200 whose body drips for ever ends with the limit, and is a success`() async throws {
        let run = try await attempt(.drip)
        #expect(run.summary.delivered == 1)
        #expect(run.attempts == ["1|response|200|not finished within 1 s"])
    }

    @Test func `a receiver that never answers costs no more than the limit`() async throws {
        let run = try await attempt(.never)
        #expect(run.summary.failed == 1)
        #expect(run.attempts == ["1|request|-|the request was sent, and no answer came within 1 s"])
    }

    @Test func `a body that breaks off after 200 is a success, and noted`() async throws {
        let run = try await attempt(.broken, limitMilliseconds: 15_000)
        #expect(run.summary.delivered == 1)
        #expect(run.attempts.map { $0.hasPrefix("1|response|200|") && !$0.hasSuffix("|-") } == [true])
    }

    @Test(arguments: [false, true])
    func `a body without end is read to the limit and no further, and is not unpacked`(gzip: Bool) async throws {
        let run = try await attempt(.endless(gzip: gzip), limitMilliseconds: 15_000)
        #expect(run.summary.delivered == 1)
        #expect(run.attempts == ["1|response|200|the answer is longer than 65536 bytes"])
        #expect(
            try await TestDatabase.shared.query(
                "select length(response)::text as text from hale_data.delivery_attempt"
            ).map { try $0.decode("text", as: String.self) } == ["4096"])
    }

    @Test(arguments: [(65_535, "-"), (65_536, "the answer is longer than 65536 bytes")])
    func `an answer is read up to the limit`(bytes: Int, error: String) async throws {
        let run = try await attempt(
            .status(200, body: String(repeating: "x", count: bytes)), limitMilliseconds: 15_000)
        #expect(run.summary.delivered == 1)
        #expect(run.attempts == ["1|response|200|\(error)"])
    }

    @Test func `a redirect to this machine is a failure and is not followed`() async throws {
        let inner = try await ProgrammableReceiver()
        for status in [301, 302, 303, 307, 308] {
            let run = try await attempt(.status(status, headers: ["location": "http://127.0.0.1:\(inner.port)/"]))
            #expect(run.summary.failed == 1)
            #expect(run.attempts.last == "1|response|\(status)|answered \(status)")
            try await TestDatabase.shared.database.withConnection { connection in
                try await connection.script(
                    Statement(
                        name: "test/clear",
                        text: "delete from hale_data.delivery_attempt; delete from hale_data.delivery"))
            }
        }
        #expect(inner.connections == 0)
    }

    @Test func `a peer that stalls before encryption is agreed costs five seconds, and is said to`() async throws {
        let proxy = try await FaultProxy(to: 9) { _ in .stall }
        let fixture = try DeliveryFixture(
            DeliveryFixture.yaml(port: proxy.port).replacing("http://127", with: "https://127"))
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(
            try await fixture.texts(Self.attempts)
                == ["1|connect|-|no connection, or no agreement on encryption, within 5 s"])
    }

    @Test func `nobody listens there`() async throws {
        let receiver = try await ProgrammableReceiver()
        let port = receiver.port
        try await receiver.close()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: port))
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.texts(Self.attempts) == ["1|connect|-|the connection was refused"])
    }

    @Test func `an answer that is lost on the way leads to a second request with the same webhook-id`() async throws {
        let receiver = try await ProgrammableReceiver()
        let proxy = try await FaultProxy(to: receiver.port) { $0 == 0 ? .loseAnswer : .none }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: proxy.port))
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(receiver.requests.map(\.webhookID) == ["msg_team1", "msg_team1"])
        #expect(proxy.connections == 2)
    }

    @Test func `connections that break now and then lose nothing`() async throws {
        let receiver = try await ProgrammableReceiver()
        let proxy = try await FaultProxy(to: receiver.port) { number in
            number % 3 == 0 ? .loseAnswer : number % 3 == 1 ? .close : .none
        }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: proxy.port))
        try await fixture.makeMessages(30)
        for _ in 1...11 {
            _ = try await fixture.worker.runOnce()
            try await fixture.passTime()
        }
        #expect(try await fixture.states() == ["delivered 30"])
        #expect(Set(receiver.requests.map(\.webhookID)).count == 30)
    }

    @Test func `backends that are ended in the middle of the work lose nothing`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, "concurrency: 8"))
        try await fixture.makeMessages(400)
        let worker = fixture.worker
        let running = Task { await worker.run() }
        for count in [20, 100, 200, 300] {
            try await receiver.wait(forRequests: count)
            _ = try await TestDatabase.shared.query(
                """
                select pg_terminate_backend(pid) as ended from pg_stat_activity
                where datname = current_database() and usename = 'hale_app'
                """)
        }
        let deadline = ContinuousClock.now + .seconds(90)
        while try await fixture.states() != ["delivered 400"], ContinuousClock.now < deadline {
            try await fixture.run(
                "update hale_data.delivery set lease_until = now() where lease_until < now() + interval '25 seconds'")
        }
        worker.stop()
        _ = await running.value
        #expect(try await fixture.states() == ["delivered 400"])
        #expect(Set(receiver.requests.map(\.webhookID)).count == 400)
        #expect(
            try await fixture.texts(
                """
                select count(*)::text as text from (
                    select delivery_id from hale_data.delivery_attempt where status = 200 group by delivery_id
                    having count(*) <> 1) as twice
                """) == ["0"])
    }
}
