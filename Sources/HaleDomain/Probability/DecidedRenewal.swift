/// What was decided about a term's end.
package enum RenewalOutcome: String, Sendable, Hashable, CaseIterable {
    /// The customer stays.
    case renewed
    /// The customer leaves.
    case lost
}

/// A renewal that was decided, with what the score said of its account some time before.
package struct DecidedRenewal: Sendable, Hashable {
    /// The day on which it was decided.
    package var decidedOn: Day
    /// The day on which it was due; a term that was cut short was decided before.
    package var dueOn: Day
    /// Whether it was renewed; else lost.
    package var isRenewed: Bool
    /// The renewals that it shares a rate with.
    package var group: RenewalGroup
    /// Which renewal of its account and product it was: 1 for the first.
    package var number: Int
    /// How far the score lay from the mean of all accounts [standard deviations of the score].
    package var score: Double
    /// The points of each dimension of the model less their mean over all accounts [standard deviations of the score]:
    /// together with the clips about `score`.
    package var dimensions: [Double]

    package init(
        decidedOn: Day, dueOn: Day? = nil, isRenewed: Bool, group: RenewalGroup = RenewalGroup(segment: nil),
        number: Int = 1,
        score: Double, dimensions: [Double]
    ) {
        self.decidedOn = decidedOn
        self.dueOn = dueOn ?? decidedOn
        self.isRenewed = isRenewed
        self.group = group
        self.number = number
        self.score = score
        self.dimensions = dimensions
    }

    /// The same, as a rate counts it: a term that was cut short from its date on, beside those of the same date that went
    /// on. Earlier, a young book would show its losses and not its survivors.
    package var countedWhenDue: DecidedRenewal {
        var renewal = self
        renewal.decidedOn = max(decidedOn, dueOn)
        return renewal
    }
}
