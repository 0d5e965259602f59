/// An alert as it is, and as it was before the newest day that it has seen.
package struct SeenAlert: Sendable, Hashable {
    package let alert: Alert
    /// The alert before its newest day, where that was kept.
    package let kept: Alert?
    /// Whether a person closed it on its newest day.
    package let isClosed: Bool

    /// An alert with what was kept of it.
    package init(_ alert: Alert, kept: Alert? = nil, isClosed: Bool = false) {
        self.alert = alert
        self.kept = kept
        self.isClosed = isClosed
    }

    /// The alert as it was before a day, its newest; nil where it began on that day.
    ///
    /// Where nothing was kept it follows from the alert itself, up to two things that no later day needs: since when its
    /// condition could not be told, and what hid it.
    package func before(_ day: Day) -> Alert? {
        guard alert.evaluatedOn == day else { return alert }
        guard alert.sinceOn < day else { return nil }
        if let kept { return kept }
        var former = alert
        let held = alert.staleSince == nil && alert.falseSince == nil && alert.resolvedOn == nil
        if held { former.trueDays = max(1, alert.trueDays - 1) }
        if let fired = alert.firedOn, fired >= day { former.firedOn = nil }
        if let first = alert.falseSince, first >= day { former.falseSince = nil }
        former.state = former.firedOn == nil ? .pending : .firing
        former.resolvedOn = nil
        former.staleSince = nil
        former.inhibitedBy = nil
        former.evaluatedOn = max(alert.sinceOn, day - 1)
        return former
    }
}
