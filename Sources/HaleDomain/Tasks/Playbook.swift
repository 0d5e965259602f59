/// What is to be done when an alert asks for it: the template of a task.
public struct Playbook: Sendable, Hashable {
    /// The longest task [minutes].
    public static let maximumMinutes = 480
    /// The longest time to it [days].
    public static let maximumDays = 365

    /// Its name, by which rules ask for it.
    public var name: String
    /// What to do, as the title of the task.
    public var title: String
    /// Length of the task [minutes].
    public var minutes: Int
    /// Days after the alert fired by which it should be done [days].
    public var dueDays: Int
    /// True if the task is to complete what Hale knows; it is shown whatever it is worth.
    public var isDataTask: Bool
    /// Reasons that it stands for: they are not told again beside it.
    public var replaces: [TaskReason]
    /// What to do, step by step.
    public var steps: [String]

    /// A template.
    public init(
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
public struct PlaybookCall: Sendable, Hashable {
    /// The alert's rule.
    public var rule: String
    /// How grave it is.
    public var severity: AlertSeverity
    /// The day on which it fired.
    public var firedOn: Day
    /// The alert in words; nil where the rule has none.
    public var summary: String?
    /// What it asks for.
    public var playbook: Playbook

    /// A firing alert with its playbook.
    public init(rule: String, severity: AlertSeverity, firedOn: Day, summary: String?, playbook: Playbook) {
        self.rule = rule
        self.severity = severity
        self.firedOn = firedOn
        self.summary = summary
        self.playbook = playbook
    }

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
