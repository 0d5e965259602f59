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
        func isBetter(_ own: [Double], than baseline: [Double]) -> Bool {
            // The gain of each draw, so that what both have in common cancels.
            let gains = outcomes.indices.map { index in
                let (left, right) = (baseline[index] - outcomes[index], own[index] - outcomes[index])
                return left * left - right * right
            }
            let means = draws.members.filter { !$0.isEmpty }.map { members in
                members.reduce(0) { $0 + gains[$1] } / Double(members.count)
            }.sorted()
            return (means.quantile(0.05) ?? 0) > 0
        }
        let beatsRate = isBetter(forecasts.score, than: forecasts.baseRate)
        let beatsTenure = isBetter(forecasts.score, than: forecasts.tenure)
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
        if forecasts.withoutTenure < outcomes.count {
            switch (isBetter(forecasts.both, than: forecasts.score), isBetter(forecasts.both, than: forecasts.tenure)) {
            case (true, true): parts.append("Both together foretold them better than either.")
            case (true, false):
                parts.append("Both together foretold them better than the score, but not better than tenure.")
            case (false, true):
                parts.append("Both together foretold them better than tenure, but not better than the score.")
            case (false, false): parts.append("Both together foretold them no better than either.")
            }
        }
        let best = [forecasts.score, forecasts.tenure, forecasts.both]
        if !best.contains(where: { isBetter($0, than: forecasts.alwaysRenewed) }) {
            parts.append("None was better than saying that all renew.")
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
