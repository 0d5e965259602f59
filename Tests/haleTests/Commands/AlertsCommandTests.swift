import Foundation
import HaleTestSupport
import Postgres
import Testing

/// `hale alerts` and `hale rules`.
@Suite(.database)
struct `The commands of alerts` {
    private static let rules = """
        groups:
          - name: own
            rules:
              - alert: Soon
                when: days_to_renewal between 1 and 60
                severity: critical
                playbook: renew
                labels: {team: cs}
                annotations: {summary: "{{name}} renews in {{days_to_renewal}} days"}
              - alert: Ended
                when: contract_state = 'past_due'
                for: 2d

        """

    private static let playbooks = """
        playbooks:
          - playbook: renew
            title: Call about the renewal
            minutes: 45
            due_in: 2d
            replaces: [decision_near]
            steps: [Look at the contract., Call.]

        """

    /// The small portfolio with rules of its own beside the shipped ones, evaluated on both its days.
    private func user() async throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
        for folder in ["rules", "tests", "playbooks"] {
            try FileManager.default.createDirectory(
                at: user.directory.appending(path: "alerts/\(folder)"), withIntermediateDirectories: true)
        }
        for shipped in ["churn-risk", "renewals", "data"] {
            try user.write("groups: []\n", to: "alerts/rules/\(shipped).yaml")
        }
        try user.write(Self.rules, to: "alerts/rules/own.yaml")
        try user.write(Self.playbooks, to: "alerts/playbooks/own.yaml")
        try await SmallPortfolio.load(as: user)
        return user
    }

    @Test func `open the task of the account by their playbook`() async throws {
        let user = try await user()
        let morning = try await user.run("morning", "--format", "json").json()
        let tasks = (morning["csms"]?.elements ?? []).flatMap { csm in
            (csm["planned"]?.elements ?? []) + (csm["cut"]?.elements ?? [])
        }
        let task = try #require(tasks.first { $0["accountId"] == .text("A-1") })
        #expect(task["title"] == .text("Call about the renewal") && task["playbook"] == .text("renew"))
        #expect(task["minutes"] == .number(45) && task["dueOn"] == .text("2026-03-04"))
        #expect(task["steps"] == .list([.text("Look at the contract."), .text("Call.")]))
        let reasons = task["reasons"]?.elements?.compactMap(\.textValue) ?? []
        #expect(reasons.first == "Acme renews in 60 days.")
        #expect(!reasons.contains { $0.contains("decided") })
        let stored = try await TestDatabase.shared.query(
            "select playbook from hale_data.task where playbook is not null and origin = 'account'"
        ).map { try $0.decode("playbook", as: String.self) }
        #expect(stored == ["renew"])

        let shown = try await user.run("playbooks", "show", "renew")
        #expect(
            shown.status == 0 && shown.output.contains("45 minutes, within 2 days") && shown.output.contains("Call."))
        let listed = try await user.run("playbooks", "list", "--format", "json").json()
        let names = listed["playbooks"]?.elements?.compactMap { $0["playbook"]?.textValue } ?? []
        #expect(names.contains("renew") && names.contains("usage-cliff"))
        #expect(try await user.run("playbooks", "check").status == 0)
        #expect(try await user.run("playbooks", "show", "nothing").status == 2)

        // A broken file is said where it is read, and the list of stored tasks stays as it is.
        try user.write("playbooks:\n  - playbook: renew\n    titel: x\n", to: "alerts/playbooks/own.yaml")
        let broken = try await user.run("playbooks", "check")
        #expect(broken.status == 3 && broken.errors.contains("own.yaml:3:5: a playbook has no key \"titel\""))
        let after = try await user.run("morning", "--format", "json")
        #expect(after.status == 0 && after.errors.isEmpty)
        #expect(after.output.contains("Acme renews in 60 days."))
        #expect(try await user.run("rules", "check").status == 3)
    }

    @Test func `lists the alerts of a day with their fixed keys`() async throws {
        let user = try await user()
        let answer = try await user.run("alerts", "list", "--format", "json").json()
        #expect(answer["asOf"] == .text(SmallPortfolio.day))
        let alerts = try #require(answer["alerts"]?.elements)
        // A-1 renews on 1 May, 60 days after 2 March; A-2's term ended on 20 February.
        #expect(alerts.map { $0["rule"]?.textValue } == ["Soon", "Ended"])
        let soon = alerts[0]
        #expect(soon["accountId"] == .text("A-1") && soon["state"] == .text("firing"))
        #expect(soon["severity"] == .text("critical") && soon["since"] == .text("2026-03-02"))
        #expect(soon["arr"]?["minor"] == .number(1_200_000) && soon["arr"]?["currency"] == .text("EUR"))
        #expect(soon["annotations"]?["summary"] == .text("Acme renews in 60 days"))
        #expect(soon["labels"]?["team"] == .text("cs") && soon["playbook"] == .text("renew"))
        #expect(soon["acknowledgedBy"] == .null && soon["silenced"] == .bool(false))
        #expect(alerts[1]["since"] == .text("2026-03-01") && alerts[1]["firedOn"] == .text(SmallPortfolio.day))
        let before = try await user.run("alerts", "list", "--as-of", "2026-03-01", "--format", "json").json()
        #expect(before["alerts"]?.elements?.map { $0["state"]?.textValue } == ["pending"])
        let another = try await user.run("import", "csms", "-", input: "email\nbo@example.com\n")
        #expect(another.status == 0)
        let ofNobody = try await user.run("alerts", "list", "--csm", "bo@example.com", "--format", "json").json()
        #expect(ofNobody["alerts"] == .list([]))
        let unknown = try await user.run("alerts", "list", "--csm", "nobody@example.com")
        #expect(unknown.status == 1 && unknown.errors.contains("HALE-CLI-002"))
        let table = try await user.run("alerts", "list", "--rule", "Soon")
        #expect(table.status == 0 && table.output.contains("1 firing, 0 pending"))
    }

    @Test func `a run without alerts leaves them to the next one, which tells the receivers`() async throws {
        let user = try await user()
        let receiver = try await ProgrammableReceiver()
        try user.write(
            """
            receivers:
              - name: team
                url: http://127.0.0.1:\(receiver.port)/
                format: slack
                allow_private_networks: [127.0.0.0/8]
            routes:
              - {receiver: team, match: {severity: critical}, group_wait: 0s}

            """, to: "alerts/receivers.yaml")
        #expect(try await user.run("score", "--as-of", "2026-03-03", "--no-alerts").status == 0)
        func rules(_ day: String) async throws -> [String?] {
            let answer = try await user.run("alerts", "list", "--as-of", day, "--format", "json").json()
            return (answer["alerts"]?.elements ?? []).map { $0["rule"]?.textValue }
        }
        // A contract that comes up within the days that were missed.
        try user.write(
            "contract_id,account_id,arr,currency,starts_on,ends_on,auto_renew\n"
                + "C-3,A-3,900,EUR,2025-05-03,2026-05-03,false\n", to: "contracts.csv")
        #expect(try await user.run("import", "contracts", "contracts.csv").status == 0)
        #expect(try await user.run("score", "--as-of", "2026-03-04", "--no-alerts").status == 0)
        #expect(try await rules("2026-03-04") == ["Soon", "Ended"])
        #expect(try await user.run("score", "--as-of", "2026-03-04").status == 0)
        #expect(try await rules("2026-03-04") == ["Soon", "Soon", "Ended"])
        let delivered = try await user.run("deliver", "--once")
        #expect(delivered.status == 0, "\(delivered.errors)")
        let bodies = receiver.requests.map(\.text)
        #expect(bodies.count == 1)
        #expect(bodies.first?.contains("renews in 60 days") == true)
        try await receiver.close()
    }

    @Test func `shows one, lets a person have it, silences and closes it`() async throws {
        let user = try await user()
        let alerts = try await user.run("alerts", "list", "--format", "json").json()["alerts"]?.elements
        let number = try #require(alerts?.first?["alertId"]?.numberValue.map { "\(Int($0))" })
        #expect(try await user.run("alerts", "ack", number).status == 2)
        let ack = try await user.run("alerts", "ack", number, "--by", "ana@example.com", "--note", "calls today")
        #expect(ack.status == 0 && ack.outputLines == ["ana@example.com has alert \(number)"])
        let shown = try await user.run("alerts", "show", number, "--format", "json").json()
        #expect(shown["alert"]?["acknowledgedBy"] == .text("ana@example.com"))
        let events = try #require(shown["events"]?.elements)
        #expect(events.map { $0["kind"]?.textValue } == ["firing", "acknowledged"])
        #expect(events[1]["reason"] == .text("ana@example.com has it: calls today"))
        let other = try await user.run("alerts", "ack", number, "--by", "bo@example.com")
        #expect(other.status == 1)
        #expect(
            other.errorLines == ["hale: HALE-ALERT-003: ana@example.com has alert \(number) already: --take it over"])

        let silence = try await user.run(
            "alerts", "silence", "team=cs", "--for-hours", "2", "--reason", "known", "--by", "ana@example.com",
            "--format", "json")
        #expect(silence.status == 0)
        let listed = try await user.run("alerts", "list")
        #expect(listed.output.contains("1 hidden or silenced") && !listed.output.contains("Acme renews"))
        let silences = try await user.run("alerts", "list", "--silences", "--format", "json").json()
        #expect(silences["silences"]?.elements?.first?["matchers"]?["team"] == .text("cs"))
        let id = try #require(try silence.json()["silence"]?.numberValue.map { "\(Int($0))" })
        #expect(try await user.run("alerts", "expire", id).status == 0)
        #expect(try await user.run("alerts", "expire", id).status == 1)
        let closed = try await user.run("alerts", "expire", "--alert", number, "--by", "ana@example.com")
        #expect(closed.status == 0)
        let left = try await user.run("alerts", "list", "--format", "json").json()["alerts"]?.elements
        #expect(left?.count == 1)
    }

    @Test func `takes a verdict, shows it, and keeps the ledger of rules by it`() async throws {
        let user = try await user()
        let alerts = try await user.run("alerts", "list", "--format", "json").json()["alerts"]?.elements
        let number = try #require(alerts?.first?["alertId"]?.numberValue.map { "\(Int($0))" })
        #expect(alerts?.first?["verdict"] == .null && alerts?.first?["digestReason"] == .null)
        let by = ["--by", "ana@example.com"]
        let first = try await user.run(["alerts", "verdict", number, "noise", "--note", "known"] + by)
        #expect(first.status == 0 && first.outputLines == ["alert \(number) is noise, says ana@example.com"])
        #expect(try await user.run(["alerts", "verdict", number, "useful"] + by).status == 0)
        #expect(try await user.run(["alerts", "verdict", number, "good"] + by).status == 2)
        #expect(try await user.run("alerts", "verdict", number, "useful").status == 2)
        let shown = try await user.run("alerts", "show", number, "--format", "json").json()
        #expect(shown["alert"]?["verdict"] == .text("useful"))
        #expect(shown["events"]?.elements?.map { $0["kind"]?.textValue } == ["firing", "noise", "useful"])
        #expect(shown["events"]?.elements?[1]["reason"] == .text("ana@example.com: known"))
        #expect(try await user.run("alerts", "list").output.contains("useful"))

        let answer = try await user.run("rules", "ledger", "--format", "json").json()
        #expect(answer["to"] == .text(SmallPortfolio.day) && answer["from"] == .text("2025-03-02"))
        let rules = try #require(answer["rules"]?.elements)
        #expect(rules.map { $0["rule"]?.textValue } == ["Ended", "Soon"])
        #expect(rules[1]["fired"] == .number(1) && rules[1]["useful"] == .number(1) && rules[1]["noise"] == .number(0))
        // Beta(3/2, 1/2) has 5 % of its mass below 0.2285.
        let low = try #require(rules[1]["precision"]?["low90"]?.numberValue)
        #expect(abs(low - 0.22851981380632877) < 1e-9 && rules[1]["precision"]?["value"] == .number(1))
        #expect(rules[0]["precision"] == .null && rules[0]["toldBy"] == .text("receivers"))
        let table = try await user.run("rules", "ledger", "--from", "2026-03-01", "--to", "2026-03-01")
        #expect(table.status == 0 && table.output.contains("Soon"))
        let wrong = try await user.run("rules", "ledger", "--from", "2026-03-02", "--to", "2026-03-01")
        #expect(wrong.status == 2)
        #expect(wrong.errorLines == ["hale: HALE-CLI-026: the first day, 2026-03-02, is after the last, 2026-03-01"])
    }

    @Test(arguments: [("HALE_ALERT_BUDGET", "many"), ("HALE_ALERT_BUDGET", "-1"), ("HALE_ALERT_PRECISION", "101")])
    func `refuses a budget or a precision that is none`(name: String, value: String) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let run = try await user.run("score", "--as-of", "2026-03-02", variables: [name: value])
        #expect(run.status == 2 && run.errorLines.count == 1)
        #expect(run.errors.contains("HALE-CLI-006") && run.errors.contains(value))
    }

    @Test(arguments: [
        ["alerts", "verdict", "99", "noise", "--by", "a@b.example"],
        ["alerts", "show", "99"], ["alerts", "ack", "99", "--by", "a@b.example"],
        ["rules", "release", "Soon", "--by", "a@b.example"],
        ["rules", "explain", "Sonn"], ["rules", "explain", "Soon", "--account", "nobody"],
    ])
    func `what is not there is one line and status 1`(arguments: [String]) async throws {
        let user = try await user()
        let run = try await user.run(arguments)
        #expect(run.status == 1)
        #expect(run.errorLines.count == 1, "\(run.errors)")
    }

    @Test(arguments: [
        ["alerts", "silence", "team", "--for-hours", "2", "--reason", "x"],
        ["alerts", "silence", "team=cs", "--reason", "x"],
        ["alerts", "silence", "team=cs", "--for-hours", "0", "--reason", "x"], ["rules", "explain"],
        ["rules", "replay", "--from", "2026-03-02", "--to", "2026-03-01"],
    ])
    func `wrong usage has status 2`(arguments: [String]) async throws {
        #expect(try await CommandLineUser().run(arguments).status == 2)
    }

    @Test func `checks and tests rules, and exits with 3 and the place of what is wrong`() async throws {
        let user = try await user()
        #expect(try await user.run("rules", "check").status == 0)
        let text = """
            rules: [../rules/own.yaml]
            tests:
              - name: sixty days
                days: [{date: 2026-03-01, days_to_renewal: 60, name: Acme}]
                expect: [{date: 2026-03-01, firing: [{alert: Soon, summary: Acme renews in 60 days}]}]

            """
        try user.write(text, to: "alerts/tests/own.yaml")
        let passed = try await user.run("rules", "test", "--format", "json")
        #expect(passed.status == 0)
        #expect(try passed.json()["passed"] == .number(1))
        try user.write(text.replacing("renewal: 60", with: "renewal: 61"), to: "alerts/tests/own.yaml")
        let failed = try await user.run("rules", "test")
        #expect(failed.status == 3)
        #expect(
            failed.errorLines.first
                == "hale: alerts/tests/own.yaml:5: sixty days: 2026-03-01: firing is [], expected [Soon]")

        try user.write(
            Self.rules.replacing("between 1 and", with: "betwen 1 and").replacing("for: 2d", with: "keep_firing: 2d"),
            to: "alerts/rules/own.yaml")
        let broken = try await user.run("rules", "check", "--format", "json")
        #expect(broken.status == 3)
        #expect(
            broken.errorLines.prefix(2) == [
                "hale: alerts/rules/own.yaml:5:31: there is no column 'betwen' [HALE-RULE-006]",
                "hale: alerts/rules/own.yaml:12:9: a rule has no key \"keep_firing\"; did you mean keep_firing_for? [HALE-RULE-003]",
            ])
        #expect(try broken.json()["problems"]?.elements?.first?["line"] == .number(5))
        // The day is scored, and its alerts stay as they were.
        let score = try await user.run("score", "--as-of", "2026-03-03")
        #expect(score.status == 1 && score.output.contains("2026-03-03"))
        #expect(score.errorLines.first?.contains("there is no column 'betwen'") == true)
        let alerts = try await user.run("alerts", "list", "--format", "json").json()["alerts"]?.elements
        #expect(alerts?.count == 2 && alerts?.first?["evaluatedOn"] == .text(SmallPortfolio.day))
        try user.write(Self.rules, to: "alerts/rules/own.yaml")
        #expect(try await user.run("score", "--as-of", "2026-03-03").status == 0)
        let later = try await user.run("alerts", "list", "--format", "json").json()["alerts"]?.elements
        #expect(later?.map { $0["evaluatedOn"] } == [.text("2026-03-03"), .text("2026-03-03")])
    }

    @Test func `explains every signal, and what a rule makes of an account`() async throws {
        let user = try await user()
        let signals = try #require(
            try await user.run("rules", "explain", "--signals", "--format", "json").json()["signals"]?.elements)
        #expect(signals.count > 60)
        for signal in signals {
            #expect(signal["meaning"]?.textValue?.isEmpty == false && signal["type"]?.textValue?.isEmpty == false)
        }
        let seats = try #require(signals.first { $0["signal"] == .text("arr") })
        #expect(seats["unit"] == .text("major units of the reporting currency") && seats["type"] == .text("numeric"))
        let rule = try await user.run("rules", "explain", "Soon", "--account", "A-1", "--format", "json").json()
        #expect(rule["account"]?["condition"] == .text("holds"))
        #expect(rule["account"]?["values"]?["days_to_renewal"] == .text("60"))
        #expect(rule["firing"] == .number(1) && rule["evaluatedOn"] == .text(SmallPortfolio.day))
        // Of A-3 no contract is known.
        let unknown = try await user.run("rules", "explain", "Soon", "--account", "A-3", "--format", "json").json()
        #expect(unknown["account"]?["condition"] == .text("cannot be told"))
    }

    @Test func `replays what rules would have done`() async throws {
        let user = try await user()
        let lost = try await user.run(
            "import", "contracts", "-",
            input: """
                contract_id,account_id,arr,currency,starts_on,ends_on,outcome,decided_on
                C-2,A-2,5000.50,EUR,2025-02-20,2026-02-20,lost,2026-03-12

                """)
        #expect(lost.status == 0, "\(lost.errors)")
        let answer = try await user.run(
            "rules", "replay", "--from", "2026-03-01", "--to", "2026-03-02", "--losses-until", "2026-04-01", "--format",
            "json"
        ).json()
        #expect(answer["days"] == .number(2) && answer["accounts"] == .number(3) && answer["lost"] == .number(1))
        let rules = try #require(answer["rules"]?.elements)
        let soon = try #require(rules.first { $0["rule"] == .text("Soon") })
        #expect(soon["firings"] == .number(1) && soon["arr"] == .number(12_000) && soon["lostWarned"] == .number(0))
        let ended = try #require(rules.first { $0["rule"] == .text("Ended") })
        // Fired on the second day, 2 March, ten days before the loss was decided.
        #expect(ended["firings"] == .number(1) && ended["lostWarned"] == .number(1))
        #expect(ended["medianDaysAhead"] == .number(10) && ended["recall"] == .number(1))
        // Of two accounts with a contract one was lost; all for which the rule fired were.
        #expect(answer["customers"] == .number(2) && answer["baseRate"] == .number(0.5))
        #expect(ended["precision"] == .number(1) && ended["lift"] == .number(2))
        #expect(soon["precision"] == .number(0) && soon["lift"] == .number(0))
        let none = try await user.run("rules", "replay", "--from", "2025-01-01", "--to", "2025-01-02")
        #expect(none.status == 0 && none.everything.contains("no day of the range was scored"))
    }
}
