import HaleDomain
import HaleStore
import Postgres

/// Which alerts would open and close if the portfolio were scored otherwise: the conditions of the rules over the signals
/// of a day, with the scores, flags and drivers of two trials in their place.
struct AlertTrial {
    typealias Scored = (result: PortfolioTrial.Result, model: HealthModel)

    /// Accounts whose signals go with one statement.
    private static let accountsAtOnce = 25_000

    let database: Database
    let library: RuleLibrary
    let day: Day

    /// By account the rules whose conditions would begin to hold, and those whose conditions would hold no more.
    func run(
        before: [Scored], after: [Scored]
    ) async throws -> [Int64: (opened: [String], closed: [String])] {
        try await database.withRules { connection in
            let conditions = ConditionStore(connection)
            let rules = try await library.load(conditions).rules.map(\.rule)
            let former = try await held(before, rules, conditions)
            let latter = try await held(after, rules, conditions)
            var changes: [Int64: (opened: [String], closed: [String])] = [:]
            for account in Set(former.keys).union(latter.keys) {
                let (was, will) = (former[account] ?? [], latter[account] ?? [])
                guard was != will else { continue }
                changes[account] = (will.subtracting(was).sorted(), was.subtracting(will).sorted())
            }
            return changes
        }
    }

    /// The rules whose conditions hold, by account.
    private func held(
        _ scored: [Scored], _ rules: [AlertRule], _ conditions: ConditionStore
    ) async throws -> [Int64: Set<String>] {
        var held: [Int64: Set<String>] = [:]
        for start in stride(from: 0, to: scored.count, by: Self.accountsAtOnce) {
            let part = scored[start..<min(start + Self.accountsAtOnce, scored.count)]
            let json = "[\(part.map(Self.json).joined(separator: ","))]"
            for row in try await conditions.evaluate(rules.map(RuleConditions.init), on: day, trial: json) {
                let names = zip(rules, row.readings).filter { $1.met == .holds }.map(\.0.name)
                held[row.account] = Set(names)
            }
        }
        return held
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
        let silentDays = fact(.championSilentBusinessDays)
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
            (
                "champion_silent",
                champion.map { "\(flags.championLeftSince == nil && $0 < 0.05 && (silentDays ?? 0) >= 10)" } ?? "null"
            ),
            ("detractor_with_influence", "\(flags.detractorSince != nil)"),
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
