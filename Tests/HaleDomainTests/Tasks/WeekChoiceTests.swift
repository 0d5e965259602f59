import HaleDomain
import Testing

@Suite struct `The choice of tasks for a week` {
    /// The best value of any assignment, found by trying them all.
    private static func best(_ items: [WeekChoice.Item], _ capacities: [Int]) -> Double {
        func best(_ position: Int, _ room: [Int]) -> Double {
            guard position < items.count else { return 0 }
            let item = items[position]
            var value = best(position + 1, room)
            for day in item.window where room[day] >= item.units {
                var after = room
                after[day] -= item.units
                value = max(value, item.value + best(position + 1, after))
            }
            return value
        }
        return best(0, capacities)
    }

    private static func some(
        _ counts: ClosedRange<Int>, days: Int, units: ClosedRange<Int>, _ generator: inout SplitMix
    ) -> [WeekChoice.Item] {
        (0..<Int.random(in: counts, using: &generator)).map { _ in
            let first = Int.random(in: 0..<days, using: &generator)
            return WeekChoice.Item(
                value: Double(Int.random(in: -2...30, using: &generator)),
                units: Int.random(in: units, using: &generator),
                window: (Bool.random(using: &generator) ? 0 : first)...Int.random(in: first..<days, using: &generator))
        }
    }

    private static func check(_ days: [Int?], _ items: [WeekChoice.Item], _ capacities: [Int], worth: Double) {
        var room = capacities
        var value = 0.0
        for (item, day) in zip(items, days) {
            guard let day else { continue }
            #expect(item.window.contains(day))
            room[day] -= item.units
            value += item.value
        }
        #expect(room.allSatisfy { $0 >= 0 })
        #expect(value == worth)
    }

    @Test(arguments: [1...3, 1...6, 3...5])
    func `is the best of all plans, with first and last days, whatever the lengths`(units: ClosedRange<Int>) {
        var generator = SplitMix(seed: UInt64(units.lowerBound * 10 + units.upperBound))
        var unpacked = 0
        for _ in 0..<120 {
            let items = Self.some(0...7, days: 3, units: units, &generator)
            let capacities = (0..<3).map { _ in Int.random(in: 0...7, using: &generator) }
            let choice = WeekChoice(items, capacities: capacities)
            let best = Self.best(items, capacities)
            #expect(choice.value == best && choice.isExact)
            Self.check(choice.days, items, capacities, worth: best)
            // The days added up allow more than the days themselves: the search had to decide.
            let together = WeekChoice(
                items.map { .init(value: $0.value, units: $0.units, window: 0...0) },
                capacities: [capacities.reduce(0, +)])
            if together.value > best { unpacked += 1 }
            let early = choice.earliest(Array(items.indices), of: items, capacities: capacities)
            Self.check(early, items, capacities, worth: best)
        }
        #expect(unpacked > 20)
    }

    @Test func `a full week of a CSM is planned exactly`() {
        var generator = SplitMix(seed: 21)
        for _ in 0..<20 {
            // 60 tasks of 15 to 45 minutes for 5 days of 16 quarters of an hour.
            let items = Self.some(60...60, days: 5, units: 1...3, &generator)
            let choice = WeekChoice(items, capacities: [16, 16, 16, 16, 16])
            #expect(choice.isExact && choice.value == choice.bound)
            Self.check(choice.days, items, [16, 16, 16, 16, 16], worth: choice.value)
        }
    }

    @Test func `the first of an order stand as early as they can`() {
        let item = WeekChoice.Item(value: 1, units: 2, window: 0...2)
        let last = WeekChoice.Item(value: 1, units: 2, window: 0...0)
        let items = [item, item, item, last]
        let choice = WeekChoice(items, capacities: [4, 2, 2])
        #expect(choice.value == 4)
        // The one that has to be done on the first day keeps its place there.
        #expect(choice.earliest([2, 1, 0, 3], of: items, capacities: [4, 2, 2]) == [2, 1, 0, 0])
    }

    @Test func `without time or tasks it is empty`() {
        #expect(WeekChoice([], capacities: [3]).days == [])
        let item = WeekChoice.Item(value: 1, units: 2, window: 0...1)
        #expect(WeekChoice([item], capacities: [1, 1]).days == [nil])
        #expect(WeekChoice([item], capacities: [0, 0]).value == 0)
    }
}
