/// The net promoter score of counted answers with its 95 % margin of error (mathematics §1.4).
package struct NetPromoterMargin: Sendable, Hashable {
    /// Plain score [NPS points]; nil without answers.
    package let score: Double?
    /// Plain margin [NPS points]; 0 for a single answer, so it is not the one to show. Nil without answers.
    package let margin: Double?
    /// Score after adding three answers, 3/4 promoter, 3/2 passive, 3/4 detractor [NPS points].
    package let adjustedScore: Double
    /// Margin after adding the three answers: the one to show [NPS points].
    package let adjustedMargin: Double

    /// Score and margins of counted answers.
    package init(promoters: Int, passives: Int, detractors: Int) {
        let total = Double(promoters + passives + detractors)
        let plain = Self.interval(Double(promoters), Double(detractors), total)
        score = total > 0 ? plain.score : nil
        margin = total > 0 ? plain.margin : nil
        let adjusted = Self.interval(Double(promoters) + 0.75, Double(detractors) + 0.75, total + 3)
        adjustedScore = adjusted.score
        adjustedMargin = adjusted.margin
    }

    private static func interval(
        _ promoters: Double, _ detractors: Double, _ total: Double
    ) -> (score: Double, margin: Double) {
        let positive = promoters / total
        let negative = detractors / total
        let difference = positive - negative
        let variance = max(0, positive + negative - difference * difference) / total
        return (100 * difference, 100 * 1.96 * variance.squareRoot())
    }
}
