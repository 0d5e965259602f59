/// How grave an alert is.
package enum AlertSeverity: String, Sendable, Hashable, CaseIterable {
    /// Good to know.
    case info
    /// Wants attention.
    case warning
    /// Wants attention now.
    case critical
}

/// A rule of alerts: a condition over an account's signals, and how an alert of it lives (delivery §1).
package struct AlertRule: Sendable, Hashable {
    /// The longest `for`, and the longest `keep_firing_for` [days].
    package static let maximumDays = 365
    /// The largest `limit` [alerts].
    package static let maximumLimit = 1_000_000

    /// Its name, which with the account is an alert's identity.
    package var name: String
    /// The SQL condition over the signals.
    package var condition: String
    /// What must hold for a firing alert to count as over; the opposite of the condition where nil.
    package var clearCondition: String?
    /// Consecutive scored days on which the condition holds before the alert fires; 0 and 1 fire at once.
    package var forDays: Int
    /// Days for which a firing alert is kept after the first day on which its condition holds no more.
    package var keepFiringDays: Int
    /// The most open alerts; more are not opened. Any number where nil.
    package var limit: Int?
    /// How grave its alerts are.
    package var severity: AlertSeverity
    /// The playbook its alerts ask for.
    package var playbook: String?
    /// Constant labels.
    package var labels: [String: String]
    /// Templates of texts by name; the signals are their names.
    package var annotations: [String: String]
    /// The rules whose alerts are hidden while this one fires for the same account.
    package var inhibits: [String]

    /// A rule that fires at once, resolves at once and hides nothing.
    package init(
        name: String, condition: String, clearCondition: String? = nil, forDays: Int = 0, keepFiringDays: Int = 0,
        limit: Int? = nil, severity: AlertSeverity = .warning, playbook: String? = nil,
        labels: [String: String] = [:], annotations: [String: String] = [:], inhibits: [String] = []
    ) {
        self.name = name
        self.condition = condition
        self.clearCondition = clearCondition
        self.forDays = forDays
        self.keepFiringDays = keepFiringDays
        self.limit = limit
        self.severity = severity
        self.playbook = playbook
        self.labels = labels
        self.annotations = annotations
        self.inhibits = inhibits
    }

    /// Days on which the condition must hold before the alert fires.
    var daysBeforeFiring: Int { max(1, forDays) }
}
