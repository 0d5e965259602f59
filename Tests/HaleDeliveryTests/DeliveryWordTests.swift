import HaleDelivery
import HaleDomain
import HaleFiles
import HaleStore
import HaleTestSupport
import Testing

/// What an operator reads of attempts that failed, and of answers that were kept.
@Suite(.database, .timeLimit(.minutes(30))) struct `What is kept of attempts` {
    private static let attempts = """
        select concat_ws('|', phase, code, coalesce(status::text, '-'), coalesce(error, '-')) as text
        from hale_data.delivery_attempt order by delivery_id, number
        """

    private static func fixture(port: Int, scheme: String = "http", _ more: String = "") throws -> DeliveryFixture {
        try DeliveryFixture(
            DeliveryFixture.yaml(port: port, more).replacing("http://", with: "\(scheme)://"))
    }

    @Test func `a receiver that takes the request and never answers is said to, with the code of that step`()
        async throws
    {
        let receiver = try await ProgrammableReceiver { _, _ in .never }
        var fixture = try Self.fixture(port: receiver.port)
        fixture.options.attemptMilliseconds = 500
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(receiver.requests.map(\.webhookID) == ["msg_team1"])
        #expect(
            try await fixture.texts(Self.attempts)
                == ["request|HALE-DELIVERY-105|-|the request was sent, and no answer came within 1 s"])
    }

    /// Bytes, the step and the words.
    private static let garbage: [(String, String, String)] = [
        ("SSH-2.0-OpenSSH_9.2\r\n", "response|HALE-DELIVERY-106", "what came back is no HTTP"),
        (
            "HTTP/1.1 abc OK\r\n\r\n", "response|HALE-DELIVERY-106", "the answer has no status that HTTP knows"
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n", "response|HALE-DELIVERY-106",
            "the answer does not say rightly how long it is"
        ),
        (
            "HTTP/1.1 200 OK\r\nx: \(String(repeating: "y", count: 100_000))\r\n\r\n", "response|HALE-DELIVERY-106",
            "the headers of the answer are too long"
        ),
        ("", "request|HALE-DELIVERY-105", "the receiver closed the connection before its answer was whole"),
    ]

    @Test(arguments: garbage.indices)
    func `an answer that is no HTTP is said in words`(number: Int) async throws {
        let (bytes, step, words) = Self.garbage[number]
        let receiver = try await RawReceiver(answering: Array(bytes.utf8))
        let fixture = try Self.fixture(port: receiver.port)
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.texts(Self.attempts) == ["\(step)|-|\(words)"])
    }

    @Test func `https to a port that speaks http is said in words`() async throws {
        let receiver = try await RawReceiver(answering: Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
        let fixture = try Self.fixture(port: receiver.port, scheme: "https")
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(
            try await fixture.texts(Self.attempts)
                == ["tls|HALE-DELIVERY-104|-|the receiver does not speak TLS at that port: is it http?"])
    }

    @Test func `a certificate that nobody trusts is said in words`() async throws {
        let receiver = try await RawReceiver(answering: [], isEncrypted: true)
        let fixture = try Self.fixture(port: receiver.port, scheme: "https")
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        let attempts = try await fixture.texts(Self.attempts)
        #expect(
            attempts == [
                "tls|HALE-DELIVERY-104|-|the certificate is not trusted: it is expired, signed by itself, or signed by "
                    + "nobody whom this machine knows"
            ])
    }

    @Test func `an answer that repeats the request is kept without the headers that were sent`() async throws {
        let receiver = try await ProgrammableReceiver { request, _ in
            let sent = request.headers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return .status(400, body: "you sent " + sent.joined(separator: "; ") + " to \(request.path)")
        }
        let fixture = try Self.fixture(
            port: receiver.port,
            "headers: {authorization: \"Bearer tok/en \\\"quoted\\\"\", x-team: \"kind-of-secret\"}")
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(receiver.requests.first?.headers["x-team"] == "kind-of-secret")
        let kept = try await fixture.texts("select response as text from hale_data.delivery_attempt")
        let text = try #require(kept.first)
        #expect(text.contains("authorization=[was sent]; "))
        #expect(text.contains("x-team=[was sent]"))
        #expect(text.contains("content-type=application/json"))
        #expect(!text.contains("tok/en") && !text.contains("kind-of-secret"))
    }

    @Test func `a receiver that is gone from its file is named with what waits for it, in messages`() async throws {
        var fixture = try Self.fixture(port: 9)
        try await fixture.makeAccounts(4)
        try await fixture.makeMessages(2)
        // Alerts of one CSM are told together: A-1 and A-3 are ana's, A-2 is bob's. Each group becomes a message.
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        try await fixture.enqueue(try await fixture.fire(["A-2", "A-3"]))
        try await fixture.run("update hale_data.outbox set not_before = timestamptz '2026-03-02 06:00:05Z'")
        fixture.file = ReceiverFile()
        let book = try await fixture.book()
        #expect(book.entries.isEmpty && book.gone.map(\.name) == ["team"])
        let queues = try await fixture.desk.queues()
        #expect(queues.map { "\($0.receiver) \($0.groups) \($0.alerts) \($0.messages)" } == ["team 2 3 2"])
        #expect(queues.first?.groupsFirstAt == "2026-03-02T06:00:05Z")
        let counts = try await fixture.database.withConnection { try await DeliveryHistoryStore($0).counts() }
        #expect(counts.lines.map { "\($0.state) \($0.messages)" } == ["queued 2", "waiting 2"])
        await #expect(throws: FileFailure.self) { try await fixture.desk.pause("team", reason: "gone") }
    }
}
