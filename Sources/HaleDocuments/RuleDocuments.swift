package import HaleDomain
package import HaleFiles
package import HaleOutput
package import HaleService

/// What `hale rules check` prints.
package struct RuleListDocument {
    package let checked: RuleChecks.Checked

    package init(checked: RuleChecks.Checked) {
        self.checked = checked
    }

    package var document: Document {
        var table = Table([
            Column("rule", priority: 100, minimumWidth: 16), Column("severity", priority: 90),
            Column("for", key: "forDays", content: .number, priority: 80),
            Column("keeps", key: "keepFiringDays", content: .number, priority: 70),
            Column("when", priority: 85, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
            Column("group", priority: 40), Column("file", priority: 60),
        ])
        for placed in checked.rules {
            let rule = placed.rule
            table.append([
                .text(rule.name), .text(rule.severity.rawValue), .count(rule.forDays), .count(rule.keepFiringDays),
                .text(rule.condition), .text(placed.group), .text("\(placed.file):\(placed.line ?? 1)"),
            ])
        }
        return Document(
            titles: ["\(checked.rules.count) rules"], table: table,
            json: [
                "rules": .array(checked.rules.map(\.json)), "problems": .array(checked.problems.map(\.json)),
            ])
    }
}

extension PlacedRule {
    /// The rule as one JSON object.
    package var json: JSONValue {
        func object(_ texts: [String: String]) -> JSONValue {
            .object(texts.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
        }
        return [
            "rule": .string(rule.name), "group": .string(group), "file": .string(file), "line": .init(line),
            "when": .string(rule.condition), "clearWhen": .init(rule.clearCondition), "forDays": .init(rule.forDays),
            "keepFiringDays": .init(rule.keepFiringDays), "limit": .init(rule.limit),
            "severity": .string(rule.severity.rawValue), "playbook": .init(rule.playbook),
            "labels": object(rule.labels), "annotations": object(rule.annotations),
            "inhibits": .array(rule.inhibits.map { .string($0) }),
        ]
    }
}

/// What `hale rules test` prints.
package struct RuleTestDocument {
    package let tested: [RuleChecks.Tested]

    package init(tested: [RuleChecks.Tested]) {
        self.tested = tested
    }

    package var document: Document {
        var table = Table([
            Column("file", priority: 80),
            Column("test", priority: 100, minimumWidth: 24, overflow: .wrap(maximumLines: 3)),
            Column("result", priority: 99, minimumWidth: 20, overflow: .wrap(maximumLines: 6)),
        ])
        for result in tested {
            table.append([
                .text(result.test.file), .text(result.test.name),
                .text(result.problems.isEmpty ? "passed" : result.problems.map(\.message).joined(separator: "; ")),
            ])
        }
        let failed = tested.count { !$0.problems.isEmpty }
        return Document(
            titles: ["\(tested.count - failed) passed, \(failed) failed"], table: table,
            json: [
                "passed": .init(tested.count - failed), "failed": .init(failed),
                "tests": .array(
                    tested.map { result in
                        [
                            "file": .string(result.test.file), "line": .init(result.test.line),
                            "test": .string(result.test.name), "passed": .bool(result.problems.isEmpty),
                            "problems": .array(
                                result.problems.map {
                                    ["line": .init($0.line), "message": .string($0.message)]
                                }),
                        ]
                    }),
            ])
    }
}

/// What `hale rules explain --signals` prints.
package struct SignalListDocument {
    package let signals: [Signal]

    package init(signals: [Signal]) {
        self.signals = signals
    }

    package var document: Document {
        var table = Table([
            Column("signal", priority: 100, minimumWidth: 16), Column("type", priority: 90),
            Column("unit", priority: 80, minimumWidth: 8, overflow: .wrap(maximumLines: 3)),
            Column("meaning", priority: 95, minimumWidth: 24, overflow: .wrap(maximumLines: 4)),
        ])
        for signal in signals {
            table.append([
                .text(signal.name), .text(signal.type), .optional(signal.unit) { .text($0) }, .text(signal.meaning),
            ])
        }
        return Document(
            titles: ["\(signals.count) signals"], table: table, json: ["signals": .array(signals.map(\.json))])
    }
}

extension Signal {
    /// The signal as one JSON object.
    package var json: JSONValue {
        ["signal": .string(name), "type": .string(type), "unit": .init(unit), "meaning": .string(meaning)]
    }
}

/// What `hale rules explain RULE` prints.
package struct RuleExplanationDocument {
    package let explanation: RuleExplanation

    package init(explanation: RuleExplanation) {
        self.explanation = explanation
    }

    package var document: Document {
        let rule = explanation.placed.rule
        var table = Table([
            Column("signal", priority: 100, minimumWidth: 16), Column("value", priority: 99, minimumWidth: 8),
            Column("unit", priority: 80),
            Column("meaning", priority: 95, minimumWidth: 24, overflow: .wrap(maximumLines: 4)),
        ])
        for signal in explanation.signals {
            let value = explanation.account?.values[signal.name] ?? nil
            table.append([
                .text(signal.name), .optional(value) { .text($0) }, .optional(signal.unit) { .text($0) },
                .text(signal.meaning),
            ])
        }
        var titles = ["\(rule.name), \(rule.severity.rawValue)"]
        if let account = explanation.account {
            let problem = account.problem.map { ": \($0)" } ?? ""
            titles.append(
                "\(account.accountID) on \(account.day): the condition \(account.reading.met.words)\(problem)")
        }
        return Document(
            titles: titles,
            sections: [Document.Section(lines: lines), Document.Section(title: "Signals", table: table)],
            json: json)
    }

    private var lines: [String] {
        let rule = explanation.placed.rule
        var lines = ["when: \(rule.condition)"]
        if let clear = rule.clearCondition { lines.append("clear when: \(clear)") }
        lines.append(
            "fires \(rule.forDays > 1 ? "on day \(rule.forDays) of it" : "at once"), "
                + (rule.keepFiringDays > 0 ? "is kept \(rule.keepFiringDays) days after it" : "ends with it"))
        if let limit = rule.limit { lines.append("at most \(limit) alerts") }
        if !rule.inhibits.isEmpty { lines.append("hides \(rule.inhibits.joined(separator: ", "))") }
        if let playbook = rule.playbook { lines.append("playbook: \(playbook)") }
        for (name, text) in rule.annotations.sorted(by: { $0.key > $1.key }) { lines.append("\(name): \(text)") }
        let firing = explanation.alerts.count { $0.state == .firing }
        lines.append("\(firing) firing, \(explanation.alerts.count - firing) pending")
        if let standing = explanation.standing {
            lines.append("evaluated from \(standing.firstEvaluatedOn) to \(standing.evaluatedOn)")
            if let held = standing.heldSince { lines.append("held since \(held): hale rules release \(rule.name)") }
        } else {
            lines.append("never evaluated")
        }
        lines.append("in \(explanation.placed.file):\(explanation.placed.line ?? 1)")
        return lines
    }

    private var json: JSONValue {
        let account: JSONValue =
            explanation.account.map { account in
                [
                    "accountId": .string(account.accountID), "asOf": .string(account.day.description),
                    "condition": .string(account.reading.met.words), "cleared": .string(account.reading.cleared.words),
                    "problem": .init(account.problem),
                    "values": .object(
                        explanation.signals.map { .init($0.name, .init(account.values[$0.name] ?? nil)) }),
                ]
            } ?? .null
        return explanation.placed.json.adding([
            .init("firing", .init(explanation.alerts.count { $0.state == .firing })),
            .init("pending", .init(explanation.alerts.count { $0.state == .pending })),
            .init("firstEvaluatedOn", .init(explanation.standing?.firstEvaluatedOn.description)),
            .init("evaluatedOn", .init(explanation.standing?.evaluatedOn.description)),
            .init("heldSince", .init(explanation.standing?.heldSince?.description)),
            .init("signals", .array(explanation.signals.map(\.json))), .init("account", account),
        ])
    }
}

extension ConditionTruth {
    /// The truth value in words.
    fileprivate var words: String {
        switch self {
        case .holds: "holds"
        case .fails: "does not hold"
        case .unknown: "cannot be told"
        }
    }
}
