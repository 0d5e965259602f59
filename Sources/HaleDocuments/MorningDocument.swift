package import HaleDomain
package import HaleOutput

/// The morning of one CSM: tasks in order, and what was cut.
package struct CSMMorning {
    package let csm: String?
    package let capacityMinutes: Int
    package let plan: DayPlan<ListedTask>

    package init(csm: String?, capacityMinutes: Int, plan: DayPlan<ListedTask>) {
        self.csm = csm
        self.capacityMinutes = capacityMinutes
        self.plan = plan
    }

    /// Groups tasks by who does them and cuts each group to their day; accounts without a CSM come last.
    package static func byCSM(_ tasks: [ListedTask]) -> [CSMMorning] {
        Dictionary(grouping: tasks, by: \.performer)
            .sorted { ($0.key ?? "\u{10FFFF}") < ($1.key ?? "\u{10FFFF}") }
            .map { csm, group in
                let capacity = group.first?.capacityMinutes ?? 0
                return CSMMorning(
                    csm: csm, capacityMinutes: capacity, plan: DayPlan(group, capacityMinutes: capacity))
            }
    }

    /// Every task, planned or cut.
    var tasks: [ListedTask] { plan.planned + plan.cut.map(\.task) }
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
        let protected = plan.planned.map(\.valueProtectedMinor).reduce(0, +)
        let currency = morning.tasks.compactMap(\.currency).first
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
        for (index, task) in morning.plan.planned.enumerated() {
            table.append([
                .count(index + 1), .text(task.accountName), .band(task.band),
                .text((["\(task.title)."] + task.reasons + overridden(task)).joined(separator: " ")), money(task),
                task.decisionOn == nil ? .missing : .daysAhead(task.daysToDecision),
                .count(task.minutes), .optional(task.playbook) { .text($0) },
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
            table.append([
                .text(cut.task.accountName), .band(cut.task.band), .text(cut.task.title), money(cut.task),
                .text(cut.reason.sentence),
            ])
        }
        return Document.Section(title: "Cut from today", table: table)
    }

    private func money(_ task: ListedTask) -> Cell {
        guard !task.isDataTask else { return .missing }
        return .optional(task.currency) {
            .money(
                minor: task.valueProtectedMinor, currency: $0, exponent: task.minorDigits, form: .whole)
        }
    }

    /// What somebody set by hand, with the band that was computed.
    private func overridden(_ task: ListedTask) -> [String] {
        task.override.map { ["Band by hand: \($0.sentence) (computed: \(task.computedBand.rawValue))."] } ?? []
    }

    // MARK: JSON

    private func json(_ morning: CSMMorning) -> JSONValue {
        [
            "csm": .init(morning.csm), "capacityMinutes": .init(morning.capacityMinutes),
            "planned": .array(morning.plan.planned.map(json)),
            "cut": .array(
                morning.plan.cut.map { cut in
                    json(cut.task).adding([
                        .init("cutReason", .string(cut.reason.rawValue)),
                        .init("cutText", .string(cut.reason.sentence)),
                    ])
                }),
        ]
    }

    private func json(_ task: ListedTask) -> JSONValue {
        let value = task.currency.map { JSONValue.money(minor: task.valueProtectedMinor, currency: $0) }
        return [
            "taskId": .init(task.number), "accountId": .string(task.accountID),
            "account": .string(task.accountName), "title": .string(task.title), "minutes": .init(task.minutes),
            "dueOn": .string(task.dueOn.description), "band": .string(task.band.rawValue),
            "bandWithoutOverride": .string(task.computedBand.rawValue), "override": task.override?.json ?? .null,
            "daysToDecision": .init(task.daysToDecision), "valueProtected": value ?? .null,
            "score": .number(task.priority.score), "urgency": .number(task.urgency),
            "probabilityBasis": .init(task.basis), "isDataTask": .bool(task.isDataTask),
            "reasons": .array(task.reasons.map { .string($0) }), "playbook": .init(task.playbook),
            "steps": .array(task.checklist.map { .string($0) }),
        ]
    }
}
