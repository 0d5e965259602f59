package import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// The morning of one CSM: tasks in order, and what was cut.
package struct CSMMorning {
    package let csm: String?
    package let capacityMinutes: Int
    package let plan: DayPlan
    package let tasks: [Int64: PlannedTask]

    package init(csm: String?, capacityMinutes: Int, plan: DayPlan, tasks: [Int64: PlannedTask]) {
        self.csm = csm
        self.capacityMinutes = capacityMinutes
        self.plan = plan
        self.tasks = tasks
    }

    /// Groups tasks by CSM and cuts each group to the CSM's day; accounts without a CSM come last.
    package static func byCSM(_ tasks: [PlannedTask]) -> [CSMMorning] {
        Dictionary(grouping: tasks) { $0.account.csm }
            .sorted { ($0.key ?? "\u{10FFFF}") < ($1.key ?? "\u{10FFFF}") }
            .map { csm, group in
                let capacity = group.first?.account.capacityMinutes ?? 0
                return CSMMorning(
                    csm: csm, capacityMinutes: capacity, plan: DayPlan(group.map(\.draft), capacityMinutes: capacity),
                    tasks: Dictionary(uniqueKeysWithValues: group.map { ($0.account.accountKey, $0) }))
            }
    }
}

/// What `hale morning` prints.
package struct MorningDocument {
    package let day: Day
    package let today: Day
    package let mornings: [CSMMorning]
    package let assumptions: MoneyAssumptions
    package let money: ReportMoney

    package init(
        day: Day, today: Day, mornings: [CSMMorning], assumptions: MoneyAssumptions, money: ReportMoney
    ) {
        self.day = day
        self.today = today
        self.mornings = mornings
        self.assumptions = assumptions
        self.money = money
    }

    package var document: Document {
        let assumed = AssumedMoney(assumptions: assumptions)
        var notices: [Document.Notice] =
            day < today ? [.warning("the newest scored day is \(day), today is \(today): run hale score")] : []
        if mornings.contains(where: { !$0.tasks.isEmpty }) { notices.append(.note(assumed.protection(money))) }
        return Document(
            titles: ["Morning of \(day)"], notices: notices,
            sections: mornings.flatMap(sections), sectionKey: "list",
            json: [
                "asOf": .string(day.description), "margin": .number(assumptions.margin),
                "saveRate": .number(assumptions.saveRate), "hourlyCost": money.json(assumed.hourlyCostMinor(money)),
                "csms": .array(mornings.map(json)),
            ])
    }

    // MARK: Terminal

    private func sections(_ morning: CSMMorning) -> [Document.Section] {
        let plan = morning.plan
        let name = morning.csm ?? "accounts without a CSM"
        let protected = plan.planned.compactMap { morning.tasks[$0.account.accountKey]?.valueProtectedMinor }
            .reduce(0, +)
        let currency = morning.tasks.values.compactMap(\.account.currency).first
        var summary = "\(plan.planned.count) tasks, \(plan.plannedMinutes) of \(morning.capacityMinutes) minutes"
        if let currency {
            summary += ", protecting about \(MoneyText.text(minor: protected, currency: currency))"
        }
        var sections = [Document.Section(title: name, lines: [summary], table: planned(morning))]
        if !plan.cut.isEmpty { sections.append(cut(morning)) }
        return sections
    }

    private func planned(_ morning: CSMMorning) -> Table {
        var table = Table([
            Column("#", content: .number, priority: 99), Column("account", priority: 98, minimumWidth: 16),
            Column("band", content: .band, priority: 92),
            Column("what and why", key: "why", priority: 97, minimumWidth: 28, overflow: .wrap(maximumLines: 6)),
            Column("protects", content: .money, priority: 90), Column("decision", priority: 80),
            Column("min", key: "minutes", content: .number, priority: 30), Column("playbook", priority: 25),
        ])
        for (index, draft) in morning.plan.planned.enumerated() {
            guard let task = morning.tasks[draft.account.accountKey] else { continue }
            table.append([
                .count(index + 1), .text(task.account.name), .band(draft.account.band),
                .text((["\(draft.title)."] + draft.sentences + overridden(task)).joined(separator: " ")), money(task),
                draft.account.decisionOn == nil ? .missing : .daysAhead(draft.account.daysToDecision),
                .count(draft.minutes), .optional(draft.playbook?.name) { .text($0) },
            ])
        }
        return table
    }

    private func cut(_ morning: CSMMorning) -> Document.Section {
        var table = Table([
            Column("account", priority: 98, minimumWidth: 16), Column("band", content: .band, priority: 80),
            Column("task", priority: 70, minimumWidth: 16), Column("protects", content: .money, priority: 90),
            Column("why cut", key: "why", priority: 97, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
        ])
        for cut in morning.plan.cut {
            guard let task = morning.tasks[cut.task.account.accountKey] else { continue }
            table.append([
                .text(task.account.name), .band(cut.task.account.band), .text(cut.task.title), money(task),
                .text(cut.reason.sentence),
            ])
        }
        return Document.Section(title: "Cut from today", table: table)
    }

    private func money(_ task: PlannedTask) -> Cell {
        guard !task.draft.isDataTask else { return .missing }
        return .optional(task.account.currency) {
            .money(
                minor: task.valueProtectedMinor, currency: $0, exponent: task.account.minorDigits, form: .whole)
        }
    }

    /// What somebody set by hand, with the band that was computed.
    private func overridden(_ task: PlannedTask) -> [String] {
        task.override.map { ["Band by hand: \($0.sentence) (computed: \(task.account.band.rawValue))."] } ?? []
    }

    // MARK: JSON

    private func json(_ morning: CSMMorning) -> JSONValue {
        [
            "csm": .init(morning.csm), "capacityMinutes": .init(morning.capacityMinutes),
            "planned": .array(morning.plan.planned.compactMap { json($0, of: morning) }),
            "cut": .array(
                morning.plan.cut.compactMap { cut in
                    json(cut.task, of: morning)?.adding([
                        .init("cutReason", .string(cut.reason.rawValue)),
                        .init("cutText", .string(cut.reason.sentence)),
                    ])
                }),
        ]
    }

    private func json(_ draft: TaskDraft, of morning: CSMMorning) -> JSONValue? {
        guard let task = morning.tasks[draft.account.accountKey] else { return nil }
        let value = task.account.currency.map { JSONValue.money(minor: task.valueProtectedMinor, currency: $0) }
        return [
            "taskId": .init(task.account.taskID), "accountId": .string(task.account.accountID),
            "account": .string(task.account.name), "title": .string(draft.title), "minutes": .init(draft.minutes),
            "dueOn": .string(draft.dueOn.description), "band": .string(draft.account.band.rawValue),
            "bandWithoutOverride": .string(task.account.band.rawValue), "override": task.override?.json ?? .null,
            "daysToDecision": .init(draft.account.daysToDecision), "valueProtected": value ?? .null,
            "score": .number(draft.priority.score), "urgency": .number(draft.account.urgency),
            "probabilityBasis": .init(task.basis), "isDataTask": .bool(draft.isDataTask),
            "reasons": .array(draft.sentences.map { .string($0) }), "playbook": .init(draft.playbook?.name),
            "steps": .array((draft.playbook?.steps ?? []).map { .string($0) }),
        ]
    }
}
