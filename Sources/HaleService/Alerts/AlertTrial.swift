import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// Which alerts would open and close if the portfolio were scored otherwise: the conditions of the rules over the signals
/// of a day, with the scores, flags and drivers of two trials in their place.
struct AlertTrial {
    typealias Scored = (result: ScoreTrial.Result, model: HealthModel)

    /// Accounts whose signals go with one statement.
    private static let accountsAtOnce = 25_000

    let database: Database
    let library: RuleLibrary
    let day: Day

    /// What would open and close.
    struct Outcome {
        /// By account the rules whose conditions would begin to hold, and those whose conditions would hold no more.
        var changes: [Int64: (opened: [String], closed: [String])] = [:]
        /// Rules that could not be evaluated, for some accounts or at all; of those they tell nothing.
        var complaints: [RuleComplaint] = []
    }

    /// What the conditions are under one of two trials.
    private struct Held {
        /// The rules whose conditions hold, by account.
        var rules: [Int64: Set<String>] = [:]
        /// By rule what is wrong with it, and the accounts for which it fails; none where it fails as a whole.
        var failures: [String: (message: String, accounts: [FailingAccount])] = [:]

        /// Whether a rule tells nothing of an account.
        func isUntold(_ rule: String, of account: Int64) -> Bool {
            guard let failing = failures[rule]?.accounts else { return false }
            return failing.isEmpty || failing.contains { $0.key == account }
        }
    }

    /// Compares two trials.
    func run(before: [Scored], after: [Scored]) async throws -> Outcome {
        try await database.withRules { connection in
            let conditions = ConditionStore(connection)
            let rules = try await library.load(conditions).rules.map(\.rule)
            let former = try await held(before, rules, conditions)
            let latter = try await held(after, rules, conditions)
            var outcome = Outcome(complaints: Self.complaints(former, latter, rules))
            for account in Set(former.rules.keys).union(latter.rules.keys) {
                // What only one of them tells is no change.
                let (was, will) = (former.rules[account] ?? [], latter.rules[account] ?? [])
                let opened = will.subtracting(was).filter { !former.isUntold($0, of: account) }
                let closed = was.subtracting(will).filter { !latter.isUntold($0, of: account) }
                if !opened.isEmpty || !closed.isEmpty { outcome.changes[account] = (opened.sorted(), closed.sorted()) }
            }
            return outcome
        }
    }

    private static func complaints(_ former: Held, _ latter: Held, _ rules: [AlertRule]) -> [RuleComplaint] {
        rules.compactMap { rule in
            let failures = [former.failures[rule.name], latter.failures[rule.name]].compactMap { $0 }
            guard let message = failures.first?.message else { return nil }
            var complaint = RuleComplaint(rule: rule.name, message: message)
            if !failures.contains(where: \.accounts.isEmpty) {
                complaint.accounts = Set(failures.flatMap(\.accounts).map(\.accountID)).sorted()
            }
            return complaint
        }
    }

    private func held(
        _ scored: [Scored], _ rules: [AlertRule], _ conditions: ConditionStore
    ) async throws -> Held {
        var held = Held()
        for start in stride(from: 0, to: scored.count, by: Self.accountsAtOnce) {
            let part = scored[start..<min(start + Self.accountsAtOnce, scored.count)]
            let json = "[\(part.map(Self.json).joined(separator: ","))]"
            do {
                let rows = try await conditions.evaluate(rules.map(RuleConditions.init), on: day, trial: json)
                Self.take(rows, rules, into: &held)
            } catch let error as PostgresError where RuleEvaluation.isOfOneRule(error) {
                for rule in rules { try await take(rule, json, conditions, into: &held) }
            }
        }
        return held
    }

    /// Takes one rule by itself, without the accounts for which it fails.
    private func take(
        _ rule: AlertRule, _ json: String, _ conditions: ConditionStore, into held: inout Held
    ) async throws {
        let alone = RuleConditions(rule)
        do {
            Self.take(try await conditions.evaluate([alone], on: day, trial: json), [rule], into: &held)
        } catch let error as PostgresError where RuleEvaluation.isOfOneRule(error) {
            let failing =
                error.isAboutValue
                ? try await conditions.failures(of: alone, on: day, trial: json) : []
            let known = held.failures[rule.name]
            guard !failing.isEmpty, known?.accounts.isEmpty != true else {
                held.failures[rule.name] = (error.message, [])
                return
            }
            held.failures[rule.name] = (error.message, (known?.accounts ?? []) + failing)
            Self.take(
                try await conditions.evaluate([alone], on: day, trial: json, leavingOut: failing.map(\.key)), [rule],
                into: &held)
        }
    }

