/// Keeps a progress line from being written more often than people can read it.
package struct ProgressThrottle: Sendable {
    /// The least time between two lines.
    package let interval: Duration
    private var lastShown: ContinuousClock.Instant?

    /// A throttle; the first line is due at once.
    package init(interval: Duration = .milliseconds(100)) {
        self.interval = interval
    }

    /// True when a line is due at `now`, which then counts as shown.
    package mutating func isDue(at now: ContinuousClock.Instant) -> Bool {
        if let lastShown, now - lastShown < interval { return false }
        lastShown = now
        return true
    }
}
