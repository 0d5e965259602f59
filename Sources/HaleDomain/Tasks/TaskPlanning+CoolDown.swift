/// What was seen to lately waits (mathematics §4).
extension TaskPlanning {
    /// Whether a reason was seen to and may not come back yet. A flag that is newer than what was done is another one.
    static func isCooling(_ reason: TaskReason, _ account: TaskAccount, asOf: Day) -> Bool {
        guard let ended = account.history.coolingSince(reason.rawValue, on: asOf) else { return false }
        let since: Day? =
            switch reason {
            case .cliff: account.flags.cliffSince
            case .detractor: account.flags.detractorSince
            case .championLeft: account.flags.championLeftSince
            case .decline: account.flags.declineSince
            default: nil
            }
        return since.map { $0 <= ended } ?? true
    }

    /// Whether an alert was seen to and may not come back yet. A critical one that fired since then is another one.
    static func isCooling(_ call: PlaybookCall, _ account: TaskAccount, asOf: Day) -> Bool {
        guard let ended = account.history.coolingSince(call.key, on: asOf) else { return false }
        return call.severity != .critical || call.firedOn <= ended
    }

    /// The day of the contact for which an account gets no new task yet; nil where it may get one. A task that is open
    /// stays, with all that comes to it, and what cannot wait opens one: notice, and a cliff or a critical alert that is
    /// newer than the contact. Dated steps of playbooks never come here: they have their day.
    /// - Parameters:
    ///   - account: With the alerts that were not seen to.
    ///   - reasons: Those that were not seen to.
    static func restingSince(
        _ account: TaskAccount, _ reasons: [TaskReason], asOf: Day, assumptions: TaskAssumptions
    ) -> Day? {
        guard let contact = account.lastContactOn, asOf < contact + assumptions.contactCoolDownDays,
            account.history.openOfAccount == nil
        else { return nil }
        func isCalledFor(_ reason: TaskReason) -> Bool {
            reasons.contains(reason) || account.calls.contains { $0.playbook.replaces.contains(reason) }
        }
        if account.noticeGiven, isCalledFor(.noticeGiven) { return nil }
        if let cliff = account.flags.cliffSince, cliff > contact, isCalledFor(.cliff) { return nil }
        if account.calls.contains(where: { $0.severity == .critical && $0.firedOn > contact }) { return nil }
        return contact
    }
}
