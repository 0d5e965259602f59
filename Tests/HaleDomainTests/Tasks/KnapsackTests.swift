import HaleDomain
import Testing

@Suite struct `The choice of tasks for a day` {
    @Test func `is the best of all choices`() {
        var generator = SplitMix(seed: 4)
        for _ in 0..<200 {
            let count = Int.random(in: 0...10, using: &generator)
            let values = (0..<count).map { _ in Double(Int.random(in: -50...300, using: &generator)) }
            let minutes = (0..<count).map { _ in Int.random(in: 1...100, using: &generator) }
            let capacity = Int.random(in: 0...240, using: &generator)
            var best = 0.0
            for choice in 0..<(1 << count) {
                let tasks = (0..<count).filter { choice & (1 << $0) != 0 }
                let units = tasks.reduce(0) { $0 + (minutes[$1] + 14) / 15 }
                if units <= capacity / 15 { best = max(best, tasks.reduce(0) { $0 + values[$1] }) }
            }
            let found = Knapsack.choose(values: values, minutes: minutes, capacityMinutes: capacity)
            #expect(found.totalValue == best)
            #expect(found.chosen.reduce(0) { $0 + values[$1] } == best)
            #expect(found.chosen.reduce(0) { $0 + (minutes[$1] + 14) / 15 } <= capacity / 15)
            #expect(found.chosen == found.chosen.sorted())
        }
    }

    @Test func `plans a large portfolio`() {
        var generator = SplitMix(seed: 5)
        let values = (0..<300).map { _ in Double.random(in: 1...1000, using: &generator) }
        let found = Knapsack.choose(
            values: values, minutes: values.map { _ in 30 }, capacityMinutes: 2_400)
        // Eighty tasks of equal length fit, so the best eighty are chosen.
        let best = values.sorted(by: >).prefix(80).reduce(0, +)
        #expect(abs(found.totalValue - best) < 1e-6)
    }

    @Test func `is empty without capacity`() {
        #expect(Knapsack.choose(values: [5], minutes: [15], capacityMinutes: 14).chosen == [])
        #expect(Knapsack.choose(values: [5], minutes: [15], capacityMinutes: -60).chosen == [])
    }
}
