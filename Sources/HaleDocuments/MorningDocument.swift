package import HaleDomain
package import HaleOutput

/// What `hale morning` prints.
package struct MorningDocument {
    package let day: Day
    package let today: Day
    package let mornings: [CSMMorning]
    package let assumptions: MoneyAssumptions
    package let money: ReportMoney
    package let narrowing: Narrowing
    /// What became of the accounts since an earlier day; nil where nobody asks.
    package let news: MorningNews?

    package init(
        day: Day, today: Day, mornings: [CSMMorning], assumptions: MoneyAssumptions, money: ReportMoney,
        narrowing: Narrowing, news: MorningNews? = nil
    ) {
        self.day = day
        self.today = today
        self.mornings = mornings
        self.assumptions = assumptions
        self.money = money
        self.narrowing = narrowing
        self.news = news
    }

    package var document: Document {
        let assumed = AssumedMoney(assumptions: assumptions)
        var notices: [Document.Notice] =
            day < today ? [.warning("the newest scored day is \(day), today is \(today): run hale score")] : []
        notices += narrowing.notices
        if mornings.contains(where: { !$0.tasks.isEmpty }) { notices.append(.note(assumed.protection(money))) }
        return Document(
            titles: ["Morning of \(day)"], notices: notices,
            sections: (news?.sections(money) ?? [])
                + (mornings.isEmpty ? [Document.Section(lines: ["Nothing to do."])] : mornings.flatMap(sections)),
            sectionKey: "list",
            json: [
                "asOf": .string(day.description), "margin": .number(assumptions.margin),
                "saveRate": .number(assumptions.saveRate), "hourlyCost": money.json(assumed.hourlyCostMinor(money)),
                "news": news?.json ?? .null, "csms": .array(mornings.map(json)),
            ])
    }

    // MARK: Terminal

    private func sections(_ morning: CSMMorning) -> [Document.Section] {
        let rows = MorningRows(day: day)
        var sections = [
            Document.Section(title: morning.name, lines: [summary(morning)], table: rows.planned(morning.plan.planned))
        ]
        if let first = morning.plan.planned.first, !first.checklist.isEmpty {
            sections.append(
                Document.Section(
                    title: "First, \(first.accountName): \(first.title)",
                    lines: first.checklist.enumerated().map { "\($0 + 1). \($1)" }))
        }
        if !morning.plan.cut.isEmpty {
            sections.append(Document.Section(title: "Cut from today", table: rows.cut(morning.plan.cut)))
        }
        return sections
    }

    /// The day in one line: how full it is, what it protects, and what one more hour would.
    private func summary(_ morning: CSMMorning) -> String {
        let plan = morning.plan
        let protected = plan.planned.map(\.valueProtectedMinor).boundedSum()
        let count = plan.planned.count
        var summary =
            "\(count) \(count == 1 ? "task" : "tasks"), \(plan.plannedMinutes) of \(morning.capacityMinutes) minutes"
        if morning.tasks.contains(where: { $0.currency != nil }) {
            summary += ", protecting about \(money.text(protected))"
            let hour = money.minor(plan.anotherHour.valueProtected)
            if hour > 0 { summary += "; one more hour would protect \(money.text(hour)) more" }
        }
        return summary
    }

    // MARK: JSON

    private func json(_ morning: CSMMorning) -> JSONValue {
        let hour = morning.plan.anotherHour
        return [
            "csm": .init(morning.csm), "capacityMinutes": .init(morning.capacityMinutes),
            "plannedMinutes": .init(morning.plan.plannedMinutes),
            "anotherHour": [
                "planValue": .number(hour.planValue), "valueProtected": money.json(money.minor(hour.valueProtected)),
            ],
            "planned": .array(morning.plan.planned.map { $0.planJSON(on: day) }),
            "cut": .array(
                morning.plan.cut.map { cut in
                    cut.task.planJSON(on: day).adding([
                        .init("cutReason", .string(cut.reason.rawValue)), .init("cutText", .string(cut.sentence)),
                        .init("pushesOut", .array(cut.pushesOut.map { .init($0.number) })),
                        .init("loss", .number(cut.loss)),
                    ])
                }),
        ]
    }
}

extension ListedTask {
    /// The task as one JSON object, with what its place in a plan rests on.
    func planJSON(on day: Day) -> JSONValue {
        json(on: day).adding([
            .init("bandWithoutOverride", .string(computedBand.rawValue)), .init("override", override?.json ?? .null),
            .init("priority", .number(priority.score)), .init("planValue", .number(priority.planValue)),
            .init("isOfSmallAccount", .bool(isOfSmallAccount)),
        ])
    }
}
