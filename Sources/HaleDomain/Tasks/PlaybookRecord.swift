/// What became of the tasks of a playbook, and what it may be said to save (mathematics §4).
package struct PlaybookRecord: Sendable, Hashable {
    /// Renewals that were decided after a task, and those of them that were renewed.
    package struct Arm: Sendable, Hashable {
        package var decided = 0
        package var kept = 0

        package init(decided: Int = 0, kept: Int = 0) {
            self.decided = decided
            self.kept = kept
        }

        /// Share that was kept; nil where nothing was decided.
        package var share: Double? { decided > 0 ? Double(kept) / Double(decided) : nil }
    }

    /// Decisions in each arm from which a save rate is more than assumed.
    package static let decisionsNeeded = 30

    /// The playbook; empty for tasks that none asked for.
    package var playbook: String
    package var opened = 0
    package var done = 0
    /// Those of the done that a contact completed.
    package var doneByContact = 0
    package var dropped = 0
    package var lapsed = 0
    /// The done tasks by what came of them.
    package var outcomes: [TaskOutcome: Int] = [:]
    /// Time of the done tasks [minutes].
    package var minutes = 0
    /// ARR of the accounts that were saved, when their tasks were last looked at [major units].
    package var savedARR = 0.0
    /// What followed on tasks that were done.
    package var treated = Arm()
    /// What followed where accounts were left alone on purpose.
    package var heldOut = Arm()
    /// Tasks that were held out.
    package var heldOutTasks = 0

    package init(playbook: String) {
        self.playbook = playbook
    }

    /// Tasks whose outcome says whether the account was saved, and those that saved it.
    package var saves: SaveRecord {
        SaveRecord(
            treated: (outcomes[.saved] ?? 0) + (outcomes[.noChange] ?? 0) + (outcomes[.lost] ?? 0),
            saved: outcomes[.saved] ?? 0)
    }

    /// Whether the rate is assumed still: it is not an effect before there is enough in both arms.
    package var isAssumed: Bool {
        min(treated.decided, heldOut.decided) < Self.decisionsNeeded
    }

    /// How much more is kept where the task was done, with a 90 % interval by the normal approximation of two shares with
    /// one success and one failure added to each (Agresti and Caffo); nil while it is assumed.
    package var uplift: (value: Double, low: Double, high: Double)? {
        guard !isAssumed, let first = treated.share, let second = heldOut.share else { return nil }
        func added(_ arm: Arm) -> (share: Double, variance: Double) {
            let count = Double(arm.decided + 2)
            let share = Double(arm.kept + 1) / count
            return (share, share * (1 - share) / count)
        }
        let (left, right) = (added(treated), added(heldOut))
        let middle = left.share - right.share
        let half = 1.6448536269514722 * (left.variance + right.variance).squareRoot()
        return (first - second, max(-1, middle - half), min(1, middle + half))
    }
}

extension SaveRecord {
    /// The 90 % interval of the rate: that of Beta(20 s + saved, 20 (1 - s) + treated - saved).
    package func interval(assuming share: Double) -> (low: Double, high: Double) {
        let first = Self.assumedTasks * share + Double(saved)
        let second = Self.assumedTasks * (1 - share) + Double(treated - saved)
        guard first > 0, second > 0 else { return (share, share) }
        let beta = BetaDistribution(alpha: first, beta: second)
        return (beta.quantile(0.05), beta.quantile(0.95))
    }
}
