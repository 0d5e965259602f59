package import HaleDomain
import Postgres

/// A stored score of an account in its history.
package struct ScoredDay: Sendable, Equatable {
    package let day: Day
    /// The day's score.
    package let score: Double
    package let smoothedScore: Double
    /// The band before caps and overrides.
    package let computedBand: Band
    /// The band that people saw.
    package let band: Band
    /// Whether somebody set that band by hand.
    package let isSetByHand: Bool
    /// The drivers in the order of the model.
    package let drivers: [String]
    /// Points of each in the smoothed score.
    package let smoothedPoints: [Double]
}

extension ScoredDay {
    /// A row of `accounts/score_history`.
    init(_ row: Row) throws {
        self.init(
            day: try row.day("day"), score: try row.decode("score"), smoothedScore: try row.decode("smoothed_score"),
            computedBand: try row.decode("computed_band"), band: try row.decode("band"),
            isSetByHand: try row.decode("is_set_by_hand"), drivers: try row.decode("drivers"),
            smoothedPoints: try row.decode("smoothed_points"))
    }
}
