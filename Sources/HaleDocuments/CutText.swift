import HaleDomain
import HaleOutput

extension DayPlan<ListedTask>.Cut {
    /// Why the task is left out, in a few words with what decided it.
    var sentence: String {
        switch reason {
        case .outbid: outbid
        case .promisesFirst: "What was promised for today leaves too little time."
        case .dataLast: "No time is left: data tasks come last."
        case .longerThanTheDay: "Longer than the time there is today."
        case .worthLessThanItsTime:
            "Worth less than its \(task.minutes) minutes at urgency \(Self.urgency(task.urgency))."
        }
    }

    private var outbid: String {
        let worth = task.priority
        guard let first = pushesOut.first else { return "No time left." }
        guard pushesOut.count == 1 else {
            let total = pushesOut.reduce(0) { $0 + $1.priority.planValue }
            let names =
                pushesOut.count == 2
                ? "\(first.accountName) and \(pushesOut[1].accountName) take"
                : "\(first.accountName) and \(pushesOut.count - 1) others take"
            return "\(names) its time: worth \(Self.amount(total)) together, this one \(Self.amount(worth.planValue))."
        }
        let other = first.priority
        let isMoreAnHour = other.score >= worth.score
        let (more, less) = isMoreAnHour ? (other.score, worth.score) : (other.planValue, worth.planValue)
        let urgent =
            other.valueProtected < worth.valueProtected
            ? "; less money, more urgent (\(Self.urgency(first.urgency)) to \(Self.urgency(task.urgency)))" : ""
        return "\(first.accountName) takes its time: worth \(Self.amount(more))\(isMoreAnHour ? " an hour" : ""), "
            + "this one \(Self.amount(less))\(urgent)."
    }

    private static func amount(_ value: Double) -> String { NumberText.fixed(value, decimals: 0) }

    private static func urgency(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
}
