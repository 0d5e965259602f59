/// What an alert is about: a rule and an account; or, for an alert about a rule itself, that rule.
package struct AlertKey: Sendable, Hashable {
    /// The account that stands for none: an alert about a rule has it.
    package static let noAccount: Int64 = 0

    /// Key of the account.
    package let account: Int64
    /// Name of the rule.
    package let rule: String
    /// For an alert about a rule that rule's name, else empty.
    package let subject: String

    /// The alert of a rule for an account.
    package init(account: Int64, rule: String, subject: String = "") {
        self.account = account
        self.rule = rule
        self.subject = subject
    }
}

/// Where an alert is in its life.
package enum AlertState: String, Sendable, Hashable, CaseIterable {
    /// Its condition holds, but not for long enough yet.
    case pending
    /// It wants attention.
    case firing
    /// It is over.
    case resolved
}

package struct Alert: Sendable, Hashable {
    /// What it is about.
    package let key: AlertKey
    /// Where it is in its life.
    package var state: AlertState
    /// The first day on which its condition held.
    package var sinceOn: Day
    /// Scored days on which it held.
    package var trueDays: Int
    /// The day on which it fired; nil while it is pending.
    package var firedOn: Day?
    /// The first day on which its condition held no more, while it is kept firing.
    package var falseSince: Day?
    /// The day on which it ended; nil while it is open.
    package var resolvedOn: Day?
    /// The newest day on which it was looked at.
    package var evaluatedOn: Day
    /// The last day on which its condition was known; nil while it is known.
    package var staleSince: Day?
    /// The firing rule that hides it; nil for none.
    package var inhibitedBy: String?

    package init(
        key: AlertKey, state: AlertState, sinceOn: Day, trueDays: Int = 1, firedOn: Day? = nil, falseSince: Day? = nil,
        resolvedOn: Day? = nil, evaluatedOn: Day, staleSince: Day? = nil, inhibitedBy: String? = nil
    ) {
        self.key = key
        self.state = state
        self.sinceOn = sinceOn
        self.trueDays = trueDays
        self.firedOn = firedOn
        self.falseSince = falseSince
        self.resolvedOn = resolvedOn
        self.evaluatedOn = evaluatedOn
        self.staleSince = staleSince
        self.inhibitedBy = inhibitedBy
    }

    /// Whether it is pending or firing.
    package var isOpen: Bool { state != .resolved }

    /// The alert after a day on which its condition held and nothing else is to be said of it.
    package func holding(on day: Day) -> Alert {
        var next = self
        next.evaluatedOn = day
        next.trueDays += 1
        return next
    }
}
