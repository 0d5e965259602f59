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
        let table = Table(values: values, units: minutes.map(units), capacity: capacity)
        return (table.chosen(in: capacity), table.best[capacity])
    }

    /// The best choices for every room up to a capacity.
    struct Table {
        /// The greatest value for each room, in units of time.
        let best: [Double]
        private let units: [Int]
        private let isTaken: [Bool]

        init(values: [Double], units: [Int], capacity: Int) {
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
            self.best = best
            self.units = units
            self.isTaken = isTaken
        }

        /// Positions of the tasks that are worth most in a room, ascending.
        func chosen(in room: Int) -> [Int] {
            var room = room
            var chosen: [Int] = []
            for task in units.indices.reversed() where isTaken[task * best.count + room] {
                chosen.append(task)
                room -= units[task]
            }
            return chosen.reversed()
        }
    }
}
