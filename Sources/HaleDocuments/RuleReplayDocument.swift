package import HaleDomain
package import HaleOutput
package import HaleService

/// What `hale rules replay` prints.
package struct RuleReplayDocument {
    package let from: Day
    package let to: Day
    package let outcome: RuleReplay.Outcome

    package init(from: Day, to: Day, outcome: RuleReplay.Outcome) {
        self.from = from
        self.to = to
        self.outcome = outcome
    }

    package var document: Document {
        var table = Table([
            Column("rule", priority: 100, minimumWidth: 16),
            Column("fired", key: "firings", content: .number, priority: 99),
            Column("accounts", content: .number, priority: 95),
            Column("ARR", key: "arr", content: .number, priority: 94),
            Column("lost after", key: "lostWarned", content: .number, priority: 98),
            Column("precision", content: .percent, priority: 96),
            Column("× base", key: "lift", content: .number, priority: 93),
            Column("of lost", key: "share", content: .percent, priority: 90),
            Column("days ahead", key: "medianDaysAhead", content: .number, priority: 97),
            Column("least", key: "leastDaysAhead", content: .number, priority: 60),
            Column("most", key: "mostDaysAhead", content: .number, priority: 60),
            Column("would be held", key: "heldDays", content: .number, priority: 50),
        ])
        for rule in outcome.rules {
            table.append([
                .text(rule.rule.name), .count(rule.firings), .count(rule.accounts.count),
                .optional(rule.arr) { .number($0, decimals: 0) },
                .count(rule.daysAhead.count), .optional(rule.precision) { .percent($0, decimals: 0) },
                .optional(outcome.lift(of: rule)) { .number($0, decimals: 1) },
                outcome.lost == 0
                    ? .missing : .percent(Double(rule.daysAhead.count) / Double(outcome.lost), decimals: 0),
                .optional(rule.medianDaysAhead) { .number($0, decimals: 0) },
                .optional(rule.daysAhead.first) { .count($0) }, .optional(rule.daysAhead.last) { .count($0) },
                .count(rule.surges.count),
            ])
        }
        let days = outcome.days.count
        return Document(
            titles: [
                "Rules from \(from) to \(to)",
                "\(days) scored \(days == 1 ? "day" : "days"), \(outcome.accounts) accounts",
                "\(outcome.lost) lost after \(from) and up to \(outcome.lossesUntil)",
            ] + (outcome.baseRate.map { [baseRateText($0)] } ?? []),
            notices: days == 0
                ? [.warning("no day of the range was scored: run hale score --from \(from) --to \(to)")] : [],
            table: table,
            json: [
                "asOf": .string((outcome.days.last ?? to).description), "from": .string(from.description),
                "to": .string(to.description), "days": .init(days), "accounts": .init(outcome.accounts),
                "lost": .init(outcome.lost), "lossesUntil": .string(outcome.lossesUntil.description),
                "customers": .init(outcome.customers), "baseRate": .init(outcome.baseRate),
                "currency": .init(outcome.currency), "rules": .array(outcome.rules.map(json)),
                "failed": .array(outcome.complaints.map(\.json)),
            ])
    }

    private func baseRateText(_ rate: Double) -> String {
        let percent = NumberText.fixed(100 * rate, decimals: 0) + " %"
        return "base rate \(percent): of \(outcome.customers) accounts with a contract"
    }

    private func json(_ rule: RuleReplay.RuleOutcome) -> JSONValue {
        [
            "rule": .string(rule.rule.name), "severity": .string(rule.rule.severity.rawValue),
            "firings": .init(rule.firings), "accounts": .init(rule.accounts.count), "arr": .init(rule.arr),
            "lostWarned": .init(rule.daysAhead.count), "precision": .init(rule.precision),
            "lift": .init(outcome.lift(of: rule)),
            "recall": outcome.lost == 0 ? .null : .number(Double(rule.daysAhead.count) / Double(outcome.lost)),
            "medianDaysAhead": .init(rule.medianDaysAhead), "leastDaysAhead": .init(rule.daysAhead.first),
            "mostDaysAhead": .init(rule.daysAhead.last),
            "heldDays": .array(rule.surges.map { .string($0.description) }),
        ]
    }
}

extension RuleComplaint {
    /// The complaint as JSON: without accounts it is of all of them.
    package var json: JSONValue {
        [
            "rule": .string(rule), "message": .string(message),
            "accounts": .array(accounts.map(JSONValue.string)),
        ]
    }
}
