/// Why a task is not in the plan of a day.
package enum CutReason: String, Sendable, Hashable, CaseIterable {
    /// The planned tasks are worth more in the time there is.
    case noTimeLeft = "no_time_left"
    /// The task alone is longer than the day.
    case longerThanTheDay = "longer_than_the_day"
    /// With its low urgency the task is worth less than its time costs.
    case worthLessThanItsTime = "worth_less_than_its_time"

    /// The reason in words.
    package var sentence: String {
        switch self {
        case .noTimeLeft: return "No time left: the planned tasks protect more."
        case .longerThanTheDay: return "Longer than the time there is today."
        case .worthLessThanItsTime: return "Not pressing enough today to be worth its time."
        }
    }
}

/// The plan of one CSM for one day (mathematics §4).
package struct DayPlan: Sendable, Hashable {
    /// A task left out, and why.
    package struct Cut: Sendable, Hashable {
        package let task: TaskDraft
        /// Why it is left out.
        package let reason: CutReason
    }

    /// The tasks to do, in the order of the list.
    package let planned: [TaskDraft]
    /// The tasks left out, in the order of the list.
    package let cut: [Cut]
    /// Time the planned tasks take [minutes].
    package let plannedMinutes: Int

    /// Plans a day: the tasks worth most together that fit, then data tasks in what time is left.
    package init(_ tasks: [TaskDraft], capacityMinutes: Int) {
        let ordered = tasks.sorted(by: TaskPlanning.isBefore)
        let valued = ordered.filter { !$0.isDataTask }
        let choice = Knapsack.choose(
            values: valued.map(\.priority.planValue), minutes: valued.map(\.minutes), capacityMinutes: capacityMinutes)
        let chosen = Set(choice.chosen)
        let unit = Knapsack.unitMinutes
        func rounded(_ minutes: Int) -> Int { max(1, (minutes + unit - 1) / unit) * unit }

        var planned = choice.chosen.map { valued[$0] }
        var cut: [Cut] = []
        for (position, task) in valued.enumerated() where !chosen.contains(position) {
            let reason: CutReason =
                task.priority.planValue <= 0
                ? .worthLessThanItsTime : (rounded(task.minutes) > capacityMinutes ? .longerThanTheDay : .noTimeLeft)
            cut.append(Cut(task: task, reason: reason))
        }
        var left = capacityMinutes - planned.reduce(0) { $0 + rounded($1.minutes) }
        for task in ordered where task.isDataTask {
            if rounded(task.minutes) <= left {
                left -= rounded(task.minutes)
                planned.append(task)
            } else {
                let isTooLong = rounded(task.minutes) > capacityMinutes
                cut.append(Cut(task: task, reason: isTooLong ? .longerThanTheDay : .noTimeLeft))
            }
        }
        self.planned = planned
        self.cut = cut
        plannedMinutes = planned.reduce(0) { $0 + $1.minutes }
    }
}
