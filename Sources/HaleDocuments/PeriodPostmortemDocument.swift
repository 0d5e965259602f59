import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// What `hale postmortem --period` prints.
package struct PeriodPostmortemDocument {
    package let outcome: PeriodPostmortem.Outcome

    package init(outcome: PeriodPostmortem.Outcome) {
        self.outcome = outcome
    }

    private var money: ReportMoney { ReportMoney(currency: outcome.currency ?? "", exponent: outcome.minorDigits) }

    package var document: Document {
        Document(
            titles: [
                "Lost in \(outcome.period.description)",
                "\(Self.accounts(outcome.entries.count)) lost, \(amount(outcome.entries)); "
                    + "\(outcome.caught.count) with a warning, \(amount(outcome.caught))"
                    + (outcome.medianDaysAhead.map { ", \(NumberText.fixed($0, decimals: 0)) days ahead in the median" }
                        ?? ""),
            ],
            notices: notices,
            sections: [
                Document.Section(title: "Who left", table: entries),
                Document.Section(
                    title: "What the rules cost", lines: RuleCostTable(outcome.rules).lines,
                    table: RuleCostTable(outcome.rules).table),
            ],
            sectionKey: "part", json: json)
    }

    private func amount(_ entries: [PeriodPostmortem.Entry]) -> String {
        outcome.arrMinor(of: entries).map { money.text($0) } ?? "of unknown ARR"
    }

    private static func accounts(_ count: Int) -> String { "\(count) \(count == 1 ? "account" : "accounts")" }

    private var notices: [Document.Notice] {
        let first = outcome.period.first - AccountPostmortem.lookBackDays
        let all = outcome.period.before - first
        guard !outcome.rules.days.isEmpty else {
            return [
                .warning(
                    "no day from \(first) on was scored, so rules tell nothing: "
                        + "hale score --from \(first) --to \(outcome.period.before - 1)")
            ]
        }
        guard outcome.rules.days.count < all else { return [] }
        return [.note("rules are told of \(outcome.rules.days.count) scored days of \(all), from \(first) on")]
    }

    private var entries: Table {
        var table = Table([
            Column("account", key: "accountId", priority: 100),
            Column("name", priority: 96, minimumWidth: 12), Column("ARR", key: "arr", content: .money, priority: 95),
            Column("lost", key: "lostOn", content: .date, priority: 99), Column("how", key: "basis", priority: 40),
            Column("90 d before", key: "scoreBefore", content: .number, priority: 60),
            Column("band", key: "bandBefore", content: .band, priority: 61),
            Column("first alert", key: "firstAlert", priority: 70, minimumWidth: 10),
            Column("first rule", key: "firstRule", priority: 90, minimumWidth: 10),
            Column("days ahead", key: "daysAhead", content: .number, priority: 97),
            Column("done", key: "acts", content: .number, priority: 80),
        ])
        for entry in outcome.entries {
            table.append([
                .text(entry.loss.accountID), .text(entry.loss.name),
                .optional(entry.arrMinor) { money.cell($0) }, .date(entry.loss.lostOn.description),
                .text(PostmortemDocument.basis(entry.loss.basis)),
                .optional(entry.scoreBefore?.score) { .number($0, decimals: 1) },
                .optional(entry.scoreBefore?.band) { .band($0) }, .text(entry.alert?.rule ?? ""),
                .text(entry.warning?.rule ?? ""), .optional(entry.daysAhead) { .count($0) }, .count(entry.acts),
            ])
        }
        return table
    }

    private var json: JSONValue {
        [
            "asOf": .string(
                min(outcome.period.before - 1, outcome.rules.days.last ?? outcome.period.before - 1).description),
            "period": .string(outcome.period.description), "lost": .init(outcome.entries.count),
            "arr": outcome.arrMinor(of: outcome.entries).map { money.json($0) } ?? .null,
            "caught": .init(outcome.caught.count),
            "caughtArr": outcome.arrMinor(of: outcome.caught).map { money.json($0) } ?? .null,
            "medianDaysAhead": .init(outcome.medianDaysAhead),
            "accounts": .array(outcome.entries.map(json)), "rules": RuleCostTable(outcome.rules).json,
            "scoredDays": .init(outcome.rules.days.count), "baseRate": .init(outcome.rules.baseRate),
            "failed": .array(outcome.rules.complaints.map(\.json)),
        ]
    }

    private func json(_ entry: PeriodPostmortem.Entry) -> JSONValue {
        [
            "accountId": .string(entry.loss.accountID), "name": .string(entry.loss.name),
            "lostOn": .string(entry.loss.lostOn.description), "renewsOn": .string(entry.loss.renewalOn.description),
            "basis": .string(entry.loss.basis), "arr": entry.arrMinor.map { money.json($0) } ?? .null,
            "scoreBefore": .init(entry.scoreBefore?.score),
            "bandBefore": entry.scoreBefore.map { .string($0.band.rawValue) } ?? .null,
            "firstAlert": entry.alert.map(\.json) ?? .null,
            "firstWarning": entry.warning.map {
                ["rule": .string($0.rule), "day": .string($0.day.description)]
            } ?? .null,
            "daysAhead": .init(entry.daysAhead), "acts": .init(entry.acts),
        ]
    }
}
