import HaleDomain
import HaleStore
import Postgres

/// A rule whose conditions could not be evaluated on a day, for some accounts or for all.
package struct RuleComplaint: Sendable, Hashable {
    /// Name of the rule.
    package let rule: String
    /// What the database says.
    package let message: String
    /// The accounts that it says nothing of; none where it says nothing at all and changes nothing.
    package var accounts: [String] = []

    /// Accounts that are named; the rest is counted.
    private static let namedAccounts = 5

    /// The complaint in words.
    package var sentence: String {
        guard !accounts.isEmpty else { return "rule \(rule) says nothing: \(message)" }
        let more = accounts.count - Self.namedAccounts
        let names = accounts.prefix(Self.namedAccounts).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        return "rule \(rule) says nothing of \(names): \(message)"
    }
}

/// Evaluates the conditions of rules for a day: all in one pass, or, where that fails, one after another, and where one
/// fails for some accounts, for the others.
struct RuleEvaluation: Sendable {
    /// What came of it.
    struct Result {
        /// What each rule's conditions are by account; without the rules that failed.
        var readings: [String: [Int64: ConditionReading]] = [:]
        /// The signals of accounts of which something may be said, JSON objects.
        var signals: [Int64: String] = [:]
        /// The rules that failed.
        var complaints: [RuleComplaint] = []
    }

    /// What the conditions of some rules are for every account on some days, read in one pass.
    struct Ahead: Sendable {
        fileprivate let rules: [String]
        fileprivate let days: [Day: [AccountReadings]]
    }

    let conditions: ConditionStore
    /// The signals that are kept with what happens, and that texts show.
    let shown: [Signal]
    /// What was read ahead.
    var ahead: Ahead?

    /// Reads days ahead, so that their signals are planned once: 15 ms a day instead of 29 for 200 accounts. Nothing where
    /// a rule fails on one of them, which then is found out day by day.
    func readAhead(_ rules: [AlertRule], days: [Day]) async throws -> Ahead? {
        guard !rules.isEmpty, days.count > 1 else { return nil }
        do {
            return Ahead(
                rules: rules.map(\.name),
                days: try await conditions.evaluate(
                    rules.map(RuleConditions.init), on: days, besides: nil, showing: shown))
        } catch let error as PostgresError {
            guard Self.isOfOneRule(error) else { throw error }
            return nil
        }
    }

    /// By rule and account whether an alert is firing, or only open.
    private typealias OpenAlerts = [String: [Int64: Bool]]

    /// Evaluates rules for the accounts for which one of them holds, and for those that have an open alert.
    func run(_ rules: [AlertRule], on day: Day, open: [Alert]) async throws -> Result {
        let open = Dictionary(grouping: open.filter { $0.key.account != AlertKey.noAccount }, by: \.key.rule)
            .mapValues { alerts in
                Dictionary(alerts.map { ($0.key.account, $0.state == .firing) }, uniquingKeysWith: { $0 || $1 })
            }
        var result = Result()
        do {
            try await evaluate(rules, on: day, open: open, into: &result)
            return result
        } catch let error as PostgresError {
            guard Self.isOfOneRule(error) else { throw error }
        }
        result = Result()
        for rule in rules {
            do {
                try await evaluate([rule], on: day, open: open, into: &result)
            } catch let error as PostgresError {
                guard Self.isOfOneRule(error) else { throw error }
                result.complaints.append(
                    try await complaint(about: rule, on: day, open: open, error: error, into: &result))
            }
        }
        return result
    }

    /// Evaluates a rule that failed for the accounts for which it does not, and says of which it says nothing.
    private func complaint(
        about rule: AlertRule, on day: Day, open: OpenAlerts, error: PostgresError, into result: inout Result
    ) async throws -> RuleComplaint {
        var complaint = RuleComplaint(rule: rule.name, message: error.message)
        guard error.isAboutValue else { return complaint }
        do {
            let failing = try await conditions.failures(of: RuleConditions(rule), on: day)
            guard !failing.isEmpty else { return complaint }
            try await evaluate([rule], on: day, open: open, leavingOut: failing.map(\.key), into: &result)
            complaint.accounts = failing.map(\.accountID)
        } catch let error as PostgresError {
            guard Self.isOfOneRule(error) else { throw error }
        }
        return complaint
    }

    private func evaluate(
        _ rules: [AlertRule], on day: Day, open: OpenAlerts, leavingOut failing: [Int64]? = nil,
        into result: inout Result
    ) async throws {
        guard !rules.isEmpty else { return }
        let rows: [AccountReadings]
        if failing == nil, let ahead, ahead.rules == rules.map(\.name), let read = ahead.days[day] {
            rows = read
        } else {
            let accounts = open.values.reduce(into: Set<Int64>()) { $0.formUnion($1.keys) }
            let opened = rules.map { open[$0.name] ?? [:] }
            let firing = Dictionary(
                uniqueKeysWithValues: accounts.map { account in
                    (account, String(opened.map { $0[account] == true ? "t" : "f" }))
                })
            rows =
                try await conditions.evaluate(
                    rules.map(RuleConditions.init), on: [day], besides: firing, showing: shown,
                    leavingOut: failing)[day] ?? []
        }
        let opened = rules.map { open[$0.name] ?? [:] }
        var readings: [[Int64: ConditionReading]] = rules.map { _ in [:] }
        for row in rows {
            result.signals[row.account] = row.signals
            // What does not hold matters to an open alert only.
            for (index, reading) in row.readings.enumerated()
            where reading.met == .holds || opened[index][row.account] != nil {
                readings[index][row.account] = reading
            }
        }
        for (rule, readings) in zip(rules, readings) { result.readings[rule.name] = readings }
    }

    /// Whether the error may come from one condition: a value it cannot work with, or the time it takes.
    static func isOfOneRule(_ error: PostgresError) -> Bool {
        guard !Task.isCancelled else { return false }
        return error.isAboutValue || error.isAboutStatement || error.isAboutLimit || error.sqlState == "57014"
    }
}
