/// Where a rule stands after the days on which it was evaluated.
package struct RuleStanding: Sendable, Hashable {
    /// The first day on which it was evaluated.
    package var firstEvaluatedOn: Day
    /// The newest one.
    package var evaluatedOn: Day
    /// Since when the fleet guard holds it; nil while it does not.
    package var heldSince: Day?
    /// The day on which somebody released it last; nil where nobody did.
    package var releasedOn: Day?

    /// Where a rule stands.
    package init(firstEvaluatedOn: Day, evaluatedOn: Day, heldSince: Day? = nil, releasedOn: Day? = nil) {
        self.firstEvaluatedOn = firstEvaluatedOn
        self.evaluatedOn = evaluatedOn
        self.heldSince = heldSince
        self.releasedOn = releasedOn
    }
}

/// When a rule is held because it would newly fire for too many accounts on one day: then the data is broken, rather
/// than everybody's customers (delivery §1, point 8).
package struct FleetGuard: Sendable, Hashable {
    /// The largest share of the scored accounts.
    package var maximumShare: Double
    /// The fewest scored accounts of which shares mean something.
    package var minimumAccounts: Int

    /// The usual guard: more than 30 % of 20 accounts or more.
    package init(maximumShare: Double = 0.3, minimumAccounts: Int = 20) {
        self.maximumShare = maximumShare
        self.minimumAccounts = minimumAccounts
    }

    /// Whether so many newly firing accounts of so many scored ones are too many.
    package func stops(newlyFiring: Int, ofScored accounts: Int) -> Bool {
        accounts >= minimumAccounts && Double(newlyFiring) > maximumShare * Double(accounts)
    }
}
