import Foundation
import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// Writes what alerts became, in a transaction of the caller: the alerts, what happened to them, and for whom that waits
/// to be sent, so that all of it is there or nothing.
struct AlertWriting {
    let transaction: Connection
    /// Who is told; nil for nobody.
    let outbox: AlertOutbox?

    /// Stores the alerts of a day and returns what happened.
    func store(_ drafts: some Sequence<AlertDraft>, on day: Day) async throws -> [AlertStore.Event] {
        let events = try await AlertStore(transaction).store(drafts, on: day)
        try await outbox?.announce(events, on: transaction)
        return events
    }
}

/// What of an alert comes from its rule: labels, texts, severity.
struct AlertTexts {
    private let rules: [String: AlertRule]
    private let templates: [String: AnnotationTemplates]
    /// The labels of each rule, JSON objects.
    let labels: [String: String]

    init(_ rules: [AlertRule]) {
        self.rules = Dictionary(rules.map { ($0.name, $0) }) { first, _ in first }
        templates = self.rules.mapValues { AnnotationTemplates($0.annotations) }
        labels = self.rules.mapValues { Self.json($0.labels) }
    }

    /// An alert of a rule of the set, as it is to be stored. Its texts are made when something happens to it, and have the
    /// figures of that day.
    func draft(_ step: AlertStep, number: Int64?, signals: String?, values: SignalValues?) -> AlertDraft {
        let rule = rules[step.alert.key.rule]
        var annotations: String?
        if step.transition != nil, step.alert.isOpen, step.alert.staleSince == nil, let values,
            let templates = templates[step.alert.key.rule]
        {
            annotations = Self.json(templates.render(values))
        }
        return AlertDraft(
            step: step, number: number, severity: rule?.severity,
            labels: labels[step.alert.key.rule], annotations: annotations, playbook: rule?.playbook,
            signals: signals)
    }

    /// An alert about a rule, as it is to be stored.
    static func notice(_ step: AlertStep, number: Int64?) -> AlertDraft {
        let rule = step.alert.key.subject
        var annotations: String?
        if let transition = step.transition, step.isNew {
            let next =
                switch step.alert.key.rule {
                case RuleDay.heldRule: "Nothing fires until somebody looks and runs: hale rules release \(rule)"
                case RuleDay.noisyRule: "Make its condition narrower. What people said of it: hale rules ledger"
                default: "Raise the rule's limit, or make its condition narrower."
                }
            annotations = json(["summary": "\(rule): \(transition.reason.sentence)", "detail": next])
        }
        return AlertDraft(
            step: step, number: number, severity: .warning, labels: json(["about": rule]), annotations: annotations,
            playbook: nil, signals: nil)
    }

    /// Texts by name as a JSON object.
    static func json(_ texts: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(texts)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
