/// Which alerts go to a receiver, and how they are put together.
package struct AlertRoute: Sendable, Hashable {
    /// What an alert must have to go this way; what is nil is not asked.
    package struct Match: Sendable, Hashable {
        /// Labels with their values.
        package var labels: [String: String] = [:]
        /// Any of these severities.
        package var severities: [AlertSeverity]?
        /// Any of these segments.
        package var segments: [String]?
        /// Any of these CSMs, by e-mail.
        package var csms: [String]?

        /// Everything.
        package init() {}

        /// Whether an alert has it.
        package func accepts(_ alert: RoutedAlert) -> Bool {
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
            add("severity", severities?.map(\.rawValue))
            add("segment", segments)
            add("csm", csms)
            return parts.joined(separator: ",")
        }
    }

    /// The receiver's name.
    package let receiver: String
    /// Which alerts.
    package var match = Match()
    /// What the alerts of one message have in common: `csm`, `account`, `alert`, `severity`, `segment`, or a label.
    package var groupBy = ["csm"]
    /// How long the first message of a group waits for others, in seconds.
    package var groupWaitSeconds = 30
    /// How long the next one does, in seconds.
    package var groupIntervalSeconds = 300
    /// When a message about alerts that go on is sent again, in seconds; nil for never.
    package var repeatSeconds: Int? = 86_400
    /// When messages are sent; nil for always.
    package var activeHours: ActiveHours?
    /// Whether the routes after this one are asked too.
    package var continues = false

    /// A route of everything to a receiver.
    package init(receiver: String) {
        self.receiver = receiver
    }

    /// The routes that an alert goes by: the first that accepts it, and those after as long as the last one continues.
    package static func routes(of alert: RoutedAlert, among routes: [AlertRoute]) -> [AlertRoute] {
        var taken: [AlertRoute] = []
        for route in routes where route.match.accepts(alert) {
            taken.append(route)
            if !route.continues { break }
        }
        return taken
    }

    /// The group of this route that an alert belongs to.
    package func group(of alert: RoutedAlert) -> AlertGroup {
        var labels: [String: String] = [:]
        for name in groupBy { labels[name] = alert.value(of: name) ?? "" }
        let inner = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value))" }.joined(separator: ", ")
        let way = match.text.isEmpty ? "{}" : "{}/{\(match.text)}"
        return AlertGroup(key: "\(way):{\(inner)}", labels: labels)
    }
}

/// What routing asks of an alert.
package struct RoutedAlert: Sendable, Hashable {
    /// Name of its rule.
    package let rule: String
    /// The account's id.
    package let account: String
    package let severity: AlertSeverity
    /// Labels of the rule.
    package let labels: [String: String]
    /// The account's segment.
    package let segment: String?
    /// The account's CSM, by e-mail.
    package let csm: String?

    package init(
        rule: String, account: String, severity: AlertSeverity, labels: [String: String], segment: String?,
        csm: String?
    ) {
        self.rule = rule
        self.account = account
        self.severity = severity
        self.labels = labels
        self.segment = segment
        self.csm = csm
    }

    /// The labels that identify the alert to others, by the names that Prometheus uses.
    package var identity: [String: String] {
        labels.merging(["alertname": rule, "account_id": account, "severity": severity.rawValue]) { _, own in own }
    }

    func value(of name: String) -> String? {
        switch name {
        case "csm": csm
        case "account": account
        case "alert": rule
        case "severity": severity.rawValue
        case "segment": segment
        default: labels[name]
        }
    }
}

/// Alerts that a receiver is told of together.
package struct AlertGroup: Sendable, Hashable {
    /// Its key, the same for the same route and labels.
    package let key: String
    /// What its alerts have in common.
    package let labels: [String: String]

    package init(key: String, labels: [String: String]) {
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
