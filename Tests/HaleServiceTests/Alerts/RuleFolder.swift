import Foundation
import HaleDomain
import HaleFiles
import HaleTestSupport
import Testing

/// A folder of rules and tests that is removed with the last reference to it. The shipped files are replaced by empty
/// ones.
final class RuleFolder: Sendable {
    let path: String

    init(_ rules: String, tests: [String: String] = [:], playbooks: String? = nil) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hale-alerts-\(UUID().uuidString)")
        path = directory.path
        for folder in ["rules", "tests", "playbooks"] {
            try FileManager.default.createDirectory(
                at: directory.appending(path: folder), withIntermediateDirectories: true)
        }
        for shipped in ["churn-risk", "renewals", "data"] { try write("groups: []\n", to: "rules/\(shipped).yaml") }
        try write(rules)
        if let playbooks { try write(playbooks, to: "playbooks/own.yaml") }
        for (name, text) in tests { try write(text, to: "tests/\(name).yaml") }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var library: RuleLibrary { RuleLibrary(folders: [path], isStrict: true) }

    /// Replaces the file of rules.
    func write(_ rules: String, to name: String = "rules/own.yaml") throws {
        try Data(rules.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }

    /// A file of rules with one group.
    static func file(_ rules: String...) -> String {
        "groups:\n  - name: own\n    rules:\n"
            + rules.map { rule in
                rule.split(separator: "\n").enumerated().map { index, line in
                    "      \(index == 0 ? "- " : "  ")\(line)\n"
                }.joined()
            }.joined()
    }
}

/// Alerts as the tests look at them.
enum StoredAlerts {
    /// The alerts of accounts: account, rule, state, first day, days true, and what else is said of each.
    static func all() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', coalesce(account.external_id, '-'), alert.rule || coalesce(nullif(':' || alert.subject, ':'), ''),
                alert.state, to_char(alert.since_on, 'MM-DD'), alert.true_days::text,
                'fired ' || to_char(alert.fired_on, 'MM-DD'), 'ended ' || to_char(alert.resolved_on, 'MM-DD'),
                'known ' || to_char(alert.stale_since, 'MM-DD'), 'hidden by ' || alert.inhibited_by) as text
            from hale_data.alert as alert
            left join hale_data.account as account on account.account_id = alert.account_id
            order by account.external_id nulls last, alert.alert_id
            """)
    }

    /// What happened: day, account, rule and kind.
    static func events() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', to_char(event.day, 'MM-DD'), coalesce(account.external_id, '-'), alert.rule, event.kind) as text
            from hale_data.alert_event as event
            join hale_data.alert as alert
                on alert.account_id = event.account_id and alert.alert_id = event.alert_id
            left join hale_data.account as account on account.account_id = event.account_id
            order by event.day, account.external_id nulls last, event.event_id
            """)
    }

    /// The alerts must be these.
    static func all(are expected: [String], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let found = try await all()
        #expect(found == expected, sourceLocation: sourceLocation)
    }

    /// What happened must be this.
    static func events(are expected: [String], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let found = try await events()
        #expect(found == expected, sourceLocation: sourceLocation)
    }

    /// Everything that is stored, one text a row.
    static func rows() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select 'alert ' || alert::text as text from hale_data.alert as alert
            union all
            select 'event ' || event::text from hale_data.alert_event as event
            union all
            select 'rule ' || rule::text from hale_data.alert_rule as rule
            order by text
            """)
    }
}
