/// What is to be done when an alert asks for it: the template of a task.
package struct Playbook: Sendable, Hashable {
    /// The longest task [minutes].
    package static let maximumMinutes = 480
    /// The longest time to it [days].
    package static let maximumDays = 365

    /// Its name, by which rules ask for it.
    package var name: String
    /// What to do, as the title of the task.
    package var title: String
    /// Length of the task [minutes].
    package var minutes: Int
    /// Days after the alert fired by which it should be done [days].
    package var dueDays: Int
    /// True if the task is to complete what Hale knows; it is shown whatever it is worth.
    package var isDataTask: Bool
    /// Reasons that it stands for: they are not told again beside it.
    package var replaces: [TaskReason]
    /// What to do, step by step.
    package var steps: [String]
    /// The tasks that open by their dates, in the order of the file.
    package var plan: [PlayStep] = []
    /// Who does the task that an alert asks for.
    package var performer = Performer.owner
    /// The contacts that complete the task that an alert asks for.
    package var completedBy: Set<ContactKind> = []
    /// States of the contract in which its dated tasks are not called for.
    package var cancelledIn: Set<ContractState> = []
    /// The accounts that its dated tasks are for.
    package var audience = PlayAudience()
    /// Days for which a done task does not come back for the same reason [days].
    package var coolDownDays = Playbook.usualCoolDownDays
    /// Share of losses that it is assumed to prevent; nil for the organisation's own.
    package var saveRate: Double?
    /// Where accounts are left alone on purpose; nil for nowhere.
    package var holdOut: HoldOut?

    /// Days for which a done task of a playbook does not come back (mathematics §4) [days].
    package static let usualCoolDownDays = 60

    /// A template.
    package init(
        name: String, title: String, minutes: Int = TaskAssumptions().minutes, dueDays: Int = TaskAssumptions().dueDays,
        isDataTask: Bool = false, replaces: [TaskReason] = [], steps: [String] = []
    ) {
        self.name = name
        self.title = title
        self.minutes = minutes
        self.dueDays = dueDays
        self.isDataTask = isDataTask
        self.replaces = replaces
        self.steps = steps
    }
}

/// A firing alert that asks for a playbook.
package struct PlaybookCall: Sendable, Hashable {
    /// The alert's rule.
    package var rule: String
    /// How grave it is.
    package var severity: AlertSeverity
    /// The day on which it fired.
    package var firedOn: Day
    /// The alert in words; nil where the rule has none.
    package var summary: String?
    /// What it asks for.
    package var playbook: Playbook

    /// A firing alert with its playbook.
    package init(rule: String, severity: AlertSeverity, firedOn: Day, summary: String?, playbook: Playbook) {
        self.rule = rule
        self.severity = severity
        self.firedOn = firedOn
        self.summary = summary
        self.playbook = playbook
    }

    /// The alert's name among the reasons of a task.
    var key: String { "alert:\(rule)" }

    /// Day by which its task should be done.
    var dueOn: Day { firedOn + playbook.dueDays }

    /// The alert in words, as a sentence.
    var sentence: String {
        guard let summary, let last = summary.last else { return "The alert \(rule) fires." }
        return ".!?".contains(last) ? summary : summary + "."
    }

    /// The order in which alerts are seen to: data tasks last, the gravest first, then the oldest.
    static func isBefore(_ left: PlaybookCall, _ right: PlaybookCall) -> Bool {
        func key(_ call: PlaybookCall) -> (Int, Int, Day, String) {
            let grave = AlertSeverity.allCases.firstIndex(of: call.severity) ?? 0
            return (call.playbook.isDataTask ? 1 : 0, -grave, call.firedOn, call.rule)
        }
        return key(left) < key(right)
    }
}
