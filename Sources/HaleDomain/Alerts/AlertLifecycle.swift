/// The life of one alert, day by day (delivery §1, points 1 to 6).
package enum AlertLifecycle {
    /// The alert of a rule for an account after a day; nil where there is none and none begins.
    ///
    /// A day that the alert has seen already, or an earlier one, changes nothing.
    package static func step(
        _ rule: AlertRule, key: AlertKey, alert: Alert?, reading: ConditionReading, on day: Day
    ) -> AlertStep? {
        guard let alert, alert.isOpen else { return begin(rule, key: key, reading: reading, on: day) }
        guard alert.evaluatedOn < day else { return AlertStep(alert) }
        switch alert.state {
        case .pending: return pending(alert, rule, reading, on: day)
        case .firing: return firing(alert, rule, reading, on: day)
        case .resolved: return nil
        }
    }

    /// The alert of a rule for an account after a day that was looked at before, now that more is known of the day; nil
    /// where nothing is to be said of it. What is known again is the same, so that looking a third time changes nothing.
    ///
    /// It is what the day makes of the alert as it was before. What was said on the day already stays said: an alert that
    /// fired and does not hold after all is over, and one that was over and holds after all goes on.
    package static func again(
        _ rule: AlertRule, key: AlertKey, seen: SeenAlert?, reading: ConditionReading, on day: Day
    ) -> AlertStep? {
        guard let seen else { return begin(rule, key: key, reading: reading, on: day) }
        let alert = seen.alert
        guard !seen.isClosed else { return nil }
        guard alert.evaluatedOn == day else {
            return step(rule, key: key, alert: alert, reading: reading, on: day)
        }
        let former = seen.before(day)
        let truth = former?.state == .firing ? reading.sustained : reading.met
        // What cannot be told now was told a while ago.
        guard truth != .unknown else { return alert.isOpen ? AlertStep(alert) : nil }
        let made = step(rule, key: key, alert: former, reading: reading, on: day)
        guard var next = made?.alert else {
            guard alert.isOpen else { return nil }
            var over = alert
            over.state = .resolved
            over.resolvedOn = day
            return AlertStep(over, AlertTransition(alert.state == .firing ? .resolved : .dropped, .failed))
        }
        next.inhibitedBy = alert.inhibitedBy
        switch (alert.state, next.state) {
        case (.resolved, .resolved): return nil
        case (.resolved, _):
            return AlertStep(next, AlertTransition(next.state == .firing ? .firing : .pending, .heldAfterAll))
        case (.firing, .pending):
            // A person let it fire.
            next.state = .firing
            next.firedOn = alert.firedOn
            return AlertStep(next)
        case (.firing, .resolved):
            return AlertStep(next, AlertTransition(.resolved, made?.transition?.reason ?? .failed))
        case (.pending, .firing), (.pending, .resolved): return AlertStep(next, made?.transition)
        case (.firing, .firing), (.pending, .pending): return AlertStep(next)
        }
    }

    /// An open alert after a person closed it, on the day that it has seen last.
    package static func close(_ alert: Alert, by person: String) -> AlertStep {
        var next = alert
        next.state = .resolved
        next.resolvedOn = alert.evaluatedOn
        return AlertStep(next, AlertTransition(.expired, .closed(by: person)))
    }

    private static func begin(
        _ rule: AlertRule, key: AlertKey, reading: ConditionReading, on day: Day
    ) -> AlertStep? {
        guard reading.met == .holds else { return nil }
        let needed = rule.daysBeforeFiring
        let fires = needed <= 1
        let alert = Alert(
            key: key, state: fires ? .firing : .pending, sinceOn: day, firedOn: fires ? day : nil, evaluatedOn: day)
        return AlertStep(
            alert, AlertTransition(fires ? .firing : .pending, .held(days: 1, of: needed)), isNew: true)
    }

    private static func pending(
        _ alert: Alert, _ rule: AlertRule, _ reading: ConditionReading, on day: Day
    ) -> AlertStep {
        guard reading.met != .unknown else { return unknown(alert, on: day) }
        var next = known(alert, on: day)
        guard reading.met == .holds else {
            next.state = .resolved
            next.resolvedOn = day
            return AlertStep(next, AlertTransition(.dropped, .failed))
        }
        next.trueDays += 1
        guard next.trueDays >= rule.daysBeforeFiring else { return AlertStep(next) }
        next.state = .firing
        next.firedOn = day
        return AlertStep(next, AlertTransition(.firing, .held(days: next.trueDays, of: rule.daysBeforeFiring)))
    }

    private static func firing(
        _ alert: Alert, _ rule: AlertRule, _ reading: ConditionReading, on day: Day
    ) -> AlertStep {
        switch reading.sustained {
        case .unknown: return unknown(alert, on: day)
        case .holds:
            var next = known(alert, on: day)
            next.falseSince = nil
            if reading.met == .holds { next.trueDays += 1 }
            return AlertStep(next)
        case .fails:
            var next = known(alert, on: day)
            let first = alert.falseSince ?? day
            next.falseSince = first
            guard day - first >= rule.keepFiringDays else { return AlertStep(next) }
            next.state = .resolved
            next.resolvedOn = day
            return AlertStep(
                next, AlertTransition(.resolved, rule.keepFiringDays > 0 ? .failedSince(first) : .failed))
        }
    }

    private static func known(_ alert: Alert, on day: Day) -> Alert {
        var next = alert
        next.evaluatedOn = day
        next.staleSince = nil
        return next
    }

    /// Nothing changes but the mark; only the first such day is something that happened.
    private static func unknown(_ alert: Alert, on day: Day) -> AlertStep {
        var next = alert
        next.evaluatedOn = day
        guard alert.staleSince == nil else { return AlertStep(next) }
        next.staleSince = alert.evaluatedOn
        return AlertStep(next, AlertTransition(.stale, .unknownSince(alert.evaluatedOn)))
    }
}
