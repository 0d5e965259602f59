/// The alerts about rules themselves: one that a rule has reached its limit, one that it is held (delivery §1, points 7 and
/// 8), and one that people find its alerts to be noise.
package enum RuleNotice {
    /// The alerts about a rule after a day of it.
    /// - Parameters:
    ///   - open: The open alerts about it, by their own rule's name.
    ///   - noise: What people said of its alerts, where that is too bad; else nil.
    package static func steps(
        about rule: AlertRule, after result: RuleDay, open: [String: Alert], scoredAccounts: Int,
        noise: RuleVerdicts? = nil, on day: Day
    ) -> [AlertStep] {
        let limit = result.alertsOverLimit.map {
            AlertTransition.Reason.overLimit(alerts: $0, limit: rule.limit ?? 0)
        }
        let held: AlertTransition.Reason? = result.standing.heldSince.map { _ in
            .surge(accounts: result.surge ?? 0, of: scoredAccounts)
        }
        let noisy = noise.map { AlertTransition.Reason.noisy(useful: $0.useful, of: $0.count) }
        return [
            step(RuleDay.limitRule, about: rule, open[RuleDay.limitRule], reason: limit, over: .withinLimit, on: day),
            step(RuleDay.heldRule, about: rule, open[RuleDay.heldRule], reason: held, over: .released, on: day),
            step(RuleDay.noisyRule, about: rule, open[RuleDay.noisyRule], reason: noisy, over: .noisyNoMore, on: day),
        ].compactMap { $0 }
    }

    /// The end of the alert that a rule is held.
    package static func released(_ alert: Alert, on day: Day) -> AlertStep {
        ended(alert, .released, on: day)
    }

    private static func step(
        _ name: String, about rule: AlertRule, _ alert: Alert?, reason: AlertTransition.Reason?,
        over: AlertTransition.Reason, on day: Day
    ) -> AlertStep? {
        guard let alert else {
            guard let reason else { return nil }
            let new = Alert(
                key: AlertKey(account: AlertKey.noAccount, rule: name, subject: rule.name), state: .firing,
                sinceOn: day, firedOn: day, evaluatedOn: day)
            return AlertStep(new, AlertTransition(.firing, reason), isNew: true)
        }
        guard alert.evaluatedOn < day else { return nil }
        guard reason != nil else { return ended(alert, over, on: day) }
        var next = alert
        next.evaluatedOn = day
        next.trueDays += 1
        return AlertStep(next)
    }

    private static func ended(_ alert: Alert, _ reason: AlertTransition.Reason, on day: Day) -> AlertStep {
        var next = alert
        next.state = .resolved
        next.resolvedOn = max(day, alert.evaluatedOn)
        next.evaluatedOn = max(day, alert.evaluatedOn)
        return AlertStep(next, AlertTransition(.resolved, reason))
    }
}
