/// Constants of tasks (mathematics §4); a playbook has its own length and time.
package struct TaskAssumptions: Sendable, Hashable {
    /// What is assumed of money.
    package var money: MoneyAssumptions
    /// Length of a task [minutes].
    package var minutes = 30
    /// Least length the value of a task is divided by [hours].
    package var minimumHours = 0.25
    /// Days to a decision from which it is a reason for a task [days].
    package var decisionDays = 60
    /// Days for which a flag is new [days].
    package var newFlagDays = 7
    /// Days until a task without a nearer date is due [days].
    package var dueDays = 7
    /// Days until a data task is due [days].
    package var dataDueDays = 14
    /// Days for which a done task without a playbook does not come back for the same reason [days].
    package var coolDownDays = 14
    /// Days for which an account gets no new task after one of us was in touch with it [days].
    package var contactCoolDownDays = 14
    /// What was learnt of playbooks: how many of their tasks were done with an outcome, and how many saved the account.
    package var learnt: [String: SaveRecord] = [:]
    /// The playbooks whose save rate is more than assumed: enough was decided with their tasks and without.
    package var established: Set<String> = []

    /// The defaults of the document, but for what is assumed of money.
    package init(money: MoneyAssumptions = MoneyAssumptions()) {
        self.money = money
    }
}

extension TaskAssumptions {
    /// Share of losses that a playbook prevents: what is assumed of it, moved by what was learnt.
    package func saveRate(of playbook: Playbook) -> Double {
        (learnt[playbook.name] ?? SaveRecord()).rate(assuming: playbook.saveRate ?? money.saveRate)
    }

    /// Whether the save rate of a task is assumed still; that of a task without a playbook always is.
    package func isSaveRateAssumed(of playbook: Playbook?) -> Bool {
        playbook.map { !established.contains($0.name) } ?? true
    }

    /// What a task of an account is worth.
    package func priority(of account: TaskAccount, minutes: Int, saveRate: Double) -> TaskPriority {
        TaskPriority(
            arr: account.expectedLoss, probabilityChurn: 1, saveRate: saveRate, hours: Double(minutes) / 60,
            urgency: account.urgency, margin: money.margin, hourlyCost: money.hourlyCost, minimumHours: minimumHours)
    }
}

/// What came of the tasks of a playbook.
package struct SaveRecord: Sendable, Hashable {
    /// Tasks that the assumption counts for (the weight of Beta(6, 14)).
    package static let assumedTasks = 20.0

    /// Tasks done of which is known whether they saved the account.
    package var treated = 0
    /// Those that did.
    package var saved = 0

    package init(treated: Int = 0, saved: Int = 0) {
        self.treated = treated
        self.saved = saved
    }

    /// (6 + saved) / (20 + treated) where 0.3 is assumed.
    package func rate(assuming share: Double) -> Double {
        (Self.assumedTasks * share + Double(saved)) / (Self.assumedTasks + Double(treated))
    }
}

/// What a task is worth (mathematics §4).
package struct TaskPriority: Sendable, Hashable {
    /// EV, the ARR margin a task is expected to protect [major units].
    package let valueProtected: Double
    /// EV less the cost of the time [major units].
    package let net: Double
    /// (u · EV - cost) per hour, by which tasks are ordered [major units per hour].
    package let score: Double
    /// u · EV - cost, by which a day is planned [major units].
    package let planValue: Double

    /// True if the task protects more than its time costs.
    package var isWorthwhile: Bool { net > 0 }

    /// What a stored task is worth; the database works it out by the same formula, for lists and for analysts.
    package init(valueProtected: Double, net: Double, score: Double, planValue: Double) {
        self.valueProtected = valueProtected
        self.net = net
        self.score = score
        self.planValue = planValue
    }

    /// What a task is worth.
    /// - Parameters:
    ///   - arr: ARR at stake [major units].
    ///   - probabilityChurn: P(the ARR is lost).
    ///   - saveRate: Share of such losses the task prevents.
    ///   - hours: Length of the task.
    ///   - urgency: u; it changes the order only, never the money shown.
    package init(
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
