import Foundation
import HaleDelivery
import HaleDomain
import HaleFiles
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// From what happens to an alert to the attempt that is written down.
@Suite(.database, .timeLimit(.minutes(30))) struct `The path of an alert to its receiver` {
    @Test func `an alert becomes an outbox row, a delivery, a signed request and an attempt`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeAccounts()
        #expect(try await fixture.enqueue(try await fixture.fire(["A-1"])) == 1)
        let summary = try await fixture.worker.runOnce()
        #expect(summary.delivered == 1)

        let request = try #require(receiver.requests.first)
        #expect(receiver.requests.count == 1)
        #expect(request.path == "/hook")
        #expect(request.headers["content-type"] == "application/json")
        let timestamp = try #require(request.headers["webhook-timestamp"].flatMap { Int64($0) })
        #expect(abs(timestamp - Int64(Date().timeIntervalSince1970)) < 300)
        let secret = try #require(WebhookSecret(DeliveryFixture.secret))
        #expect(
            request.headers["webhook-signature"]
                == WebhookSignature.header(
                    id: request.webhookID, timestamp: timestamp, body: request.body, secrets: [secret]))
        let body = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        #expect(body["type"] as? String == "alert.firing")
        let data = try #require(body["data"] as? [String: Any])
        #expect(data["groupKey"] as? String == #"{}:{csm="ana@example.com"}"#)
        let alert = try #require((data["alerts"] as? [[String: Any]])?.first)
        #expect(alert["alert"] as? String == "UsageCliff")
        #expect(alert["status"] as? String == "firing")
        #expect(alert["since"] as? String == "2026-03-01")
        #expect((alert["account"] as? [String: Any])?["accountId"] as? String == "A-1")
        #expect((alert["account"] as? [String: Any])?["csm"] as? String == "ana@example.com")

        #expect(
            try await fixture.texts(
                """
                select concat_ws('|', attempt.number, attempt.phase, attempt.status, attempt.response, attempt.address,
                    delivery.state, delivery.attempts, delivery.lease_token is null) as text
                from hale_data.delivery_attempt as attempt join hale_data.delivery using (delivery_id)
                """) == ["1|response|200|ok|127.0.0.1|delivered|1|t"])
    }

    @Test func `what happened and the wish to tell are written together or not at all`() async throws {
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: 9))
        try await fixture.makeAccounts()
        let events = try await fixture.fire(["A-1", "A-2"])
        let outbox = AlertRouting(try await fixture.book(), effects: .withoutSending)
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await fixture.database.withConnection { connection in
                try await connection.transaction { transaction in
                    #expect(try await outbox.enqueue(events, on: transaction) == 2)
                    throw Failure()
                }
            }
        }
        let count = "select (count(*))::text as text from hale_data.outbox"
        #expect(try await fixture.texts(count) == ["0"])
        #expect(try await fixture.enqueue(events) == 2)
        #expect(try await fixture.enqueue(events) == 0)
        #expect(try await fixture.texts(count) == ["2"])
    }

    @Test func `alerts of one CSM come in one message, and a group waits for others`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(
            DeliveryFixture.yaml(port: receiver.port).replacing("group_wait: 0s", with: "group_wait: 1h"))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1", "A-2"]))
        #expect(try await fixture.worker.runOnce().delivered == 0)
        try await fixture.enqueue(try await fixture.fire(["A-3"]))
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 2)
        let counts = receiver.requests.map { $0.text.components(separatedBy: "\"accountId\"").count - 1 }.sorted()
        #expect(counts == [1, 2])
    }

    @Test func `a group that was told waits for its interval, and a repetition for its own`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(
            DeliveryFixture.yaml(port: receiver.port, route: "group_interval: 1h\nrepeat_interval: 2h"))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().delivered == 1)
        try await fixture.enqueue(try await fixture.fire(["A-3"]))
        #expect(try await fixture.worker.runOnce().delivered == 0)
        #expect(
            try await fixture.texts(
                """
                select round(extract(epoch from not_before - alert_group.flushed_at))::text as text
                from hale_data.outbox join hale_data.alert_group using (group_id) where outbox.flushed_at is null
                """) == ["3600"])
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 1)
        try await fixture.run("update hale_data.alert_group set repeat_at = now()")
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(receiver.requests[2].text.contains("A-1") && receiver.requests[2].text.contains("A-3"))
        // What is over is not repeated.
        _ = try await fixture.resolve(["A-1", "A-3"])
        try await fixture.run("update hale_data.alert_group set repeat_at = now()")
        #expect(try await fixture.worker.runOnce().delivered == 0)
        #expect(
            try await fixture.texts("select coalesce(repeat_at::text, 'never') as text from hale_data.alert_group") == [
                "never"
            ])
    }

    @Test func `an alert that is silenced or in hand is not told, and its end only where it was told`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, route: "group_interval: 0s"))
        try await fixture.makeAccounts()
        try await fixture.run(
            """
            insert into hale_data.silence (matchers, author, reason, starts_at, ends_at)
            values ('{"account": "A-1", "team": "cs"}', 'x', 'x', now() - interval '1 hour', now() + interval '1 hour');
            """)
        try await fixture.enqueue(try await fixture.fire(["A-1", "A-2", "A-3"]))
        try await fixture.run(
            """
            update hale_data.alert set acknowledged_by = 'x', acknowledged_at = now()
            where account_id = (select account_id from hale_data.account where external_id = 'A-2')
            """)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(receiver.requests.map { $0.text.contains("A-3") && !$0.text.contains("A-1") } == [true])
        let outbox = """
            select account.external_id || ' ' || kind || ' ' || coalesce(dropped_reason,
                case when delivery_id is not null then 'told' when not_before > now() then 'waits' else 'due' end) as text
            from hale_data.outbox join hale_data.account using (account_id) order by account_id, kind
            """
        #expect(try await fixture.texts(outbox) == ["A-1 firing waits", "A-2 firing acknowledged", "A-3 firing told"])

        try await fixture.enqueue(try await fixture.resolve(["A-1", "A-2", "A-3"]))
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(receiver.requests.last?.text.contains("alert.resolved") == true)
        #expect(receiver.requests.last?.text.contains("A-3") == true)
        #expect(
            try await fixture.texts(outbox) == [
                "A-1 firing resolved before it was told", "A-1 resolved resolved before it was told",
                "A-2 firing acknowledged", "A-2 resolved resolved before it was told", "A-3 firing told",
                "A-3 resolved told",
            ])
    }

    @Test func `a silence that ends lets the alert be told`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeAccounts()
        try await fixture.run(
            """
            insert into hale_data.silence (matchers, author, reason, starts_at, ends_at)
            values ('{"rule": "UsageCliff"}', 'x', 'x', now() - interval '1 hour', now() + interval '1 hour');
            """)
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().delivered == 0)
        try await fixture.run("update hale_data.silence set ends_at = now()")
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 1)
    }

    @Test func `outside the receiver's hours its alerts wait`() async throws {
        let receiver = try await ProgrammableReceiver()
        // Hours that are never now: the one that is furthest from now, in UTC.
        let hour = (Calendar(identifier: .gregorian).component(.hour, from: Date()) + 12) % 24
        func text(_ hour: Int) -> String { (hour % 24 < 10 ? "0" : "") + "\(hour % 24):00" }
        let fixture = try DeliveryFixture(
            DeliveryFixture.yaml(port: receiver.port, route: "active_hours: \"\(text(hour))-\(text(hour + 1))\""))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().delivered == 0)
        #expect(
            try await fixture.texts(
                "select (not_before > now() + interval '59 minutes')::text as text from hale_data.outbox") == ["true"])
    }

    @Test func `a receiver that no list has keeps what it is to be told`() async throws {
        let receiver = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        let file = fixture.file
        fixture.file = ReceiverFile()
        #expect(try await fixture.worker.runOnce().delivered == 0)
        fixture.file = file
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 1)
    }

    @Test func `more alerts than a message holds are told in several`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port, route: "group_by: [alert]"))
        try await fixture.makeAccounts(205)
        try await fixture.enqueue(try await fixture.fire((1...205).map { "A-\($0)" }))
        #expect(try await fixture.worker.runOnce().delivered == 3)
        let counts = receiver.requests.map { $0.text.components(separatedBy: "\"accountId\"").count - 1 }.sorted()
        #expect(counts == [5, 100, 100])
    }
}
