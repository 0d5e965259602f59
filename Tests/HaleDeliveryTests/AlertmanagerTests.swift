import Delimited
import Foundation
import HaleDelivery
import HaleDomain
import HaleTestSupport
import Testing

/// The two alerts that were given to Alertmanager and to Hale.
enum AlertmanagerCase {
    static let message = AlertMessage(
        timestamp: "2026-03-02T06:00:12Z", receiver: "team",
        group: AlertGroup(key: #"{}:{csm="ana@example.com"}"#, labels: ["csm": "ana@example.com"]),
        alerts: [
            alert("UsageCliff", "A-17", "Acme", .critical, "2026-03-02T06:00:12Z", "it <stopped> & \"went\" – ö"),
            alert("ChampionSilent", "B-2", "Bolt", .warning, "2026-03-01T06:00:00Z", "no word"),
        ], externalURL: "http://hale.example.com")

    /// The same for Alertmanager's own interface.
    static let posted = """
        [{"labels":{"alertname":"UsageCliff","account_id":"A-17","severity":"critical","team":"cs","csm":"ana@example.com"},
          "annotations":{"summary":"it <stopped> & \\"went\\" – ö","account":"Acme","csm":"ana@example.com"},
          "startsAt":"2026-03-02T06:00:12Z","endsAt":"2999-01-01T00:00:00Z",
          "generatorURL":"https://hale.example.com/accounts/A-17"},
         {"labels":{"alertname":"ChampionSilent","account_id":"B-2","severity":"warning","team":"cs","csm":"ana@example.com"},
          "annotations":{"summary":"no word","account":"Bolt","csm":"ana@example.com"},
          "startsAt":"2026-03-01T06:00:00Z","endsAt":"2999-01-01T00:00:00Z",
          "generatorURL":"https://hale.example.com/accounts/B-2"}]
        """

    private static func alert(
        _ rule: String, _ id: String, _ name: String, _ severity: AlertSeverity, _ startsAt: String, _ summary: String
    ) -> AlertMessage.Alert {
        var account = AlertMessage.Account(id: id, name: name)
        account.csm = "ana@example.com"
        account.url = "https://hale.example.com/accounts/\(id)"
        let routed = RoutedAlert(
            rule: rule, account: id, severity: severity, labels: ["team": "cs"], segment: nil,
            csm: "ana@example.com")
        return AlertMessage.Alert(
            rule: rule, isFiring: true, severity: severity, labels: ["team": "cs"], annotations: ["summary": summary],
            since: Day(daysSince2000: 9_556), startsAt: startsAt, endsAt: nil, identity: routed.identity,
            account: account, drivers: [])
    }

    /// The differences between what Alertmanager sent and what Hale sends, field by field.
    static func differences(_ payload: String) throws -> [String] {
        let theirs = try JSONSerialization.jsonObject(with: Data(payload.utf8))
        let own = try MessageBody.text(of: message, as: .alertmanager)
        return differences(theirs, try JSONSerialization.jsonObject(with: Data(own.utf8)), at: "")
    }

    private static func differences(_ left: Any, _ right: Any, at path: String) -> [String] {
        if let left = left as? [String: Any], let right = right as? [String: Any] {
            return Set(left.keys).union(right.keys).sorted().flatMap { key -> [String] in
                guard let one = left[key] else { return ["\(path).\(key) is only Hale's"] }
                guard let other = right[key] else { return ["\(path).\(key) is only Alertmanager's"] }
                return differences(one, other, at: "\(path).\(key)")
            }
        }
        if let left = left as? [Any], let right = right as? [Any] {
            guard left.count == right.count else { return ["\(path) has \(left.count) and \(right.count)"] }
            return zip(left, right).enumerated().flatMap { differences($1.0, $1.1, at: "\(path)[\($0)]") }
        }
        if let left = left as? String, let right = right as? String {
            return left == right ? [] : ["\(path): \(left), \(right)"]
        }
        if let left = left as? Int, let right = right as? Int {
            return left == right ? [] : ["\(path): \(left), \(right)"]
        }
        return ["\(path): \(left), \(right)"]
    }
}

@Suite struct `The body of Alertmanager` {
    @Test func `Hale's is the recorded one of Alertmanager, field by field`() throws {
        #expect(try AlertmanagerCase.differences(RecordedAlertmanager.payload) == [])
    }

    @Test func `a field of another value, one too many and one too few are found`() throws {
        let changed = RecordedAlertmanager.payload.replacing("\"truncatedAlerts\":0", with: "\"truncatedAlerts\":1")
        #expect(try AlertmanagerCase.differences(changed) == [".truncatedAlerts: 1, 0"])
        let more = RecordedAlertmanager.payload.replacing("\"version\":\"4\"", with: "\"version\":\"4\",\"more\":1")
        #expect(try AlertmanagerCase.differences(more) == [".more is only Alertmanager's"])
        let fewer = RecordedAlertmanager.payload.replacing("\"version\":\"4\",", with: "")
        #expect(try AlertmanagerCase.differences(fewer) == [".version is only Hale's"])
    }

    private static let program = "/usr/bin/prometheus-alertmanager"

