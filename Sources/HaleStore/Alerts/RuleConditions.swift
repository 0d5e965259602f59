public import HaleDomain

/// A signal that rules may use.
public struct Signal: Sendable, Hashable {
    /// Its name in conditions and templates.
    public let name: String
    /// Its type in PostgreSQL.
    public let type: String
    /// What it is.
    public let meaning: String
    /// Its unit; nil for a text.
    public let unit: String?

    /// A signal with the comment on its column, which ends with the unit in brackets.
    init(name: String, type: String, comment: String) {
        self.name = name
        self.type = type
        if comment.hasSuffix("]"), let open = comment.lastIndex(of: "[") {
            var text = comment[..<open]
            while text.last == " " { text.removeLast() }
            meaning = String(text)
            unit = String(comment[comment.index(after: open)...].dropLast())
        } else {
            meaning = comment
            unit = nil
        }
    }
}

/// The conditions of one rule, which passed the guard.
public struct RuleConditions: Sendable, Hashable {
    /// The condition.
    public let unsafeCondition: String
    /// What clears a firing alert; nil for the opposite of the condition.
    public let unsafeClearCondition: String?

    /// Conditions that are spliced into a statement, so each must have passed the guard.
    public init(unsafeCondition: String, unsafeClearCondition: String? = nil) {
        self.unsafeCondition = unsafeCondition
        self.unsafeClearCondition = unsafeClearCondition
    }

    /// The conditions of a rule that was read through the guard.
    public init(_ rule: AlertRule) {
        self.init(unsafeCondition: rule.condition, unsafeClearCondition: rule.clearCondition)
    }
}

/// An account for which the conditions of a rule fail.
public struct FailingAccount: Sendable, Hashable {
    /// Key of the account.
    public let key: Int64
    /// The account's id as imported.
    public let accountID: String
}

/// What the conditions of several rules are for one account.
public struct AccountReadings: Sendable {
    /// Key of the account.
    public let account: Int64
    /// One a rule, in their order.
    public let readings: [ConditionReading]
    /// The account's signals, a JSON object.
    public let signals: String
}

/// What the conditions of several rules are for one account on one day of several.
public struct ReplayedReadings: Sendable {
    /// The day.
    public let day: Day
    /// Key of the account.
    public let account: Int64
    /// ARR of its live contracts [major units of the reporting currency]; nil without an exchange rate.
    public let arr: Double?
    /// Whether it has a score on the day.
    public let isScored: Bool
    /// One a rule, in their order.
    public let readings: [ConditionReading]
}
