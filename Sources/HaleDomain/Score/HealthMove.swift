/// How the health of an account differs between two days.
package struct HealthMove: Sendable, Hashable {
    /// Which way.
    package enum Direction: Sendable, Hashable {
        case better, worse
    }

    /// A change of the score that is news [points].
    package static let newsPoints = 10.0

    package let formerBand: Band
    package let band: Band
    package let formerScore: Double
    package let score: Double

    package init(formerBand: Band, band: Band, formerScore: Double, score: Double) {
        self.formerBand = formerBand
        self.band = band
        self.formerScore = formerScore
        self.score = score
    }

    /// The way of the band, and where that stays or is not known that of a score that moved far; nil for no news.
    package var direction: Direction? {
        if let before = formerBand.rank, let after = band.rank, before != after {
            return after > before ? .better : .worse
        }
        let change = score - formerScore
        guard abs(change) >= Self.newsPoints, band != .unknown else { return nil }
        return change > 0 ? .better : .worse
    }
}
