package import HaleDomain
package import HaleOutput

/// The week of one CSM: what to do on which day, and what was cut.
package struct CSMWeek {
    package let csm: String?
    package let plan: WeekPlan<ListedTask>

    /// Groups tasks by who does them and lays each group into the working days from a day on; accounts without a CSM
    /// come last. A task of an account that changes hands within the days is first laid into the days of who has it
    /// first, and goes on to whoever has it next where there is no time for it.
    /// - Parameter covers: Who looks after the accounts with covers, in order of the days.
    package static func byCSM(_ tasks: [ListedTask], days: [Day], covers: [ResponsibleCSM]) -> [CSMWeek] {
        let responsible = Dictionary(grouping: covers.filter { days.contains($0.day) }, by: \.accountKey)
        var next: [ListedTask: ListedTask] = [:]
        var groups: [String?: [ListedTask]] = [:]
        for task in tasks {
            let turns = task.turns(responsible[task.accountKey] ?? [])
            groups[turns[0].performer, default: []].append(turns[0])
            for (turn, following) in zip(turns, turns.dropFirst()) { next[turn] = following }
        }
        var plans = groups.mapValues { plan($0, days) }
        while true {
            let handedOn = plans.values.flatMap(\.cut).filter { next[$0] != nil }
            if handedOn.isEmpty { break }
            var changed: Set<String?> = []
            for task in handedOn {
                guard let following = next[task] else { continue }
                groups[task.performer]?.removeAll { $0 == task }
                groups[following.performer, default: []].append(following)
                changed.formUnion([task.performer, following.performer])
            }
            for csm in changed { plans[csm] = plan(groups[csm] ?? [], days) }
        }
        return plans.filter { groups[$0.key]?.isEmpty == false }
            .sorted { ($0.key ?? "\u{10FFFF}") < ($1.key ?? "\u{10FFFF}") }
            .map { CSMWeek(csm: $0.key, plan: $0.value) }
    }

    private static func plan(_ tasks: [ListedTask], _ days: [Day]) -> WeekPlan<ListedTask> {
        let capacity = tasks.first?.capacityMinutes ?? 0
        return WeekPlan(tasks, slots: days.map { .init(day: $0, capacityMinutes: capacity) })
    }
}

/// What `hale morning --week` prints.
package struct MorningWeekDocument {
    package let day: Day
    package let weeks: [CSMWeek]
    package let money: ReportMoney
    package let narrowing: Narrowing

    package init(day: Day, weeks: [CSMWeek], money: ReportMoney, narrowing: Narrowing) {
        self.day = day
        self.weeks = weeks
        self.money = money
        self.narrowing = narrowing
    }

    package var document: Document {
        let first = weeks.first?.plan.days.first?.slot.day
        return Document(
            titles: ["Week of \(first ?? day)"],
            notices: narrowing.notices + [.note("each task is planned once, by its due day and before its decision")],
            sections: weeks.isEmpty ? [Document.Section(lines: ["Nothing to do."])] : weeks.flatMap(sections),
            sectionKey: "day",
            json: .object(
                [.init("asOf", .string(day.description))] + narrowing.members
                    + [.init("csms", .array(weeks.map(json)))]))
    }

    // MARK: Terminal

    private func sections(_ week: CSMWeek) -> [Document.Section] {
        let rows = MorningRows(day: day)
        let planned = week.plan.days.flatMap(\.planned)
        let protected = planned.map(\.valueProtectedMinor).boundedSum()
        var summary = "\(planned.count) tasks, protecting about \(money.text(protected)); \(week.plan.cut.count) cut"
        if !week.plan.late.isEmpty { summary += "; \(week.plan.late.count) after their due day" }
        if week.plan.gap > 0 {
            summary += "; no plan is worth more than \(NumberText.fixed(week.plan.gap, decimals: 0)) more"
        }
        var sections = [Document.Section(title: week.csm ?? "accounts without a CSM", lines: [summary])]
        sections += week.plan.days.map { planned in
            Document.Section(
                title: "\(planned.slot.day.weekday.name), \(planned.slot.day.short(near: day))",
                lines: ["\(planned.plannedMinutes) of \(planned.slot.capacityMinutes) minutes"],
                table: planned.planned.isEmpty ? nil : rows.planned(planned.planned))
        }
        if !week.plan.cut.isEmpty {
            sections.append(Document.Section(title: "Cut from the week", table: rows.planned(week.plan.cut)))
        }
        return sections
    }

    // MARK: JSON

    private func json(_ week: CSMWeek) -> JSONValue {
        [
            "csm": .init(week.csm), "gap": .number(week.plan.gap),
            "days": .array(
                week.plan.days.map { planned in
                    [
                        "day": .string(planned.slot.day.description),
                        "capacityMinutes": .init(planned.slot.capacityMinutes),
                        "plannedMinutes": .init(planned.plannedMinutes),
                        "planned": .array(
                            planned.planned.map { task in
                                task.planJSON(on: day).adding([
                                    .init("isLate", .bool(week.plan.late.contains(task)))
                                ])
                            }),
                    ]
                }),
            "cut": .array(week.plan.cut.map { $0.planJSON(on: day) }),
        ]
    }
}
