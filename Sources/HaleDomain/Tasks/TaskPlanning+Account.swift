extension TaskPlanning {
    /// All tasks that an account calls for on a day: at most one of its alerts and reasons, and one for each dated step
    /// whose day has come and that nobody has ended. Together they never protect more than is at stake: the k-th counts
    /// what the others before it leave.
    package static func drafts(
        for account: TaskAccount, playbooks: [Playbook], asOf day: Day, assumptions: TaskAssumptions = TaskAssumptions()
    ) -> [TaskDraft] {
        let dueSteps = StepPlanning.dueSteps(of: playbooks, for: account, asOf: day)
        // A play stands for its reasons while it runs, also when its step was done.
        let replaced = Set(
            dueSteps.filter { $0.playbook.audience.contains(account, on: day) }.flatMap(\.playbook.replaces))
        var drafts: [TaskDraft] = []
        if case .open(let draft) = decide(account, replaced: replaced, asOf: day, assumptions: assumptions) {
            drafts.append(draft)
        }
        drafts += dueSteps.compactMap { draft(account, $0, asOf: day, assumptions: assumptions) }
        return sharingTheStake(drafts, assumptions: assumptions)
    }

    /// The task of a dated step; nil where it was ended.
    private static func draft(
        _ account: TaskAccount, _ due: DueStep, asOf day: Day, assumptions: TaskAssumptions
    ) -> TaskDraft? {
        let record = account.history.record(of: due.playbook.name, due.step.name, near: due.occasion)
        if let record, !record.isOpen, record.end != .cancelled { return nil }
        // Whom it is for is asked when it opens; one that is open is seen through.
        guard record?.isOpen ?? false || due.playbook.audience.contains(account, on: day) else { return nil }
        let saveRate = assumptions.saveRate(of: due.playbook)
        let priority = assumptions.priority(of: account, minutes: due.step.minutes, saveRate: saveRate)
        return TaskDraft(
            account: account, origin: .step, due: due, reasons: [], playbook: due.playbook,
            sentences: [due.sentence(asOf: day)], keys: ["step:\(due.playbook.name)/\(due.step.name)"],
            isDataTask: due.playbook.isDataTask, minutes: due.step.minutes,
            dueOn: max(day, due.opensOn + due.playbook.dueDays), saveRate: saveRate,
            isSaveRateAssumed: assumptions.isSaveRateAssumed(of: due.playbook), priority: priority, record: record,
            isHeldOut: record?.isHeldOut
                ?? due.playbook.holdOut?.holds(
                    account: account.accountID, playbook: due.playbook.name, occasion: due.occasion,
                    valueProtected: priority.valueProtected) ?? false)
    }

    private static func sharingTheStake(_ drafts: [TaskDraft], assumptions: TaskAssumptions) -> [TaskDraft] {
        guard drafts.count > 1 else { return drafts }
        var left = 1.0
        return drafts.sorted { $0.saveRate > $1.saveRate }.map { draft in
            var draft = draft
            let rate = draft.saveRate
            draft.saveRate = rate * left
            left *= 1 - rate
            draft.priority = assumptions.priority(
                of: draft.account, minutes: draft.minutes, saveRate: draft.saveRate)
            return draft
        }
    }
}

extension DueStep {
    /// Why it is due, in words.
    func sentence(asOf day: Day) -> String {
        let since = day - occasion
        switch step.at.anchor {
        case .alert: return "\(since) \(since == 1 ? "day" : "days") after the alert."
        case .decision:
            if since > 0 { return "The renewal was to be decided by \(occasion)." }
            return since == 0 ? "The renewal is decided today." : "The renewal is decided on \(occasion)."
        case .start: return "Customer since \(occasion)."
        case .quarter: return "A quarter is over on \(occasion)."
        }
    }
}
