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
    /// Lost, and renewed, ones from which probabilities are calibrated on the score.
    public var minimumOfEachForScore = 10
    /// Lost, and renewed, ones from which they may be fitted to its dimensions.
    public var minimumOfEachForDimensions = 20
    /// Different numbers of renewals from which their rates are told apart.
    public var minimumNumbers = 2
    /// Decided renewals from which they are.
    public var minimumDecidedForNumbers = 30
    /// Lost, and renewed, ones from which they are.
    public var minimumOfEachForNumbers = 5
    /// What coefficients are drawn to their prior with.
    public var penalty = 10.0
    /// Equal parts, in order of time, that the decided renewals are cut into to compare rungs.
    public var folds = 5
    /// How many of the newest of them must all speak for the higher rung.
    public var foldsThatDecide = 2
    /// Days before a part in which nothing is learnt from: what was known when its renewals were foretold.
    public var embargoDays = 90

    /// The defaults of the document.
    public init() {}
}
