/// A renewal that was decided, with what the score said of its account some time before.
public struct DecidedRenewal: Sendable, Hashable {
    /// The day on which it was decided.
    public var decidedOn: Day
    /// Whether it was renewed; else lost.
    public var isRenewed: Bool
    /// How far the score lay from the mean of all accounts [standard deviations of the score].
    public var score: Double
    /// The points of each dimension of the model less their mean over all accounts [standard deviations of the score]:
    /// together with the clips about `score`.
    public var dimensions: [Double]

    /// A decided renewal.
    public init(decidedOn: Day, isRenewed: Bool, score: Double, dimensions: [Double]) {
        self.decidedOn = decidedOn
        self.isRenewed = isRenewed
        self.score = score
        self.dimensions = dimensions
    }
}
