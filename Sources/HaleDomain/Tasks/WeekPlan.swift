/// What a plan of several days needs to know of a task besides.
package protocol SchedulableTask: PlannableTask {
    /// Day by which it should be done.
    var dueOn: Day { get }
    /// Day of the decision, after which it is too late; nil without one.
    var decisionOn: Day? { get }
    /// The first day on which it may be done; nil for any.
    var notBefore: Day? { get }
    /// True if its account is red and none of us spoke to the customer for long: only promises come before it.
    var isLongUntouched: Bool { get }
    /// The last day on which it may be done; nil for any.
    var notAfter: Day? { get }
}

extension SchedulableTask {
    fileprivate var comesFirst: Bool { isPromise || isLongUntouched }
}

extension ListedTask: SchedulableTask {
    package var notBefore: Day? { [snoozedUntil, turn?.lowerBound].compactMap(\.self).max() }
    package var notAfter: Day? { turn?.upperBound }
}

/// The plan of one CSM for several days: each task at most once, on a day that has time for it, by its due day and never
/// after its decision (mathematics §4).
///
/// What was promised comes first, then red accounts that nobody spoke to for long, then the tasks worth most together. Those that cannot be done by their due day stand
/// where there is time left, as late; data tasks come last.
package struct WeekPlan<Task: SchedulableTask>: Sendable, Hashable {
    /// A day with its time.
    package struct Slot: Sendable, Hashable {
        package let day: Day
        package let capacityMinutes: Int

        package init(day: Day, capacityMinutes: Int) {
            self.day = day
            self.capacityMinutes = capacityMinutes
        }
    }

    /// A day with what is to be done, in the order of the list.
    package struct PlannedDay: Sendable, Hashable {
        package let slot: Slot
        package let planned: [Task]
        /// Time the tasks take [minutes].
        package var plannedMinutes: Int { planned.reduce(0) { $0 + $1.minutes } }
    }

    package let days: [PlannedDay]
    /// The tasks that stand after their due day.
    package let late: Set<Task>
    /// The tasks left out, in the order of the list.
    package let cut: [Task]
    /// What the best plan may be worth more than this one; 0 where this one is the best [major units].
    package let gap: Double

    /// Plans some days; tasks that are worth less than their time are left out.
    package init(_ tasks: [Task], slots: [Slot]) {
        guard !slots.isEmpty else {
            (days, late, cut, gap) = ([], [], tasks.sorted(by: Task.isBefore), 0)
            return
        }
        var filling = WeekFilling(slots: slots, tasks: tasks.sorted(by: Task.isBefore))
        filling.place { !$0.isDataTask || $0.comesFirst }
        let gap = filling.gap
        filling.placeLate()
        filling.place { $0.isDataTask }
        self.gap = gap
        days = slots.indices.map { position in
            PlannedDay(slot: slots[position], planned: filling.tasks(on: position))
        }
        late = filling.late
        cut = filling.unplaced
    }
}

/// A week that is being filled, one kind of task after another.
private struct WeekFilling<Task: SchedulableTask> {
    let slots: [WeekPlan<Task>.Slot]
    /// In the order of the list.
    let tasks: [Task]
    private(set) var positions: [Int?]
    private(set) var late: Set<Task> = []
    private(set) var gap = 0.0

    init(slots: [WeekPlan<Task>.Slot], tasks: [Task]) {
        self.slots = slots
        self.tasks = tasks
        positions = [Int?](repeating: nil, count: tasks.count)
    }

    func tasks(on position: Int) -> [Task] { tasks.indices.filter { positions[$0] == position }.map { tasks[$0] } }

    var unplaced: [Task] { tasks.indices.filter { positions[$0] == nil }.map { tasks[$0] } }

    /// Places tasks of a kind by their due days, those that were promised first.
    mutating func place(_ isMeant: (Task) -> Bool) {
        fill(tasks.map { isMeant($0) ? window(of: $0, dueOn: $0.dueOn) : nil })
    }

    /// Places what is worth its time and cannot be done by its due day.
    mutating func placeLate() {
        let before = positions
        fill(tasks.map { $0.isDataTask ? nil : window(of: $0, dueOn: nil) })
        for index in tasks.indices where before[index] == nil && positions[index] != nil { late.insert(tasks[index]) }
    }

    /// - Parameter windows: Of each task the days on which it may stand; nil for one that is not meant.
    private mutating func fill(_ windows: [ClosedRange<Int>?]) {
        var indexes: [Int] = []
        var items: [WeekChoice.Item] = []
        for index in tasks.indices where positions[index] == nil {
            guard let window = windows[index] else { continue }
            indexes.append(index)
            items.append(
                WeekChoice.Item(
                    value: tasks[index].priority.planValue, units: Knapsack.units(tasks[index].minutes), window: window)
            )
        }
        // Of data nobody knows the worth; a red account left alone is worth more than all else together, and a promise
        // more than those.
        raise(&items, of: indexes) { !$0.isPromise && $0.isLongUntouched }
        raise(&items, of: indexes) { $0.isPromise }
        for (place, index) in indexes.enumerated() where tasks[index].isDataTask && !tasks[index].comesFirst {
            items[place].value = 1
        }
        let room = slots.indices.map { position in
            max(0, slots[position].capacityMinutes / Knapsack.unitMinutes)
                - tasks(on: position).reduce(0) { $0 + Knapsack.units($1.minutes) }
        }
        let choice = WeekChoice(items, capacities: room)
        gap += choice.bound - choice.value
        let days = choice.earliest(Array(items.indices), of: items, capacities: room)
        for (place, index) in indexes.enumerated() { positions[index] = days[place] }
    }

    /// Makes each item of a kind worth more than all others together.
    private func raise(_ items: inout [WeekChoice.Item], of indexes: [Int], _ isMeant: (Task) -> Bool) {
        let whole = items.reduce(1) { $0 + max(0, $1.value) }
        for (place, index) in indexes.enumerated() where isMeant(tasks[index]) {
            items[place].value = whole + max(0, items[place].value)
        }
    }

    /// The days on which a task may stand; nil for none. A due day or a decision that has passed is late already.
    private func window(of task: Task, dueOn: Day?) -> ClosedRange<Int>? {
        let first = slots[0].day
        let limits = [dueOn, task.decisionOn].compactMap { $0 }.filter { $0 >= first }
        let limit = (limits + [task.notAfter].compactMap(\.self)).min()
        let last = limit.map { limit in slots.lastIndex { $0.day <= limit } ?? 0 } ?? slots.count - 1
        let start = task.notBefore.map { day in slots.firstIndex { $0.day >= day } ?? slots.count } ?? 0
        return start <= last ? start...last : nil
    }
}
