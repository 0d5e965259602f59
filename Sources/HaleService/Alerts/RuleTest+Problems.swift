import HaleDomain
import HaleFiles
import HaleStore

extension RuleTest {
    /// What is otherwise than expected, given what the conditions are on each day: line and message.
    func problems(_ rules: [AlertRule], rows: [AccountReadings]) -> [(line: Int?, message: String)] {
        var problems: [(line: Int?, message: String)] = []
        var alerts: [AlertKey: Alert] = [:]
        let templates = Dictionary(
            rules.map { ($0.name, AnnotationTemplates($0.annotations)) }, uniquingKeysWith: { first, _ in first })
        var texts: [String: [String: String]] = [:]
        for (given, row) in zip(days, rows) {
            var steps: [AlertStep] = []
            for (rule, reading) in zip(rules, row.readings) {
                let key = AlertKey(account: 1, rule: rule.name)
                let step = AlertLifecycle.step(rule, key: key, alert: alerts[key], reading: reading, on: given.day)
                if let step { steps.append(step) }
            }
            steps = AlertInhibition.apply(rules, to: steps)
            alerts = [:]
            for step in steps where step.alert.isOpen {
                alerts[step.alert.key] = step.alert
                let name = step.alert.key.rule
                if step.alert.staleSince == nil {
                    texts[name] = templates[name]?.render(SignalValues(json: row.signals ?? "{}"))
                }
            }
            for expected in expected where expected.day == given.day {
                for message in Self.differences(expected, alerts.values, rules: rules, texts: texts) {
                    problems.append((expected.line, "\(expected.day): \(message)"))
                }
            }
        }
        return problems
    }

    private static func differences(
        _ expected: ExpectedDay, _ alerts: some Sequence<Alert>, rules: [AlertRule], texts: [String: [String: String]]
    ) -> [String] {
        var differences: [String] = []
        let found = Dictionary(grouping: alerts) { alert -> ShownState in
            guard alert.state == .firing else { return .pending }
            return alert.inhibitedBy == nil ? .firing : .hidden
        }
        for state in ShownState.allCases {
            let there = Set((found[state] ?? []).map(\.key.rule))
            let wanted = expected.alerts[state] ?? []
            let names = Set(wanted.map(\.name))
            if there != names {
                differences.append(
                    "\(state.rawValue) is [\(there.sorted().joined(separator: ", "))], expected "
                        + "[\(names.sorted().joined(separator: ", "))]")
            }
            for alert in wanted where there.contains(alert.name) {
                let rule = rules.first { $0.name == alert.name }
                for (field, text) in alert.fields.sorted(by: { $0.key < $1.key }) {
                    let shown =
                        field == "severity" ? rule?.severity.rawValue : texts[alert.name]?[field] ?? rule?.labels[field]
                    if shown != text {
                        differences.append("\(alert.name): \(field) is \"\(shown ?? "")\", expected \"\(text)\"")
                    }
                }
            }
        }
        return differences
    }
}