    @Test(
        .timeLimit(.minutes(30)),
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: program),
            "prometheus-alertmanager is not installed: only its recorded payload is compared"))
    func `an Alertmanager that is installed here sends what Hale sends`() async throws {
        let receiver = try await ProgrammableReceiver()
        let folder = FileManager.default.temporaryDirectory.appending(path: "hale-alertmanager-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = """
            route: {receiver: team, group_by: [csm], group_wait: 1s, group_interval: 1s, repeat_interval: 1h}
            receivers: [{name: team, webhook_configs: [{url: "http://127.0.0.1:\(receiver.port)/"}]}]
            """
        try Data(settings.utf8).write(to: folder.appending(path: "alertmanager.yml"))
        // A port that was free a moment ago.
        let place = try await ProgrammableReceiver()
        let port = place.port
        try await place.close()
        let process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = [
            "--config.file=\(folder.path)/alertmanager.yml", "--storage.path=\(folder.path)/data",
            "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
            "--web.external-url=http://hale.example.com",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { process.terminate() }
        let client = WebhookClient()
        let web = try WebAddress("http://127.0.0.1:\(port)/api/v2/alerts")
        let address = try #require(web.literal)
        let deadline = ContinuousClock.now + .seconds(30)
        var status: Int?
        while status != 200, ContinuousClock.now < deadline {
            status = await client.exchange(
                WebhookRequest(
                    web: web, address: address,
                    headers: [Receiver.Header(name: "content-type", value: "application/json")],
                    body: Array(AlertmanagerCase.posted.utf8), limitMilliseconds: 1_000)
            ).status
        }
        try await receiver.wait(forRequests: 1)
        await client.close()
        #expect(try AlertmanagerCase.differences(try #require(receiver.requests.first).text) == [])
    }

    @Test func `an alert that is over has its end, and with it the message`() throws {
        var message = AlertmanagerCase.message
        message.alerts[0].isFiring = false
        message.alerts[0].endsAt = "2026-03-05T06:00:00Z"
        var body = AlertmanagerBody(message)
        #expect(body.status == .firing)
        #expect(body.alerts[0].status == .resolved)
        #expect(body.alerts[0].endsAt == "2026-03-05T06:00:00Z")
        message.alerts.removeLast()
        body = AlertmanagerBody(message)
        #expect(body.status == .resolved)
        #expect(body.commonLabels["alertname"] == "UsageCliff")
    }
}

@Suite struct `Bodies of messages` {
    @Test func `Hale's own has every field of the contract, and null where nothing is known`() throws {
        var message = AlertmanagerCase.message
        message.alerts.removeLast()
        message.alerts[0].account.arrMinor = 5_000_000
        message.alerts[0].account.currency = "EUR"
        message.alerts[0].account.score = 41.25
        message.alerts[0].account.band = .red
        message.alerts[0].drivers = [AlertMessage.Driver(name: "usage.trend", points: -9.5)]
        #expect(
            try MessageBody.text(of: message, as: .hale)
                == #"{"data":{"alerts":[{"account":{"accountId":"A-17","arr":{"currency":"EUR","minor":5000000},"#
                + #""band":"red","csm":"ana@example.com","name":"Acme","renewsOn":null,"score":41.25,"#
                + #""url":"https://hale.example.com/accounts/A-17"},"alert":"UsageCliff","#
                + #""annotations":{"summary":"it <stopped> & \"went\" – ö"},"#
                + #""drivers":[{"driver":"usage.trend","points":-9.5}],"fingerprint":""# + Self.fingerprint + #"","#
                + #""labels":{"team":"cs"},"severity":"critical","since":"2026-03-01","status":"firing"}],"#
                + #""groupKey":"{}:{csm=\"ana@example.com\"}"},"timestamp":"2026-03-02T06:00:12Z","type":"alert.firing"}"#
        )
        message.alerts[0].isFiring = false
        #expect(try MessageBody.text(of: message, as: .hale).contains(#""type":"alert.resolved""#))
    }

    /// FNV-1a of account_id=A-17, alertname=UsageCliff, severity=critical, team=cs, computed with Python.
    private static let fingerprint = "c391d6650166535d"

    @Test func `no section for Slack has more than 3,000 characters, and no message more than 50 sections`() throws {
        var message = AlertmanagerCase.message
        message.alerts[0].annotations["summary"] = String(repeating: "long & ", count: 900)
        message.alerts = Array(repeating: message.alerts[0], count: 100)
        let text = try MessageBody.text(of: message, as: .slack)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let sections = try #require(body["blocks"] as? [[String: Any]])
            .compactMap { ($0["text"] as? [String: Any])?["text"] as? String }
        #expect(sections.count == 50)
        #expect(sections.allSatisfy { $0.count <= 3_000 })
        #expect(sections.last == "and 52 more")
        #expect(sections[1].contains("long &amp; "))
    }

    @Test func `a short message for Slack is one section with what matters`() throws {
        let text = try MessageBody.text(of: AlertmanagerCase.message, as: .slack)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(body["text"] as? String == "*Alerts for ana@example.com*: 2 firing")
        let sections = try #require(body["blocks"] as? [[String: Any]])
        #expect(sections.count == 1)
        let section = try #require((sections[0]["text"] as? [String: Any])?["text"] as? String)
        #expect(section.contains("*UsageCliff* <https://hale.example.com/accounts/A-17|Acme> (A-17)"))
        #expect(section.contains("it &lt;stopped&gt; &amp;"))
    }

    @Test func `names and texts cannot begin a line of their own in a message for Slack`() throws {
        var message = AlertmanagerCase.message
        message.alerts.removeLast()
        let fake = "\r\n:red_circle: *Fake* \u{202E}x\u{2028}<!channel>"
        message.alerts[0].account.name += fake
        message.alerts[0].rule += fake
        message.alerts[0].annotations["summary"] = fake
        message.group = AlertGroup(key: "g", labels: ["csm": fake])
        let text = try MessageBody.text(of: message, as: .slack)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let sections = try #require(body["blocks"] as? [[String: Any]])
        let section = try #require((sections[0]["text"] as? [String: Any])?["text"] as? String)
        let lines = section.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        // Title, the alert, its summary, its facts.
        #expect(lines.count == 4)
        #expect(section.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!section.contains("\u{202E}") && !section.contains("<!channel>"))
    }
}
