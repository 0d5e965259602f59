package import HaleDomain

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
    package var tasks: [ListedTask] { plan.planned + plan.cut.map(\.task) }

    /// Whose it is, as headings say it.
    package var name: String { csm ?? "accounts without a CSM" }
}
