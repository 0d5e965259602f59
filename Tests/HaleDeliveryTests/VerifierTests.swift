import Foundation
import HaleDelivery
import HaleDomain
import HaleTestSupport
import Testing

/// Two verifiers of others, from PyPI, judge what Hale really sends.
@Suite(.database, .timeLimit(.minutes(30))) struct `Verifiers of Standard Webhooks` {
    private static let script = """
        import json, sys, time
        from standardwebhooks.webhooks import Webhook as Standard, WebhookVerificationError as StandardError
        from svix.webhooks import Webhook as Svix, WebhookVerificationError as SvixError

        given = json.load(open(sys.argv[1]))
        body, headers = given["body"].encode(), given["headers"]

        def verdict(verifier, error, body, headers):
            try:
                verifier(given["secret"]).verify(body, headers)
                return "accepted"
            except error:
                return "refused"

        old = dict(headers)
        old["webhook-timestamp"] = str(int(time.time()) - 400)
        other = dict(headers, **{"webhook-id": "msg_other"})
        unsigned = dict(headers, **{"webhook-signature": "v1," + "A" * 43 + "="})
        for name, verifier, error in (("standardwebhooks", Standard, StandardError), ("svix", Svix, SvixError)):
            print(name, verdict(verifier, error, body, headers), verdict(verifier, error, body + b" ", headers),
                  verdict(verifier, error, body, old), verdict(verifier, error, body, other),
                  verdict(verifier, error, body, unsigned))
        old = given["old"]
        for name, verifier, error in (("standardwebhooks", Standard, StandardError), ("svix", Svix, SvixError)):
            print(name, "old", verdict(verifier, error, body, old))
        """

    @Test(
        .enabled("python3 has no packages standardwebhooks and svix: only the vectors are checked") {
            await PythonPeer.has("standardwebhooks", "svix")
        })
    func `standardwebhooks and svix accept what Hale sends, and refuse what was changed or is old`() async throws {
        let receiver = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().delivered == 1)
        // The same message, signed ten minutes ago.
        var late = fixture
        let now = fixture.effects.nowSeconds()
        late.effects.nowSeconds = { now - 600 }
        try await late.run(
            "update hale_data.delivery set state = 'waiting', finished_at = null, next_attempt_at = now()")
        #expect(try await late.worker.runOnce().delivered == 1)
        let (sent, old) = (receiver.requests[0], receiver.requests[1])
        #expect(sent.body == old.body)

        let folder = FileManager.default.temporaryDirectory.appending(path: "hale-verify-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func kept(_ request: ProgrammableReceiver.Request) -> [String: String] {
            request.headers.filter { $0.key.hasPrefix("webhook-") }
        }
        let given: [String: Any] = [
            "secret": DeliveryFixture.secret, "body": sent.text, "headers": kept(sent), "old": kept(old),
        ]
        try JSONSerialization.data(withJSONObject: given).write(to: folder.appending(path: "given.json"))
        try Data(Self.script.utf8).write(to: folder.appending(path: "verify.py"))
        let run = try await PythonPeer.run(["\(folder.path)/verify.py", "\(folder.path)/given.json"])
        #expect(run.status == 0)
        #expect(
            run.output.split(separator: "\n").map(String.init) == [
                "standardwebhooks accepted refused refused refused refused",
                "svix accepted refused refused refused refused",
                "standardwebhooks old refused", "svix old refused",
            ])
    }
}
