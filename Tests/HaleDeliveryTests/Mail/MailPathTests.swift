import Foundation
import HaleDelivery
import HaleDomain
import HaleStore
import HaleTestSupport
import Testing

/// Alerts on their way to a mail server of others, as Python's `email` reads what arrives.
@Suite(
    .database, .timeLimit(.minutes(30)),
    .enabled("aiosmtpd is not installed: scripts/test-peers") { await PythonPeer.has("aiosmtpd") })
struct `Mail to receivers` {
    @Test func `the alerts of a group are one mail with two parts that say the same`() async throws {
        let server = try await MailServer()
        let fixture = try DeliveryFixture(
            DeliveryFixture.mailYAML(port: server.port, to: "[team@example.com, lead@example.com]"))
        try await fixture.makeAccounts()
        try await fixture.run(
            "update hale_data.account set name = 'Zoë & 株式会社 <b>' where external_id = 'A-1'")
        let events = try await fixture.fire(["A-1", "A-3"])
        // Longer than a line of mail may be.
        try await fixture.run(
            """
            update hale_data.alert as alert set annotations = jsonb_build_object('summary', repeat('long ', 1000) || 'end')
            from hale_data.account as account
            where account.account_id = alert.account_id and account.external_id = 'A-3'
            """)
        try await fixture.enqueue(events)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        let mail = try #require(try server.mails().first)
        #expect(mail.sender == "hale@example.com")
        #expect(mail.recipients == ["team@example.com", "lead@example.com"])
        #expect(mail.header("From") == "Hale <hale@example.com>")
        #expect(mail.header("To") == "team@example.com, lead@example.com")
        #expect(mail.header("Subject") == "Zoë & 株式会社 <b>: UsageCliff, and 1 more")
        #expect(mail.header("Auto-Submitted") == "auto-generated")
        #expect(mail.types == ["multipart/alternative", "text/plain", "text/html"])
        #expect(
            mail.parts[0][1].contains("Zoë & 株式会社 <b> (A-1): UsageCliff, critical\n  it <stopped>\n  since 2026-03-01"))
        let long = String(repeating: "long ", count: 1_000) + "end"
        #expect(mail.parts[0][1].contains("Account 3 (A-3): UsageCliff, critical\n  \(long)\n"))
        #expect(mail.parts[1][1].contains(long))
        #expect(mail.parts[1][1].contains("Zoë &amp; 株式会社 &lt;b&gt; (A-1): UsageCliff, critical"))
        #expect(mail.parts[1][1].contains("it &lt;stopped&gt;"))
        // RFC 5322: at most 998 characters a line.
        #expect(mail.longestLine <= 998)
        #expect(try await fixture.attempts() == ["1|response|250"])
        let id = try await fixture.texts("select webhook_id as text from hale_data.delivery")
        #expect(mail.header("Message-ID") == "<\(id[0])@example.com>")
        // What was made at an instant says so whenever it arrives.
        let made = try #require(mail.header("Date").flatMap(Self.instant))
        let now = fixture.effects.nowSeconds()
        #expect(abs(made - now) < 600)
    }

    private static func instant(_ text: String) -> Int64? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.dateFormat = "EEE, d MMM yyyy HH:mm:ss Z"
        return format.date(from: text).map { Int64($0.timeIntervalSince1970) }
    }

    @Test func `a name that was made to end its line begins no header`() async throws {
        let server = try await MailServer()
        let fixture = try DeliveryFixture(DeliveryFixture.mailYAML(port: server.port))
        try await fixture.makeAccounts()
        try await fixture.run(
            "update hale_data.account set name = E'Acme\\r\\nBcc: all@example.com\\r\\n\\r\\nhello' where external_id = 'A-1'"
        )
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().delivered == 1)
        let mail = try #require(try server.mails().first)
        #expect(mail.header("Subject") == "Acme Bcc: all@example.com hello: UsageCliff")
        #expect(mail.header("Bcc") == nil)
        #expect(mail.recipients == ["team@example.com"])
        #expect(mail.headers.count == 8)
    }

    @Test(arguments: [MailServer.Encryption.starttls, .tls])
    func `a password goes over an encrypted connection alone`(encryption: MailServer.Encryption) async throws {
        let server = try await MailServer(encryption: encryption, login: ["hale", DeliveryFixture.secret])
        let fixture = try DeliveryFixture(
            DeliveryFixture.mailYAML(
                port: server.port, scheme: encryption == .tls ? "smtps" : "smtp",
                "user: hale\nsecret_env: SECRET\nca_file: \(server.authoritiesFile)"))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().delivered == 1)
        let mail = try #require(try server.mails().first)
        #expect(mail.isEncrypted)
        #expect(mail.login == ["hale", DeliveryFixture.secret])
    }

    @Test func `without encryption a password is not sent, even where plain mail is allowed`() async throws {
        let server = try await MailServer()
        let fixture = try DeliveryFixture(
            DeliveryFixture.mailYAML(port: server.port, "user: hale\nsecret_env: SECRET\nallow_insecure: true"))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(
            try await fixture.attempts() == [
                "1|tls|the server offers no encryption (STARTTLS), without which nothing is sent|HALE-DELIVERY-104"
            ])
        #expect(try server.commands().allSatisfy { $0 == "EHLO" || $0 == "QUIT" })
    }

    @Test func `a certificate that nobody vouches for is refused where a password is to be sent`() async throws {
        let server = try await MailServer(encryption: .starttls, login: ["hale", DeliveryFixture.secret])
        let fixture = try DeliveryFixture(
            DeliveryFixture.mailYAML(port: server.port, "user: hale\nsecret_env: SECRET"))
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.attempts().first?.hasPrefix("1|tls|the certificate is not trusted") == true)
        #expect(try !server.commands().contains("AUTH"))
    }

    @Test func `the address that was checked is connected to, by the name that the receiver has`() async throws {
        let server = try await MailServer()
        var fixture = try DeliveryFixture(
            DeliveryFixture.mailYAML(port: server.port).replacing("127.0.0.1:", with: "mail.invalid:"))
        fixture.effects.resolve = { host throws(ResolutionFailure) in
            guard host == "mail.invalid" else { throw ResolutionFailure("asked for \(host)") }
            return [.v4(0x7f00_0001)]
        }
        try await fixture.makeAccounts()
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(try server.mails().count == 1)
        // A name that leads into a private network afterwards is not followed.
        fixture.effects.resolve = { _ throws(ResolutionFailure) in [.v4(0x0a00_0001)] }
        try await fixture.enqueue(try await fixture.fire(["A-2"]))
        #expect(try await fixture.worker.runOnce().failed == 1)
        #expect(try await fixture.attempts().last?.contains("check|10.0.0.1 lies in 10.0.0.0/8") == true)
    }

    @Test func `each CSM is written to, and who has none is told by the next route`() async throws {
        let server = try await MailServer()
        let office = try await ProgrammableReceiver()
        let fixture = try DeliveryFixture(
            DeliveryFixture.mailYAML(port: server.port, to: "csm").replacing(
                "routes:",
                with: """
                      - name: office
                        url: http://127.0.0.1:\(office.port)/
                        secret_env: SECRET
                        allow_private_networks: [127.0.0.0/8]
                    routes:
                    """) + "\n  - receiver: office\n    group_wait: 0s")
        try await fixture.makeAccounts(4)
        try await fixture.run("update hale_data.account set csm_id = null where external_id = 'A-3'")
        try await fixture.enqueue(try await fixture.fire(["A-1", "A-2", "A-3", "A-4"]))
        #expect(try await fixture.worker.runOnce().delivered == 3)
        let mails = try server.mails()
        #expect(mails.map(\.recipients).sorted { $0[0] < $1[0] } == [["ana@example.com"], ["bob@example.com"]])
        let bob = try #require(mails.first { $0.recipients == ["bob@example.com"] })
        #expect(bob.parts[0][1].contains("(A-2)") && bob.parts[0][1].contains("(A-4)"))
        #expect(!bob.parts[0][1].contains("(A-1)"))
        #expect(office.requests.count == 1 && office.requests[0].text.contains("A-3"))
    }

    @Test func `a receiver that is added by a command is kept whole and tried at once`() async throws {
        let server = try await MailServer(encryption: .starttls, login: ["hale", DeliveryFixture.secret])
        let fixture = try DeliveryFixture()
        var receiver = Receiver(
            name: "mail", place: .address(try WebAddress("smtp://127.0.0.1:\(server.port)")))
        receiver.format = .email
        receiver.secretVariable = "SECRET"
        receiver.allowedNetworks = [try #require(AddressRange("127.0.0.0/8"))]
        let from = try #require(MailAddress("hale@example.com"))
        var mail = MailSettings(from: from, to: .csm)
        mail.user = "hale"
        mail.authoritiesFile = server.authoritiesFile
        mail.digest = .daily
        receiver.mail = mail
        #expect(try await fixture.desk.add(receiver) == nil)
        #expect(try await fixture.book().entry(named: "mail")?.receiver == receiver)
        let outcome = try await fixture.desk.test("mail")
        #expect(outcome.state == .delivered && outcome.status == 250)
        // A test is about no CSM's accounts, and goes to whoever writes.
        #expect(try server.mails().first?.recipients == ["hale@example.com"])
        #expect(try server.mails().first?.header("Subject") == "Test from Hale")
    }
}
