import HaleDomain

/// A task of a name, a length and a worth, for the tests of plans.
struct PlannedWork: PlannableTask {
    let name: String
    let minutes: Int
    var isDataTask = false
    var isPromise = false
    var isOfSmallAccount = false
    var isLongUntouched = false
    let priority: TaskPriority
    /// The last day on which it is in time.
    var dueOn = Day(daysSince2000: 10_000)
    var decisionOn: Day?

    /// - Parameter value: What it protects [major units].
    init(
        _ name: String, _ minutes: Int, protecting value: Double, urgency: Double = 1, isDataTask: Bool = false,
        isPromise: Bool = false
    ) {
        self.name = name
        self.minutes = minutes
        self.isDataTask = isDataTask
        self.isPromise = isPromise
        // An hour costs nothing here, so that the worth is urgency times value.
        priority = TaskPriority(
            arr: value, probabilityChurn: 1, saveRate: 1, hours: Double(minutes) / 60, urgency: urgency, margin: 1,
            hourlyCost: 0)
    }

    /// The greatest worth an hour first.
    static func isBefore(_ left: PlannedWork, _ right: PlannedWork) -> Bool {
        if left.isDataTask != right.isDataTask { return right.isDataTask }
        if left.priority.score != right.priority.score { return left.priority.score > right.priority.score }
        return left.name < right.name
    }

    /// Tasks of whole values, so that sums are exact.
    static func some(_ counts: ClosedRange<Int>, _ generator: inout SplitMix) -> [PlannedWork] {
        (0..<Int.random(in: counts, using: &generator)).map { number in
            PlannedWork(
                "t\(number)", Int.random(in: 1...100, using: &generator),
                protecting: Double(Int.random(in: 0...60, using: &generator)),
                urgency: Double(Int.random(in: 1...3, using: &generator)))
        }
    }

    /// Units of a quarter of an hour that it takes.
    var units: Int { (minutes + 14) / 15 }
    var worth: Double { priority.planValue }
}

extension [PlannedWork] {
    var worth: Double { reduce(0) { $0 + $1.worth } }
    var units: Int { reduce(0) { $0 + $1.units } }
    var names: [String] { map(\.name) }

    /// Every choice among them.
    var choices: [[PlannedWork]] {
        (0..<(1 << count)).map { choice in indices.filter { choice & (1 << $0) != 0 }.map { self[$0] } }
    }
}
