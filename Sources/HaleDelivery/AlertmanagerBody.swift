import Foundation
package import HaleDomain

/// The body that Prometheus' Alertmanager sends to webhooks, version 4.
package struct AlertmanagerBody: Codable, Equatable, Sendable {
    package struct Alert: Codable, Equatable, Sendable {
        /// Whether it fires.
        package let status: AlertStatus
        /// The labels that identify it.
        package let labels: [String: String]
        package let annotations: [String: String]
        /// When it began, RFC 3339.
        package let startsAt: String
        /// When it was over; the year 1 while it fires.
        package let endsAt: String
        /// Where it comes from.
        package let generatorURL: String
        /// The number of its labels.
        package let fingerprint: String
    }

    /// What stands for an end that has not come.
    package static let openEnd = "0001-01-01T00:00:00Z"

    /// The receiver's name.
    package let receiver: String
    /// Whether any alert fires.
    package let status: AlertStatus
    package let alerts: [Alert]
    /// The labels that the group is made by.
    package let groupLabels: [String: String]
    /// Labels that every alert has.
    package let commonLabels: [String: String]
    /// Annotations that every alert has.
    package let commonAnnotations: [String: String]
    /// Where the sender's pages are.
    package let externalURL: String
    /// The version of the form.
    package let version: String
    package let groupKey: String
    /// Alerts that were left out.
    package let truncatedAlerts: Int

    /// The body of a message.
    package init(_ message: AlertMessage) {
        receiver = message.receiver
        let groupLabels = Self.names(message.group.labels)
        var alerts = message.alerts.map { Self.alert($0, in: groupLabels) }
        if alerts.isEmpty { alerts = [Self.alert(of: message)] }
        self.alerts = alerts
        status = alerts.contains { $0.status == .firing } ? .firing : .resolved
        self.groupLabels = groupLabels
        commonLabels = Self.common(alerts.map(\.labels))
        commonAnnotations = Self.common(alerts.map(\.annotations))
        externalURL = message.externalURL
        version = "4"
        groupKey = message.group.key
        truncatedAlerts = 0
    }

    /// The names by which Prometheus knows what Hale groups by.
    private static func names(_ labels: [String: String]) -> [String: String] {
        let known = ["account": "account_id", "alert": "alertname"]
        return Dictionary(labels.map { (known[$0.key] ?? $0.key, $0.value) }) { first, _ in first }
    }

    /// An alert has the labels that its group is made by.
    private static func alert(_ alert: AlertMessage.Alert, in group: [String: String]) -> Alert {
        let labels = alert.identity.merging(group) { own, _ in own }
        var annotations = alert.annotations
        if annotations["account"] == nil { annotations["account"] = alert.account.name }
        if annotations["csm"] == nil, let csm = alert.account.csm { annotations["csm"] = csm }
        return Alert(
            status: alert.isFiring ? .firing : .resolved, labels: labels, annotations: annotations,
            startsAt: alert.startsAt, endsAt: alert.isFiring ? openEnd : alert.endsAt ?? alert.startsAt,
            generatorURL: alert.account.url ?? "", fingerprint: AlertFingerprint.text(of: labels))
    }

    /// What is no alert of a rule stands as one, for receivers that know nothing else.
    private static func alert(of message: AlertMessage) -> Alert {
        let name = message.kind == .test ? "HaleTest" : "HaleReceiverStopped"
        let labels = message.group.labels.merging(["alertname": name, "severity": AlertSeverity.info.rawValue]) {
            own, _ in own
        }
        return Alert(
            status: .firing, labels: labels, annotations: ["summary": message.text ?? ""],
            startsAt: message.timestamp, endsAt: openEnd, generatorURL: message.externalURL,
            fingerprint: AlertFingerprint.text(of: labels))
    }

    private static func common(_ sets: [[String: String]]) -> [String: String] {
        guard let first = sets.first else { return [:] }
        return first.filter { name, value in sets.allSatisfy { $0[name] == value } }
    }
}
