import HaleDomain
import HaleOutput

/// The rows of the morning list: whom to call, what to do and why, what it protects, by when it is decided.
struct MorningRows {
    let day: Day

    /// How many facts a row has; `hale tasks show` has the rest.
    private static let shownFacts = 2

    func planned(_ tasks: [ListedTask]) -> Table {
        var table = Table([
            Column("#", key: "taskId", content: .number, priority: 99),
            Column("account", priority: 98, minimumWidth: 12, maximumWidth: 20, overflow: .wrap(maximumLines: 2)),
            Column("id", key: "accountId", priority: 94), Column("band", content: .band, priority: 92, minimumWidth: 4),
            Column("what and why", key: "task", priority: 97, minimumWidth: 24, overflow: .wrap(maximumLines: 6)),
            Column("protects", content: .money, priority: 90), Column("decision", content: .date, priority: 80),
            Column("min", key: "minutes", content: .number, priority: 60),
            Column("priority", content: .number, priority: 50),
            Column("due", key: "dueOn", content: .date, priority: 40),
        ])
        for task in tasks {
            table.append([
                number(task), .text(task.accountName), .text(task.accountID), .band(task.band),
                .text(whatAndWhy(task)), money(task), .optional(task.decisionOn, date), .count(task.minutes),
                priority(task), date(task.dueOn),
            ])
        }
        return table
    }

    func cut(_ cuts: [DayPlan<ListedTask>.Cut]) -> Table {
        var table = Table([
            Column("#", key: "taskId", content: .number, priority: 99),
            Column("account", priority: 98, minimumWidth: 12, maximumWidth: 20, overflow: .wrap(maximumLines: 2)),
            Column("id", key: "accountId", priority: 94), Column("band", content: .band, priority: 50, minimumWidth: 4),
            Column("task", priority: 60, minimumWidth: 16, overflow: .wrap(maximumLines: 3)),
            Column("protects", content: .money, priority: 90), Column("priority", content: .number, priority: 80),
            Column("why cut", key: "why", priority: 97, minimumWidth: 22, overflow: .wrap(maximumLines: 6)),
        ])
        for cut in cuts {
            table.append([
                number(cut.task), .text(cut.task.accountName), .text(cut.task.accountID), .band(cut.task.band),
                .text(cut.task.title), money(cut.task), priority(cut.task), .text(cut.sentence),
            ])
        }
        return table
    }

    /// What to do, and under it the facts that call for it.
    private func whatAndWhy(_ task: ListedTask) -> String {
        var why = Array(task.facts.prefix(Self.shownFacts))
        if let override = task.override {
            why.append("\(override.band.rawValue) by hand, not \(task.computedBand.rawValue)")
        }
        return why.isEmpty ? task.title : task.title + "\n" + why.joined(separator: " · ")
    }

    private func number(_ task: ListedTask) -> Cell { .optional(task.number) { .count($0) } }

    /// Urgency times value, less what the time costs, an hour; data tasks have none.
    private func priority(_ task: ListedTask) -> Cell {
        task.isDataTask ? .missing : .number(task.priority.score, decimals: 0)
    }

    private func money(_ task: ListedTask) -> Cell {
        guard !task.isDataTask else { return .missing }
        return .optional(task.currency) {
            .money(minor: task.valueProtectedMinor, currency: $0, exponent: task.minorDigits, form: .whole)
        }
    }

    private func date(_ date: Day) -> Cell { .day(iso: date.description, said: date.short(near: day)) }
}
