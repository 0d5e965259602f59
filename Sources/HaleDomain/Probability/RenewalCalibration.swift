/// The upper rungs of the ladder from scores to renewal probabilities, fitted to decided renewals (mathematics §2): rung 2
/// on the score alone, rung 3 on the dimensions behind it. Both add to the log odds of the base.
package struct RenewalCalibration: Sendable, Hashable {
    /// The rung: 2 or 3.
    package let rung: Int
    /// Decided renewals behind it.
    package let decidedRenewals: Int
    private let regression: LogisticRegression
    /// What the dimensions are divided by; empty on rung 2.
    private let scales: [Double]

    /// Log odds that are added to the base at the mean score.
    package var intercept: Double { regression.coefficients[0] }
    /// Rung 2: log odds per standard deviation of the score; nil on rung 3.
    package var slope: Double? { rung == 2 ? regression.coefficients[1] : nil }
    /// Rung 3: log odds per standard deviation of the score that each dimension lies above its mean; empty on rung 2.
    package var dimensionSlopes: [Double] { zip(regression.coefficients.dropFirst(), scales).map { $0 / $1 } }

    /// Probability that a renewal of an account is renewed.
    /// - Parameters:
    ///   - base: Log odds of the base.
    ///   - score: As in `DecidedRenewal`, today.
    ///   - dimensions: As in `DecidedRenewal`, today.
    package func probability(base: Double, score: Double, dimensions: [Double]) -> Double {
        rung == 2
            ? regression.probability([score], offset: base)
            : regression.probability(zip(dimensions, scales).map { $0 / $1 }, offset: base)
    }

    /// The highest rung that the decided renewals bear, and what was found of each step up; no calibration where the
    /// lower rungs have to do. A rung is taken only where it foretold both of the newest folds better than the one below.
    /// - Parameters:
    ///   - decided: The renewals of which it is known what the score said before.
    ///   - history: All decided renewals, from which the base follows; nil where these are the same.
    ///   - base: The base that is added to.
    package static func fit(
        _ decided: [DecidedRenewal], history: [DecidedCounts]? = nil, base: RenewalBase = .rate,
        assumptions: RenewalAssumptions = RenewalAssumptions()
    ) -> (calibration: RenewalCalibration?, steps: [LadderStep]) {
        let fitting = LadderFitting(
            decided: decided, history: history ?? decided.map { DecidedCounts($0) }, base: base,
            assumptions: assumptions)
        let (onScore, first) = fitting.calibrated()
        guard let onScore else { return (nil, [first]) }
        let (onDimensions, second) = fitting.fitted()
        return (onDimensions ?? onScore, [first, second])
    }

    fileprivate static func onScore(
        _ decided: [DecidedRenewal], _ rates: RenewalRates, _ assumptions: RenewalAssumptions
    ) -> RenewalCalibration? {
        let fit = LogisticRegression(
            features: decided.map { [$0.score] }, outcomes: decided.map(\.outcome),
            offsets: decided.map { $0.base(rates) }, weights: decided.map(\.group.term.years),
            penalty: assumptions.penalty, prior: [0, assumptions.slope])
        return fit.map {
            RenewalCalibration(rung: 2, decidedRenewals: decided.count, regression: $0, scales: [])
        }
    }

    /// Each dimension is divided by its own deviation, so that all are drawn to the prior alike; the prior then is the
    /// default score: the same slope on every point.
    fileprivate static func onDimensions(
        _ decided: [DecidedRenewal], _ rates: RenewalRates, _ assumptions: RenewalAssumptions
    ) -> RenewalCalibration? {
        guard let width = decided.first?.dimensions.count, width > 0 else { return nil }
        let scales = (0..<width).map { index in
            let deviation = ScoreDistribution(scores: decided.map { $0.dimensions[index] }).deviation
            return deviation > 0 ? deviation : 1
        }
        let fit = LogisticRegression(
            features: decided.map { zip($0.dimensions, scales).map { $0 / $1 } }, outcomes: decided.map(\.outcome),
            offsets: decided.map { $0.base(rates) }, weights: decided.map(\.group.term.years),
            penalty: assumptions.penalty, prior: [0] + scales.map { assumptions.slope * $0 })
        return fit.map {
            RenewalCalibration(rung: 3, decidedRenewals: decided.count, regression: $0, scales: scales)
        }
    }

    fileprivate func squaredError(_ renewal: DecidedRenewal, _ rates: RenewalRates) -> Double {
        let chance = probability(base: renewal.base(rates), score: renewal.score, dimensions: renewal.dimensions)
        return renewal.squaredError(chance)
    }
}

