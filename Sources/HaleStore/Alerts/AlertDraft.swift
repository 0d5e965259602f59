package import HaleDomain
import Postgres

/// An alert as it is to be stored.
package struct AlertDraft: Sendable {
    /// The alert after the day, and what happened.
    package var step: AlertStep
    /// Its number; nil for a new one.
    package var number: Int64?
    /// How grave it is; nil leaves what is stored.
    package var severity: AlertSeverity?
    /// The labels, a JSON object; nil leaves those that are stored.
    package var labels: String?
    /// The annotations, a JSON object; nil leaves those that are stored.
    package var annotations: String?
    /// The playbook it asks for.
    package var playbook: String?
    /// The account's signals on the day, a JSON object; kept with what happened.
    package var signals: String?

    /// An alert as it is to be stored.
    package init(
        step: AlertStep, number: Int64?, severity: AlertSeverity?, labels: String?, annotations: String?,
        playbook: String?, signals: String?
    ) {
        self.step = step
        self.number = number
        self.severity = severity
        self.labels = labels
        self.annotations = annotations
        self.playbook = playbook
        self.signals = signals
    }
}

extension BinaryCopyBuffer {
    /// Appends an alert as a row of `alerts/staging`.
    mutating func append(_ draft: AlertDraft, number: Int) {
        let alert = draft.step.alert
        let transition = draft.step.transition
        beginRow(fieldCount: 22)
        append(Int64(number))
        append(alert.key.account)
        append(draft.number)
        append(alert.key.rule)
        append(alert.key.subject)
        append(alert.state)
        append(draft.severity)
        append(draft.labels)
        append(draft.annotations)
        append(draft.playbook)
        append(alert.sinceOn.postgresDate)
        append(Int32(clamping: alert.trueDays))
        append(alert.firedOn?.postgresDate)
        append(alert.falseSince?.postgresDate)
        append(alert.resolvedOn?.postgresDate)
        append(alert.evaluatedOn.postgresDate)
        append(alert.staleSince?.postgresDate)
        append(alert.inhibitedBy)
        append(transition?.kind == .firing)
        append(transition?.kind)
        append(transition?.reason.sentence)
        append(transition == nil ? nil : draft.signals)
    }
}
