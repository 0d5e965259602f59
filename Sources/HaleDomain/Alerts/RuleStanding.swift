/// Where a rule stands after the days on which it was evaluated.
public struct RuleStanding: Sendable, Hashable {
    /// The first day on which it was evaluated.
    public var firstEvaluatedOn: Day
    /// The newest one.
    public var evaluatedOn: Day
    /// Since when the fleet guard holds it; nil while it does not.
    public var heldSince: Day?
    /// The day on which somebody released it last; nil where nobody did.
    public var releasedOn: Day?

    /// Where a rule stands.
    public init(firstEvaluatedOn: Day, evaluatedOn: Day, heldSince: Day? = nil, releasedOn: Day? = nil) {
        self.firstEvaluatedOn = firstEvaluatedOn
        self.evaluatedOn = evaluatedOn
        self.heldSince = heldSince
        self.releasedOn = releasedOn
    }
}

/// When a rule is held because it would newly fire for too many accounts on one day: then the data is broken, rather
/// than everybody's customers (delivery §1, point 8).
public struct FleetGuard: Sendable, Hashable {
    /// The largest share of the scored accounts.
    public var maximumShare: Double
    /// The fewest scored accounts of which shares mean something.
    public var minimumAccounts: Int

    /// The usual guard: more than 30 % of 20 accounts or more.
    public init(maximumShare: Double = 0.3, minimumAccounts: Int = 20) {
        self.maximumShare = maximumShare
        self.minimumAccounts = minimumAccounts
    }

    /// Whether so many newly firing accounts of so many scored ones are too many.
    public func stops(newlyFiring: Int, ofScored accounts: Int) -> Bool {
        accounts >= minimumAccounts && Double(newlyFiring) > maximumShare * Double(accounts)
    }
}
