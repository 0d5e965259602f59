import HaleDomain
import Testing

@Suite struct `The plan of a day` {
    /// The best worth of any choice that fits, found by trying them all.
    private static func best(_ tasks: [PlannedWork], _ minutes: Int, having: PlannedWork? = nil) -> Double? {
        tasks.choices.filter { choice in
            choice.units <= max(0, minutes) / 15 && (having.map(choice.contains) ?? true)
        }.map(\.worth).max()
    }

    @Test func `is the best of all choices, and never longer than the day`() {
        var generator = SplitMix(seed: 11)
        for _ in 0..<150 {
            let tasks = PlannedWork.some(0...9, &generator)
            let capacity = Int.random(in: 0...240, using: &generator)
            let plan = DayPlan(tasks, capacityMinutes: capacity)
            #expect(plan.planned.worth == Self.best(tasks, capacity))
            #expect(plan.plannedMinutes <= capacity && plan.planned.units * 15 <= capacity)
            #expect(plan.planned == plan.planned.sorted(by: PlannedWork.isBefore))
            #expect(Set(plan.planned).union(plan.cut.map(\.task)) == Set(tasks) && plan.count == tasks.count)
        }
    }

    @Test func `tells of a cut task what takes its time, and what it would cost`() throws {
        var generator = SplitMix(seed: 12)
        var outbid = 0
        for _ in 0..<150 {
            let tasks = PlannedWork.some(1...9, &generator)
            let capacity = Int.random(in: 0...200, using: &generator)
            let plan = DayPlan(tasks, capacityMinutes: capacity)
            for cut in plan.cut {
                switch cut.reason {
                case .worthLessThanItsTime: #expect(cut.task.worth <= 0)
                case .longerThanTheDay: #expect(cut.task.units * 15 > capacity)
                case .promisesFirst: #expect(cut.task.units > capacity / 15)
                case .dataLast: Issue.record("there is no data task")
                case .keptForSmallAccounts: Issue.record("there is no small account")
                case .outbid:
                    outbid += 1
                    let with = try #require(Self.best(tasks, capacity, having: cut.task))
                    #expect(cut.loss == plan.planned.worth - with && cut.loss >= 0)
                    // What goes for it is planned, and with it all that stays fits, worth no more than before.
                    #expect(!cut.pushesOut.isEmpty && Set(cut.pushesOut).isSubset(of: plan.planned))
                    let stays = plan.planned.filter { !cut.pushesOut.contains($0) } + [cut.task]
                    #expect(stays.units <= capacity / 15 && stays.worth <= plan.planned.worth)
                }
            }
        }
        #expect(outbid > 200)
    }

    @Test func `prices another hour`() throws {
        var generator = SplitMix(seed: 13)
        for _ in 0..<150 {
            let tasks = PlannedWork.some(0...9, &generator)
            let capacity = Int.random(in: 0...200, using: &generator)
            let plan = DayPlan(tasks, capacityMinutes: capacity)
            let longer = try #require(Self.best(tasks, capacity + 60))
            #expect(plan.anotherHour.planValue == longer - plan.planned.worth && plan.anotherHour.planValue >= 0)
        }
        let tasks = [
            PlannedWork("a", 60, protecting: 500, urgency: 2), PlannedWork("b", 60, protecting: 900),
            PlannedWork("c", 30, protecting: 100),
        ]
        // 1 000 beats 900; with an hour more both fit, which protects 900 more and is worth 900 more.
        let hour = DayPlan(tasks, capacityMinutes: 60).anotherHour
        #expect(hour.planValue == 900 && hour.valueProtected == 900)
        #expect(DayPlan(tasks, capacityMinutes: 150).anotherHour.planValue == 0)
    }

    @Test func `a task that protects more gives way to a more urgent one, and both are named`() throws {
        let tasks = [
            PlannedWork("urgent", 30, protecting: 500, urgency: 3), PlannedWork("large", 30, protecting: 900),
        ]
        let plan = DayPlan(tasks, capacityMinutes: 30)
        #expect(plan.planned.names == ["urgent"])
        let cut = try #require(plan.cut.first)
        #expect(cut.reason == .outbid && cut.pushesOut.names == ["urgent"] && cut.loss == 600)
    }

    @Test func `a long task is outbid by several that are worth less an hour but fill the day`() throws {
        // 90 minutes: the long task is worth most an hour, and leaves half an hour in which nothing fits.
        let tasks = [
            PlannedWork("long", 60, protecting: 650), PlannedWork("one", 45, protecting: 400),
            PlannedWork("two", 45, protecting: 400),
        ]
        let plan = DayPlan(tasks, capacityMinutes: 90)
        #expect(plan.planned.names == ["one", "two"])
        let cut = try #require(plan.cut.first)
        #expect(cut.pushesOut.names == ["one", "two"] && cut.loss == 150)
    }

    @Test func `what was promised comes first, data tasks come last`() {
        let tasks = [
            PlannedWork("promised", 45, protecting: 0, isPromise: true), PlannedWork("large", 30, protecting: 900),
            PlannedWork("data", 15, protecting: 0, isDataTask: true),
        ]
        #expect(DayPlan(tasks, capacityMinutes: 90).planned.names == ["promised", "large", "data"])
        let short = DayPlan(tasks, capacityMinutes: 60)
        #expect(short.planned.names == ["promised", "data"])
        #expect(short.cut.map(\.reason) == [.promisesFirst])
        let full = DayPlan(tasks, capacityMinutes: 75)
        #expect(full.cut.map(\.reason) == [.dataLast] && full.cut.map(\.task.name) == ["data"])
    }
}
