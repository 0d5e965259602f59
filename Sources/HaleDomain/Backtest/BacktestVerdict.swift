/// What a backtest comes to, in a sentence (mathematics §6): it says where the score is no better than a baseline.
struct BacktestVerdict {
    let sentence: String

    /// Lost renewals below which nothing can be said.
    private static let fewestLost = 10

    init(
        outcomes: [Double], forecasts: BacktestForecasts, draws: ClusterDraws, score: BacktestReport.Figures, lost: Int
    ) {
        let kept = outcomes.count - lost
        guard min(lost, kept) >= Self.fewestLost else {
            sentence =
                "Too little was decided to judge: \(lost) lost and \(kept) renewed, where \(Self.fewestLost) of each are "
                + "the least."
            return
        }
        func isBetter(than baseline: [Double]) -> Bool {
            // The gain of each draw, so that what both have in common cancels.
            let gains = draws.members.compactMap { members -> Double? in
                let own = ProbabilityMetrics(outcomes: outcomes, probabilities: forecasts.score).resampled(members)
                let other = ProbabilityMetrics(outcomes: outcomes, probabilities: baseline).resampled(members)
                guard let left = other.brierScore, let right = own.brierScore else { return nil }
                return left - right
            }.sorted()
            return (gains.quantile(0.05) ?? 0) > 0
        }
        let beatsRate = isBetter(than: forecasts.baseRate)
        let beatsTenure = isBetter(than: forecasts.tenure)
        var parts: [String] = []
        switch (beatsRate, beatsTenure) {
        case (true, true): parts.append("The score foretold renewals better than the base rate and than tenure alone.")
        case (true, false):
            parts.append("The score foretold renewals better than the base rate, but not better than tenure alone.")
        case (false, true):
            parts.append("The score foretold renewals better than tenure alone, but not better than the base rate.")
        case (false, false):
            parts.append("The score did not foretell renewals better than the base rate, nor than tenure alone.")
        }
        if let area = score.areaUnderCurve.low90, area <= 0.5 {
            parts.append("It may order them no better than chance.")
        }
        if let z = score.spiegelhalter, abs(z) > 1.96 {
            parts.append("Its probabilities are not calibrated.")
        }
        sentence = parts.joined(separator: " ")
    }
}