    private static func take(_ rows: [AccountReadings], _ rules: [AlertRule], into held: inout Held) {
        for row in rows {
            let names = zip(rules, row.readings).filter { $1.met == .holds }.map(\.0.name)
            held.rules[row.account, default: []].formUnion(names)
        }
    }

    /// The signals that follow from a score, as a JSON object; the same decisions as in the view of the signals.
    private static func json(_ scored: Scored) -> String {
        let (result, model) = scored
        func value(_ name: String) -> Double? {
            model.drivers.firstIndex { $0.fullName == name }.flatMap { result.readings[$0].x }
        }
        func fact(_ fact: ScoreFact) -> Double? {
            ScoreFact.allCases.firstIndex(of: fact).flatMap { result.facts[$0] }
        }
        let flags = result.flags
        let champion = value(DriverKind.champion.rawValue)
        let answers = result.netPromoter
        let estimate = answers.responses > 0 ? answers.mean : nil
        let isChampionSilent = champion.map {
            flags.championLeftSince == nil && $0 < model.champion.silentValue
                && (fact(.championSilentBusinessDays) ?? 0) >= Double(model.champion.silentDays)
        }
        var members = [
            ("account_key", "\(result.account)"), ("is_scored", "\(result.isScored)"),
            ("score", number(result.score)), ("smoothed_score", number(result.score)),
            ("score_low", number(result.low)), ("score_high", number(result.high)),
            ("coverage", number(result.coverage)), ("band", "\"\(result.band.rawValue)\""),
            ("computed_band", "\"\(result.computedBand.rawValue)\""), ("model", "\"\(model.name)\""),
            (
                "usage_cliff",
                (fact(.probabilityDrop50) ?? value(DriverKind.recency.rawValue)) == nil
                    ? "null" : "\(flags.cliffSince != nil)"
            ),
            ("usage_decline", fact(.probabilityDrop25) == nil ? "null" : "\(flags.declineSince != nil)"),
            ("usage_rise", fact(.probabilityRise15) == nil ? "null" : "\(flags.riseSince != nil)"),
            ("champion_left", "\(flags.championLeftSince != nil)"),
            ("champion_silent", isChampionSilent.map { "\($0)" } ?? "null"),
            ("detractor_with_influence", "\(flags.detractorSince != nil)"),
            ("contract_state", "\"\(result.contractState.rawValue)\""),
            ("renewal_signed", "\(result.contractState == .signed)"),
            ("nps", number(answers.score)), ("nps_responses", "\(answers.responses)"),
            ("nps_estimate", number(estimate)), ("nps_mean", number(estimate)),
        ]
        members += Self.drivers.map { ($0.signal, number(value($0.driver))) }
        members += Self.facts.map { ($0.signal, number(fact($0.fact), isWhole: $0.isWhole)) }
        return "{\(members.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
    }

    private static let drivers: [(signal: String, driver: String)] = [
        ("usage_level_x", DriverKind.level.rawValue),
        ("usage_trend_x", DriverKind.trend.rawValue), ("usage_seats_x", DriverKind.seats.rawValue),
        ("usage_recency_x", DriverKind.recency.rawValue), ("usage_breadth_x", DriverKind.breadth.rawValue),
        ("nps_x", DriverKind.netPromoter.rawValue), ("champion_x", DriverKind.champion.rawValue),
        ("contract_x", DriverKind.contract.rawValue), ("support_x", DriverKind.support.rawValue),
        ("billing_x", DriverKind.billing.rawValue), ("csm_sentiment_x", DriverKind.sentiment.rawValue),
    ]

    private static let facts: [(signal: String, fact: ScoreFact, isWhole: Bool)] = [
        ("usage_ratio", .usageRatio, false), ("usage_ratio_7d", .usageRatio7d, false),
        ("probability_drop_25", .probabilityDrop25, false), ("probability_drop_50", .probabilityDrop50, false),
        ("probability_rise_15", .probabilityRise15, false), ("seat_utilisation", .seatUtilisation, false),
        ("key_features_used", .keyFeaturesUsed, true), ("silent_business_days", .silentBusinessDays, true),
        ("champion_silent_business_days", .championSilentBusinessDays, true), ("overdue_days", .overdueDays, true),
    ]

    /// A number as JSON.
    private static func number(_ value: Double?, isWhole: Bool = false) -> String {
        guard let value, value.isFinite else { return "null" }
        return isWhole ? "\(Int(value))" : "\(value)"
    }
}
