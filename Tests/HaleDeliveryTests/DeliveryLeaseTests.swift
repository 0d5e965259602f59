import HaleDelivery
import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Synchronization
import Testing

/// Leases, fences and places: who may send what, and when.
@Suite(.database, .timeLimit(.minutes(30))) struct `Leases of deliveries` {
    private static func claim(_ fixture: DeliveryFixture, token: String, concurrency: Int = 4) async throws
        -> [ClaimedDelivery]
    {
        let keys = try await fixture.texts("select receiver_id::text as text from hale_data.receiver").compactMap {
            Int64($0)
        }
        return try await fixture.database.withConnection { connection in
            try await DeliveryStore(connection).claim(
                keys.map { ClaimPlace(receiver: $0, concurrency: concurrency, room: concurrency) }, worker: token,
                token: token, leaseSeconds: 30
            ).deliveries
        }
    }

    private static func outcome(_ delivery: ClaimedDelivery, state: DeliveryState = .delivered) -> AttemptOutcome {
        AttemptOutcome(
            delivery: delivery.key, token: delivery.token, state: state, delaySeconds: nil, durationMilliseconds: 1,
            address: nil, phase: .response, status: 200, response: nil, error: nil)
    }

    @Test func `a worker that lost its lease throws its result away`() async throws {
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: 9))
        try await fixture.makeMessages(1)
        let first = try await Self.claim(fixture, token: "first")
        #expect(first.map(\.attempts) == [1])
        #expect(try await Self.claim(fixture, token: "early").isEmpty)
        try await fixture.run("update hale_data.delivery set lease_until = now()")
        let second = try await Self.claim(fixture, token: "second")
        #expect(second.map(\.attempts) == [2])
        #expect(second.map(\.webhookID) == first.map(\.webhookID))
        let database = fixture.database
        let late = try await database.withConnection {
            try await DeliveryStore($0).finish([Self.outcome(first[0], state: .dead)])
        }
        #expect(late.isEmpty)
        let renewed = try await database.withConnection { connection in
            try await DeliveryStore(connection).renew(
                [(first[0].key, "first"), (second[0].key, "second")], leaseSeconds: 30)
        }
        #expect(renewed == [second[0].key])
        try await database.withConnection { try await DeliveryStore($0).release([(first[0].key, "first")]) }
        let written = try await database.withConnection {
            try await DeliveryStore($0).finish([Self.outcome(second[0])])
        }
        #expect(written == [second[0].key])
        #expect(try await fixture.states() == ["delivered 1"])
        #expect(
            try await fixture.texts(
                "select number || ' ' || phase as text from hale_data.delivery_attempt order by number")
                == ["1 unknown", "2 response"])
    }

    @Test func `the longest due comes first, and of one receiver only so many are under way, whoever has them`()
        async throws
    {
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: 9))
        try await fixture.makeMessages(10)
        try await fixture.run(
            "update hale_data.delivery set next_attempt_at = now() - interval '1 hour' where webhook_id = 'msg_team7'")
        let first = try await Self.claim(fixture, token: "a", concurrency: 3)
        #expect(first.map(\.webhookID) == ["msg_team7", "msg_team1", "msg_team2"])
        #expect(try await Self.claim(fixture, token: "b", concurrency: 3).isEmpty)
        #expect(try await Self.claim(fixture, token: "c", concurrency: 5).count == 2)
    }

    @Test func `what is given back is as if it had not been taken`() async throws {
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: 9))
        try await fixture.makeMessages(1)
        let taken = try await Self.claim(fixture, token: "a")
        try await fixture.database.withConnection { try await DeliveryStore($0).release([(taken[0].key, "a")]) }
        #expect(try await Self.claim(fixture, token: "b").map(\.attempts) == [1])
    }

    @Test func `five workers at once send every message once`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, "concurrency: 20"))
        try await fixture.makeMessages(300)
        let delivered = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...5 { group.addTask { try await fixture.worker.runOnce().delivered } }
            return try await group.reduce(0, +)
        }
        #expect(delivered == 300)
        #expect(receiver.requests.count == 300)
        #expect(Set(receiver.requests.map(\.webhookID)).count == 300)
        #expect(try await fixture.states() == ["delivered 300"])
    }

    @Test func `one receiver that never answers does not keep the others waiting`() async throws {
        let slow = try await ProgrammableReceiver { _, _ in .held }
        let quick = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(
            DeliveryFixture.yaml(port: slow.port).replacing(
                "routes:",
                with: """
                      - name: quick
                        url: http://127.0.0.1:\(quick.port)/
                        secret_env: SECRET
                        allow_private_networks: [127.0.0.0/8]
                    routes:
                    """))
        try await fixture.makeMessages(40)
        try await fixture.makeMessages(40, to: "quick")
        let worker = fixture.worker
        let running = Task { await worker.run() }
        try await slow.wait(forRequests: 4)
        try await quick.wait(forRequests: 40)
        // The slow one has no more than its share.
        #expect(slow.requests.count == 4)
        slow.release()
        try await slow.wait(forRequests: 40)
        worker.stop()
        #expect(await running.value.delivered == 80)
    }

    @Test func `a stop finishes what is under way and takes nothing more`() async throws {
        let receiver = try await ProgrammableReceiver { _, _ in .held }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeMessages(10)
        let worker = fixture.worker
        let running = Task { await worker.run() }
        try await receiver.wait(forRequests: 4)
        worker.stop()
        receiver.release()
        #expect(
            await running.value
                == {
                    var summary = DeliveryWorker.Summary(); summary.delivered = 4; return summary
                }())
        #expect(receiver.requests.count == 4)
        #expect(try await fixture.states() == ["delivered 4", "waiting 6"])
    }

    @Test func `what is not finished within the grace time is given back, and no attempt is counted`() async throws {
        let receiver = try await ProgrammableReceiver { _, _ in .held }
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, "concurrency: 50"))
        fixture.options.graceMilliseconds = 0
        try await fixture.makeMessages(50)
        let worker = fixture.worker
        let running = Task { await worker.run() }
        try await receiver.wait(forRequests: 50)
        worker.stop()
        #expect(await running.value.released == 50)
        #expect(
            try await fixture.texts(
                "select distinct concat_ws('|', state, attempts, lease_token is null) as text from hale_data.delivery")
                == ["waiting|0|t"])
        receiver.release()
        #expect(try await fixture.worker.runOnce().delivered == 50)
        #expect(Set(receiver.requests.map(\.webhookID)).count == 50)
    }

    @Test func `a message that was written late is found although later ones were sent already`() async throws {
        let receiver = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        fixture.options.scanMilliseconds = 50
        try await fixture.makeMessages(3)
        let worker = fixture.worker
        let running = Task { await worker.run() }
        try await receiver.wait(forRequests: 3)
        // Its transaction began long before those of the others were committed.
        try await fixture.run(
            """
            insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body, next_attempt_at)
            select 'msg_late', receiver_id, 'alerts', 'g', '{}', now() - interval '1 hour' from hale_data.receiver;
            """)
        try await receiver.wait(forRequests: 4)
        worker.stop()
        #expect(await running.value.delivered == 4)
        #expect(receiver.requests.last?.webhookID == "msg_late")
    }

    @Test func `a channel of Slack gets one message a second`() async throws {
        let receiver = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, "format: slack"))
        // The clock goes on only while the worker waits for something to do.
        let clock = Mutex(Int64(0))
        let exchanges = Mutex<[(began: Int64, ended: Int64)]>([])
        fixture.effects.milliseconds = { clock.withLock { $0 } }
        let (sleep, exchange) = (fixture.effects.sleep, fixture.effects.exchange)
        let poll = fixture.options.pollMilliseconds
        fixture.effects.sleep = { milliseconds in
            guard milliseconds == poll else { return await sleep(milliseconds) }
            await sleep(2)
            clock.withLock { $0 += 100 }
        }
        fixture.effects.exchange = { request in
            let began = clock.withLock { $0 }
            let answer = await exchange(request)
            let ended = clock.withLock { $0 }
            exchanges.withLock { $0.append((began, ended)) }
            return answer
        }
        try await fixture.makeMessages(3)
        #expect(try await fixture.worker.runOnce().delivered == 3)
        let times = exchanges.withLock { $0 }
        #expect(times.count == 3)
        for (first, second) in zip(times, times.dropFirst()) { #expect(second.began - first.ended >= 1_000) }
    }

    @Test func `a lease that is renewed holds for as long as the work takes`() async throws {
        let receiver = try await ProgrammableReceiver { _, _ in .held }
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        fixture.options.renewMilliseconds = 10
        try await fixture.makeMessages(1)
        let worker = fixture.worker
        let running = Task { await worker.run() }
        try await receiver.wait(forRequests: 1)
        try await fixture.run("update hale_data.delivery set lease_until = now() + interval '1 second'")
        let deadline = ContinuousClock.now + .seconds(30)
        var isRenewed = false
        while !isRenewed, ContinuousClock.now < deadline {
            isRenewed =
                try await fixture.texts(
                    "select (lease_until > now() + interval '20 seconds')::text as text from hale_data.delivery") == [
                    "true"
                ]
        }
        #expect(isRenewed)
        receiver.release()
        worker.stop()
        #expect(await running.value.delivered == 1)
    }
}
