import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// What `hale accounts assign` prints.
package struct HandOverDocument {
    package let outcome: HandOvers.Outcome
    package let isDryRun: Bool
    package let money: ReportMoney

    package init(outcome: HandOvers.Outcome, isDryRun: Bool, money: ReportMoney) {
        self.outcome = outcome
        self.isDryRun = isDryRun
        self.money = money
    }

    package var document: Document {
        var table = Table([
            Column("account", key: "name", priority: 98, minimumWidth: 14),
            Column("id", key: "accountId", priority: 99), Column("csm", priority: 90, minimumWidth: 14),
            Column("state", priority: 95),
        ])
        for account in outcome.accounts {
            table.append([
                .text(account.name), .text(account.accountID), .optional(account.csm) { .text($0) },
                .text(account.isChanged ? moved : "as before"),
            ])
        }
        return Document(
            titles: [title], notices: notices,
            sections: [Document.Section(lines: outcome.workload.map { [$0.sentence(money)] } ?? [], table: table)],
            json: [
                "csm": .string(outcome.csm), "from": .init(days?.lowerBound.description),
                "until": .init(days?.upperBound.description), "dryRun": .bool(isDryRun),
                "accounts": .array(
                    outcome.accounts.map {
                        [
                            "accountId": .string($0.accountID), "name": .string($0.name), "csm": .init($0.csm),
                            "changed": .bool($0.isChanged),
                        ]
                    }), "workload": outcome.workload?.json(money) ?? .null,
            ])
    }

    private var days: ClosedRange<Day>? {
        guard case .cover(let from, let until) = outcome.handOver else { return nil }
        return from...until
    }

    private var moved: String {
        switch (days, isDryRun) {
        case (nil, false): "handed over"
        case (nil, true): "would be handed over"
        case (_, false): "covered"
        case (_, true): "would be covered"
        }
    }

    private var title: String {
        let count = outcome.accounts.filter(\.isChanged).count
        let accounts = "\(count) \(count == 1 ? "account" : "accounts")"
        let verb = isDryRun ? "would go" : count == 1 ? "goes" : "go"
        guard let days else { return "\(accounts) \(verb) to \(outcome.csm) for good" }
        return "\(accounts) \(verb) to \(outcome.csm) from \(days.lowerBound) to \(days.upperBound), then back"
    }

    private var notices: [Document.Notice] {
        var notices = outcome.absences.map {
            Document.Notice.note(
                "\($0.sentence): \($0.accounts == 1 ? "that account stays" : "those accounts stay") with \($0.covering)"
            )
        }
        if let overload = outcome.workload?.overloadMinutes {
            notices.append(.warning("\(outcome.csm) has \(overload) minutes more than a week holds"))
        }
        return notices
    }
}
