/// Which alerts go to a receiver, and how they are put together.
public struct AlertRoute: Sendable, Hashable {
    /// What an alert must have to go this way; what is nil is not asked.
    public struct Match: Sendable, Hashable {
        /// Labels with their values.
        public var labels: [String: String] = [:]
        /// Any of these severities.
        public var severities: [String]?
        /// Any of these segments.
        public var segments: [String]?
        /// Any of these CSMs, by e-mail.
        public var csms: [String]?

        /// Everything.
        public init() {}

        /// Whether an alert has it.
        public func accepts(_ alert: RoutedAlert) -> Bool {
            labels.allSatisfy { alert.labels[$0.key] == $0.value }
                && severities.map { $0.contains(alert.severity) } ?? true
                && segments.map { wanted in alert.segment.map(wanted.contains) ?? false } ?? true
                && csms.map { wanted in alert.csm.map { wanted.contains($0.lowercased()) } ?? false } ?? true
        }

        /// As it stands in the key of a group, in the manner of Alertmanager.
        var text: String {
            var parts = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value))" }
            func add(_ name: String, _ values: [String]?) {
                if let values { parts.append("\(name)=~\(quoted(values.sorted().joined(separator: "|")))") }
            }
            add("severity", severities)
            add("segment", segments)
            add("csm", csms)
            return parts.joined(separator: ",")
        }
    }

    /// The receiver's name.
    public let receiver: String
    /// Which alerts.
    public var match = Match()
    /// What the alerts of one message have in common: `csm`, `account`, `alert`, `severity`, `segment`, or a label.
    public var groupBy = ["csm"]
    /// How long the first message of a group waits for others, in seconds.
    public var groupWaitSeconds = 30
    /// How long the next one does, in seconds.
    public var groupIntervalSeconds = 300
    /// When a message about alerts that go on is sent again, in seconds; nil for never.
    public var repeatSeconds: Int? = 86_400
    /// When messages are sent; nil for always.
    public var activeHours: ActiveHours?
    /// Whether the routes after this one are asked too.
    public var continues = false

    /// A route of everything to a receiver.
    public init(receiver: String) {
        self.receiver = receiver
    }

    /// The routes that an alert goes by: the first that accepts it, and those after as long as the last one continues.
    public static func routes(of alert: RoutedAlert, among routes: [AlertRoute]) -> [AlertRoute] {
        var taken: [AlertRoute] = []
        for route in routes where route.match.accepts(alert) {
            taken.append(route)
            if !route.continues { break }
        }
        return taken
    }

    /// The group of this route that an alert belongs to.
    public func group(of alert: RoutedAlert) -> AlertGroup {
        var labels: [String: String] = [:]
        for name in groupBy { labels[name] = alert.value(of: name) ?? "" }
        let inner = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value))" }.joined(separator: ", ")
        let way = match.text.isEmpty ? "{}" : "{}/{\(match.text)}"
        return AlertGroup(key: "\(way):{\(inner)}", labels: labels)
    }
}

/// What routing asks of an alert.
public struct RoutedAlert: Sendable, Hashable {
    /// Name of its rule.
    public let rule: String
    /// The account's id.
    public let account: String
    /// Severity.
    public let severity: String
    /// Labels of the rule.
    public let labels: [String: String]
    /// The account's segment.
    public let segment: String?
    /// The account's CSM, by e-mail.
    public let csm: String?

    /// An alert.
    public init(
        rule: String, account: String, severity: String, labels: [String: String], segment: String?, csm: String?
    ) {
        self.rule = rule
        self.account = account
        self.severity = severity
        self.labels = labels
        self.segment = segment
        self.csm = csm
    }

    /// The labels that identify the alert to others, by the names that Prometheus uses.
    public var identity: [String: String] {
        labels.merging(["alertname": rule, "account_id": account, "severity": severity]) { _, own in own }
    }

    func value(of name: String) -> String? {
        switch name {
        case "csm": csm
        case "account": account
        case "alert": rule
        case "severity": severity
        case "segment": segment
        default: labels[name]
        }
    }
}

/// Alerts that a receiver is told of together.
public struct AlertGroup: Sendable, Hashable {
    /// Its key, the same for the same route and labels.
    public let key: String
    /// What its alerts have in common.
    public let labels: [String: String]

    /// A group.
    public init(key: String, labels: [String: String]) {
        self.key = key
        self.labels = labels
    }
}

private func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
        switch character {
        case "\"", "\\": result += "\\\(character)"
        case "\n": result += "\\n"
        default: result.append(character)
        }
    }
    return result + "\""
}
