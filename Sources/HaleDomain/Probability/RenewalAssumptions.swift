/// Constants of the renewal probability before there is enough history to fit one (mathematics §2).
package struct RenewalAssumptions: Sendable, Hashable {
    /// Renewal rate assumed before anything is decided.
    package var baseRate = 0.80
    /// Renewals the assumed rate counts for against the portfolio's own.
    package var globalStrength = 10.0
    /// Logits per standard deviation of the score.
    package var slope = 0.9
    /// Mean score assumed while few accounts are scored [points].
    package var scoreMean = 62.0
    /// Standard deviation assumed while few accounts are scored [points].
    package var scoreDeviation = 15.0
    /// Scored accounts below which mean and deviation are assumed.
    package var minimumScoredAccounts = 20
    /// Standard deviation below which mean and deviation are assumed [points].
    package var minimumScoreDeviation = 1.0
    /// Probability of renewal once notice was given.
    package var noticeProbability = 0.05
    /// Probability of renewal once the notice date of a contract that renews by itself has passed.
    package var lockedInProbability = 0.98
    /// Renewals the global rate counts for in a segment, until that can be estimated.
    package var defaultConcentration = 10.0
    /// Segments from which it is estimated.
    package var minimumSegments = 4
    /// Decided renewals from which it is estimated.
    package var minimumDecidedForConcentration = 40
    /// Least concentration.
    package var concentrationLow = 1.0
    /// Greatest concentration.
    package var concentrationHigh = 200.0
    /// Lost, and renewed, ones from which probabilities are calibrated on the score.
    package var minimumOfEachForScore = 10
    /// Lost, and renewed, ones from which they may be fitted to its dimensions.
    package var minimumOfEachForDimensions = 20
    /// Different numbers of renewals from which their rates are told apart.
    package var minimumNumbers = 2
    /// Decided renewals from which they are.
    package var minimumDecidedForNumbers = 30
    /// Lost, and renewed, ones from which they are.
    package var minimumOfEachForNumbers = 5
    /// What coefficients are drawn to their prior with.
    package var penalty = 10.0
    /// Equal parts, in order of time, that the decided renewals are cut into to compare rungs.
    package var folds = 5
    /// How many of the newest of them must all speak for the higher rung.
    package var foldsThatDecide = 2
    /// Days before a part in which nothing is learnt from: what was known when its renewals were foretold.
    package var embargoDays = 90

    /// The defaults of the document.
    package init() {}
}
