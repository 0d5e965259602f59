package import HaleDomain
import HaleStore

/// Rules beside a loss: which would have fired in time, and what each costs in alerts about accounts that stay.
package struct PostmortemRules: Sendable {
    /// One rule beside all losses of the days.
    package struct Cost: Sendable {
        package let rule: String
        /// How often it would have fired.
        package let firings: Int
        /// Accounts it would have fired for.
        package let accounts: Int
        /// Those that were lost afterwards.
        package let caught: Int
        /// The first day on which it would have fired for each account.
        package let firstDays: [Int64: Day]

        /// Firings for each loss that it caught; nil where it caught none.
        package var firingsPerLoss: Double? { caught == 0 ? nil : Double(firings) / Double(caught) }
        /// Share of its accounts that were lost; nil where it never fired.
        package var precision: Double? { accounts == 0 ? nil : Double(caught) / Double(accounts) }
    }

    /// The scored days that were replayed, oldest first.
    package let days: [Day]
    /// In the order of the rules' files.
    package let costs: [Cost]
    /// Of the accounts with a contract, the share that was lost after the first of the days; nil without a day.
    package let baseRate: Double?
    package let complaints: [RuleComplaint]

    package init(_ outcome: RuleReplay.Outcome) {
        days = outcome.days
        costs = outcome.rules.map { rule in
            Cost(
                rule: rule.rule.name, firings: rule.firings, accounts: rule.accounts.count,
                caught: rule.daysAhead.count, firstDays: rule.accounts.mapValues(\.day))
        }
        baseRate = outcome.days.isEmpty ? nil : outcome.baseRate
        complaints = outcome.complaints
    }

    /// The rules that would have fired for an account before a day, the earliest first.
    package func warnings(of account: Int64, before day: Day) -> [(rule: String, day: Day)] {
        costs.enumerated()
            .compactMap { position, cost in cost.firstDays[account].map { (position, rule: cost.rule, day: $0) } }
            .filter { $0.day < day }.sorted { ($0.day, $0.0) < ($1.day, $1.0) }.map { ($0.rule, $0.day) }
    }
}
