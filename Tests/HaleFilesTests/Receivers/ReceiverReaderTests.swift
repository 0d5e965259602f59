import Delimited
import HaleDomain
import HaleFiles
import Testing

@Suite struct `The file of receivers` {
    private static func problems(_ yaml: String) -> [String] {
        do throws(FileFailure) {
            _ = try ReceiverFile.read(yaml, path: "r.yaml")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test func `everything it can say is read`() throws {
        let file = try ReceiverFile.read(
            """
            external_url: https://hale.example.com/
            administrators: [ops]
            receivers:
              - name: cs-team
                url_env: SLACK_URL
                format: slack
                time_zone: Europe/Berlin
              - name: ops
                url: https://hooks.example.com/hale
                secret_env: OPS_SECRET
                headers: {X-Team: cs}
                send_resolved: false
                allow_private_networks: [10.1.0.0/16]
                allow_insecure: true
                concurrency: 9
            routes:
              - receiver: ops
                match: {labels: {team: cs}, severity: critical, segment: [enterprise, mid], csm: Ana@example.com}
                group_by: [account]
                group_wait: 0s
                group_interval: 10m
                repeat_interval: never
                active_hours: mon-fri 08:00-18:00
                continue: true
              - receiver: cs-team
            """, path: "r.yaml")
        #expect(file.externalURL == "https://hale.example.com")
        #expect(file.administrators == ["ops"])
        let slack = file.receivers[0]
        #expect(slack.place == .variable("SLACK_URL"))
        #expect(slack.format == .slack && slack.concurrency == 1 && slack.timeZone == "Europe/Berlin")
        #expect(slack.sendsResolved && slack.secretVariable == nil)
        let ops = file.receivers[1]
        #expect(ops.headers == [Receiver.Header(name: "X-Team", value: "cs")])
        #expect(!ops.sendsResolved && ops.allowsInsecure && ops.concurrency == 9)
        #expect(ops.allowedNetworks.map(\.description) == ["10.1.0.0/16"])
        let route = try #require(file.routes?[0])
        #expect(route.match.labels == ["team": "cs"] && route.match.severities == [.critical])
        #expect(route.match.segments == ["enterprise", "mid"] && route.match.csms == ["ana@example.com"])
        #expect(route.groupBy == ["account"] && route.groupWaitSeconds == 0 && route.groupIntervalSeconds == 600)
        #expect(route.repeatSeconds == nil && route.activeHours != nil && route.continues)
        let usual = try #require(file.routes?[1])
        #expect(usual.groupBy == ["csm"] && usual.groupWaitSeconds == 30 && usual.groupIntervalSeconds == 300)
        #expect(usual.repeatSeconds == 86_400 && !usual.continues)
    }

    private static let mail = """
        receivers:
          - name: m
            url: smtp://mail.example.com
            format: email
            from: hale@example.com
            to: csm

        """

    @Test func `a receiver of mail has who writes, to whom, and what else is sent`() throws {
        let csm = try ReceiverFile.read(
            Self.mail + "    user: hale\n    secret_env: S\n    ca_file: /etc/ca.pem\n    digest: daily", path: "r.yaml"
        ).receivers[0]
        #expect(csm.format == .email && csm.secretVariable == "S")
        #expect(csm.mail?.from.description == "hale@example.com" && csm.mail?.to == .csm)
        #expect(csm.mail?.user == "hale" && csm.mail?.authoritiesFile == "/etc/ca.pem" && csm.mail?.digest == .daily)
        let listed = try ReceiverFile.read(
            Self.mail.replacing("to: csm", with: "to: [a@example.com, B@Example.com]")
                + "    digest: weekly-forecast", path: "r.yaml"
        ).receivers[0]
        let addresses = ["a@example.com", "B@example.com"].compactMap(MailAddress.init)
        #expect(listed.mail?.to == .addresses(addresses) && listed.mail?.digest == .weeklyForecast)
        #expect(listed.mail?.user == nil)
    }

    private static let good = "receivers:\n  - name: a\n    url: https://a.example/\n    secret_env: S\n"

    @Test(arguments: [
        ("receivers: [", "r.yaml:", "HALE-DELIVERY-002"),
        ("recievers: []", "r.yaml:1:1: a file of receivers has no key \"recievers\"; did you mean receivers?", "003"),
        ("receivers: {}", "r.yaml:1:", "receivers needs a list here"),
        ("receivers:\n  - name: a\n    secret_env: S", "r.yaml:2:5: a receiver needs the key url or url_env", "004"),
        (
            "receivers:\n  - name: a\n    url: https://a.example/",
            "r.yaml:2:5: a receiver of format hale needs the key secret_env", "004"
        ),
        (good + "    url_env: U", "r.yaml:5:14: url stands beside url_env", "005"),
        (good + "    format: teams", "r.yaml:5:13: format is one of hale, slack, alertmanager, email", "005"),
        (good + "    colour: red", "r.yaml:5:5: a receiver has no key \"colour\"", "003"),
        (good + "    concurrency: 0", "r.yaml:5:18: concurrency is from 1 to 100", "005"),
        (good + "    time_zone: Mars/Olympus", "r.yaml:5:16: time zone \"Mars/Olympus\" is not known", "005"),
        (good + "    headers: {Host: b}", "r.yaml:5:15: the header Host is Hale's own", "005"),
        (good + "    headers: {webhook-id: b}", "r.yaml:5:15: the header webhook-id is Hale's own", "005"),
        (good + "    headers: {x: \"a\\r\\nb: c\"}", "r.yaml:5:15: the header x holds a line break", "005"),
        (good + "    allow_private_networks: [all]", "r.yaml:5:30: \"all\" is no range of addresses", "005"),
        (good + "    send_resolved: maybe", "r.yaml:5:20: send_resolved is true or false", "005"),
        (
            good + good.split(separator: "\n").dropFirst().joined(separator: "\n"),
            "r.yaml:5:5: the receiver a stands twice", "006"
        ),
        (
            "receivers:\n  - name: a\n    url: https://u:secret@a.example/\n    secret_env: S",
            "r.yaml:3:10: the address has a user name", "005"
        ),
        (
            "receivers:\n  - name: a\n    url: https://0x7f000001/\n    secret_env: S",
            "r.yaml:3:10: url: 127.0.0.1 lies in 127.0.0.0/8", "007"
        ),
        (
            "receivers:\n  - name: a\n    url: http://93.184.216.34/\n    secret_env: S",
            "r.yaml:3:10: url: http is not encrypted", "007"
        ),
        (
            "receivers:\n  - name: a b\n    url: https://a.example/\n    secret_env: S",
            "r.yaml:2:11: \"a b\" is no name", "005"
        ),
        (
            "receivers:\n  - name: a\n    url: https://a.example/\n    secret_env: whsec_abc=",
            "r.yaml:4:17: secret_env is the name of a variable", "005"
        ),
        (good + "    to: csm", "r.yaml:5:5: to is for receivers of format email", "005"),
        (good + "    digest: daily", "r.yaml:5:5: digest is for receivers of format email", "005"),
        (
            good.replacing("https", with: "smtp").replacing("/\n", with: "\n"),
            "r.yaml:3:10: url: an address of a mail server needs the format email", "005"
        ),
        (
            mail.replacing("smtp://", with: "https://"),
            "r.yaml:3:10: url: mail needs an address that begins with smtp://", "005"
        ),
        (mail.replacing("    to: csm\n", with: ""), "r.yaml:2:5: a receiver of format email needs the key to", "004"),
        (mail.replacing("to: csm", with: "to: ana"), "r.yaml:6:9: to: \"ana\" is no address of mail", "005"),
        (mail.replacing("to: csm", with: "to: []"), "r.yaml:6:9: to is csm, an address, or 1 to 50 of them", "005"),
        (
            mail.replacing("to: csm", with: "to: \"a@example.com\\nBcc: b@example.com\""), "r.yaml:6:9: to: ", "005"
        ),
        (mail + "    user: hale", "r.yaml:2:5: user and secret_env, the variable with the password", "004"),
        (mail + "    secret_env: S", "r.yaml:2:5: user and secret_env, the variable with the password", "004"),
        (mail + "    headers: {x: y}", "r.yaml:7:5: headers are for receivers of webhooks", "005"),
        (mail + "    digest: hourly", "r.yaml:7:13: digest is one of daily, weekly-forecast", "005"),
        (mail + "    digest: weekly-forecast", "r.yaml:7:13: the weekly forecast is about everybody: name", "005"),
        ("external_url: smtp://mail.example.com", "r.yaml:1:15: external_url begins with https://", "005"),
        (good + "routes:\n  - match: {}", "r.yaml:6:5: a route needs the key receiver", "004"),
        (good + "routes:\n  - receiver: a\n    group_wait: 5", "r.yaml:7:17: group_wait is a time such as 30s", "005"),
        (good + "routes:\n  - receiver: a\n    repeat_interval: 5s", "r.yaml:7:22: repeat_interval is a time", "005"),
        (good + "routes:\n  - receiver: a\n    active_hours: always", "r.yaml:7:19: \"always\" are no hours", "005"),
        (good + "routes:\n  - receiver: a\n    match: {severity: high}", "r.yaml:7:23: severity is one of", "005"),
    ])
    func `a mistake is said with its place`(yaml: String, start: String, code: String) throws {
        let problems = Self.problems(yaml)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.contains(start) == true, "\(problems)")
        #expect(problems.first?.contains(code) == true, "\(problems)")
    }

    @Test func `a secret in the wrong place is not repeated in the message`() {
        let address = Self.problems("receivers:\n  - name: a\n    url: https://u:hunter2@a.example/\n    secret_env: S")
        let variable = Self.problems(Self.good.replacing("secret_env: S", with: "secret_env: hunter2!"))
        #expect(!(address + variable).isEmpty)
        #expect((address + variable).allSatisfy { !$0.contains("hunter2") })
    }
}
