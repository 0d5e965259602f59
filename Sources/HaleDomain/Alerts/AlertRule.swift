/// How grave an alert is.
public enum AlertSeverity: String, Sendable, Hashable, CaseIterable {
    /// Good to know.
    case info
    /// Wants attention.
    case warning
    /// Wants attention now.
    case critical
}

/// A rule of alerts: a condition over an account's signals, and how an alert of it lives (delivery §1).
public struct AlertRule: Sendable, Hashable {
    /// The longest `for`, and the longest `keep_firing_for` [days].
    public static let maximumDays = 365
    /// The largest `limit` [alerts].
    public static let maximumLimit = 1_000_000

    /// Its name, which with the account is an alert's identity.
    public var name: String
    /// The SQL condition over the signals.
    public var condition: String
    /// What must hold for a firing alert to count as over; the opposite of the condition where nil.
    public var clearCondition: String?
    /// Consecutive scored days on which the condition holds before the alert fires; 0 and 1 fire at once.
    public var forDays: Int
    /// Days for which a firing alert is kept after the first day on which its condition holds no more.
    public var keepFiringDays: Int
    /// The most open alerts; more are not opened. Any number where nil.
    public var limit: Int?
    /// How grave its alerts are.
    public var severity: AlertSeverity
    /// The playbook its alerts ask for.
    public var playbook: String?
    /// Constant labels.
    public var labels: [String: String]
    /// Templates of texts by name; the signals are their names.
    public var annotations: [String: String]
    /// The rules whose alerts are hidden while this one fires for the same account.
    public var inhibits: [String]

    /// A rule that fires at once, resolves at once and hides nothing.
    public init(
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
