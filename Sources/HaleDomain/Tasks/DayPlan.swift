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

/// What a plan needs to know of a task.
package protocol PlannableTask: Sendable, Hashable {
    /// Length [minutes].
    var minutes: Int { get }
    /// True if it is to complete what Hale knows: it takes what time is left.
    var isDataTask: Bool { get }
    /// What it is worth.
    var priority: TaskPriority { get }
    /// True if somebody promised it for the day: it takes its time first.
    var isPromise: Bool { get }
    /// The order of the list.
    static func isBefore(_ left: Self, _ right: Self) -> Bool
}

/// The plan of one CSM for one day (mathematics §4).
package struct DayPlan<Task: PlannableTask>: Sendable, Hashable {
    /// A task left out, and why.
    package struct Cut: Sendable, Hashable {
        package let task: Task
        /// Why it is left out.
        package let reason: CutReason
    }

    /// The tasks to do, in the order of the list.
    package let planned: [Task]
    /// The tasks left out, in the order of the list.
    package let cut: [Cut]
    /// Time the planned tasks take [minutes].
    package let plannedMinutes: Int

    /// How many tasks there are, planned or cut.
    package var count: Int { planned.count + cut.count }

    /// Plans a day: what was promised, then the tasks worth most together that fit, then data tasks in what time is left.
    package init(_ tasks: [Task], capacityMinutes: Int) {
        let ordered = tasks.sorted(by: Task.isBefore)
        let unit = Knapsack.unitMinutes
        func rounded(_ minutes: Int) -> Int { max(1, (minutes + unit - 1) / unit) * unit }

        let promised = ordered.filter(\.isPromise)
        let room = capacityMinutes - promised.reduce(0) { $0 + rounded($1.minutes) }
        let valued = ordered.filter { !$0.isDataTask && !$0.isPromise }
        let choice = Knapsack.choose(
            values: valued.map(\.priority.planValue), minutes: valued.map(\.minutes), capacityMinutes: room)
        let chosen = Set(choice.chosen)

        var planned = promised + choice.chosen.map { valued[$0] }
        var cut: [Cut] = []
        for (position, task) in valued.enumerated() where !chosen.contains(position) {
            let reason: CutReason =
                task.priority.planValue <= 0
                ? .worthLessThanItsTime : (rounded(task.minutes) > capacityMinutes ? .longerThanTheDay : .noTimeLeft)
            cut.append(Cut(task: task, reason: reason))
        }
        var left = capacityMinutes - planned.reduce(0) { $0 + rounded($1.minutes) }
        for task in ordered where task.isDataTask && !task.isPromise {
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
