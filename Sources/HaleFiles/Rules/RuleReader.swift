import HaleDomain
import Yams

/// Reads a file of rules. A key that is unknown is a problem, and so is a name that two rules have.
struct RuleReader {
    private static let keys = [
        "alert", "when", "clear_when", "for", "keep_firing_for", "limit", "severity", "playbook", "labels",
        "annotations", "inhibits",
    ]
    /// What matchers of silences and routes mean by these.
    private static let takenLabels = ["account", "alert", "csm", "rule", "segment", "severity"]

    private let reader: StrictReader
    private let signals: [String]
    private var rules: [PlacedRule] = []

    package static func read(_ yaml: String, file: String, signals: [String]) throws(FileFailure) -> [PlacedRule] {
        var reading = RuleReader(reader: StrictReader(file: file, of: .rule), signals: signals)
        try reading.reader.read(yaml, as: "a file of rules", byLine: true) { reading.read($0) }
        return reading.rules
    }

    private mutating func read(_ root: Node) {
        let fields = reader.fields(root, known: ["groups"], required: ["groups"], of: "a file of rules")
        guard let groups = fields["groups"] else { return }
        for group in reader.list(groups, "groups needs a list of groups here") {
            let keys = ["name", "rules"]
            let fields = reader.fields(group.value, known: keys, required: keys, of: "a group")
            guard let list = fields["rules"], let name = fields["name"].flatMap({ reader.text($0, of: "name") }) else {
                continue
            }
            for rule in reader.list(list, "rules needs a list of rules here") { readRule(rule.value, group: name) }
        }
    }

    private mutating func readRule(_ node: Node, group: String) {
        let fields = reader.fields(node, known: Self.keys, required: ["alert", "when"], of: "a rule")
        guard let nameField = fields["alert"], let name = ruleName(nameField), let when = fields["when"] else { return }
        let condition = reader.expression(when, of: "when", names: signals)
        var rule = AlertRule(name: name, condition: condition ?? "null::boolean")
        rule.clearCondition = fields["clear_when"].flatMap {
            reader.expression($0, of: "clear_when", names: signals)
        }
        rule.forDays = days(fields["for"], of: "for")
        rule.keepFiringDays = days(fields["keep_firing_for"], of: "keep_firing_for")
        rule.limit = fields["limit"].flatMap {
            reader.integer($0, of: "limit", in: 1...Double(AlertRule.maximumLimit), unit: "alerts")
        }
        if let field = fields["severity"] {
            rule.severity = reader.word(field, of: "severity", as: AlertSeverity.self) ?? rule.severity
        }
        rule.playbook = fields["playbook"].flatMap { reader.text($0, of: "playbook") }
        if let field = fields["labels"] { rule.labels = labels(field) }
        if let field = fields["annotations"] { rule.annotations = annotations(field) }
        if let field = fields["inhibits"] { rule.inhibits = names(field, of: rule.name) }
        if let other = rules.first(where: { $0.rule.name == rule.name }) {
            reader.note(
                .set, nameField.mark,
                "there is a rule \(rule.name) already, in line \(other.line ?? 1) of this file: call one of them otherwise"
            )
        }
        rules.append(
            PlacedRule(
                rule: rule, group: group, file: reader.file, line: nameField.mark?.line,
                places: fields.compactMapValues(\.mark)))
    }

    private func ruleName(_ field: Field) -> String? {
        guard let name = reader.text(field, of: "alert") else { return nil }
        guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{0,59}/) != nil else {
            reader.note(.badValue, field.mark, "\"\(name)\" is no name: use letters, digits and _, a letter first")
            return nil
        }
        guard ![RuleDay.limitRule, RuleDay.heldRule].contains(name) else {
            reader.note(.badValue, field.mark, "\(name) is the name of an alert about rules: use another")
            return nil
        }
        return name
    }

    /// Days written `7d`, or 0.
    private func days(_ field: Field?, of what: String) -> Int {
        guard let field else { return 0 }
        guard let days = reader.days(field) else {
            reader.note(
                .badValue, field.mark, "\(what) is a number of days such as 2d, not \(reader.shown(field.value))")
            return 0
        }
        guard days <= AlertRule.maximumDays else {
            reader.note(
                .badValue, field.mark,
                "\(what) is at most \(AlertRule.maximumDays)d, not \(field.value.scalar?.string ?? "")")
            return 0
        }
        return days
    }

    private func labels(_ field: Field) -> [String: String] {
        var labels: [String: String] = [:]
        for (name, entry) in reader.named(field.value, of: "labels") {
            guard !Self.takenLabels.contains(name) else {
                reader.note(.badValue, entry.key.mark, "every alert has \(name) already: call the label otherwise")
                continue
            }
            guard let text = reader.text(entry, of: name) else { continue }
            guard !text.contains("{{") else {
                reader.note(.badValue, entry.mark, "labels are constant: put values into annotations")
                continue
            }
            labels[name] = text
        }
        return labels
    }

    private func annotations(_ field: Field) -> [String: String] {
        var annotations: [String: String] = [:]
        for (name, entry) in reader.named(field.value, of: "annotations") {
            guard let text = reader.text(entry, of: name) else { continue }
            if let complaint = AnnotationTemplate.complaint(about: text, signals: signals) {
                reader.note(.template, entry.mark, complaint)
                continue
            }
            annotations[name] = text
        }
        return annotations
    }

    private func names(_ field: Field, of rule: String) -> [String] {
        let names = reader.list(field, "inhibits needs a list of rules here", mayBeEmpty: false).compactMap {
            reader.text($0, of: "inhibits")
        }
        if names.contains(rule) { reader.note(.badValue, field.mark, "\(rule) cannot hide itself") }
        return names
    }
}
