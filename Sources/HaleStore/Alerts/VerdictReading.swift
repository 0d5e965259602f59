package import HaleDomain
import HaleSQL
import Postgres

extension AlertStore {
    /// Notes what a person says of an alert that fired.
    package func judge(_ alert: FoundAlert, _ verdict: AlertVerdict, saying reason: String) async throws {
        _ = try await connection.query(
            Statement(SQL.Alerts.judge), [alert.key.account, alert.number, verdict, reason])
    }

    /// What people said of the alerts that fired from a day on, by rule.
    package func verdicts(firedFrom day: Day) async throws -> [String: RuleVerdicts] {
        var verdicts: [String: RuleVerdicts] = [:]
        for row in try await connection.query(Statement(SQL.Alerts.verdicts), [day.postgresDate]) {
            verdicts[try row.decode("rule")] = RuleVerdicts(
                useful: Int(try row.decode("useful", as: Int64.self)),
                noise: Int(try row.decode("noise", as: Int64.self)))
        }
        return verdicts
    }
}

/// What became of the alerts of a rule that fired in a range of days.
package struct RuleLedgerEntry: Sendable, Equatable {
    /// Name of the rule.
    package let rule: String
    /// Whether the digest alone tells of its new alerts.
    package var isNoisy = false
    /// Alerts that fired.
    package var fired = 0
    /// Their accounts.
    package var accounts = 0
    /// Alerts of which the digest alone told.
    package var digestOnly = 0
    /// Alerts that somebody took, or of which the task was done.
    package var actedOn = 0
    /// What people said of them.
    package var verdicts = RuleVerdicts()
    /// Accounts that were lost after an alert fired for them.
    package var lost = 0
    /// Length of the tasks that were done [minutes].
    package var minutes = 0

    /// The entry of a rule of which nothing fired.
    package init(rule: String) {
        self.rule = rule
    }
}

extension AlertStore {
    /// What became of the alerts of each rule that fired in a range of days, with losses up to a day; rules of which
    /// nothing fired are missing.
    package func ledger(from first: Day, to last: Day, lossesUntil: Day) async throws -> [RuleLedgerEntry] {
        try await connection.query(
            Statement(SQL.Alerts.ledger), [first.postgresDate, last.postgresDate, lossesUntil.postgresDate]
        ).map { row in
            func count(_ column: String) throws -> Int { Int(try row.decode(column, as: Int64.self)) }
            var entry = RuleLedgerEntry(rule: try row.decode("rule"))
            entry.isNoisy = try row.decode("is_noisy")
            entry.fired = try count("fired")
            entry.accounts = try count("accounts")
            entry.digestOnly = try count("digest_only")
            entry.actedOn = try count("acted_on")
            entry.verdicts = RuleVerdicts(useful: try count("useful"), noise: try count("noise"))
            entry.lost = try count("lost")
            entry.minutes = try count("minutes")
            return entry
        }
    }
}
