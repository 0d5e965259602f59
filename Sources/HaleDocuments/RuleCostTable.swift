import HaleDomain
import HaleOutput
import HaleService
import HaleStore

/// Rules with what they would have caught and what that costs in alerts about accounts that stay.
struct RuleCostTable {
    private let rules: PostmortemRules
    /// The loss that is looked back on; nil where all of a period are.
    private let loss: LostRenewal?

    init(_ rules: PostmortemRules, beside loss: LostRenewal? = nil) {
        self.rules = rules
        self.loss = loss
    }

    /// The first day on which a rule would have fired for the account, before its loss.
    private func day(of cost: PostmortemRules.Cost) -> Day? {
        loss.flatMap { loss in cost.firstDays[loss.accountKey].flatMap { $0 < loss.lostOn ? $0 : nil } }
    }

    /// What the precision of a rule stands beside.
    var lines: [String] {
        guard let rate = rules.baseRate else { return ["no account had a contract on these days"] }
        return [
            "\(NumberText.percent(rate, decimals: 1)) of the accounts with a contract were lost: "
                + "a rule that is worth its alerts is right more often"
        ]
    }

    var table: Table {
        var columns = [
            Column("rule", priority: 100, minimumWidth: 16),
            Column("fired", key: "firings", content: .number, priority: 95),
            Column("accounts", content: .number, priority: 90),
            Column("lost after", key: "caught", content: .number, priority: 96),
            Column("firings per loss", key: "firingsPerLoss", content: .number, priority: 94),
            Column("precision", content: .percent, priority: 93),
        ]
        if loss != nil {
            columns.insert(Column("first here", key: "firstOn", content: .date, priority: 99), at: 1)
            columns.insert(Column("days before", key: "daysBefore", content: .number, priority: 98), at: 2)
        }
        var table = Table(columns)
        for cost in rules.costs {
            var cells: [Cell] = [
                .text(cost.rule), .count(cost.firings), .count(cost.accounts), .count(cost.caught),
                .optional(cost.firingsPerLoss) { .number($0, decimals: 1) },
                .optional(cost.precision) { .percent($0, decimals: 0) },
            ]
            if let loss {
                let first = day(of: cost)
                cells.insert(.optional(first) { .date($0.description) }, at: 1)
                cells.insert(.optional(first) { .count(loss.lostOn - $0) }, at: 2)
            }
            table.append(cells)
        }
        return table
    }

    var json: JSONValue {
        .array(
            rules.costs.map { cost in
                [
                    "rule": .string(cost.rule), "firings": .init(cost.firings), "accounts": .init(cost.accounts),
                    "caught": .init(cost.caught), "firingsPerLoss": .init(cost.firingsPerLoss),
                    "precision": .init(cost.precision),
                    "firstOn": day(of: cost).map { .string($0.description) } ?? .null,
                ]
            })
    }
}
