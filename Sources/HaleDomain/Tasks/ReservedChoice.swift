/// The time of a day that is kept for accounts under the median ARR of their CSM's (mathematics §4, Fairness): without it
/// a large portfolio's small accounts would never be called.
package enum SmallAccountReserve {
    /// Share of the whole day [%].
    package static let percent = 15

    /// Whole units of it.
    static func units(capacityMinutes: Int) -> Int { max(0, capacityMinutes) * percent / 100 / Knapsack.unitMinutes }
}

/// The exact choice among tasks where those of large accounts may take only a part of the room: the best of each kind for
/// every room, and of all ways to split the room the best.
struct ReservedChoice {
    /// Positions of the chosen tasks, ascending, and the sum of their values.
    typealias Chosen = (tasks: [Int], value: Double)

    private let values: [Double]
    private let units: [Int]
    private let isSmall: [Bool]
    private let small: Knapsack.Table
    private let large: Knapsack.Table

    /// - Parameter room: The most room that is asked for, in units of time.
    init(values: [Double], units: [Int], isSmall: [Bool], room: Int) {
        self.values = values
        self.units = units
        self.isSmall = isSmall
        small = Self.table(values, units, room) { isSmall[$0] }
        large = Self.table(values, units, room) { !isSmall[$0] }
    }

    /// What the small accounts' tasks that fit into a room and are worth their time need together.
    func needOfSmall(in room: Int) -> Int {
        values.indices.filter { isSmall[$0] && values[$0] > 0 && units[$0] <= room }.reduce(0) { $0 + units[$1] }
    }

    /// The best choice in a room of which the large accounts' tasks may take a part.
    func best(in room: Int, largeUpTo limit: Int) -> Chosen {
        Self.best(small, large, room, limit)
    }

    /// The best choice that has a task, which fits.
    func best(with task: Int, in room: Int, largeUpTo limit: Int) -> Chosen {
        let length = units[task]
        let table = Self.table(values, units, room) { isSmall[$0] == isSmall[task] && $0 != task }
        let others =
            isSmall[task]
            ? Self.best(table, large, room - length, limit) : Self.best(small, table, room - length, limit - length)
        return ((others.tasks + [task]).sorted(), others.value + values[task])
    }

    private static func best(_ small: Knapsack.Table, _ large: Knapsack.Table, _ room: Int, _ limit: Int) -> Chosen {
        var forLarge = min(room, limit)
        var value = large.best[forLarge] + small.best[room - forLarge]
        for split in stride(from: forLarge - 1, through: 0, by: -1) {
            let candidate = large.best[split] + small.best[room - split]
            if candidate > value { (forLarge, value) = (split, candidate) }
        }
        return ((large.chosen(in: forLarge) + small.chosen(in: room - forLarge)).sorted(), value)
    }

    /// Of some of the tasks; the others are worth nothing.
    private static func table(
        _ values: [Double], _ units: [Int], _ room: Int, where isMeant: (Int) -> Bool
    ) -> Knapsack.Table {
        Knapsack.Table(
            values: values.indices.map { isMeant($0) ? values[$0] : 0 }, units: units, capacity: room)
    }
}
