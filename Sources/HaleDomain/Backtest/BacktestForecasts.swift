/// The chance of being lost that each decided renewal was given by what had been decided before: nothing is learnt from
/// a renewal that was open when another was foretold.
struct BacktestForecasts {
    /// By the ladder on the score, from one rate a segment.
    var score: [Double] = []
    /// By the rate of the renewal's number alone: the more often somebody renewed, the likelier they do again.
    var tenure: [Double] = []
    /// By the ladder on the score, from the rate of the renewal's number.
    var both: [Double] = []
    /// By the share that had been lost until then.
    var baseRate: [Double] = []
    /// By the word that everybody renews.
    var alwaysRenewed: [Double] = []
    /// Rows on which too little had been decided to tell renewals of different numbers apart, so that tenure is the base
    /// rate.
    var withoutTenure = 0

    /// Foretells the rows, which are in order of their decisions, quarter by quarter.
    init(_ rows: [BacktestRow], assumptions: RenewalAssumptions) {
        var start = 0
        while start < rows.count {
            let quarter = rows[start].renewal.decidedOn.quarter
            let end = rows[start...].firstIndex { $0.renewal.decidedOn.quarter != quarter } ?? rows.count
            let tested = rows[start..<end]
            let known = tested.map(\.snapshotOn).min() ?? rows[start].snapshotOn
            foretell(tested, from: rows.filter { $0.renewal.decidedOn < known }, assumptions)
            start = end
        }
    }

    private mutating func foretell(
        _ tested: ArraySlice<BacktestRow>, from trained: [BacktestRow], _ assumptions: RenewalAssumptions
    ) {
        let decided = trained.map { DecidedCounts($0.renewal) }
        let flat = Self.ladder(trained, decided, base: .rate, assumptions)
        let byNumber = Self.ladder(trained, decided, base: .renewalNumber, assumptions)
        let renewed = Double(trained.count { $0.renewal.isRenewed })
        let strength = assumptions.globalStrength
        let rate = 1 - (renewed + assumptions.baseRate * strength) / (Double(trained.count) + strength)
        for row in tested {
            let odds = byNumber.formula.rates.others[row.renewal.group.term]
            let tenureOdds = odds.flatMap { $0.gain == 0 ? nil : $0.logOdds(of: row.renewal.number) }
            if tenureOdds == nil { withoutTenure += 1 }
            score.append(Self.chanceOfLoss(row, flat) ?? rate)
            tenure.append(tenureOdds.map { 1 - Real.logistic($0) } ?? rate)
            both.append(Self.chanceOfLoss(row, byNumber) ?? rate)
            baseRate.append(rate)
            alwaysRenewed.append(0)
        }
    }

    /// The ladder as it stood, on a base.
    private static func ladder(
        _ trained: [BacktestRow], _ decided: [DecidedCounts], base: RenewalBase, _ assumptions: RenewalAssumptions
    ) -> RenewalLadder {
        let history = RenewalHistory(decided)
        // Scores are deviations from the mean already.
        return RenewalLadder(
            history: history, rates: RenewalRates(history, base: base, assumptions: assumptions),
            scores: ScoreDistribution(mean: 0, deviation: 1, accounts: assumptions.minimumScoredAccounts),
            calibration: RenewalCalibration.fit(
                trained.map(\.renewal), history: decided, base: base, assumptions: assumptions
            ).calibration, assumptions: assumptions)
    }

    private static func chanceOfLoss(_ row: BacktestRow, _ ladder: RenewalLadder) -> Double? {
        let renewal = row.renewal
        return ladder.probability(
            state: .running, score: renewal.score, segment: row.segment, term: renewal.group.term,
            number: renewal.number,
            dimensionLogOdds: zip(ladder.formula.dimensionSlopes, renewal.dimensions).reduce(0) { $0 + $1.0 * $1.1 }
        ).map { 1 - $0.probability }
    }
}

extension Day {
    /// Quarters since year 0.
    fileprivate var quarter: Int {
        let (year, month, _) = components
        return 4 * year + (month - 1) / 3
    }
}
