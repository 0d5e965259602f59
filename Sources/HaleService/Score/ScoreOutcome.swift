package import HaleDomain
package import HaleStore

extension ScoreStage {
    /// Why all accounts were scored where only the changed ones were asked for.
    package enum Widening: Sendable, Equatable {
        /// The day was not scored before, or by another model, or in a database that this one was restored from.
        case notScoredBefore
        /// These changed, and every score depends on them.
        case common([CommonChange])
    }

    /// An account that cannot be scored.
    package struct Unscored: Sendable, Hashable {
        /// The account's id as imported.
        package let account: String
        /// Why: the place of the expression that fails, and what is wrong.
        package let reason: String
    }

    /// What came of a day.
    package struct Outcome: Sendable {
        /// The day.
        package let day: Day
        /// Accounts scored.
        package internal(set) var accounts: Int
        /// The keys of the accounts scored; nil for all.
        package internal(set) var keys: [Int64]?
        /// Why all were scored although only the changed ones were asked for.
        package internal(set) var widening: Widening?
        /// What changed in the store.
        package internal(set) var changes: ScoreStore.Changes
        /// Later days that were smoothed again.
        package internal(set) var smoothedAgain: Int
        /// Accounts that a model's expression fails for: nothing counts as known of them.
        package internal(set) var unscored: [Unscored]

        init(
            day: Day, accounts: Int, keys: [Int64]?, widening: Widening?, changes: ScoreStore.Changes,
            smoothedAgain: Int, unscored: [Unscored] = []
        ) {
            self.day = day
            self.accounts = accounts
            self.keys = keys
            self.widening = widening
            self.changes = changes
            self.smoothedAgain = smoothedAgain
            self.unscored = unscored
        }

        /// Of a day that stays as it is.
        init(day: Day, unchanged: Int) {
            self.init(
                day: day, accounts: unchanged, keys: nil, widening: nil,
                changes: ScoreStore.Changes(unchanged: unchanged), smoothedAgain: 0)
        }
    }
}

extension ScoreStage.Outcome {
    /// What came of all models of a day; where one of them scored all of its accounts, so did the day.
    static func together(_ outcomes: [ScoreStage.Outcome]) -> ScoreStage.Outcome {
        var sum = outcomes[0]
        for outcome in outcomes.dropFirst() {
            sum.accounts += outcome.accounts
            sum.keys = sum.keys.flatMap { keys in outcome.keys.map { (keys + $0).sorted() } }
            sum.widening = sum.widening ?? outcome.widening
            sum.changes.inserted += outcome.changes.inserted
            sum.changes.updated += outcome.changes.updated
            sum.changes.deleted += outcome.changes.deleted
            sum.changes.unchanged += outcome.changes.unchanged
            sum.unscored += outcome.unscored
            sum.smoothedAgain = max(sum.smoothedAgain, outcome.smoothedAgain)
        }
        return sum
    }
}
