import HaleDomain
import Testing

extension PlannedWork: SchedulableTask {
    var notBefore: Day? { nil }
    var notAfter: Day? { nil }
}

/// 2026-03-02, a Monday.
private let monday = Day(daysSince2000: 9_557)

@Suite struct `The plan of a week` {
    private static func week(_ minutes: Int...) -> [WeekPlan<PlannedWork>.Slot] {
        minutes.enumerated().map { WeekPlan.Slot(day: monday + $0, capacityMinutes: $1) }
    }

    private static func work(
        _ name: String, _ minutes: Int, _ value: Double, due: Int = 30, decision: Int? = nil, isData: Bool = false,
        isPromise: Bool = false
    ) -> PlannedWork {
        var work = PlannedWork(name, minutes, protecting: value, isDataTask: isData, isPromise: isPromise)
        work.dueOn = monday + due
        work.decisionOn = decision.map { monday + $0 }
        return work
    }

    @Test func `has each task once, within the time of its day, by its due day and its decision`() throws {
        var generator = SplitMix(seed: 31)
        for _ in 0..<100 {
            let tasks = PlannedWork.some(0...12, &generator).map { given in
                var task = given
                task.dueOn = monday + Int.random(in: -3...8, using: &generator)
                task.decisionOn =
                    Bool.random(using: &generator) ? monday + Int.random(in: 0...9, using: &generator) : nil
                return task
            }
            let slots = Self.week(60, 0, 90, 45, 120)
            let plan = WeekPlan(tasks, slots: slots)
            #expect(plan.days.map(\.slot) == slots)
            for day in plan.days {
                #expect(day.planned.units * 15 <= day.slot.capacityMinutes)
                #expect(day.plannedMinutes <= day.slot.capacityMinutes)
                #expect(day.planned == day.planned.sorted(by: PlannedWork.isBefore))
                for task in day.planned {
                    #expect(day.slot.day <= task.decisionOn ?? .latest)
                    #expect(task.dueOn < monday || day.slot.day <= task.dueOn || plan.late.contains(task))
                }
            }
            let everything = plan.days.flatMap(\.planned) + plan.cut
            #expect(everything.count == tasks.count && Set(everything) == Set(tasks) && plan.gap == 0)
        }
    }

    @Test func `is worth as much as any plan that respects the due days`() {
        var generator = SplitMix(seed: 32)
        for _ in 0..<60 {
            let tasks = PlannedWork.some(0...6, &generator).map { given in
                var task = given
                task.dueOn = monday + Int.random(in: 0...3, using: &generator)
                return task
            }
            let plan = WeekPlan(tasks, slots: Self.week(60, 90, 75))
            let inTime = plan.days.flatMap(\.planned).filter { !plan.late.contains($0) }
            #expect(inTime.worth == Self.best(tasks[...], [4, 6, 5]))
        }
    }

    /// The best worth of any plan in time, found by trying them all.
    private static func best(_ tasks: ArraySlice<PlannedWork>, _ room: [Int]) -> Double {
        guard let task = tasks.first else { return 0 }
        var value = best(tasks.dropFirst(), room)
        for day in room.indices where monday + day <= task.dueOn && room[day] >= task.units {
            var after = room
            after[day] -= task.units
            value = max(value, max(0, task.worth) + best(tasks.dropFirst(), after))
        }
        return value
    }

    @Test func `what is worth most stands first, and what is due today keeps its place`() {
        let plan = WeekPlan(
            [
                Self.work("large", 60, 900), Self.work("today", 60, 100, due: 0), Self.work("middle", 60, 500),
                Self.work("small", 60, 50),
            ], slots: Self.week(60, 60, 60))
        #expect(plan.days.map { $0.planned.names } == [["today"], ["large"], ["middle"]])
        #expect(plan.cut.names == ["small"] && plan.late.isEmpty)
    }

    @Test func `what cannot be done in time stands where time is left, but never after the decision`() {
        let plan = WeekPlan(
            [
                Self.work("first", 60, 900, due: 0), Self.work("second", 60, 500, due: 0),
                Self.work("decided", 60, 800, due: 0, decision: 0), Self.work("overdue", 30, 100, due: -5),
            ], slots: Self.week(60, 90))
        #expect(plan.days.map { $0.planned.names } == [["first"], ["second", "overdue"]])
        #expect(Set(plan.late.map(\.name)) == ["second"] && plan.cut.names == ["decided"])
    }

    @Test func `what was promised comes first, and data tasks come last`() {
        let plan = WeekPlan(
            [
                Self.work("promised", 60, 0, due: 1, isPromise: true), Self.work("large", 60, 900, due: 1),
                Self.work("huge", 60, 5_000, due: 1), Self.work("data", 30, 0, isData: true),
            ], slots: Self.week(60, 60, 30))
        #expect(Set(plan.days.flatMap { $0.planned.names }) == ["promised", "huge", "data"])
        #expect(plan.cut.names == ["large"])
    }

    @Test func `a red account that nobody spoke to for long comes after promises and before what is worth more`() {
        func plan(_ isLong: Bool) -> WeekPlan<PlannedWork> {
            var untouched = Self.work("untouched", 60, 10)
            untouched.isLongUntouched = isLong
            return WeekPlan(
                [
                    Self.work("promised", 60, 0, isPromise: true), Self.work("huge", 60, 5_000),
                    Self.work("large", 60, 900), untouched,
                ], slots: Self.week(60, 60))
        }
        #expect(Set(plan(true).days.flatMap { $0.planned.names }) == ["promised", "untouched"])
        #expect(Set(plan(false).days.flatMap { $0.planned.names }) == ["promised", "huge"])
    }

    @Test func `without days everything is cut`() {
        let plan = WeekPlan([Self.work("a", 30, 5)], slots: [])
        #expect(plan.days.isEmpty && plan.cut.names == ["a"])
    }

    @Test func `working days know weekends and holidays`() {
        let calendar = BusinessCalendar(holidays: ["NL": [monday, monday + 4]])
        #expect(calendar.businessDay(before: monday, country: nil) == monday - 3)
        #expect(calendar.businessDay(before: monday + 1, country: "NL") == monday - 3)
        #expect(calendar.businessDay(before: monday + 1, country: "DE") == monday)
        let days = calendar.businessDays(from: monday, count: 5, country: "NL")
        #expect(days == [monday + 1, monday + 2, monday + 3, monday + 7, monday + 8])
        #expect(calendar.businessDays(from: monday + 5, count: 1, country: nil) == [monday + 7])
    }
}
