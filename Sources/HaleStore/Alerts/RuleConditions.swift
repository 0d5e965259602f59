package import HaleDomain

/// The conditions of one rule, which passed the guard.
package struct RuleConditions: Sendable, Hashable {
    package let unsafeCondition: String
    /// What clears a firing alert; nil for the opposite of the condition.
    package let unsafeClearCondition: String?

    /// Conditions that are spliced into a statement, so each must have passed the guard.
    package init(unsafeCondition: String, unsafeClearCondition: String? = nil) {
        self.unsafeCondition = unsafeCondition
        self.unsafeClearCondition = unsafeClearCondition
    }

    /// The conditions of a rule that was read through the guard.
    package init(_ rule: AlertRule) {
        self.init(unsafeCondition: rule.condition, unsafeClearCondition: rule.clearCondition)
    }
}

/// An account for which the conditions of a rule fail.
package struct FailingAccount: Sendable, Hashable {
    /// Key of the account.
    package let key: Int64
    /// The account's id as imported.
    package let accountID: String
}

/// What the conditions of several rules are for one account.
package struct AccountReadings: Sendable {
    /// Key of the account.
    package let account: Int64
    /// One a rule, in their order.
    package let readings: [ConditionReading]
    /// The account's signals, a JSON object; nil where nothing is to be said of it.
    package let signals: String?
}

/// What the conditions of several rules are for one account on one day of several.
package struct ReplayedReadings: Sendable {
    package let day: Day
    /// Key of the account.
    package let account: Int64
    /// ARR of its live contracts [major units of the reporting currency]; nil without an exchange rate.
    package let arr: Double?
    /// Whether it has a score on the day.
    package let isScored: Bool
    /// One a rule, in their order.
    package let readings: [ConditionReading]
}
