/// A task for one account.
package struct TaskDraft: Sendable, Hashable {
    /// What is known of the account.
    package let account: TaskAccount
    /// Why, the most pressing first; empty where only alerts call for it.
    package let reasons: [TaskReason]
    /// The playbook that says what to do; nil where the first reason does.
    package let playbook: Playbook?
    /// The alerts and the reasons in words.
    package let sentences: [String]
    /// True if the task is to complete what Hale knows.
    package let isDataTask: Bool
    /// Length [minutes].
    package let minutes: Int
    /// Day by which it should be done.
    package let dueOn: Day
    /// What it is worth.
    package let priority: TaskPriority

    /// What to do.
    package var title: String { playbook?.title ?? reasons.first?.title ?? "" }
}

/// Whether an account gets a task.
package enum TaskDecision: Sendable, Hashable {
    /// Nothing calls for one.
    case noReason
    /// The account gets this task.
    case open(TaskDraft)
    /// The task protects less than its time costs; leave the account to digital means.
    case belowCost(TaskDraft)
}

/// Decides on tasks and their order (mathematics §4).
package enum TaskPlanning {
    /// Everything that calls for a task, the most pressing first.
    package static func reasons(
        for account: TaskAccount, asOf: Day, assumptions: TaskAssumptions = TaskAssumptions()
    ) -> [TaskReason] {
        TaskReason.allCases.filter { isDue($0, account, asOf, assumptions) }
    }

    /// Whether an account gets a task: at most one, with all its reasons. An alert that asks for a playbook always opens
    /// one.
    package static func decide(
        _ account: TaskAccount, asOf: Day, assumptions: TaskAssumptions = TaskAssumptions()
    ) -> TaskDecision {
        let replaced = Set(account.calls.flatMap(\.playbook.replaces))
        let reasons = reasons(for: account, asOf: asOf, assumptions: assumptions).filter { !replaced.contains($0) }
        guard !reasons.isEmpty || !account.calls.isEmpty else { return .noReason }
        let data = reasons.filter(\.isData)
        let isData = data.count == reasons.count && account.calls.allSatisfy(\.playbook.isDataTask)
        let task = draft(account, reasons, isData: isData, asOf: asOf, assumptions: assumptions)
        if isData || task.priority.isWorthwhile || !account.calls.isEmpty { return .open(task) }
        guard !data.isEmpty else { return .belowCost(task) }
        // Without a contract nothing seems at stake; what is missing comes first, and the other reasons stay beside
        // it.
        let ordered = data + reasons.filter { !$0.isData }
        return .open(draft(account, ordered, isData: true, asOf: asOf, assumptions: assumptions))
    }

    /// The order of the list: the greatest score first, ties by decision day, then by account; data tasks last.
    package static func isBefore(_ left: TaskDraft, _ right: TaskDraft) -> Bool {
        if left.isDataTask != right.isDataTask { return right.isDataTask }
        if left.priority.score != right.priority.score { return left.priority.score > right.priority.score }
        if left.account.decisionOn != right.account.decisionOn {
            guard let first = left.account.decisionOn else { return false }
            guard let second = right.account.decisionOn else { return true }
            return first < second
        }
        return left.account.accountID < right.account.accountID
    }

    private static func isDue(
        _ reason: TaskReason, _ account: TaskAccount, _ asOf: Day, _ assumptions: TaskAssumptions
    ) -> Bool {
        func isNew(_ since: Day?) -> Bool {
            since.map { (0..<assumptions.newFlagDays).contains(asOf - $0) } ?? false
        }
        // Where too little is known for a score nothing may be read into what is seen; contracts are known.
        if reason.isReadFromScore, account.band == .unknown { return false }
        switch reason {
        case .noticeGiven: return account.noticeGiven
        case .pastDue: return account.contractState == .pastDue
        case .cliff: return isNew(account.flags.cliffSince)
        case .detractor: return isNew(account.flags.detractorSince)
        case .championLeft: return isNew(account.flags.championLeftSince)
        case .bandRed: return account.band == .red
        case .decline: return isNew(account.flags.declineSince)
        case .decisionNear: return isDecisionNear(account, assumptions)
        case .lapsed: return account.contractState == .lapsed
        case .missingContract: return account.contractState == .noContract
        case .unknownBand: return account.band == .unknown
        }
    }

    /// A contract without end has no decision day, and one that is settled, past due or under notice is not waiting
    /// for one.
    private static func isDecisionNear(_ account: TaskAccount, _ assumptions: TaskAssumptions) -> Bool {
        guard account.decisionOn != nil, let days = account.daysToDecision, days <= assumptions.decisionDays
        else { return false }
        switch account.contractState {
        case .running, .windowOpenUnsigned, .evergreen: return true
        case .noContract, .pastDue, .lapsed, .noticeGiven, .lockedIn, .signed: return false
        }
    }

    private static func draft(
        _ account: TaskAccount, _ reasons: [TaskReason], isData: Bool, asOf: Day, assumptions: TaskAssumptions
    ) -> TaskDraft {
        let calls = account.calls.sorted(by: PlaybookCall.isBefore)
        // What is only good to know leads where nothing else calls for somebody.
        let lead =
            calls.first { $0.severity != .info } ?? (reasons.contains { !$0.isData } ? nil : calls.first)
        let minutes = lead?.playbook.minutes ?? assumptions.minutes
        var dueDays = calls.map(\.dueOn)
        if !reasons.isEmpty {
            dueDays.append(dueDay(account, reasons, isData: isData, asOf: asOf, assumptions: assumptions))
        }
        return TaskDraft(
            account: account, reasons: reasons, playbook: lead?.playbook,
            sentences: calls.map(\.sentence) + reasons.map { $0.sentence(of: account, asOf: asOf) },
            isDataTask: isData, minutes: minutes, dueOn: max(asOf, dueDays.min() ?? asOf),
            priority: TaskPriority(
                arr: account.expectedLoss, probabilityChurn: 1, saveRate: assumptions.money.saveRate,
                hours: Double(minutes) / 60, urgency: account.urgency, margin: assumptions.money.margin,
                hourlyCost: assumptions.money.hourlyCost, minimumHours: assumptions.minimumHours))
    }

    /// Today where waiting loses the account, else within the week and not after the decision.
    private static func dueDay(
        _ account: TaskAccount, _ reasons: [TaskReason], isData: Bool, asOf: Day, assumptions: TaskAssumptions
    ) -> Day {
        guard !isData else { return asOf + assumptions.dataDueDays }
        if reasons.contains(where: { $0 == .noticeGiven || $0 == .pastDue || $0 == .cliff }) { return asOf }
        let latest = asOf + assumptions.dueDays
        guard let decision = account.decisionOn else { return latest }
        return max(asOf, min(latest, decision))
    }
}
