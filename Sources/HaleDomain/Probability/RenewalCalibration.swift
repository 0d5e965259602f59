/// The upper rungs of the ladder from scores to renewal probabilities, fitted to decided renewals (mathematics §2): rung 2
/// on the score alone, rung 3 on the dimensions behind it.
public struct RenewalCalibration: Sendable, Hashable {
    /// Why a rung was not taken.
    public enum Refusal: Sendable, Hashable {
        /// There are fewer lost or renewed ones than it needs.
        case tooFew(rung: Int, lost: Int, renewed: Int, needed: Int)
        /// The iteration did not settle.
        case notConverged(rung: Int)
        /// It does not foretell later renewals better than the rung below: Brier scores of the two newest folds, where
        /// they could be computed.
        case notBetter([FoldScores])
    }

    /// How two rungs foretold the renewals of a later time (Brier scores, less is better).
    public struct FoldScores: Sendable, Hashable {
        /// Of rung 2.
        public let onScore: Double
        /// Of rung 3.
        public let onDimensions: Double
    }

    /// The rung: 2 or 3.
    public let rung: Int
    /// Decided renewals behind it.
    public let decidedRenewals: Int
    private let regression: LogisticRegression
    /// What the dimensions are divided by; empty on rung 2.
    private let scales: [Double]

    /// Log odds at the mean score.
    public var intercept: Double { regression.coefficients[0] }
    /// Rung 2: log odds per standard deviation of the score; nil on rung 3.
    public var slope: Double? { rung == 2 ? regression.coefficients[1] : nil }
    /// Rung 3: log odds per standard deviation of the score that each dimension lies above its mean; empty on rung 2.
    public var dimensionSlopes: [Double] { zip(regression.coefficients.dropFirst(), scales).map { $0 / $1 } }

    /// Probability that a renewal of an account is renewed.
    /// - Parameters:
    ///   - score: As in `DecidedRenewal`, today.
    ///   - dimensions: As in `DecidedRenewal`, today.
    public func probability(score: Double, dimensions: [Double]) -> Double {
        rung == 2
            ? regression.probability([score])
            : regression.probability(zip(dimensions, scales).map { $0 / $1 })
    }

    /// The highest rung that the decided renewals bear, and why those above it were not taken; no calibration where the
    /// lower rungs have to do.
    public static func fit(
        _ decided: [DecidedRenewal], assumptions: RenewalAssumptions = RenewalAssumptions()
    ) -> (calibration: RenewalCalibration?, refusals: [Refusal]) {
        let lost = decided.count { !$0.isRenewed }
        let renewed = decided.count - lost
        guard min(lost, renewed) >= assumptions.minimumOfEachForScore else {
            return (nil, [.tooFew(rung: 2, lost: lost, renewed: renewed, needed: assumptions.minimumOfEachForScore)])
        }
        guard let onScore = onScore(decided, assumptions) else { return (nil, [.notConverged(rung: 2)]) }
        guard min(lost, renewed) >= assumptions.minimumOfEachForDimensions else {
            let refusal = Refusal.tooFew(
                rung: 3, lost: lost, renewed: renewed, needed: assumptions.minimumOfEachForDimensions)
            return (onScore, [refusal])
        }
        guard let onDimensions = onDimensions(decided, assumptions) else {
            return (onScore, [.notConverged(rung: 3)])
        }
        let folds = newestFolds(decided, assumptions)
        guard folds.count == assumptions.foldsThatDecide, folds.allSatisfy({ $0.onDimensions < $0.onScore }) else {
            return (onScore, [.notBetter(folds)])
        }
        return (onDimensions, [])
    }

    private static func onScore(_ decided: [DecidedRenewal], _ assumptions: RenewalAssumptions) -> RenewalCalibration? {
        let fit = LogisticRegression(
            features: decided.map { [$0.score] }, outcomes: decided.map { $0.isRenewed ? 1 : 0 },
            penalty: assumptions.penalty, prior: [0, assumptions.slope])
        return fit.map {
            RenewalCalibration(rung: 2, decidedRenewals: decided.count, regression: $0, scales: [])
        }
    }

    /// Each dimension is divided by its own deviation, so that all are drawn to the prior alike; the prior then is the
    /// default score: the same slope on every point.
    private static func onDimensions(
        _ decided: [DecidedRenewal], _ assumptions: RenewalAssumptions
    ) -> RenewalCalibration? {
        guard let width = decided.first?.dimensions.count, width > 0 else { return nil }
        let scales = (0..<width).map { index in
            let deviation = ScoreDistribution(scores: decided.map { $0.dimensions[index] }).deviation
            return deviation > 0 ? deviation : 1
        }
        let fit = LogisticRegression(
            features: decided.map { zip($0.dimensions, scales).map { $0 / $1 } },
            outcomes: decided.map { $0.isRenewed ? 1 : 0 }, penalty: assumptions.penalty,
            prior: [0] + scales.map { assumptions.slope * $0 })
        return fit.map {
            RenewalCalibration(rung: 3, decidedRenewals: decided.count, regression: $0, scales: scales)
        }
    }

    /// The newest folds in order of time, each foretold from what was decided an embargo before it began.
    private static func newestFolds(
        _ decided: [DecidedRenewal], _ assumptions: RenewalAssumptions
    ) -> [FoldScores] {
        let ordered = decided.sorted { $0.decidedOn < $1.decidedOn }
        let size = ordered.count / assumptions.folds
        guard size > 0 else { return [] }
        return (0..<assumptions.foldsThatDecide).reversed().compactMap { fromEnd in
            let end = ordered.count - fromEnd * size
            let tested = Array(ordered[(end - size)..<end])
            let trained = ordered.filter { $0.decidedOn < tested[0].decidedOn - assumptions.embargoDays }
            guard trained.contains(where: \.isRenewed), trained.contains(where: { !$0.isRenewed }),
                let onScore = onScore(trained, assumptions), let onDimensions = onDimensions(trained, assumptions)
            else { return nil }
            return FoldScores(
                onScore: onScore.brierScore(of: tested), onDimensions: onDimensions.brierScore(of: tested))
        }
    }

    private func brierScore(of tested: [DecidedRenewal]) -> Double {
        tested.reduce(0) { sum, renewal in
            let error = probability(score: renewal.score, dimensions: renewal.dimensions) - (renewal.isRenewed ? 1 : 0)
            return sum + error * error
        } / Double(tested.count)
    }
}

extension RenewalCalibration.Refusal {
    /// The refusal in words.
    public var sentence: String {
        switch self {
        case .tooFew(let rung, let lost, let renewed, let needed):
            "Rung \(rung) needs \(needed) lost and \(needed) renewed ones; there are \(lost) and \(renewed)."
        case .notConverged(let rung):
            "The fit of rung \(rung) did not settle, so it is not used."
        case .notBetter(let folds):
            folds.isEmpty
                ? "Rung 3 could not be compared with rung 2 on later renewals, so it is not used."
                : "Rung 3 does not foretell the newest renewals better than rung 2 does, so it is not used."
        }
    }
}
