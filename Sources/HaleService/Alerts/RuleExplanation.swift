import Delimited
package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// What a rule does, where it stands, and what it makes of an account.
package struct RuleExplanation: Sendable {
    /// The rule, with its file.
    package let placed: PlacedRule
    /// Where it stands; nil where it was never evaluated.
    package let standing: RuleStanding?
    /// Its open alerts.
    package let alerts: [Alert]
    /// The signals that its conditions use.
    package let signals: [Signal]
    /// What it makes of the account asked for.
    package let account: Account?

    /// What a rule makes of an account on a day.
    package struct Account: Sendable {
        /// The account's id.
        package let accountID: String
        package let day: Day
        /// What the conditions are.
        package let reading: ConditionReading
        /// The values of the signals, as text; nil where missing.
        package let values: [String: String?]
        /// Why the rule says nothing of the account; nil where it does not fail for it.
        package var problem: String?
    }

    /// Explains a rule. Throws `FileFailure` for a name that no rule has.
    package static func of(
        _ name: String, library: RuleLibrary, account: String?, on day: Day, _ database: Database
    ) async throws -> RuleExplanation {
        let (standings, open, key) = try await database.withConnection { connection in
            let store = AlertStore(connection)
            let key: Int64? = if let account { try await store.accountKey(of: account) } else { nil }
            return (try await store.standings(), try await store.open(), key)
        }
        if let account, key == nil { throw StoreError.unknownAccount(account) }
        return try await database.withRules { connection in
            let conditions = ConditionStore(connection)
            let known = try await conditions.signals()
            let set = try await library.load(conditions)
            guard let placed = set.rule(named: name) else {
                let names = set.rules.map(\.rule.name)
                let nearest = NearestNames.question(names, to: name)
                throw FileFailure(
                    FileProblem(
                        .rule, .unreadable, file: "rule \(name)",
                        "is not known; \(nearest ?? "hale rules check lists the rules")"))
            }
            let used = placed.rule.conditionSignals(of: known)
            var found: Account?
            if let account, let key {
                let (row, problem) = try await reading(
                    of: RuleConditions(placed.rule), key, on: day, showing: used.isEmpty ? known : used, conditions)
                found = row.map { row in
                    let values = SignalValues(json: row.signals ?? "{}")
                    return Account(
                        accountID: account, day: day, reading: row.readings.first ?? .unknown,
                        values: Dictionary(
                            uniqueKeysWithValues: used.map { ($0.name, values.text(of: $0.name)) }),
                        problem: problem)
                }
            }
            return RuleExplanation(
                placed: placed, standing: standings[name], alerts: open.map(\.alert).filter { $0.key.rule == name },
                signals: used, account: found)
        }
    }

    /// What a rule is for one account; of one for which it fails its signals only, and what is wrong.
    private static func reading(
        of rule: RuleConditions, _ key: Int64, on day: Day, showing signals: [Signal], _ conditions: ConditionStore
    ) async throws -> (row: AccountReadings?, problem: String?) {
        func row(_ rule: RuleConditions, leavingOut failing: [Int64]? = nil) async throws -> AccountReadings? {
            try await conditions.evaluate(
                [rule], on: [day], besides: [key: ""], showing: signals, leavingOut: failing)[day]?
                .first { $0.account == key }
        }
        do {
            return (try await row(rule), nil)
        } catch let error as PostgresError where error.isAboutValue {
            let failing = try await conditions.failures(of: rule, on: day).map(\.key)
            guard failing.contains(key) else { return (try await row(rule, leavingOut: failing), nil) }
            return (try await row(RuleConditions(unsafeCondition: "1 = null")), error.message)
        }
    }
}

extension AlertRule {
    /// What is always shown of an account.
    private static let identity = [
        "account_id", "name", "segment", "csm", "arr", "currency", "renews_on", "days_to_renewal", "score",
        "smoothed_score", "band",
    ]

    /// The signals that its conditions use.
    func conditionSignals(of signals: [Signal]) -> [Signal] {
        var used: Set<String> = []
        for condition in [condition, clearCondition].compactMap({ $0 }) {
            guard case .accepted(let columns) = ExpressionGuard(columns: signals.map(\.name)).check(condition) else {
                continue
            }
            used.formUnion(columns)
        }
        return signals.filter { used.contains($0.name) }
    }

    /// The signals that are shown of accounts for which rules fire: who it is, and what the conditions and texts use.
    static func shownSignals(of rules: [AlertRule], _ signals: [Signal]) -> [Signal] {
        var shown = Set(identity)
        for rule in rules {
            shown.formUnion(rule.conditionSignals(of: signals).map(\.name))
            for text in rule.annotations.values { shown.formUnion(AnnotationTemplate.names(in: text)) }
        }
        return signals.filter { shown.contains($0.name) }
    }
}
