import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// What `hale postmortem ACCOUNT` prints.
package struct PostmortemDocument {
    package let outcome: AccountPostmortem.Outcome

    package init(outcome: AccountPostmortem.Outcome) {
        self.outcome = outcome
    }

    private var loss: LostRenewal { outcome.loss }
    private var money: ReportMoney { ReportMoney(currency: outcome.currency ?? "", exponent: outcome.minorDigits) }
    private var warnings: [(rule: String, day: Day)] {
        outcome.rules.warnings(of: loss.accountKey, before: loss.lostOn)
    }

    package var document: Document {
        Document(
            titles: titles, notices: notices,
            sections: [
                Document.Section(title: "What was seen", table: checkpoints),
                Document.Section(title: "What was known", table: facts),
                Document.Section(title: "What was done", table: acts),
                Document.Section(
                    title: "What would have warned", lines: RuleCostTable(outcome.rules).lines,
                    table: RuleCostTable(outcome.rules, beside: loss).table),
            ],
            sectionKey: "part", json: json)
    }

    private var titles: [String] {
        let arr = loss.arrMinor.map { ", \(money.text($0)) a year" } ?? ""
        var titles = [
            "\(loss.name) (\(loss.accountID)): \(loss.contractID) lost on \(loss.lostOn)",
            "\(Self.basis(loss.basis)); its term ended on \(loss.renewalOn)\(arr)",
        ]
        if !outcome.alsoLost.isEmpty {
            titles.append(
                "lost with it: " + outcome.alsoLost.map { "\($0.contractID) on \($0.lostOn)" }.joined(separator: ", "))
        }
        return titles + [alertLine, warningLine]
    }

    private var alertLine: String {
        let before = outcome.alerts.filter { $0.firedOn < loss.lostOn }
        guard let first = before.first else { return "no alert fired in the 180 days before" }
        return "first alert: \(first.rule) on \(first.firedOn), \(Self.days(loss.lostOn - first.firedOn)) before"
    }

    private var warningLine: String {
        guard let first = warnings.first else { return "no rule would have fired on the scored days before" }
        return "first rule that would have fired: \(first.rule) on \(first.day), "
            + "\(Self.days(loss.lostOn - first.day)) before"
    }

    private var notices: [Document.Notice] {
        var notices: [Document.Notice] = []
        let never = outcome.checkpoints.count { $0.source == .recomputed }
        if never > 0 {
            notices.append(
                .note(
                    "\(never) of \(outcome.checkpoints.count) days were never scored: their scores are computed now, "
                        + "without smoothing, from what was recorded when they began"))
        }
        let (first, last) = (loss.lostOn - AccountPostmortem.lookBackDays, loss.lostOn - 1)
        if outcome.rules.days.isEmpty {
            notices.append(
                .warning("no day before was scored, so rules tell nothing: hale score --from \(first) --to \(last)"))
        } else if outcome.rules.days.count < AccountPostmortem.lookBackDays {
            notices.append(
                .note("rules are told of \(outcome.rules.days.count) scored days of the 180 before"))
        }
        return notices
    }

    private var checkpoints: Table {
        var table = Table([
            Column("days before", key: "daysBefore", content: .number, priority: 100),
            Column("day", content: .date, priority: 99), Column("score", content: .number, priority: 98),
            Column("band", content: .band, priority: 97), Column("from", key: "source", priority: 60),
            Column("alerts firing", key: "firing", priority: 90, minimumWidth: 16, overflow: .wrap(maximumLines: 3)),
        ])
        for point in outcome.checkpoints {
            table.append([
                .count(point.daysBefore), .date(point.day.description),
                .optional(point.score) { .number($0, decimals: 1) }, .band(point.band),
                .text(point.source.rawValue), .text(point.firing.joined(separator: ", ")),
            ])
        }
        return table
    }

    private var facts: Table {
        var table = Table([
            Column("known", key: "knownOn", content: .date, priority: 100),
            Column("happened", key: "happenedOn", content: .date, priority: 80),
            Column("what", key: "kind", priority: 98),
            Column("in words", key: "detail", priority: 97, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
        ])
        for fact in outcome.facts {
            table.append([
                .date(fact.knownOn.description), .date(fact.happenedOn.description), .text(fact.kind),
                .text(fact.detail),
            ])
        }
        return table
    }

    private var acts: Table {
        var table = Table([
            Column("day", content: .date, priority: 100), Column("what", key: "kind", priority: 98),
            Column("by", priority: 70, minimumWidth: 12),
            Column("in words", key: "detail", priority: 97, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
        ])
        for act in outcome.acts {
            table.append([
                .date(act.day.description), .text(act.kind), .text(act.by ?? ""), .text(act.detail ?? ""),
            ])
        }
        return table
    }

    private var json: JSONValue {
        [
            "asOf": .string(loss.lostOn.description), "loss": loss.json(money),
            "alsoLost": .array(outcome.alsoLost.map { $0.json(money) }),
            "firstAlert": outcome.alerts.first { $0.firedOn < loss.lostOn }.map(\.json) ?? .null,
            "firstWarning": warnings.first.map { ["rule": .string($0.rule), "day": .string($0.day.description)] }
                ?? .null,
            "checkpoints": .array(
                outcome.checkpoints.map { point in
                    [
                        "daysBefore": .init(point.daysBefore), "day": .string(point.day.description),
                        "source": .string(point.source.rawValue), "score": .init(point.score),
                        "band": .string(point.band.rawValue), "firing": .array(point.firing.map(JSONValue.string)),
                    ]
                }),
            "facts": .array(
                outcome.facts.map { fact in
                    [
                        "knownOn": .string(fact.knownOn.description),
                        "happenedOn": .string(fact.happenedOn.description),
                        "kind": .string(fact.kind), "detail": .string(fact.detail),
                    ]
                }),
            "acts": .array(
                outcome.acts.map { act in
                    [
                        "day": .string(act.day.description), "kind": .string(act.kind), "by": .init(act.by),
                        "detail": .init(act.detail),
                    ]
                }),
            "alerts": .array(outcome.alerts.map(\.json)),
            "rules": RuleCostTable(outcome.rules, beside: loss).json,
            "scoredDays": .init(outcome.rules.days.count), "baseRate": .init(outcome.rules.baseRate),
            "failed": .array(outcome.rules.complaints.map(\.json)),
        ]
    }

    static func days(_ count: Int) -> String { "\(count) \(count == 1 ? "day" : "days")" }

    /// How a loss was decided, as people say it.
    static func basis(_ basis: String) -> String {
        switch basis {
        case "cut": "cancelled"
        case "said": "said to be lost"
        case "notice": "not renewed after notice"
        case "lapsed": "lapsed: nothing came for 90 days"
        default: basis
        }
    }
}

extension LostRenewal {
    /// The loss as JSON.
    func json(_ money: ReportMoney) -> JSONValue {
        [
            "accountId": .string(accountID), "name": .string(name), "segment": .init(segment), "csm": .init(csm),
            "contractId": .string(contractID), "renewsOn": .string(renewalOn.description),
            "lostOn": .string(lostOn.description), "basis": .string(basis),
            "arr": arrMinor.map { money.json($0) } ?? .null,
        ]
    }
}

extension FiredAlert {
    /// The alert as JSON.
    var json: JSONValue {
        [
            "alert": .init(number), "rule": .string(rule), "severity": .string(severity),
            "firedOn": .string(firedOn.description),
            "resolvedOn": resolvedOn.map { .string($0.description) } ?? .null,
        ]
    }
}
