/// The exact choice of tasks that fit into a day (mathematics §4).
package enum Knapsack {
    /// Length of one unit of time [minutes]; tasks are rounded up to it.
    package static let unitMinutes = 15

    /// The time that a task takes of a day: its length, rounded up to whole units [minutes].
    package static func rounded(_ minutes: Int) -> Int { units(minutes) * unitMinutes }

    /// The same in units.
    static func units(_ minutes: Int) -> Int { max(1, (minutes + unitMinutes - 1) / unitMinutes) }

    /// The tasks worth most together that fit into a capacity.
    /// - Parameters:
    ///   - values: Value of each task; one that is not above 0 is never chosen.
    ///   - minutes: Length of each task.
    /// - Returns: Positions of the chosen tasks, ascending, and the sum of their values.
    package static func choose(
        values: [Double], minutes: [Int], capacityMinutes: Int
    ) -> (chosen: [Int], totalValue: Double) {
        let capacity = max(0, capacityMinutes / unitMinutes)
        let units = minutes.map(units)
        var best = [Double](repeating: 0, count: capacity + 1)
        var isTaken = [Bool](repeating: false, count: values.count * (capacity + 1))
        for (task, value) in values.enumerated() where value > 0 && units[task] <= capacity {
            let length = units[task]
            let row = task * (capacity + 1)
            for room in stride(from: capacity, through: length, by: -1) {
                let candidate = best[room - length] + value
                if candidate > best[room] {
                    best[room] = candidate
                    isTaken[row + room] = true
                }
            }
        }
        var room = capacity
        var chosen: [Int] = []
        for task in values.indices.reversed() where isTaken[task * (capacity + 1) + room] {
            chosen.append(task)
            room -= units[task]
        }
        return (chosen.reversed(), best[capacity])
    }
}
