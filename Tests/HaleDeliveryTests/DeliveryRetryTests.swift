import HaleDelivery
import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// What becomes of messages that do not arrive at once.
@Suite(.database, .timeLimit(.minutes(30))) struct `Messages that do not arrive` {
    private static let delays = """
        select concat_ws('|', number, status, error,
            floor(extract(epoch from next_attempt_at - started_at) - duration_ms / 1000.0 + 0.1)::text) as text
        from hale_data.delivery_attempt order by delivery_id, number
        """

    @Test func `a failed attempt is made again with the same webhook-id and body, until the schedule ends`()
        async throws
    {
        let receiver = try await ProgrammableReceiver { _, _ in .status(500, body: "broken") }
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        fixture.effects.jitter = { 0.5 }
        try await fixture.makeMessages(1)
        for attempt in 1...11 {
            try await fixture.passTime()
            let summary = try await fixture.worker.runOnce()
            #expect(summary.failed == (attempt < 11 ? 1 : 0))
            #expect(summary.dead == (attempt < 11 ? 0 : 1))
        }
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce() == DeliveryWorker.Summary())
        #expect(receiver.requests.count == 11)
        #expect(Set(receiver.requests.map(\.webhookID)) == ["msg_team1"])
        #expect(Set(receiver.requests.map(\.text)) == [#"{"number":1}"#])
        let waits = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 50_400, 72_000, 86_400]
        #expect(
            try await fixture.texts(Self.delays)
                == waits.enumerated().map { "\($0.offset + 1)|500|answered 500|\($0.element)" }
                + ["11|500|answered 500"])
        #expect(try await fixture.states() == ["dead 1"])
    }

    @Test func `what was given up is sent again, one or all since a time, under the same webhook-id`() async throws {
        let receiver = try await ProgrammableReceiver { _, before in .status(before < 2 ? 410 : 200) }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, "concurrency: 2"))
        try await fixture.makeMessages(2)
        #expect(try await fixture.worker.runOnce().dead == 2)
        #expect(try await fixture.desk.resume("team"))
        let database = fixture.database
        let key = try await fixture.texts("select min(delivery_id)::text as text from hale_data.delivery").first.flatMap
        { Int64($0) }
        let sent = try await database.withConnection { try await DeliveryHistoryStore($0).resend(try #require(key)) }
        #expect(sent?.webhookID == "msg_team1")
        #expect(try await fixture.worker.runOnce().delivered == 1)
        let dry = try await database.withConnection {
            try await DeliveryHistoryStore($0).recover("team", since: "2026-01-01", isDryRun: true)
        }
        #expect(dry.count == 1)
        #expect(try await fixture.states() == ["dead 1", "delivered 1"])
        let later = try await database.withConnection {
            try await DeliveryHistoryStore($0).recover("team", since: "2999-01-01", isDryRun: false)
        }
        #expect(later.isEmpty)
        _ = try await database.withConnection {
            try await DeliveryHistoryStore($0).recover("team", since: "2026-01-01", isDryRun: false)
        }
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(receiver.requests.map(\.webhookID).sorted() == ["msg_team1", "msg_team1", "msg_team2", "msg_team2"])
        #expect(try await database.withConnection { try await DeliveryHistoryStore($0).resend(999) } == nil)
    }

    @Test func `a message that was archived can be sent again`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        try await fixture.run("update hale_data.delivery set finished_at = now() - interval '1 minute'")
        #expect(try await fixture.worker.runOnce().delivered == 0)
        #expect(
            try await fixture.texts("select webhook_id as text from hale_data.delivery_archive") == ["msg_team1"])
        #expect(try await fixture.texts("select webhook_id as text from hale_data.delivery") == [])
        let key = try await fixture.texts("select delivery_id::text as text from hale_data.delivery_archive").first
            .flatMap { Int64($0) }
        _ = try await fixture.database.withConnection { try await DeliveryHistoryStore($0).resend(try #require(key)) }
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(receiver.requests.map(\.webhookID) == ["msg_team1", "msg_team1"])
    }

    @Test func `410 stops the receiver at once, and the administrators are told once through another one`() async throws
    {
        let gone = try await ProgrammableReceiver { _, _ in .status(410) }
        let office = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(
            DeliveryFixture.yaml(port: gone.port).replacing(
                "routes:",
                with: """
                      - name: office
                        url: http://127.0.0.1:\(office.port)/
                        secret_env: SECRET
                        allow_private_networks: [127.0.0.0/8]
                    administrators: [team, office]
                    routes:
                    """))
        try await fixture.makeMessages(6)
        _ = try await fixture.worker.runOnce()
        _ = try await fixture.worker.runOnce()
        // What was under way with it came too; the rest waits.
        #expect((1...4).contains(gone.requests.count))
        #expect(
            try await fixture.texts(
                "select name || ' ' || state || ' ' || coalesce(state_reason, '') as text from hale_data.receiver order by name"
            )
                == ["office active ", "team disabled answered 410 Gone"])
        #expect(office.requests.count == 1)
        #expect(office.requests.first?.text.contains(#""type":"receiver.stopped""#) == true)
        #expect(office.requests.first?.text.contains(#""receiver":"team""#) == true)
        let before = gone.requests.count
        #expect(try await fixture.desk.resume("team"))
        _ = try await fixture.worker.runOnce()
        #expect(gone.requests.count > before)
    }

    @Test func `five days without a success and a schedule used up pause the receiver; a success clears the mark`()
        async throws
    {
        let receiver = try await ProgrammableReceiver { _, before in .status(before == 0 ? 200 : 500) }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        let mark = "select state || ' ' || (failing_since is not null)::text as text from hale_data.receiver"
        try await fixture.makeMessages(1)
        try await fixture.run("update hale_data.receiver set failing_since = now() - interval '6 days'")
        _ = try await fixture.worker.runOnce()
        #expect(try await fixture.texts(mark) == ["active false"])
        try await fixture.run(
            """
            insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body, attempts)
            select 'msg_last', receiver_id, 'alerts', 'g', '{}', 10 from hale_data.receiver;
            """)
        // Four days: given up, and not paused.
        try await fixture.run("update hale_data.receiver set failing_since = now() - interval '4 days'")
        #expect(try await fixture.worker.runOnce().dead == 1)
        #expect(try await fixture.texts(mark) == ["active true"])
        // Five days, and one was given up in that time.
        try await fixture.run("update hale_data.receiver set failing_since = now() - interval '121 hours'")
        try await fixture.run(
            """
            insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body)
            select 'msg_next', receiver_id, 'alerts', 'g', '{}' from hale_data.receiver;
            """)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.texts(mark) == ["paused true"])
        #expect(fixture.events.all.contains { if case .stopped("team", .paused, _) = $0 { true } else { false } })
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce() == DeliveryWorker.Summary())
        #expect(try await fixture.desk.resume("team"))
        #expect(try await fixture.texts(mark) == ["active false"])
    }

    @Test(arguments: [("120", 120), ("99999", 3_600), ("1", 5), ("whenever", 5)])
    func `a receiver that asks for time gets it`(text: String, seconds: Int) async throws {
        let receiver = try await ProgrammableReceiver { _, _ in .status(429, headers: ["retry-after": text]) }
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        fixture.effects.jitter = { 0.5 }
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.texts(Self.delays) == ["1|429|answered 429|\(seconds)"])
    }

    @Test func `a paused receiver gets nothing, and what waits comes when it is resumed`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeMessages(3)
        #expect(try await fixture.desk.pause("team", reason: "moving"))
        #expect(try await !fixture.desk.pause("team", reason: "moving"))
        #expect(try await fixture.worker.runOnce().delivered == 0)
        #expect(receiver.connections == 0)
        #expect(try await fixture.desk.resume("team"))
        #expect(try await fixture.worker.runOnce().delivered == 3)
    }
}
