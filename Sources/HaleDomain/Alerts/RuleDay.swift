/// What one rule does to all accounts on a day: the life of each alert, its limit and the fleet guard (delivery §1).
package struct RuleDay: Sendable, Hashable {
    /// Name of the alert about a rule that has reached its limit.
    package static let limitRule = "RuleLimitReached"
    /// Name of the alert about a rule that the fleet guard holds.
    package static let heldRule = "RuleHeld"
    /// Name of the alert about a rule of whose alerts the digest alone tells.
    package static let noisyRule = "RuleNoisy"

    /// The alerts after the day, in order of their accounts: those that were open, and the new ones.
    package var steps: [AlertStep]
    /// Where the rule stands afterwards.
    package var standing: RuleStanding
    /// How many alerts would be open where that is more than the limit; nil within it.
    package var alertsOverLimit: Int?
    /// How many accounts would newly fire, where the fleet guard stopped them on this day; nil where it did not.
    package var surge: Int?

    /// Takes a rule through a day; nil for a day that it has seen already.
    /// - Parameters:
    ///   - alerts: Its open alerts by account.
    ///   - readings: Its conditions by account. An open alert whose account is missing cannot be told.
    ///   - scoredAccounts: How many accounts are scored on the day.
    package static func run(
        _ rule: AlertRule, standing: RuleStanding?, alerts: [Int64: Alert], readings: [Int64: ConditionReading],
        scoredAccounts: Int, fleetGuard: FleetGuard = FleetGuard(), on day: Day
    ) -> RuleDay? {
        if let standing, standing.evaluatedOn >= day { return nil }
        var steps: [AlertStep] = []
        for account in Set(alerts.keys).union(readings.keys).sorted() {
            let step = AlertLifecycle.step(
                rule, key: AlertKey(account: account, rule: rule.name), alert: alerts[account],
                reading: readings[account] ?? .unknown, on: day)
            if let step { steps.append(step) }
        }
        var after = standing ?? RuleStanding(firstEvaluatedOn: day, evaluatedOn: day)
        after.evaluatedOn = day
        var result = RuleDay(steps: steps, standing: after)
        result.keepLimit(of: rule)
        result.keepGuard(fleetGuard, scoredAccounts: scoredAccounts, on: day)
        return result
    }

    /// Takes a rule through its newest day again, now that more is known of it; nil for any other day.
    ///
    /// The limit and the fleet guard count what the day brought before and brings now. A rule that somebody released on the
    /// day is not held again on it.
    /// - Parameter alerts: Its open alerts, and those that ended on the day, by account.
    package static func again(
        _ rule: AlertRule, standing: RuleStanding, alerts: [Int64: SeenAlert], readings: [Int64: ConditionReading],
        scoredAccounts: Int, fleetGuard: FleetGuard = FleetGuard(), on day: Day
    ) -> RuleDay? {
        guard standing.evaluatedOn == day else { return nil }
        var steps: [AlertStep] = []
        for account in Set(alerts.keys).union(readings.keys).sorted() {
            let step = AlertLifecycle.again(
                rule, key: AlertKey(account: account, rule: rule.name), seen: alerts[account],
                reading: readings[account] ?? .unknown, on: day)
            if var step {
                step.isNew = alerts[account] == nil
                steps.append(step)
            }
        }
        var result = RuleDay(steps: steps, standing: standing)
        result.keepLimit(of: rule)
        guard standing.releasedOn != day else { return result }
        let fired = alerts.values.count {
            $0.alert.isOpen && $0.alert.firedOn == day && $0.alert.sinceOn > standing.firstEvaluatedOn
        }
        result.keepGuard(fleetGuard, scoredAccounts: scoredAccounts, firedBefore: fired, on: day)
        return result
    }

    /// Opens no new alert where that would be more than the limit; those that are open stay.
    private mutating func keepLimit(of rule: AlertRule) {
        guard let limit = rule.limit else { return }
        let open = steps.count { $0.alert.isOpen }
        guard open > limit else { return }
        alertsOverLimit = open
        steps.removeAll(where: \.isNew)
    }

    /// Lets nothing fire newly while the rule is held, and holds it where too much would. What began on the rule's first
    /// day does not count: a new rule finds everything at once.
    private mutating func keepGuard(
        _ fleetGuard: FleetGuard, scoredAccounts: Int, firedBefore: Int = 0, on day: Day
    ) {
        if standing.heldSince == nil {
            let newly = steps.count { $0.firesNewly && $0.alert.sinceOn > standing.firstEvaluatedOn }
            let counted = newly + firedBefore
            guard newly > 0, fleetGuard.stops(newlyFiring: counted, ofScored: scoredAccounts) else { return }
            surge = counted
            standing.heldSince = day
        }
        for index in steps.indices where steps[index].firesNewly {
            steps[index].alert.state = .pending
            steps[index].alert.firedOn = nil
            steps[index].transition = steps[index].isNew ? AlertTransition(.pending, .heldBack) : nil
        }
    }

    /// Fires the alerts that a held rule kept waiting, once somebody releases it.
    package static func release(_ rule: AlertRule, alerts: [Alert], on day: Day) -> [AlertStep] {
        alerts.compactMap { alert in
            guard alert.key.rule == rule.name, alert.state == .pending, alert.staleSince == nil,
                alert.trueDays >= rule.daysBeforeFiring
            else { return nil }
            var next = alert
            next.state = .firing
            next.firedOn = day
            return AlertStep(next, AlertTransition(.firing, .released))
        }
    }
}
