/// The exact choice of tasks for several days, each with its own time, where a task may have a first and a last day.
///
/// The days' times added up, with the last days of the tasks but not their first ones, are a knapsack whose optimum is
/// found exactly and bounds every plan from above. Where its tasks can be laid into the days, nothing is better: so it is
/// almost always, as tasks are short beside a day. Otherwise a search by branch and bound goes on from there; it is exact
/// too, unless it would look at more than ``maximumNodes`` plans, and then ``bound`` says how far off it may be.
package struct WeekChoice: Sendable, Equatable {
    /// A task.
    package struct Item: Sendable, Hashable {
        package var value: Double
        /// Length [units of the knapsack].
        package var units: Int
        /// The days on which it may stand, as positions.
        package var window: ClosedRange<Int>

        package init(value: Double, units: Int, window: ClosedRange<Int>) {
            self.value = value
            self.units = units
            self.window = window
        }
    }

    /// The most plans that the search looks at, and the most tries of laying tasks into days.
    package static let maximumNodes = 100_000

    /// The day of each item, as a position; nil for one that is left out.
    package let days: [Int?]
    /// The values of the items that are not left out.
    package let value: Double
    /// What no plan is worth more than.
    package let bound: Double

    /// Whether no plan is worth more.
    package var isExact: Bool { value >= bound }

    /// The items worth most together that fit into days.
    /// - Parameter capacities: The time of each day [units].
    package init(_ items: [Item], capacities: [Int]) {
        let usable = items.indices.filter { items[$0].value > 0 }
        let given = usable.map { items[$0] }
        let (relaxed, upper) = WeekRelaxation.choose(given, capacities: capacities)
        let found: (days: [Int?], value: Double, isProven: Bool)
        if let days = WeekPacking(given, capacities).days(of: relaxed) {
            found = (days, upper, true)
        } else {
            var search = WeekSearch(given, capacities: capacities, startingWith: relaxed)
            search.run()
            found = (search.bestDays, search.bestValue, search.isComplete)
        }
        var days = [Int?](repeating: nil, count: items.count)
        for (position, item) in usable.enumerated() { days[item] = found.days[position] }
        self.days = days
        value = found.value
        bound = found.isProven ? found.value : upper
    }

    /// The same choice with the items of an order as early as may be, the first of the order first.
    package func earliest(_ order: [Int], of items: [Item], capacities: [Int]) -> [Int?] {
        var current = days
        let packing = WeekPacking(items, capacities)
        var fixed: [Int: Int] = [:]
        let chosen = items.indices.filter { days[$0] != nil }
        for item in order {
            guard let standing = current[item] else { continue }
            for day in items[item].window.lowerBound..<max(items[item].window.lowerBound, standing) {
                fixed[item] = day
                if let better = packing.days(of: chosen, fixed: fixed) {
                    current = better
                    break
                }
            }
            fixed[item] = current[item]
        }
        return current
    }
}

/// The knapsack of all days together, with last days.
private enum WeekRelaxation {
    /// The items worth most that fit into the days up to their last ones, added up; and what they are worth.
    static func choose(_ items: [WeekChoice.Item], capacities: [Int]) -> (chosen: [Int], value: Double) {
        var sums: [Int] = []
        for capacity in capacities { sums.append((sums.last ?? 0) + max(0, capacity)) }
        let whole = sums.last ?? 0
        let order = items.indices.sorted { items[$0].window.upperBound < items[$1].window.upperBound }
        // The greatest worth that takes exactly so much time; nil for none.
        var best = [Double?](repeating: nil, count: whole + 1)
        best[0] = 0
        var isTaken = [Bool](repeating: false, count: items.count * (whole + 1))
        for (row, item) in order.enumerated() {
            let (units, last) = (items[item].units, sums[items[item].window.upperBound])
            for time in stride(from: last, through: units, by: -1) {
                guard let before = best[time - units] else { continue }
                let candidate = before + items[item].value
                if candidate > best[time] ?? -.infinity {
                    best[time] = candidate
                    isTaken[row * (whole + 1) + time] = true
                }
            }
        }
        let value = best.compactMap(\.self).max() ?? 0
        var time = best.firstIndex { $0 == value } ?? 0
        var chosen: [Int] = []
        for row in order.indices.reversed() where isTaken[row * (whole + 1) + time] {
            chosen.append(order[row])
            time -= items[order[row]].units
        }
        return (chosen.sorted(), value)
    }
}

/// Lays items into days.
private struct WeekPacking {
    let items: [WeekChoice.Item]
    let capacities: [Int]

