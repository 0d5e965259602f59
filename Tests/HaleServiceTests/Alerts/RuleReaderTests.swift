import HaleDomain
import HaleFiles
import HaleService
import HaleTestSupport
import Testing

@Suite struct `Reading rules` {
    private static let signals = ["arr", "name", "seats", "usage_cliff", "usage_ratio"]

    private func read(_ rules: String...) throws -> [PlacedRule] {
        let text =
            "groups:\n  - name: own\n    rules:\n"
            + rules.map { rule in
                rule.split(separator: "\n").enumerated().map { "      \($0 == 0 ? "- " : "  ")\($1)\n" }.joined()
            }.joined()
        return try RuleFile(text: text, file: "own.yaml", signals: Self.signals).rules
    }

    private func problems(_ text: String) -> [String] {
        do {
            _ = try RuleFile(text: text, file: "own.yaml", signals: Self.signals)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    private func problems(ofRule rule: String) -> [String] {
        do {
            _ = try read(rule)
            return []
        } catch {
            return (error as? FileFailure)?.problems.map(\.description) ?? ["\(error)"]
        }
    }

    @Test func `a name that stands twice in one file is refused at its second place, in another group too`() {
        let text = """
            groups:
              - name: first
                rules:
                  - {alert: A, when: arr > 1}
                  - {alert: B, when: arr > 2}
              - name: second
                rules:
                  - {alert: A, when: arr > 3}
            """
        #expect(
            problems(text) == [
                "own.yaml:8:17: there is a rule A already, in line 4 of this file: call one of them otherwise "
                    + "[HALE-RULE-008]"
            ])
    }

    @Test func `every key has its place in the rule`() throws {
        let rules = try read(
            """
            alert: UsageCliff
            when: usage_cliff and arr >= 10000
            clear_when: not usage_cliff and usage_ratio > 0.8
            for: 2d
            keep_firing_for: 7d
            limit: 50
            severity: critical
            playbook: usage-cliff
            labels: {team: cs}
            annotations: {summary: "{{name}} stopped", detail: "{{#seats}}{{seats}} seats{{/seats}}"}
            inhibits: [Decline]
            """, "alert: Plain\nwhen: arr > 0")
        #expect(
            rules.first?.rule
                == AlertRule(
                    name: "UsageCliff", condition: "usage_cliff and arr >= 10000",
                    clearCondition: "not usage_cliff and usage_ratio > 0.8", forDays: 2, keepFiringDays: 7, limit: 50,
                    severity: .critical, playbook: "usage-cliff", labels: ["team": "cs"],
                    annotations: ["summary": "{{name}} stopped", "detail": "{{#seats}}{{seats}} seats{{/seats}}"],
                    inhibits: ["Decline"]))
        #expect(rules.first?.group == "own" && rules.first?.line == 4)
        #expect(rules.last?.rule == AlertRule(name: "Plain", condition: "arr > 0", severity: .warning))
    }

    @Test(arguments: [
        ("when: arr > 0", "own.yaml:4:9: a rule needs the key alert [HALE-RULE-004]"),
        ("alert: A", "own.yaml:4:9: a rule needs the key when [HALE-RULE-004]"),
        (
            "alert: A\nwhen: arr > 0\nkep_firing_for: 2d",
            "own.yaml:6:9: a rule has no key \"kep_firing_for\"; did you mean keep_firing_for? [HALE-RULE-003]"
        ),
        (
            "alert: A B\nwhen: arr > 0",
            "own.yaml:4:16: \"A B\" is no name: use letters, digits and _, a letter first [HALE-RULE-005]"
        ),
        (
            "alert: RuleHeld\nwhen: arr > 0",
            "own.yaml:4:16: RuleHeld is the name of an alert about rules: use another [HALE-RULE-005]"
        ),
        ("alert: A\nwhen: arrr > 0", "own.yaml:5:15: there is no column 'arrr'; did you mean arr? [HALE-RULE-006]"),
        ("alert: A\nwhen: arr > 0; drop", "own.yaml:5:22: ';' is not allowed [HALE-RULE-006]"),
        (
            "alert: A\nwhen: arr > 0 and pg_sleep(9)",
            "own.yaml:5:27: the function 'pg_sleep' is not allowed [HALE-RULE-006]"
        ),
        ("alert: A\nwhen: arr > (select 1)", "own.yaml:5:22: 'select' is not allowed [HALE-RULE-006]"),
        (
            "alert: A\nwhen: arr > 0\nfor: 2w",
            "own.yaml:6:14: for is a number of days such as 2d, not \"2w\" [HALE-RULE-005]"
        ),
        ("alert: A\nwhen: arr > 0\nfor: 366d", "own.yaml:6:14: for is at most 365d, not 366d [HALE-RULE-005]"),
        (
            "alert: A\nwhen: arr > 0\nlimit: 0",
            "own.yaml:6:16: limit is from 1 to 1000000 alerts, not 0 [HALE-RULE-005]"
        ),
        (
            "alert: A\nwhen: arr > 0\nseverity: grave",
            "own.yaml:6:19: severity is one of info, warning, critical, not \"grave\" [HALE-RULE-005]"
        ),
        (
            "alert: A\nwhen: arr > 0\nlabels: {severity: x}",
            "own.yaml:6:18: every alert has severity already: call the label otherwise [HALE-RULE-005]"
        ),
        (
            "alert: A\nwhen: arr > 0\nlabels: {team: \"{{name}}\"}",
            "own.yaml:6:24: labels are constant: put values into annotations [HALE-RULE-005]"
        ),
        (
            "alert: A\nwhen: arr > 0\nannotations: {summary: \"{{seat}}\"}",
            "own.yaml:6:32: there is no signal \"seat\"; did you mean seats? [HALE-RULE-007]"
        ),
        (
            "alert: A\nwhen: arr > 0\nannotations: {summary: \"{{> other}}\"}",
            "own.yaml:6:32: a text may hold {{signal}}, {{#signal}}…{{/signal}} and {{^signal}}…{{/signal}}, not {{> other}} [HALE-RULE-007]"
        ),
        (
            "alert: A\nwhen: arr > 0\nannotations: {summary: \"{{#seats}} seats\"}",
            "own.yaml:6:32: is no template: a {{ without its }}, or a section without its end [HALE-RULE-007]"
        ),
        ("alert: A\nwhen: arr > 0\ninhibits: [A]", "own.yaml:6:19: A cannot hide itself [HALE-RULE-005]"),
    ])
    func `what is wrong is said with its place`(rule: String, problem: String) {
        #expect(problems(ofRule: rule) == [problem])
    }

