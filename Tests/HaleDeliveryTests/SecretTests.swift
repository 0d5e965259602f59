import HaleDelivery
import HaleDomain
import HaleFiles
import HaleStore
import HaleTestSupport
import Postgres
import Testing

@Suite struct `The signature of a message` {
    /// The vectors of Standard Webhooks.
    @Test(arguments: [
        (#"{"test": 2432232314}"#, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ("", "v1,v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A="),
        (#"{"name":"Zoë — 株式会社"}"#, "v1,15PkLNB/oAS6fcBFOfj3RQpyN+5xOKAOIdr7B1ub91A="),
    ])
    func `is that of the vectors`(body: String, signature: String) throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let header = WebhookSignature.header(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(body.utf8), secrets: [secret])
        #expect(header == signature)
        let other = try #require(WebhookSecret(bytes: Array(repeating: 7, count: 24)))
        let both = WebhookSignature.header(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(body.utf8),
            secrets: [other, secret])
        #expect(both.split(separator: " ").count == 2)
        #expect(both.hasSuffix(" " + signature))
    }

    @Test(arguments: [
        "", "whsec_", "whsec_short", "whsec_!!!!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS=",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
    ])
    func `what is no secret is none`(text: String) {
        #expect(WebhookSecret(text) == nil)
    }

    @Test func `a secret has 24 to 64 bytes and reads back as it was shown`() throws {
        for count in [23, 65] { #expect(WebhookSecret(bytes: Array(repeating: 1, count: count)) == nil) }
        let secret = try #require(WebhookSecret(bytes: Array(0..<64)))
        #expect(WebhookSecret(secret.text) == secret)
    }
}

@Suite(.database, .timeLimit(.minutes(30))) struct `Secrets of receivers` {
    private static func receiver(_ port: Int) throws -> Receiver {
        var receiver = Receiver(name: "team", place: .address(try WebAddress("http://127.0.0.1:\(port)/")))
        receiver.allowedNetworks = [AddressRange("127.0.0.0/8")].compactMap { $0 }
        return receiver
    }

    private static func signature(_ request: ProgrammableReceiver.Request, _ secrets: [WebhookSecret]) -> String {
        WebhookSignature.header(
            id: request.webhookID, timestamp: Int64(request.headers["webhook-timestamp"] ?? "") ?? 0,
            body: request.body,
            secrets: secrets)
    }

    @Test func `a secret is made, shown once, kept encrypted and used`() async throws {
        let target = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture()
        let secret = try #require(try await fixture.desk.add(try Self.receiver(target.port)))
        let kept = try await fixture.texts("select encode(sealed, 'base64') as text from hale_data.receiver_secret")
        #expect(kept.count == 1)
        #expect(!kept[0].contains(secret.text.dropFirst(6).prefix(16)))
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        let request = try #require(target.requests.first)
        #expect(request.headers["webhook-signature"] == Self.signature(request, [secret]))
    }

    @Test func `a new secret signs beside the old one until that one ends`() async throws {
        let target = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture()
        let old = try #require(try await fixture.desk.add(try Self.receiver(target.port)))
        let new = try await fixture.desk.rotateSecret(of: "team", keepingOldHours: 24)
        #expect(new != old)
        try await fixture.makeMessages(1)
        _ = try await fixture.worker.runOnce()
        #expect(target.requests[0].headers["webhook-signature"] == Self.signature(target.requests[0], [new, old]))
        #expect(
            try await fixture.texts(
                "select round(extract(epoch from expires_at - now()) / 3600)::text as text from hale_data.receiver_secret where expires_at is not null"
            )
                == ["24"])
        try await fixture.run("update hale_data.receiver_secret set expires_at = now() where expires_at is not null")
        #expect(try await fixture.desk.test("team").state == .delivered)
        #expect(target.requests[1].headers["webhook-signature"] == Self.signature(target.requests[1], [new]))
    }

    @Test func `without the key, or with another one, nothing is sent and the reason is said`() async throws {
        let target = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture()
        _ = try await fixture.desk.add(try Self.receiver(target.port))
        for (key, reason) in [
            (nil, "encrypted: set HALE_SECRET_KEY"), (String(repeating: "f", count: 64), "another HALE_SECRET_KEY"),
        ] {
            fixture.effects.variable = { $0 == "HALE_SECRET_KEY" ? key : nil }
            #expect(try await fixture.book().entries.first?.problem?.contains(reason) == true)
            #expect(try await fixture.desk.test("team").phase == .check)
        }
        #expect(target.connections == 0)
        await #expect(throws: FileFailure.self) {
            try await fixture.desk.add(
                {
                    var other = try Self.receiver(target.port); other = Receiver(name: "other", place: other.place);
                    return other
                }())
        }
    }

    @Test func `a secret that was sealed for another receiver does not open`() async throws {
        let fixture = try DeliveryFixture()
        _ = try await fixture.desk.add(try Self.receiver(9))
        try await fixture.run("update hale_data.receiver set name = 'thief'")
        #expect(try await fixture.book().entries.first?.problem?.contains("another HALE_SECRET_KEY") == true)
    }

    @Test func `a secret of the environment may be two, and is not rotated here`() async throws {
        let target = try await ProgrammableReceiver()
        var fixture = try DeliveryFixture(DeliveryFixture.yaml(port: target.port))
        let first = try #require(WebhookSecret(bytes: Array(repeating: 1, count: 32)))
        let second = try #require(WebhookSecret(bytes: Array(repeating: 2, count: 32)))
        fixture.effects.variable = { $0 == "SECRET" ? "\(first.text) \(second.text)" : nil }
        #expect(try await fixture.desk.test("team").state == .delivered)
        #expect(target.requests[0].headers["webhook-signature"] == Self.signature(target.requests[0], [first, second]))
        #expect(target.requests[0].text.contains(#""test":true"#))
        await #expect(throws: FileFailure.self) {
            try await fixture.desk.rotateSecret(of: "team", keepingOldHours: 1)
        }
    }

    @Test func `a name in the file and in the database is refused`() async throws {
        var fixture = try DeliveryFixture()
        _ = try await fixture.desk.add(try Self.receiver(9))
        await #expect(throws: FileFailure.self) { try await fixture.desk.add(try Self.receiver(9)) }
        fixture.file = try ReceiverFile.read(DeliveryFixture.yaml(port: 9), path: "receivers.yaml")
        await #expect(throws: FileFailure.self) { try await fixture.book() }
        await #expect(throws: FileFailure.self) { try await fixture.desk.add(try Self.receiver(9)) }
    }

    @Test func `an address of Slack is not kept in the database`() async throws {
        let fixture = try DeliveryFixture()
        var receiver = try Self.receiver(9)
        receiver.format = .slack
        await #expect(throws: FileFailure.self) { try await fixture.desk.add(receiver) }
    }
}