    init(_ items: [WeekChoice.Item], _ capacities: [Int]) {
        self.items = items
        self.capacities = capacities
    }

    /// The days of some items, all of them laid; nil where that cannot be, or is not found within the limit.
    func days(of chosen: [Int], fixed: [Int: Int] = [:]) -> [Int?]? {
        var room = capacities
        var days = [Int?](repeating: nil, count: items.count)
        for (item, day) in fixed {
            room[day] -= items[item].units
            guard room[day] >= 0 else { return nil }
            days[item] = day
        }
        // The least free first, then the longest.
        let open = chosen.filter { fixed[$0] == nil }.sorted {
            let (left, right) = (items[$0], items[$1])
            return (left.window.count, -left.units, $0) < (right.window.count, -right.units, $1)
        }
        var nodes = 0
        return lay(open[...], &room, &days, &nodes) ? days : nil
    }

    private func lay(_ open: ArraySlice<Int>, _ room: inout [Int], _ days: inout [Int?], _ nodes: inout Int) -> Bool {
        guard let item = open.first else { return true }
        nodes += 1
        guard nodes <= WeekChoice.maximumNodes else { return false }
        // The fullest day that takes it leaves the others whole.
        let fitting = items[item].window.filter { room[$0] >= items[item].units }
            .sorted { (room[$0], $0) < (room[$1], $1) }
        for day in fitting {
            room[day] -= items[item].units
            days[item] = day
            if lay(open.dropFirst(), &room, &days, &nodes) { return true }
            room[day] += items[item].units
            days[item] = nil
        }
        return false
    }
}

/// The search by branch and bound.
private struct WeekSearch {
    /// What is left of the week before an item is decided on.
    private struct State: Hashable {
        let item: Int
        let room: [Int]
    }

    let items: [WeekChoice.Item]
    let capacities: [Int]
    private(set) var bestDays: [Int?]
    private(set) var bestValue = 0.0
    private(set) var isComplete = true
    /// The items in the order of their worth a unit.
    private let order: [Int]
    /// What the items from a position on are worth at most in so much time.
    private var bounds: [[Double]]
    private var seen: [State: Double] = [:]
    private var nodes = 0

    init(_ items: [WeekChoice.Item], capacities: [Int], startingWith chosen: [Int]) {
        self.items = items
        self.capacities = capacities.map { max(0, $0) }
        bestDays = [Int?](repeating: nil, count: items.count)
        order = items.indices.sorted {
            items[$0].value * Double(items[$1].units) > items[$1].value * Double(items[$0].units)
        }
        let whole = self.capacities.reduce(0, +)
        bounds = [[Double]](repeating: [Double](repeating: 0, count: whole + 1), count: items.count + 1)
        for position in order.indices.reversed() {
            let item = items[order[position]]
            bounds[position] = bounds[position + 1]
            for time in stride(from: whole, through: item.units, by: -1) {
                bounds[position][time] = max(
                    bounds[position][time], bounds[position + 1][time - item.units] + item.value)
            }
        }
        start(with: chosen)
    }

    /// A first plan: what of a choice can be laid, one after another, then whatever else fits.
    private mutating func start(with chosen: [Int]) {
        var room = capacities
        let preferred = Set(chosen)
        for item in order.filter(preferred.contains) + order.filter({ !preferred.contains($0) }) {
            let fitting = items[item].window.filter { room[$0] >= items[item].units }
            guard let day = fitting.min(by: { (room[$0], $0) < (room[$1], $1) }) else { continue }
            room[day] -= items[item].units
            bestDays[item] = day
            bestValue += items[item].value
        }
    }

    mutating func run() {
        branch(0, capacities, 0, [Int?](repeating: nil, count: items.count))
    }

    private mutating func branch(_ position: Int, _ room: [Int], _ value: Double, _ days: [Int?]) {
        if value > bestValue { (bestValue, bestDays) = (value, days) }
        guard position < order.count, isComplete else { return }
        guard value + bounds[position][room.reduce(0, +)] > bestValue else { return }
        let state = State(item: position, room: room)
        if let before = seen[state], before >= value { return }
        nodes += 1
        guard nodes <= WeekChoice.maximumNodes else {
            isComplete = false
            return
        }
        seen[state] = value
        let item = order[position]
        for day in items[item].window where room[day] >= items[item].units {
            var (after, laid) = (room, days)
            after[day] -= items[item].units
            laid[item] = day
            branch(position + 1, after, value + items[item].value, laid)
        }
        branch(position + 1, room, value, days)
    }
}
