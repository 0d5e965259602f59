public import HaleDomain
import Postgres

/// A stored score of an account in its history.
public struct ScoredDay: Sendable, Equatable {
    /// The day.
    public let day: Day
    /// The day's score.
    public let score: Double
    /// The smoothed score.
    public let smoothedScore: Double
    /// The band before caps and overrides.
    public let computedBand: Band
    /// The band that people saw.
    public let band: Band
    /// Whether somebody set that band by hand.
    public let isSetByHand: Bool
    /// Points in the smoothed score by the name of the driver.
    public let smoothedPoints: [String: Double]
}

extension ScoredDay {
    /// A row of `accounts/score_history`.
    init(_ row: Row) throws {
        let points = try row.decode("smoothed_points", as: [Double].self)
        let names = try row.decode("drivers", as: [String].self)
        self.init(
            day: try row.day("day"), score: try row.decode("score"), smoothedScore: try row.decode("smoothed_score"),
            computedBand: Band(rawValue: try row.decode("computed_band")) ?? .unknown,
            band: Band(rawValue: try row.decode("band")) ?? .unknown,
            isSetByHand: try row.decode("is_set_by_hand"),
            smoothedPoints: Dictionary(zip(names, points)) { first, _ in first })
    }
}
