/// What a task comes from.
package enum TaskOrigin: String, Sendable, Hashable, CaseIterable {
    /// The alerts and reasons of an account, which merge into one task.
    case account
    /// A dated step of a playbook.
    case step
    /// Somebody added it.
    case person
}

/// How a task ended.
package enum TaskEnd: String, Sendable, Hashable, CaseIterable {
    /// Nothing calls for it any more.
    case resolved
    /// Somebody did it, or the contact that completes it took place.
    case done
    /// Somebody decided against it.
    case dropped
    /// Its time is over.
    case lapsed
    /// Its playbook does not apply any more.
    case cancelled
}

/// What came of a task, as whoever did it says.
package enum TaskOutcome: String, Sendable, Hashable, CaseIterable {
    case saved, progress
    case noChange = "no-change"
    case lost
    case notNeeded = "not-needed"
}

/// A task of the past or the present, as far as planning looks back.
package struct TaskRecord: Sendable, Hashable {
    /// Its number.
    package var number: Int64
    package var origin: TaskOrigin
    /// The playbook; empty where a reason says what to do.
    package var playbook: String
    /// The step of the playbook; empty but for a dated one.
    package var step: String
    /// The day that the play is counted from; nil but for a dated step.
    package var occasion: Day?
    /// Names of the alerts and reasons that it stood for.
    package var keys: [String]
    /// The day on which it ended; nil while it is open.
    package var closedOn: Day?
    /// How; nil while it is open.
    package var end: TaskEnd?
    /// The first day on which it may come back for the same reason; nil where nothing keeps it.
    package var blocksUntil: Day?
    /// True if the account was left alone on purpose.
    package var isHeldOut: Bool

    package init(
        number: Int64, origin: TaskOrigin, playbook: String = "", step: String = "", occasion: Day? = nil,
        keys: [String] = [], closedOn: Day? = nil, end: TaskEnd? = nil, blocksUntil: Day? = nil, isHeldOut: Bool = false
    ) {
        self.number = number
        self.origin = origin
        self.playbook = playbook
        self.step = step
        self.occasion = occasion
        self.keys = keys
        self.closedOn = closedOn
        self.end = end
        self.blocksUntil = blocksUntil
        self.isHeldOut = isHeldOut
    }

    /// Whether it is open.
    package var isOpen: Bool { closedOn == nil }
}

extension [TaskRecord] {
    /// The account's open merged task.
    var openOfAccount: TaskRecord? { first { $0.origin == .account && $0.isOpen } }

    /// The newest task that a person ended and that stood for one of some reasons.
    func newestEnded(for keys: [String]) -> TaskRecord? {
        let ended = filter { record in
            record.origin == .account && (record.end == .done || record.end == .dropped)
                && record.keys.contains(where: keys.contains)
        }
        return ended.max { ($0.closedOn ?? .earliest, $0.number) < ($1.closedOn ?? .earliest, $1.number) }
    }

    /// The day on which a task ended that keeps a reason from coming back on a day; nil where none does.
    func coolingSince(_ key: String, on day: Day) -> Day? {
        compactMap { record in
            guard record.origin == .account, record.keys.contains(key), let until = record.blocksUntil, day < until
            else { return nil }
            return record.closedOn
        }.max()
    }

    /// The task of a dated step: of the same occasion, or of one so near that it is the same renewal at another date.
    func record(of playbook: String, _ step: String, near occasion: Day) -> TaskRecord? {
        filter {
            $0.origin == .step && $0.playbook == playbook && $0.step == step
                && abs(($0.occasion ?? .earliest) - occasion) < Self.sameOccasionDays
        }.min { abs(($0.occasion ?? .earliest) - occasion) < abs(($1.occasion ?? .earliest) - occasion) }
    }

    /// Days that the date of a renewal may move without its steps being asked for anew [days].
    private static var sameOccasionDays: Int { 45 }
}
