/// Constants of tasks (mathematics §4); a playbook has its own length and time.
public struct TaskAssumptions: Sendable, Hashable {
    /// Margin on ARR.
    public var margin = 0.8
    /// Share of churn a task prevents (mean of Beta(6, 14)); assumed until there is a hold-out.
    public var saveRate = 0.30
    /// Cost of an hour of a CSM [major units].
    public var hourlyCost = 80.0
    /// Length of a task [minutes].
    public var minutes = 30
    /// Least length the value of a task is divided by [hours].
    public var minimumHours = 0.25
    /// Days to a decision from which it is a reason for a task [days].
    public var decisionDays = 60
    /// Days for which a flag is new [days].
    public var newFlagDays = 7
    /// Days until a task without a nearer date is due [days].
    public var dueDays = 7
    /// Days until a data task is due [days].
    public var dataDueDays = 14

    /// The defaults of the document.
    public init() {}
}

/// What a task is worth (mathematics §4).
public struct TaskPriority: Sendable, Hashable {
    /// EV, the ARR margin a task is expected to protect [major units].
    public let valueProtected: Double
    /// EV less the cost of the time [major units].
    public let net: Double
    /// (u · EV - cost) per hour, by which tasks are ordered [major units per hour].
    public let score: Double
    /// u · EV - cost, by which a day is planned [major units].
    public let planValue: Double

    /// True if the task protects more than its time costs.
    public var isWorthwhile: Bool { net > 0 }

    /// What a task is worth.
    /// - Parameters:
    ///   - arr: ARR at stake [major units].
    ///   - probabilityChurn: P(the ARR is lost).
    ///   - saveRate: Share of such losses the task prevents.
    ///   - hours: Length of the task.
    ///   - urgency: u; it changes the order only, never the money shown.
    public init(
        arr: Double, probabilityChurn: Double, saveRate: Double, hours: Double, urgency: Double, margin: Double,
        hourlyCost: Double, minimumHours: Double = 0.25
    ) {
        let value = arr * margin * probabilityChurn * saveRate
        let cost = hours * hourlyCost
        valueProtected = value
        net = value - cost
        planValue = urgency * value - cost
        score = planValue / max(hours, minimumHours)
    }
}
