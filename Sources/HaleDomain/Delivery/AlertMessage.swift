/// What receivers are told of an alert.
package enum AlertStatus: String, Sendable, Hashable, CaseIterable, Codable {
    /// It wants attention.
    case firing
    /// It is over.
    case resolved
}

/// What a receiver is told in one message.
package struct AlertMessage: Sendable, Hashable {
    /// An account as a message shows it.
    package struct Account: Sendable, Hashable {
        package var id: String
        package var name: String
        /// E-mail of its CSM.
        package var csm: String?
        /// ARR in minor units.
        package var arrMinor: Int64?
        /// The currency of the ARR.
        package var currency: String?
        /// The next renewal.
        package var renewsOn: Day?
        /// The smoothed score.
        package var score: Double?
        /// The band that people see.
        package var band: Band?
        /// Where it is shown.
        package var url: String?

        /// An account of which only id and name are known.
        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// A driver that takes points.
    package struct Driver: Sendable, Hashable {
        package let name: String
        /// What it adds.
        package let points: Double

        package init(name: String, points: Double) {
            self.name = name
            self.points = points
        }
    }

    package struct Alert: Sendable, Hashable {
        /// Name of its rule.
        package var rule: String
        /// Whether it fires; else it is over.
        package var isFiring: Bool
        package var severity: AlertSeverity
        /// Labels of the rule.
        package var labels: [String: String]
        package var annotations: [String: String]
        /// The first day of its condition.
        package var since: Day
        /// When it began to fire, RFC 3339.
        package var startsAt: String
        /// When it was over, RFC 3339; nil while it fires.
        package var endsAt: String?
        /// The labels that identify it.
        package var identity: [String: String]
        package var account: Account
        /// The drivers that take most from the account's score.
        package var drivers: [Driver]

        package init(
            rule: String, isFiring: Bool, severity: AlertSeverity, labels: [String: String],
            annotations: [String: String],
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
    package enum Kind: String, Sendable, CaseIterable {
        /// About alerts.
        case alerts
        /// A test, and marked as one.
        case test
        /// About a receiver that was stopped.
        case notice
        /// What is sent regularly, whatever happens.
        case digest
    }

    /// Most alerts of one message.
    package static let alertLimit = 100

    /// What kind it is.
    package var kind: Kind = .alerts
    /// When it was put together, RFC 3339.
    package var timestamp: String
    /// The receiver's name.
    package var receiver: String
    package var group: AlertGroup
    package var alerts: [Alert]
    /// Where Hale's own pages are.
    package var externalURL: String
    /// What is said where the message is not about alerts.
    package var text: String?

    package init(
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
    package var isFiring: Bool { alerts.contains(where: \.isFiring) }
}
