import HaleDomain
import Testing

@Suite struct `The time of a day that is kept for small accounts` {
    /// A peer that knows the rule and nothing of how the plan is found: every subset that fits, where the large accounts'
    /// work leaves 15 % of the day, or what the small ones' work needs where that is less.
    private struct Peer {
        let tasks: [PlannedWork]
        let minutes: Int
        var room: Int { minutes / 15 }
        var limit: Int {
            let kept = Int((Double(minutes) * 0.15 / 15).rounded(.down))
            let need = tasks.filter { $0.isOfSmallAccount && $0.worth > 0 && $0.units <= room }.units
            return room - min(kept, need)
        }

        func best(having task: PlannedWork? = nil, keeping: Bool = true, extra: Int = 0) -> Double? {
            let limit = keeping ? limit : room
            return tasks.choices.filter { choice in
                choice.units <= room + extra && choice.filter { !$0.isOfSmallAccount }.units <= limit + extra
                    && (task.map(choice.contains) ?? true)
            }.map(\.worth).max()
        }
    }

    private static func some(_ generator: inout SplitMix) -> [PlannedWork] {
        PlannedWork.some(0...8, &generator).map { given in
            var task = given
            task.isOfSmallAccount = Int.random(in: 0..<3, using: &generator) == 0
            return task
        }
    }

    @Test func `is kept, and the plan is the best of all that keep it`() throws {
        var generator = SplitMix(seed: 41)
        var costly = 0
        for _ in 0..<700 {
            let peer = Peer(tasks: Self.some(&generator), minutes: Int.random(in: 0...240, using: &generator))
            let plan = DayPlan(peer.tasks, capacityMinutes: peer.minutes)
            #expect(plan.planned.worth == peer.best())
            #expect(plan.planned.units <= peer.room)
            #expect(plan.planned.filter { !$0.isOfSmallAccount }.units <= peer.limit)
            #expect(plan.anotherHour.planValue == (try #require(peer.best(extra: 4))) - plan.planned.worth)
            let free = try #require(peer.best(keeping: false))
            if free > plan.planned.worth { costly += 1 }
        }
        // Otherwise the case is not tried.
        #expect(costly > 20)
    }

    @Test func `is told where it cuts a task, and nowhere else`() throws {
        var generator = SplitMix(seed: 42)
        var kept = 0
        for _ in 0..<700 {
            let peer = Peer(tasks: Self.some(&generator), minutes: Int.random(in: 105...240, using: &generator))
            let plan = DayPlan(peer.tasks, capacityMinutes: peer.minutes)
            for cut in plan.cut {
                switch cut.reason {
                case .keptForSmallAccounts:
                    kept += 1
                    #expect(!cut.task.isOfSmallAccount && cut.pushesOut.isEmpty && cut.loss == 0)
                    // With it no plan that keeps the time is better; the best that does not keep it has it.
                    let with = peer.best(having: cut.task)
                    let isInTheFree = peer.best(having: cut.task, keeping: false) == peer.best(keeping: false)
                    #expect(with == nil || isInTheFree)
                    #expect((with ?? 0) <= plan.planned.worth)
                case .outbid:
                    let with = try #require(peer.best(having: cut.task))
                    #expect(cut.loss == plan.planned.worth - with && cut.loss >= 0)
                    let stays = plan.planned.filter { !cut.pushesOut.contains($0) } + [cut.task]
                    #expect(stays.filter { !$0.isOfSmallAccount }.units <= peer.limit && stays.units <= peer.room)
                case .worthLessThanItsTime, .longerThanTheDay, .promisesFirst, .dataLast: break
                }
            }
        }
        #expect(kept > 20)
    }

    private static func small(_ name: String, _ minutes: Int, _ value: Double, isPromise: Bool = false) -> PlannedWork {
        var task = PlannedWork(name, minutes, protecting: value, isPromise: isPromise)
        task.isOfSmallAccount = true
        return task
    }

    /// Eight half hours of large accounts: all of a day of 240 minutes, of which 15 % is 36, two quarters of an hour.
    private static let large = (1...8).map { PlannedWork("large \($0)", 30, protecting: Double(1000 + $0)) }

    @Test func `goes to a small account that is worth less than any large one`() throws {
        let plan = DayPlan(Self.large + [Self.small("small", 30, 10), Self.small("less", 30, 5)], capacityMinutes: 240)
        #expect(plan.planned.names.contains("small") && plan.plannedMinutes == 240)
        #expect(plan.cut.map(\.task.name) == ["large 1", "less"])
        #expect(plan.cut.map(\.reason) == [.keptForSmallAccounts, .outbid])
        // What takes the place of the lesser small one: the better one, as both are small.
        #expect(plan.cut.last?.pushesOut.names == ["small"] && plan.cut.last?.loss == 5)
    }

    @Test func `goes back to large accounts where small ones cannot use it`() {
        // Nothing small, or nothing worth its time, or too little: all of the day, or all but a quarter of an hour.
        #expect(DayPlan(Self.large, capacityMinutes: 240).cut.isEmpty)
        let idle = Self.small("idle", 30, 0)
        #expect(DayPlan(Self.large + [idle], capacityMinutes: 240).planned == Self.large.reversed())
        let quarters = (1...16).map { PlannedWork("large \($0)", 15, protecting: Double(1000 + $0)) }
        let plan = DayPlan(quarters + [Self.small("short", 15, 10)], capacityMinutes: 240)
        #expect(plan.cut.map(\.task.name) == ["large 1"] && plan.cut.map(\.reason) == [.keptForSmallAccounts])
    }

    @Test func `is no more than a part for them: they may take the whole day`() {
        let small = (1...8).map { Self.small("small \($0)", 30, Double($0)) }
        #expect(DayPlan(small, capacityMinutes: 240).planned.count == 8)
        let plan = DayPlan(small + [PlannedWork("large", 30, protecting: 0.5)], capacityMinutes: 240)
        #expect(plan.cut.map(\.task.name) == ["large"] && plan.cut.map(\.reason) == [.outbid])
    }

    @Test func `is nothing in a day that is too short for a quarter of an hour of it`() {
        // 15 % of 90 minutes is less than a quarter of an hour, of 105 minutes it is one.
        let tasks = [PlannedWork("large", 15, protecting: 9), Self.small("small", 15, 1)]
        #expect(DayPlan(tasks, capacityMinutes: 15).planned.names == ["large"])
        let quarters = (1...7).map { PlannedWork("large \($0)", 15, protecting: 9) } + [Self.small("small", 15, 1)]
        #expect(!DayPlan(quarters, capacityMinutes: 90).planned.names.contains("small"))
        #expect(DayPlan(quarters, capacityMinutes: 105).planned.names.contains("small"))
        #expect(DayPlan(tasks, capacityMinutes: 0).planned.isEmpty)
    }

    @Test func `is used by what was promised to a small account`() {
        let promised = Self.small("promised", 30, 0, isPromise: true)
        let plan = DayPlan(Self.large + [promised, Self.small("small", 30, 10)], capacityMinutes: 240)
        #expect(plan.planned.names.contains("promised") && !plan.planned.names.contains("small"))
    }
}