    @Test func `a file that is none is refused`() {
        #expect(problems("groups: 3\n") == ["own.yaml:1:9: groups needs a list of groups here [HALE-RULE-005]"])
        #expect(problems("[]\n") == ["own.yaml:1:1: a file of rules is a list of keys and values [HALE-RULE-002]"])
        #expect(problems("groups: [\n").first?.hasPrefix("own.yaml:2:1: is not valid YAML") == true)
        #expect(
            problems("groups: []\nrules: []\n") == [
                "own.yaml:2:1: a file of rules has no key \"rules\"; known are groups [HALE-RULE-003]"
            ])
        #expect(problems("groups: []\n").isEmpty)
    }
}

/// What needs the database: whether conditions are understood, and the tests of rules.
@Suite(.database) struct `Checking rules` {
    private func checks(_ folder: RuleFolder) throws -> RuleChecks {
        RuleChecks(try TestDatabase.shared.database, library: folder.library)
    }

    private func failure(_ folder: RuleFolder) async throws -> [String] {
        do {
            _ = try await checks(folder).test([])
            return []
        } catch let failure as FileFailure {
            return failure.problems.map { $0.description.replacing("\(folder.path)/", with: "") }
        }
    }

    @Test func `the shipped rules are in order, and each fires in a test`() async throws {
        let database = try TestDatabase.shared.database
        let checks = RuleChecks(database, library: RuleLibrary())
        let checked = try await checks.check([])
        #expect(checked.problems.isEmpty)
        let names = checked.rules.map(\.rule.name)
        #expect(
            Set(names) == [
                "UsageCliff", "SlowDecline", "ChampionSilent", "DetractorWithInfluence", "SeatsFarBelowContract",
                "HealthAndMoneyDisagree", "PersistentRed", "DataMissing", "NoticeGiven", "RenewalWindowUnsigned",
            ])
        let tested = try await checks.test([])
        #expect(tested.flatMap(\.problems).isEmpty)
        let firing = Set(tested.flatMap(\.test.firingRules))
        #expect(firing == Set(names))
    }

    @Test func `rules of several files go together`() async throws {
        let folder = try RuleFolder(
            RuleFolder.file("alert: A\nwhen: arr > 0\ninhibits: [B, Z]", "alert: B\nwhen: arr > 0\ninhibits: [A]"))
        try folder.write(RuleFolder.file("alert: A\nwhen: arr > 1"), to: "rules/second.yaml")
        let problems = try await checks(folder).check([]).problems.map {
            $0.description.replacing("\(folder.path)/", with: "")
        }
        #expect(
            problems == [
                "rules/second.yaml:4:16: there is a rule A already, in \(folder.path)/rules/own.yaml:4 [HALE-RULE-008]"
                    .replacing("\(folder.path)/", with: ""),
                "rules/own.yaml:6:19: there is no rule Z [HALE-RULE-008]",
                "rules/own.yaml:6:19: A would be hidden by a rule that it hides [HALE-RULE-008]",
                "rules/own.yaml:9:19: B would be hidden by a rule that it hides [HALE-RULE-008]",
                "rules/second.yaml:4: A would be hidden by a rule that it hides [HALE-RULE-008]",
            ])
    }

    private static let rules = RuleFolder.file(
        "alert: Cliff\nwhen: usage_cliff and arr >= 10000\nfor: 2d\nannotations: {summary: \"{{name}} stopped\"}",
        "alert: Ratio\nwhen: 1 / seats > 0")

    @Test func `a test that fails says what came out`() async throws {
        let folder = try RuleFolder(
            Self.rules,
            tests: [
                "own": """
                rules: [../rules/own.yaml]
                tests:
                  - name: good
                    days: [{date: 2026-03-01, usage_cliff: true, arr: 50000, name: Acme}, {date: 2026-03-02}]
                    expect: [{date: 2026-03-02, firing: [{alert: Cliff, severity: warning, summary: Acme stopped}]}]
                  - name: bad
                    days: [{date: 2026-03-01, usage_cliff: true, arr: 9999.99}, {date: 2026-03-02}]
                    expect:
                      - {date: 2026-03-01, pending: [Cliff]}
                      - {date: 2026-03-02, firing: []}
                  - name: text
                    days: [{date: 2026-03-01, usage_cliff: true, arr: 50000, name: "Null"}, {date: 2026-03-02}]
                    expect: [{date: 2026-03-02, firing: [{alert: Cliff, severity: info, summary: Acme stopped}]}]
                  - name: division
                    days: [{date: 2026-03-01, seats: 0}]
                    expect: [{date: 2026-03-01, firing: []}]

                """
            ])
        let tested = try await checks(folder).test([])
        #expect(
            tested.map { $0.problems.map { "\($0.line ?? 0): \($0.message)" } } == [
                [], ["9: 2026-03-01: pending is [], expected [Cliff]"],
                [
                    "13: 2026-03-02: Cliff: severity is \"warning\", expected \"info\"",
                    "13: 2026-03-02: Cliff: summary is \"Null stopped\", expected \"Acme stopped\"",
                ], ["14: cannot be evaluated: division by zero"],
            ])
    }

    @Test(arguments: [
        (
            "rules: [../rules/own.yaml]\ntests: []\n",
            "tests/own.yaml:2:8: tests needs a list of tests here: a file without a test cannot fail [HALE-RULE-005]"
        ),
        (
            "rules: [../rules/none*.yaml]\ntests: [{name: a, days: [{date: 2026-03-01}], expect: [{date: 2026-03-01, firing: []}]}]\n",
            "tests/own.yaml:1:9: no file of rules is ../rules/none*.yaml [HALE-RULE-001]"
        ),
        (
            "rules: [../rules/o*.yaml]\ntests: [{name: a, days: [{date: 2026-03-01}], expect: []}]\n",
            "tests/own.yaml:2:55: a test that expects nothing cannot fail [HALE-RULE-005]"
        ),
        (
            "rules: [../rules/own.yaml]\ntests: [{name: a, days: [{date: 2026-03-01}], expect: [{date: 2026-03-01}]}]\n",
            "tests/own.yaml:2:56: nothing is expected of 2026-03-01: say pending, firing or hidden; [] is none [HALE-RULE-005]"
        ),
        (
            "rules: [../rules/own.yaml]\ntests: [{name: a, days: [{date: 2026-03-01}], expect: [{date: 2026-03-02, firing: []}]}]\n",
            "tests/own.yaml:2:63: 2026-03-02 is none of the test's days [HALE-RULE-005]"
        ),
        (
            "rules: [../rules/own.yaml]\ntests: [{name: a, days: [{date: 2026-03-01, arr: much}], expect: [{date: 2026-03-01, firing: []}]}]\n",
            "tests/own.yaml:2:50: arr is a number, not \"much\" [HALE-RULE-005]"
        ),
        (
            "rules: [../rules/own.yaml]\ntests: [{name: a, days: [{date: 2026-03-01, usage_clif: true}], expect: [{date: 2026-03-01, firing: []}]}]\n",
            "tests/own.yaml:2:45: a day has no key \"usage_clif\"; did you mean usage_cliff? [HALE-RULE-003]"
        ),
        (
            "rules: [../rules/own.yaml]\ntests: [{name: a, days: [{date: 2026-03-01}, {date: 2026-03-01}], expect: [{date: 2026-03-01, firing: []}]}]\n",
            "tests/own.yaml:2:53: 2026-03-01 does not come after 2026-03-01 [HALE-RULE-005]"
        ),
        (
            "rules: [../rules/own.yaml]\ntests: [{name: a, days: [{date: 2026-03-01}], expect: [{date: 2026-03-01, firing: [Clif]}]}]\n",
            "tests/own.yaml:2: a: there is no rule Clif in the files of this test [HALE-RULE-005]"
        ),
    ])
    func `a test that could not fail is none`(text: String, problem: String) async throws {
        #expect(try await failure(RuleFolder(Self.rules, tests: ["own": text])) == [problem])
    }

    @Test func `a folder of the setting that is not there is a problem`() async throws {
        let library = RuleLibrary(folders: ["/nowhere/alerts"], isStrict: true)
        let checked = try await RuleChecks(TestDatabase.shared.database, library: library).check([])
        #expect(
            checked.problems.map(\.description) == [
                "/nowhere/alerts: is no folder: the setting alerts names it [HALE-RULE-001]"
            ])
    }
}
