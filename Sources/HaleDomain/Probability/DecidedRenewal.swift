/// A renewal that was decided, with what the score said of its account some time before.
public struct DecidedRenewal: Sendable, Hashable {
    /// The day on which it was decided.
    public var decidedOn: Day
    /// The day on which it was due; a term that was cut short was decided before.
    public var dueOn: Day
    /// Whether it was renewed; else lost.
    public var isRenewed: Bool
    /// The renewals that it shares a rate with.
    public var group: RenewalGroup
    /// Which renewal of its account and product it was: 1 for the first.
    public var number: Int
    /// How far the score lay from the mean of all accounts [standard deviations of the score].
    public var score: Double
    /// The points of each dimension of the model less their mean over all accounts [standard deviations of the score]:
    /// together with the clips about `score`.
    public var dimensions: [Double]

    /// A decided renewal.
    public init(
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
    public var countedWhenDue: DecidedRenewal {
        var renewal = self
        renewal.decidedOn = max(decidedOn, dueOn)
        return renewal
    }
}
