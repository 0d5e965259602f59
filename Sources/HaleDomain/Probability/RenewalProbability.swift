/// What a renewal probability rests on; it is printed beside it.
package enum ProbabilityBasis: String, Sendable, Hashable, CaseIterable {
    /// The renewal is signed.
    case signed
    /// Notice was given.
    case notice
    /// The contract renews by itself and the notice date has passed.
    case lockedIn = "locked in"
    /// Rung 0: nothing was decided yet; rate and slope are assumed.
    case assumed
    /// Rung 1: the base is that of decided renewals, the slope is assumed.
    case assumedSlope = "assumed slope"
    /// Rung 2: calibrated on the score.
    case calibrated
    /// Rung 3: fitted to the dimensions of the score.
    case fitted

    /// Rung of the ladder; nil where the state of the contract decides.
    package var rung: Int? {
        switch self {
        case .signed, .notice, .lockedIn: return nil
        case .assumed: return 0
        case .assumedSlope: return 1
        case .calibrated: return 2
        case .fitted: return 3
        }
    }
}

/// Probability that a contract is renewed, with what it rests on.
package struct RenewalProbability: Sendable, Hashable {
    /// P(renewed).
    package let probability: Double
    /// What it rests on.
    package let basis: ProbabilityBasis
    /// Decided renewals behind it.
    package let decidedRenewals: Int

    /// A probability with what it rests on.
    package init(probability: Double, basis: ProbabilityBasis, decidedRenewals: Int) {
        self.probability = probability
        self.basis = basis
        self.decidedRenewals = decidedRenewals
    }

    /// Label to print, such as `assumed slope, n = 12`.
    package var label: String {
        basis.rung == nil ? basis.rawValue : "\(basis.rawValue), n = \(decidedRenewals)"
    }
}

/// Mean and spread of the scores of the scored accounts.
package struct ScoreDistribution: Sendable, Hashable {
    /// Mean score [points].
    package var mean: Double
    /// Standard deviation (n - 1) [points].
    package var deviation: Double
    /// Scored accounts.
    package var accounts: Int

    /// Mean and spread that are known already.
    package init(mean: Double, deviation: Double, accounts: Int) {
        self.mean = mean
        self.deviation = deviation
        self.accounts = accounts
    }

    /// Mean and spread of scores; 0 for what too few scores do not give.
    package init(scores: [Double]) {
        accounts = scores.count
        let average = scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
        let squares = scores.reduce(0) { $0 + ($1 - average) * ($1 - average) }
        mean = average
        deviation = scores.count < 2 ? 0 : (squares / Double(scores.count - 1)).squareRoot()
    }
}