/// The fits of both upper rungs, and how they compare with the rung below.
private struct LadderFitting {
    let decided: [DecidedRenewal]
    let history: [DecidedCounts]
    let base: RenewalBase
    let assumptions: RenewalAssumptions

    /// Rung 2, where it is better than the slope that is assumed.
    func calibrated() -> (RenewalCalibration?, LadderStep) {
        if let refusal = refusal(below: assumptions.minimumOfEachForScore) {
            return (nil, LadderStep(.calibrated, refusal))
        }
        guard let onScore = RenewalCalibration.onScore(decided, rates(), assumptions) else {
            return (nil, LadderStep(.calibrated, .notConverged))
        }
        let step = LadderStep(
            .calibrated,
            comparing: compare { trained, rates in
                guard let onScore = RenewalCalibration.onScore(trained, rates, assumptions) else { return nil }
                return (
                    below: { renewal in
                        let odds = renewal.base(rates) + assumptions.slope * renewal.score
                        return renewal.squaredError(Real.logistic(odds))
                    }, above: { onScore.squaredError($0, rates) }
                )
            })
        return (step.isTaken ? onScore : nil, step)
    }

    /// Rung 3, where it is better than rung 2.
    func fitted() -> (RenewalCalibration?, LadderStep) {
        if let refusal = refusal(below: assumptions.minimumOfEachForDimensions) {
            return (nil, LadderStep(.fitted, refusal))
        }
        guard let onDimensions = RenewalCalibration.onDimensions(decided, rates(), assumptions) else {
            return (nil, LadderStep(.fitted, .notConverged))
        }
        let step = LadderStep(
            .fitted,
            comparing: compare { trained, rates in
                guard let onScore = RenewalCalibration.onScore(trained, rates, assumptions),
                    let onDimensions = RenewalCalibration.onDimensions(trained, rates, assumptions)
                else { return nil }
                return (
                    below: { onScore.squaredError($0, rates) }, above: { onDimensions.squaredError($0, rates) }
                )
            })
        return (step.isTaken ? onDimensions : nil, step)
    }

    private func refusal(below needed: Int) -> LadderStep.Outcome? {
        let renewed = decided.count(where: \.isRenewed)
        let lost = decided.count - renewed
        return min(lost, renewed) < needed ? .tooFew(lost: lost, renewed: renewed, needed: needed) : nil
    }

    private func rates(before day: Day? = nil) -> RenewalRates {
        let known = history.lazy.filter { entry in day.map { entry.decidedOn < $0 } ?? true }
        return RenewalRates(RenewalHistory(known), base: base, assumptions: assumptions)
    }

    private typealias SquaredError = (DecidedRenewal) -> Double

    /// The Brier scores of two ways to foretell the newest folds, each made from what was decided before; empty where they
    /// cannot be compared. A renewal weighs as much as the part of a year that its term is.
    private func compare(
        _ ways: ([DecidedRenewal], RenewalRates) -> (below: SquaredError, above: SquaredError)?
    ) -> [FoldScores] {
        let folds = TimeFolds(decided.map { ($0.decidedOn, $0.group.term.years) }, assumptions: assumptions)
        let scores = folds.newest.compactMap { fold -> FoldScores? in
            let trained = decided.filter { $0.decidedOn < fold.knownBefore }
            guard trained.contains(where: \.isRenewed), trained.contains(where: { !$0.isRenewed }),
                let (below, above) = ways(trained, rates(before: fold.knownBefore))
            else { return nil }
            let tested = fold.tested.map { decided[$0] }
            return FoldScores(
                below: tested.reduce(0) { $0 + below($1) }, above: tested.reduce(0) { $0 + above($1) },
                weight: tested.reduce(0) { $0 + $1.group.term.years })
        }
        return scores.count == assumptions.foldsThatDecide ? scores : []
    }
}

extension DecidedRenewal {
    fileprivate var outcome: Double { isRenewed ? 1 : 0 }

    /// Log odds of the base.
    func base(_ rates: RenewalRates) -> Double { rates.logOdds(of: group, number: number) }

    /// The squared error of a chance, by the part of a year that the term is.
    fileprivate func squaredError(_ chance: Double) -> Double {
        group.term.years * (chance - outcome) * (chance - outcome)
    }
}
