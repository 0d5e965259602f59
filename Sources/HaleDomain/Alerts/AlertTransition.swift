/// What happened to an alert on a day, with the reason.
package struct AlertTransition: Sendable, Hashable {
    /// What happened. The raw value is the event's kind.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Its condition began to hold.
        case pending
        /// It wants attention from now on, or again.
        case firing
        /// It is over.
        case resolved
        /// It vanished before it fired.
        case dropped
        /// Its condition cannot be told any more.
        case stale
        /// A person closed it.
        case expired
    }

    /// Why it happened.
    package enum Reason: Sendable, Hashable {
        /// The condition holds, for so many of the days that are needed.
        case held(days: Int, of: Int)
        /// The condition holds no more.
        case failed
        /// The condition held no more since a day, and the days for which it was kept are over.
        case failedSince(Day)
        /// A signal of the condition is missing; it was known last on a day.
        case unknownSince(Day)
        /// Too many accounts would fire at once, so the rule waits for somebody to release it.
        case heldBack
        /// Somebody released the rule.
        case released
        /// The rule that hid it fires no more.
        case shownAgain(after: String)
        /// A rule has more alerts than its limit.
        case overLimit(alerts: Int, limit: Int)
        /// A rule has no more alerts than its limit again.
        case withinLimit
        /// A rule would newly fire for too large a share of the scored accounts.
        case surge(accounts: Int, of: Int)
        /// People find most of a rule's alerts to be noise.
        case noisy(useful: Int, of: Int)
        /// They do so no more.
        case noisyNoMore
        /// It was over on a day of which more came to be known: the condition holds.
        case heldAfterAll
        /// A day was taken back.
        case takenBack(Day)
        /// Somebody closed the alert.
        case closed(by: String)
    }

    /// What happened.
    package let kind: Kind
    /// Why.
    package let reason: Reason

    /// What happened and why.
    package init(_ kind: Kind, _ reason: Reason) {
        self.kind = kind
        self.reason = reason
    }
}

extension AlertTransition.Reason {
    /// The reason in words.
    package var sentence: String {
        switch self {
        case .held(let days, let needed):
            needed > 1
                ? "The condition holds, day \(days) of \(needed)." : "The condition holds."
        case .failed: "The condition holds no more."
        case .failedSince(let day): "The condition holds no more since \(day)."
        case .unknownSince(let day): "The condition cannot be told; it was known last on \(day)."
        case .heldBack: "Its rule is held back until somebody releases it."
        case .released: "Somebody released its rule."
        case .shownAgain(let rule): "\(rule), which hid it, fires no more."
        case .overLimit(let alerts, let limit):
            "\(alerts) alerts are more than the limit of \(limit): no new one opens."
        case .withinLimit: "The rule is within its limit again."
        case .surge(let accounts, let scored):
            "\(accounts) of \(scored) scored accounts would newly fire on one day."
        case .noisy(let useful, let count):
            "\(useful) of \(count) alerts that people judged were useful: the digest alone tells of new ones."
        case .noisyNoMore: "Receivers are told of its alerts again."
        case .heldAfterAll: "The condition holds after all that came to be known of the day."
        case .takenBack(let day): "\(day) was taken back."
        case .closed(let person): "Closed by \(person)."
        }
    }
}

/// An alert after a day.
package struct AlertStep: Sendable, Hashable {
    package var alert: Alert
    /// What happened to it; nil where it goes on as it was.
    package var transition: AlertTransition?
    /// Whether it is new.
    package var isNew: Bool

    /// An alert after a day.
    package init(_ alert: Alert, _ transition: AlertTransition? = nil, isNew: Bool = false) {
        self.alert = alert
        self.transition = transition
        self.isNew = isNew
    }

    /// Whether it fires newly.
    var firesNewly: Bool {
        guard case .firing? = transition?.kind, case .held? = transition?.reason else { return false }
        return true
    }
}