/// The ladder from scores to renewal probabilities (mathematics §2): a formula, and the scores of the day that it is
/// applied to.
package struct RenewalLadder: Sendable {
    package let formula: RenewalFormula
    private let assumptions: RenewalAssumptions
    private let mean: Double
    private let deviation: Double
    private let meanDimensionLogOdds: Double

    /// A ladder for the scores of a day.
    /// - Parameter meanDimensionLogOdds: Rung 3: mean of `RenewalFormula.dimensionLogOdds` over the scored accounts.
    package init(
        formula: RenewalFormula, scores: ScoreDistribution, meanDimensionLogOdds: Double = 0,
        assumptions: RenewalAssumptions = RenewalAssumptions()
    ) {
        self.formula = formula
        self.assumptions = assumptions
        self.meanDimensionLogOdds = meanDimensionLogOdds
        let isKnown =
            scores.accounts >= assumptions.minimumScoredAccounts
            && scores.deviation >= assumptions.minimumScoreDeviation
        mean = isKnown ? scores.mean : assumptions.scoreMean
        deviation = isKnown ? scores.deviation : assumptions.scoreDeviation
    }

    /// A ladder from decided renewals and the scores of the day.
    /// - Parameters:
    ///   - rates: Their rates; nil for one rate a group.
    ///   - calibration: The upper rungs, where enough was decided for one of them.
    package init(
        history: RenewalHistory, rates: RenewalRates? = nil, scores: ScoreDistribution,
        calibration: RenewalCalibration? = nil, assumptions: RenewalAssumptions = RenewalAssumptions()
    ) {
        self.init(
            formula: RenewalFormula(
                history: history, rates: rates, calibration: calibration, assumptions: assumptions),
            scores: scores, assumptions: assumptions)
    }

    /// Probability that a contract is renewed; nil for a lapsed contract, and without a contract.
    /// - Parameters:
    ///   - score: The account's score; nil if it is not scored, which gives the base alone.
    ///   - term: How long the contract's terms are.
    ///   - number: Which renewal of its account and product is next: 1 for the first.
    ///   - dimensionLogOdds: Rung 3: as `RenewalFormula.dimensionLogOdds` gives it; nil gives the base alone.
    package func probability(
        state: ContractState, score: Double?, segment: String?, term: RenewalTerm = .year, number: Int = 1,
        dimensionLogOdds: Double? = nil
    ) -> RenewalProbability? {
        switch state {
        case .noContract, .lapsed:
            return nil
        case .signed:
            return RenewalProbability(probability: 1, basis: .signed, decidedRenewals: 0)
        case .noticeGiven:
            return RenewalProbability(
                probability: assumptions.noticeProbability, basis: .notice, decidedRenewals: 0)
        case .lockedIn:
            return RenewalProbability(
                probability: assumptions.lockedInProbability, basis: .lockedIn, decidedRenewals: 0)
        case .running, .evergreen, .windowOpenUnsigned, .pastDue:
            let group = RenewalGroup(segment: segment, term: term)
            let standing =
                formula.rung == 3
                ? dimensionLogOdds.map { ($0 - meanDimensionLogOdds) / deviation }
                : score.map { formula.slope * ($0 - mean) / deviation }
            guard let standing else {
                return RenewalProbability(
                    probability: Real.logistic(formula.rates.logOdds(of: group, number: number)),
                    basis: formula.basisOfRates, decidedRenewals: formula.decidedRenewals)
            }
            return RenewalProbability(
                probability: Real.logistic(formula.base(of: group, number: number) + standing), basis: formula.basis,
                decidedRenewals: formula.rung < 2 ? formula.decidedRenewals : formula.fittedRenewals)
        }
    }

    /// The probability of each open contract of an account, in their order, and the ARR expected to be lost.
    package func account(
        _ contract: AccountContract, score: Double?, segment: String?, dimensionLogOdds: Double? = nil
    ) -> AccountRenewal {
        let probabilities = contract.entries.map {
            probability(
                state: $0.reading.state, score: score, segment: segment, term: $0.facts.term,
                number: $0.facts.renewalNumber, dimensionLogOdds: dimensionLogOdds)
        }
        let loss = zip(contract.entries, probabilities).reduce(0.0) { sum, pair in
            guard let renewal = pair.1 else { return sum }
            return sum + Double(pair.0.facts.arrMinor) * (1 - renewal.probability)
        }
        let atStake = zip(contract.entries, probabilities).reduce(0.0) { sum, pair in
            pair.1 == nil ? sum : sum + Double(pair.0.facts.arrMinor)
        }
        return AccountRenewal(probabilities: probabilities, expectedLossMinor: loss, atStakeMinor: atStake)
    }
}

package struct AccountRenewal: Sendable, Hashable {
    /// The probability of each open contract; nil for a lapsed one.
    package let probabilities: [RenewalProbability?]
    /// Sum over the contracts of ARR times (1 - P(renewed)) [minor units]; lapsed ones are left out.
    package let expectedLossMinor: Double
    /// ARR of those contracts [minor units].
    package let atStakeMinor: Double

    /// P(lost) by ARR; nil where nothing is at stake.
    package var risk: Double? { atStakeMinor > 0 ? expectedLossMinor / atStakeMinor : nil }
}
