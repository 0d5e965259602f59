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
    private var problems: [RuleProblem] = []
    private var rules: [PlacedRule] = []

    static func read(_ yaml: String, file: String, signals: [String]) throws(RuleFailure) -> [PlacedRule] {
        var reading = RuleReader(reader: StrictReader(file: file), signals: signals)
        if let root = reading.reader.root(of: yaml, "a file of rules") { reading.read(root) }
        let problems = reading.reader.problems.map(RuleProblem.init) + reading.problems
        guard problems.isEmpty else {
            throw RuleFailure(
                problems: problems.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
        }
        return reading.rules
    }

    private mutating func read(_ root: Node) {
        let fields = reader.fields(root, known: ["groups"], required: ["groups"], of: "a file of rules")
        guard let groups = fields["groups"] else { return }
        guard let nodes = groups.value.sequence else {
            reader.note(.badValue, groups.mark, "groups needs a list of groups here")
            return
        }
        for node in nodes {
            let fields = reader.fields(node, known: ["name", "rules"], required: ["name", "rules"], of: "a group")
            guard let list = fields["rules"], let name = fields["name"].flatMap({ reader.text($0, of: "name") }) else {
                continue
            }
            guard let nodes = list.value.sequence else {
                reader.note(.badValue, list.mark, "rules needs a list of rules here")
                continue
            }
            for node in nodes { readRule(node, group: name) }
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
        let text = field.value.scalar?.string ?? ""
        let digits = text == "0" ? "0" : text.wholeMatch(of: /([0-9]{1,4})d/).map { String($0.output.1) }
        guard let days = digits.flatMap({ Int($0) }) else {
            reader.note(
                .badValue, field.mark, "\(what) is a number of days such as 2d, not \(reader.shown(field.value))")
            return 0
        }
        guard days <= AlertRule.maximumDays else {
            reader.note(.badValue, field.mark, "\(what) is at most \(AlertRule.maximumDays)d, not \(text)")
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

    private mutating func annotations(_ field: Field) -> [String: String] {
        var annotations: [String: String] = [:]
        for (name, entry) in reader.named(field.value, of: "annotations") {
            guard let text = reader.text(entry, of: name) else { continue }
            if let complaint = AnnotationTemplate.complaint(about: text, signals: signals) {
                problems.append(
                    RuleProblem(
                        .template, file: reader.file, line: entry.mark?.line, column: entry.mark?.column, complaint))
                continue
            }
            annotations[name] = text
        }
        return annotations
    }

    private func names(_ field: Field, of rule: String) -> [String] {
        guard let list = field.value.sequence, !list.isEmpty else {
            reader.note(.badValue, field.mark, "inhibits needs a list of rules here")
            return []
        }
        let names = list.compactMap { reader.text(Field(key: field.key, value: $0), of: "inhibits") }
        if names.contains(rule) { reader.note(.badValue, field.mark, "\(rule) cannot hide itself") }
        return names
    }
}
