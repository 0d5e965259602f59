/// Why a task is not in the plan of a day.
package enum CutReason: String, Sendable, Hashable, CaseIterable {
    /// Planned tasks that are worth more together take its time.
    case outbid
    /// The time kept for small accounts is what it would take.
    case keptForSmallAccounts = "kept_for_small_accounts"
    /// What was promised for the day leaves too little time for it.
    case promisesFirst = "promises_first"
    /// It is to complete what Hale knows, and what protects money comes first.
    case dataLast = "data_last"
    /// The task alone is longer than the day.
    case longerThanTheDay = "longer_than_the_day"
    /// With its low urgency the task is worth less than its time costs.
    case worthLessThanItsTime = "worth_less_than_its_time"
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
    /// True if its account pays less than the median of its CSM's: some of the day is kept for it.
    var isOfSmallAccount: Bool { get }
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
        /// The planned tasks that would have to go for it, in the order of the list; empty unless it is outbid.
        package let pushesOut: [Task]
        /// What the best plan with it would be worth less than the best without; 0 unless it is outbid [major units].
        package let loss: Double
    }

    /// What one more hour in the day would be good for: the shadow price of the CSM's time.
    package struct AnotherHour: Sendable, Hashable {
        /// What the best plan would be worth more; never negative [major units].
        package let planValue: Double
        /// What it would be expected to protect more; less than 0 where more urgent tasks take the place of larger ones
        /// [major units].
        package let valueProtected: Double
    }

    /// The tasks to do, in the order of the list.
    package let planned: [Task]
    /// The tasks left out, in the order of the list.
    package let cut: [Cut]
    /// Time the planned tasks take [minutes].
    package let plannedMinutes: Int
    /// What one more hour would be good for.
    package let anotherHour: AnotherHour

    /// How many tasks there are, planned or cut.
    package var count: Int { planned.count + cut.count }

    /// Plans a day: what was promised, then the tasks worth most together that fit, where some time is kept for small
    /// accounts that can use it, then data tasks in what time is left.
    package init(_ tasks: [Task], capacityMinutes: Int) {
        let ordered = tasks.sorted(by: Task.isBefore)
        let promised = ordered.filter(\.isPromise)
        let room = capacityMinutes - promised.reduce(0) { $0 + Knapsack.rounded($1.minutes) }
        let promisedToSmall = promised.filter(\.isOfSmallAccount).reduce(0) { $0 + Knapsack.units($1.minutes) }
        let choice = ValuedChoice(
            ordered.filter { !$0.isDataTask && !$0.isPromise }, room: room, capacityMinutes: capacityMinutes,
            reserve: max(0, SmallAccountReserve.units(capacityMinutes: capacityMinutes) - promisedToSmall))

        var planned = promised + choice.chosen
        var cut = choice.cut
        var left = room - choice.chosen.reduce(0) { $0 + Knapsack.rounded($1.minutes) }
        for task in ordered where task.isDataTask && !task.isPromise {
            let length = Knapsack.rounded(task.minutes)
            if length <= left {
                left -= length
                planned.append(task)
            } else {
                cut.append(
                    Cut(
                        task: task, reason: length > capacityMinutes ? .longerThanTheDay : .dataLast, pushesOut: [],
                        loss: 0))
            }
        }
        self.planned = planned
        self.cut = cut
        plannedMinutes = planned.reduce(0) { $0 + $1.minutes }
        anotherHour = choice.anotherHour
    }
}

/// The best choice among tasks that protect money.
private struct ValuedChoice<Task: PlannableTask> {
    let chosen: [Task]
    let cut: [DayPlan<Task>.Cut]
    let anotherHour: DayPlan<Task>.AnotherHour

    /// What the shadow price is told for [minutes].
    private static var extraMinutes: Int { 60 }

    /// - Parameters:
    ///   - tasks: The tasks in the order of the list.
    ///   - room: The time that is left for them [minutes].
    ///   - capacityMinutes: The whole day.
    ///   - reserve: Units of time that are kept for small accounts; what they cannot use goes back to the large ones.
    init(_ tasks: [Task], room: Int, capacityMinutes: Int, reserve: Int) {
        let values = tasks.map(\.priority.planValue)
        let units = tasks.map { Knapsack.units($0.minutes) }
        let room = max(0, room) / Knapsack.unitMinutes
        let extra = Self.extraMinutes / Knapsack.unitMinutes
        let choice = ReservedChoice(
            values: values, units: units, isSmall: tasks.map(\.isOfSmallAccount), room: room + extra)
        let limit = max(0, room - min(reserve, choice.needOfSmall(in: room)))
        let best = choice.best(in: room, largeUpTo: limit)
        let taken = Set(best.tasks)
        let free = choice.best(in: room, largeUpTo: room)
        let keptOut = free.value > best.value ? Set(free.tasks) : []
        chosen = best.tasks.map { tasks[$0] }
        cut = tasks.indices.filter { !taken.contains($0) }.map { position in
            func cut(_ reason: CutReason, _ pushesOut: [Task] = [], loss: Double = 0) -> DayPlan<Task>.Cut {
                DayPlan<Task>.Cut(task: tasks[position], reason: reason, pushesOut: pushesOut, loss: loss)
            }
            if values[position] <= 0 { return cut(.worthLessThanItsTime) }
            if units[position] * Knapsack.unitMinutes > capacityMinutes { return cut(.longerThanTheDay) }
            if units[position] > room { return cut(.promisesFirst) }
            if !tasks[position].isOfSmallAccount, keptOut.contains(position) || units[position] > limit {
                return cut(.keptForSmallAccounts)
            }
            // The best plan that has the task: what it leaves out of the best one takes its place there.
            let forced = choice.best(with: position, in: room, largeUpTo: limit)
            let kept = Set(forced.tasks)
            return cut(
                .outbid, best.tasks.filter { !kept.contains($0) }.map { tasks[$0] }, loss: best.value - forced.value)
        }
        // An hour more is for anybody: no more of it is kept.
        let longer = choice.best(in: room + extra, largeUpTo: limit + extra)
        func protected(_ chosen: [Int]) -> Double {
            chosen.reduce(0) { $0 + tasks[$1].priority.valueProtected }
        }
        anotherHour = DayPlan<Task>.AnotherHour(
            planValue: longer.value - best.value,
            valueProtected: protected(longer.tasks) - protected(best.tasks))
    }
}
