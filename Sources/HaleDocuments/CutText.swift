import HaleDomain
import HaleOutput

extension DayPlan<ListedTask>.Cut {
    /// Why the task is left out, in a few words with what decided it; its own priority stands beside.
    var sentence: String {
        switch reason {
        case .outbid: outbid
        case .keptForSmallAccounts: "The time kept for small accounts leaves too little for it."
        case .promisesFirst: "What was promised for today leaves too little time."
        case .dataLast: "No time is left, and what protects money comes first."
        case .longerThanTheDay: "Longer than the time there is today."
        case .worthLessThanItsTime:
            "Worth less than its \(task.minutes) minutes, at urgency \(Self.urgency(task.urgency))."
        }
    }

    /// What is planned in its place: worth more an hour, or more together as it fills the time better; and that it is more
    /// urgent, where it protects less money.
    private var outbid: String {
        let least = pushesOut.map(\.priority.score).min() ?? 0
        var text = "Planned instead: \(names), "
        if least >= task.priority.score {
            text += "\(Self.amount(least)) an hour" + (pushesOut.count > 1 ? " or more" : "")
        } else {
            let together = pushesOut.reduce(0) { $0 + $1.priority.planValue }
            text += "worth \(Self.amount(together)), this one \(Self.amount(task.priority.planValue))"
        }
        let protects = pushesOut.reduce(0) { $0 + $1.priority.valueProtected }
        let urgencies = pushesOut.map(\.urgency)
        if protects < task.priority.valueProtected, let least = urgencies.min(), least > task.urgency {
            text += "; less money, but urgency \(Self.urgency(least)) to \(Self.urgency(task.urgency))"
        }
        return text + "."
    }

    /// The tasks that it would push out, by their numbers, which stand in the list above; their accounts on a day whose
    /// tasks were never stored.
    private var names: String {
        pushesOut.prefix(Self.shownTasks).map { $0.number.map { "#\($0)" } ?? $0.accountName }
            .joined(separator: ", ") + (pushesOut.count > Self.shownTasks ? " …" : "")
    }

    private static var shownTasks: Int { 3 }

    private static func amount(_ value: Double) -> String { NumberText.fixed(value, decimals: 0) }

    private static func urgency(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
}
