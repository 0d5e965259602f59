/// A task for one account.
package struct TaskDraft: Sendable, Hashable {
    /// What is known of the account.
    package let account: TaskAccount
    /// What it comes from.
    package var origin = TaskOrigin.account
    /// The dated step of the playbook; nil for any other task.
    package var due: DueStep?
    /// Why, the most pressing first; empty where only alerts or a date call for it.
    package let reasons: [TaskReason]
    /// The playbook that says what to do; nil where the first reason does.
    package let playbook: Playbook?
    /// The alerts and the reasons in words.
    package let sentences: [String]
    /// Why, in a few words with figures, the most pressing first.
    package var facts: [String] = []
    /// Names of the alerts and reasons that it stands for.
    package var keys: [String] = []
    /// True if the task is to complete what Hale knows.
    package let isDataTask: Bool
    /// Length [minutes].
    package let minutes: Int
    /// Day by which it should be done.
    package let dueOn: Day
    /// Share of losses that it is assumed to prevent beside the account's other tasks.
    package var saveRate: Double
    /// True until enough was decided with the playbook and without it.
    package var isSaveRateAssumed = true
    /// What it is worth.
    package var priority: TaskPriority
    /// The open task that it is; nil for a new one.
    package var record: TaskRecord?
    /// The task that somebody ended and that comes back with it; nil for none.
    package var former: TaskRecord?
    /// True if the account is left alone on purpose.
    package var isHeldOut = false

    /// What to do.
    package var title: String { due?.step.title ?? playbook?.title ?? reasons.first?.title ?? "" }
    /// What to do, line by line.
    package var checklist: [String] { due?.step.checklist ?? playbook?.steps ?? [] }
    /// Who does it.
    package var performer: Performer { due?.step.performer ?? playbook?.performer ?? .owner }

    /// The contacts that complete it.
    package var completedBy: Set<ContactKind> {
        if let due { return due.step.completedBy }
        if let playbook { return playbook.completedBy }
        return isDataTask ? [] : [.call, .meeting]
    }

    /// Days for which it does not come back for the same reason once it is done [days].
    package func coolDownDays(_ assumptions: TaskAssumptions) -> Int {
        playbook?.coolDownDays ?? assumptions.coolDownDays
    }
}

extension TaskDraft: PlannableTask {
    /// A draft is nobody's promise.
    package var isPromise: Bool { false }
    /// A draft knows nothing of its CSM's other accounts.
    package var isOfSmallAccount: Bool { false }

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
}

/// Whether an account gets a task.
package enum TaskDecision: Sendable, Hashable {
    /// Nothing calls for one.
    case noReason
    /// The account gets this task.
    case open(TaskDraft)
    /// The task protects less than its time costs; leave the account to digital means.
    case belowCost(TaskDraft)
    /// All that calls for one was seen to lately.
    case coolingDown
    /// One of us was in touch with the account lately, and nothing that cannot wait came since.
    case contacted(on: Day)
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
        decide(account, replaced: [], asOf: asOf, assumptions: assumptions)
    }

    /// - Parameter replaced: Reasons that dated tasks of the account stand for.
    static func decide(
        _ given: TaskAccount, replaced: Set<TaskReason>, asOf: Day, assumptions: TaskAssumptions
    ) -> TaskDecision {
        var account = given
        let replaced = replaced.union(account.calls.flatMap(\.playbook.replaces))
        let called = reasons(for: account, asOf: asOf, assumptions: assumptions).filter { !replaced.contains($0) }
        guard !called.isEmpty || !account.calls.isEmpty else { return .noReason }
        let reasons = called.filter { !isCooling($0, account, asOf: asOf) }
        account.calls = account.calls.filter { !isCooling($0, account, asOf: asOf) }
        guard !reasons.isEmpty || !account.calls.isEmpty else { return .coolingDown }
        if let contact = restingSince(account, reasons, asOf: asOf, assumptions: assumptions) {
            return .contacted(on: contact)
        }
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
        let saveRate = lead.flatMap { assumptions.saveRate(of: $0.playbook) } ?? assumptions.money.saveRate
        let keys = calls.map(\.key) + reasons.map(\.rawValue)
        let open = account.history.openOfAccount
        return TaskDraft(
            account: account, reasons: reasons, playbook: lead?.playbook,
            sentences: calls.map(\.sentence) + reasons.map { $0.sentence(of: account, asOf: asOf) }, keys: keys,
            isDataTask: isData, minutes: minutes, dueOn: max(asOf, dueDays.min() ?? asOf), saveRate: saveRate,
            isSaveRateAssumed: assumptions.isSaveRateAssumed(of: lead?.playbook),
            priority: assumptions.priority(of: account, minutes: minutes, saveRate: saveRate),
            record: open, former: account.history.newestEnded(for: keys))
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
