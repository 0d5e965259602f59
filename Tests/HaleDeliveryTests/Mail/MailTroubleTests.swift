import HaleDelivery
import HaleDomain
import HaleStore
import HaleTestSupport
import Testing

/// What becomes of mail that a server refuses, forgets or never answers.
@Suite(
    .database, .timeLimit(.minutes(30)),
    .enabled("aiosmtpd is not installed: scripts/test-peers") { await PythonPeer.has("aiosmtpd") })
struct `Mail that does not arrive` {
    private static func fixture(_ port: Int, _ more: String = "", scheme: String = "smtp") async throws
        -> DeliveryFixture
    {
        var fixture = try DeliveryFixture(DeliveryFixture.mailYAML(port: port, scheme: scheme, more))
        fixture.effects.jitter = { 0.5 }
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        return fixture
    }

    @Test(arguments: [
        ("mail 451 4.3.0 later", "MAIL FROM"), ("rcpt 450 4.2.1 greylisted", "RCPT TO"),
        ("data 452 4.2.2 full", "the message"),
    ])
    func `what a server refuses for now is sent again with the same Message-ID`(answer: String, step: String)
        async throws
    {
        let server = try await MailServer(plan: [answer, "ok"])
        let fixture = try await Self.fixture(server.port)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.states() == ["waiting 1"])
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 1)
        let code = answer.split(separator: " ")[1]
        #expect(
            try await fixture.attempts() == [
                "1|response|\(code)|\(step) was answered \(code)|HALE-DELIVERY-107", "2|response|250",
            ])
        let id = try await fixture.texts("select webhook_id as text from hale_data.delivery")
        #expect(try server.mails().map { $0.header("Message-ID") } == ["<\(id[0])@example.com>"])
    }

    @Test(arguments: ["mail 550 5.7.1 no relay", "rcpt 550 5.1.1 nobody", "data 554 5.6.0 no"])
    func `what a server refuses for good is dead at once, and can be sent again`(answer: String) async throws {
        let server = try await MailServer(plan: [answer, "ok"])
        let fixture = try await Self.fixture(server.port)
        #expect(try await fixture.worker.runOnce().dead == 1)
        #expect(try await fixture.states() == ["dead 1"])
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce() == DeliveryWorker.Summary())
        _ = try await fixture.database.withConnection {
            try await DeliveryHistoryStore($0).recover("team", since: "2026-01-01", isDryRun: false)
        }
        #expect(try await fixture.worker.runOnce().delivered == 1)
    }

    @Test func `a login that is refused says nothing of the message, which waits`() async throws {
        let server = try await MailServer(encryption: .starttls, login: ["hale", "another"])
        let fixture = try await Self.fixture(
            server.port, "user: hale\nsecret_env: SECRET\nca_file: \(server.authoritiesFile)")
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.attempts() == ["1|response|535|the login was answered 535|HALE-DELIVERY-107"])
        // The server repeats the password, which nobody is to read here.
        let kept = try await fixture.texts("select response as text from hale_data.delivery_attempt")
        #expect(kept == ["535 5.7.8 wrong: [was sent]"])
    }

    @Test func `a server that asks for a login before anything else is no judge of the message either`() async throws {
        let server = try await MailServer(encryption: .starttls, login: ["hale", "x"])
        let fixture = try await Self.fixture(server.port, "ca_file: \(server.authoritiesFile)")
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.attempts() == ["1|response|530|MAIL FROM was answered 530|HALE-DELIVERY-107"])
    }

    @Test func `a server that takes the message and dies gets it again under the same Message-ID`() async throws {
        let server = try await MailServer(plan: ["die", "ok"])
        let fixture = try await Self.fixture(server.port)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(
            try await fixture.attempts() == [
                "1|request|the message was sent, and no answer came: the connection was closed|HALE-DELIVERY-105"
            ])
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 1)
        let mails = try server.mails()
        #expect(mails.count == 2)
        #expect(Set(mails.map { $0.header("Message-ID") }).count == 1)
        #expect(mails[0].parts == mails[1].parts)
        #expect(mails[0].header("Date") == mails[1].header("Date"))
    }

    @Test func `a server that stalls is waited for within the limit, and the message is sent again`() async throws {
        let server = try await MailServer(plan: ["stall", "ok"])
        var fixture = try await Self.fixture(server.port)
        fixture.options.attemptMilliseconds = 2_000
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(
            try await fixture.attempts() == [
                "1|request|the message was sent, and no answer came within 2 s|HALE-DELIVERY-105"
            ])
        try await fixture.passTime()
        fixture.options.attemptMilliseconds = 15_000
        #expect(try await fixture.worker.runOnce().delivered == 1)
    }

    @Test func `a server that never says a word is no server`() async throws {
        let server = try await MailServer()
        let proxy = try await FaultProxy(to: server.port) { $0 == 0 ? .stall : .none }
        var fixture = try await Self.fixture(proxy.port)
        fixture.options.attemptMilliseconds = 1_000
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(
            try await fixture.attempts() == [
                "1|connect|connected, and no greeting came within 1 s|HALE-DELIVERY-103"
            ])
        fixture.options.attemptMilliseconds = 15_000
        try await fixture.passTime()
        #expect(try await fixture.worker.runOnce().delivered == 1)
        try await proxy.close()
    }

    @Test func `what is no mail server is said to be none`() async throws {
        let web = try await ProgrammableReceiver()
        let fixture = try await Self.fixture(web.port)
        var short = fixture
        short.options.attemptMilliseconds = 1_000
        #expect(try await short.worker.runOnce().failed == 1)
        #expect(try await fixture.attempts().allSatisfy { $0.hasPrefix("1|connect|") })
    }

    @Test func `mail for a server that is down for a day arrives when it is back`() async throws {
        let before = try await MailServer()
        let port = before.port
        before.stop()
        let fixture = try await Self.fixture(port)
        // 5 s, 5 m, 30 m, 2 h, 5 h, 10 h and 10 h: more than a day.
        for attempt in 1...7 {
            #expect(try await fixture.worker.runOnce().failed == 1, "attempt \(attempt)")
            try await fixture.passTime()
        }
        let waited = try await fixture.texts(
            """
            select round(sum(extract(epoch from next_attempt_at - started_at)))::text as text
            from hale_data.delivery_attempt
            """)
        #expect(Int(waited[0]).map { $0 > 86_400 } == true)
        #expect(try await fixture.attempts().last == "7|connect|the connection was refused|HALE-DELIVERY-103")
        let after = try await MailServer(port: port)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(try after.mails().count == 1)
    }

    @Test func `a worker that is stopped gives back what a server does not answer`() async throws {
        let server = try await MailServer(plan: ["stall", "ok"])
        var fixture = try await Self.fixture(server.port)
        fixture.options.graceMilliseconds = 50
        let worker = fixture.worker
        async let summary = worker.run()
        while try server.mails().isEmpty { await Task.yield() }
        worker.stop()
        #expect(await summary.released == 1)
        #expect(try await fixture.attempts() == [])
        #expect(try await fixture.worker.runOnce().delivered == 1)
    }
}
