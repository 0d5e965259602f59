import Foundation
import HaleTestSupport
import Postgres
import Testing

/// `hale digest`
@Suite(.database)
struct `The command of digests` {
    private static let rules = """
        groups:
          - name: own
            rules:
              - alert: Soon
                when: days_to_renewal between 1 and 60
                severity: critical
                annotations: {summary: "{{name}} renews in {{days_to_renewal}} days"}
              - alert: Ended
                when: contract_state = 'past_due'
                for: 2d

        """

    private static let receivers = """
        receivers:
          - name: csms
            url: smtp://mail.example.com
            format: email
            from: hale@example.com
            to: csm
            digest: daily
          - name: revenue
            url: smtp://mail.example.com
            format: email
            from: hale@example.com
            to: revenue@example.com
            digest: weekly-forecast

        """

    /// The small portfolio with two rules, each of which fires once on its newest day, and with given receivers.
    private func user(receivers: String? = Self.receivers) async throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
        for shipped in ["churn-risk", "renewals", "data"] {
            try user.write("groups: []\n", to: "alerts/rules/\(shipped).yaml")
        }
        try user.write(Self.rules, to: "alerts/rules/own.yaml")
        if let receivers { try user.write(receivers, to: "alerts/receivers.yaml") }
        try await SmallPortfolio.load(as: user)
        return user
    }

    private static let messages = """
        select receiver.name || ': ' || (delivery.body::jsonb ->> 'subject') || ' to '
            || coalesce(delivery.body::jsonb ->> 'csm', 'its addresses') as text
        from hale_data.delivery as delivery join hale_data.receiver as receiver using (receiver_id) order by 1
        """

    @Test func `prints the morning and the alerts of which nothing else tells, as text and as a page`() async throws {
        let user = try await user()
        let text = try await user.run("digest", "--csm", "ana@example.com")
        #expect(text.status == 0)
        #expect(text.output.hasPrefix("Morning of 2026-03-02"))
        let alerts = try #require(text.output.components(separatedBy: "New alerts of which nothing").last)
        #expect(alerts.contains("Soon") && alerts.contains("Acme renews in 60 days") && alerts.contains("Ended"))
        #expect(text.outputLines.allSatisfy { $0.count <= 78 })
        let page = try await user.run("digest", "--csm", "ana@example.com", "--html")
        #expect(page.output.hasPrefix("<!DOCTYPE html>") && page.output.contains("Acme renews in 60 days"))
        let forecast = try await user.run("digest", "--kind", "weekly-forecast")
        #expect(forecast.output.hasPrefix("Renewal forecast of 2026-03-02"))
    }

    @Test func `what receivers are told of is no news to the digest`() async throws {
        let user = try await user(
            receivers: Self.receivers + "routes:\n  - receiver: csms\n    match: {severity: critical}\n")
        let text = try await user.run("digest", "--csm", "ana@example.com").output
        let alerts = try #require(text.components(separatedBy: "New alerts of which nothing").last)
        #expect(alerts.contains("Ended") && !alerts.contains("Acme renews in 60 days"))
    }

    @Test func `writes each digest once, however often it is run`() async throws {
        let user = try await user()
        #expect(
            try await user.run("digest", "--send").outputLines == [
                "digest of 2026-03-02: 1 mail to be sent by hale deliver",
                "forecast of the week of 2026-03-02: 1 mail to be sent by hale deliver",
            ])
        #expect(
            try await user.run("digest", "--send").outputLines == [
                "digest of 2026-03-02: 0 mails to be sent by hale deliver, 1 written before",
                "forecast of the week of 2026-03-02: 0 mails to be sent by hale deliver, 1 written before",
            ])
        // One CSM's, of the day before.
        #expect(
            try await user.run("digest", "--send", "--csm", "ana", "--date", "2026-03-01").outputLines == [
                "digest of 2026-03-01: 1 mail to be sent by hale deliver"
            ])
        let messages = try await TestDatabase.shared.query(Self.messages).map { try $0.decode("text", as: String.self) }
        #expect(messages.count == 3)
        #expect(messages[0] == "csms: Morning of 2026-03-01 to ana@example.com")
        #expect(messages[1] == "csms: Morning of 2026-03-02 to ana@example.com")
        #expect(
            messages[2].hasPrefix("revenue: Renewal forecast of 2026-03-02") && messages[2].hasSuffix("its addresses"))
    }

    @Test func `says where there is nobody to write to, and where it is told two things at once`() async throws {
        let user = try await user(receivers: nil)
        let nobody = try await user.run("digest", "--send")
        #expect(nobody.status == 1)
        #expect(nobody.errors.contains("no receiver gets daily or weekly-forecast digests"))
        #expect(nobody.errors.contains("HALE-DELIVERY-009") && nobody.errorLines.count == 1)
        #expect(try await user.run("digest", "--send", "--html").status == 2)
        #expect(try await user.run("digest", "--kind", "weekly-forecast", "--csm", "ana@example.com").status == 2)
        #expect(try await user.run("digest", "--date", "2026-02-01").errors.contains("was not scored"))
    }
}
