/// Constants of the renewal probability before there is enough history to fit one (mathematics §2).
public struct RenewalAssumptions: Sendable, Hashable {
    /// Renewal rate assumed before anything is decided.
    public var baseRate = 0.80
    /// Renewals the assumed rate counts for against the portfolio's own.
    public var globalStrength = 10.0
    /// Logits per standard deviation of the score.
    public var slope = 0.9
    /// Mean score assumed while few accounts are scored [points].
    public var scoreMean = 62.0
    /// Standard deviation assumed while few accounts are scored [points].
    public var scoreDeviation = 15.0
    /// Scored accounts below which mean and deviation are assumed.
    public var minimumScoredAccounts = 20
    /// Standard deviation below which mean and deviation are assumed [points].
    public var minimumScoreDeviation = 1.0
    /// Probability of renewal once notice was given.
    public var noticeProbability = 0.05
    /// Probability of renewal once the notice date of a contract that renews by itself has passed.
    public var lockedInProbability = 0.98
    /// Renewals the global rate counts for in a segment, until that can be estimated.
    public var defaultConcentration = 10.0
    /// Segments from which it is estimated.
    public var minimumSegments = 4
    /// Decided renewals from which it is estimated.
    public var minimumDecidedForConcentration = 40
    /// Least concentration.
    public var concentrationLow = 1.0
    /// Greatest concentration.
    public var concentrationHigh = 200.0

    /// The defaults of the document.
    public init() {}
}
