/// What a receiver is told in one message.
public struct AlertMessage: Sendable, Hashable {
    /// An account as a message shows it.
    public struct Account: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// Its name.
        public var name: String
        /// E-mail of its CSM.
        public var csm: String?
        /// ARR in minor units.
        public var arrMinor: Int64?
        /// The currency of the ARR.
        public var currency: String?
        /// The next renewal.
        public var renewsOn: Day?
        /// The smoothed score.
        public var score: Double?
        /// The band that people see.
        public var band: String?
        /// Where it is shown.
        public var url: String?

        /// An account of which only id and name are known.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// A driver that takes points.
    public struct Driver: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What it adds.
        public let points: Double

        /// A driver.
        public init(name: String, points: Double) {
            self.name = name
            self.points = points
        }
    }

    /// An alert.
    public struct Alert: Sendable, Hashable {
        /// Name of its rule.
        public var rule: String
        /// Whether it fires; else it is over.
        public var isFiring: Bool
        /// Severity.
        public var severity: String
        /// Labels of the rule.
        public var labels: [String: String]
        /// Annotations.
        public var annotations: [String: String]
        /// The first day of its condition.
        public var since: Day
        /// When it began to fire, RFC 3339.
        public var startsAt: String
        /// When it was over, RFC 3339; nil while it fires.
        public var endsAt: String?
        /// The labels that identify it.
        public var identity: [String: String]
        /// Its account.
        public var account: Account
        /// The drivers that take most from the account's score.
        public var drivers: [Driver]

        /// An alert.
        public init(
            rule: String, isFiring: Bool, severity: String, labels: [String: String], annotations: [String: String],
            since: Day, startsAt: String, endsAt: String?, identity: [String: String], account: Account,
            drivers: [Driver]
        ) {
            self.rule = rule
            self.isFiring = isFiring
            self.severity = severity
            self.labels = labels
            self.annotations = annotations
            self.since = since
            self.startsAt = startsAt
            self.endsAt = endsAt
            self.identity = identity
            self.account = account
            self.drivers = drivers
        }
    }

    /// What kind of message it is.
    public enum Kind: String, Sendable {
        /// About alerts.
        case alerts
        /// A test, and marked as one.
        case test
        /// About a receiver that was stopped.
        case notice
    }

    /// Most alerts of one message.
    public static let alertLimit = 100

    /// What kind it is.
    public var kind: Kind = .alerts
    /// When it was put together, RFC 3339.
    public var timestamp: String
    /// The receiver's name.
    public var receiver: String
    /// The group.
    public var group: AlertGroup
    /// The alerts.
    public var alerts: [Alert]
    /// Where Hale's own pages are.
    public var externalURL: String
    /// What is said where the message is not about alerts.
    public var text: String?

    /// A message.
    public init(
        kind: Kind = .alerts, timestamp: String, receiver: String, group: AlertGroup, alerts: [Alert],
        externalURL: String, text: String? = nil
    ) {
        self.kind = kind
        self.timestamp = timestamp
        self.receiver = receiver
        self.group = group
        self.alerts = alerts
        self.externalURL = externalURL
        self.text = text
    }

    /// Whether any of its alerts fires.
    public var isFiring: Bool { alerts.contains(where: \.isFiring) }
}
