package import HaleDomain
import Postgres

/// What explains a stored score.
package struct ScoreExplanation: Sendable, Equatable {
    /// One driver of the score.
    package struct Driver: Sendable, Equatable {
        /// The driver's name, such as `usage.trend`.
        package let name: String
        /// Value; nil without data.
        package let x: Double?
        /// Reliability.
        package let c: Double
        /// Reference.
        package let mu: Double
        /// Points added to the baseline.
        package let points: Double
        /// Points in the smoothed score.
        package let smoothedPoints: Double
        /// In words.
        package let text: String
    }

    /// Key of the account in the database.
    package let accountKey: Int64
    /// The scored day.
    package let day: Day
    /// The day's score.
    package let score: Double
    package let smoothedScore: Double
    /// The band after caps, before overrides.
    package let band: Band
    /// The band before caps.
    package let computedBand: Band
    /// The caps in force.
    package let exceptions: [BandException]
    /// Where the score starts.
    package let baseline: Double
    /// What staying within 0 to 100 took or gave.
    package let clip: Double
    /// The worst the missing data could make it.
    package let low: Double
    /// The best.
    package let high: Double
    /// The baseline in the smoothed score.
    package let smoothedBaseline: Double
    /// The clip in the smoothed score.
    package let smoothedClip: Double
    /// The drivers in the model's order.
    package let drivers: [Driver]
    /// Urgency of the nearest decision.
    package let urgency: Double
    /// Days to the nearest decision.
    package let daysToDecision: Int?
    /// Name of the model.
    package let model: String
    /// Hash of the model's text.
    package let modelHash: String
    /// When the score was written last, in UTC as `2026-03-02T06:00:12Z`.
    package let scoredAt: String
    /// Why the run wrote it that did.
    package let runReason: String?
    /// Since when a feed of the score does not count in full; nil where all do.
    package let staleSince: Day?
    /// The feeds that do not.
    package let staleFeeds: [ImportKind]

    /// The day's score by its parts.
    package var breakdown: ScoreBreakdown {
        ScoreBreakdown(
            score: score, baseline: baseline, clip: clip,
            drivers: drivers.map { driver in
                ScoreBreakdown.Driver(
                    name: driver.name, reading: DriverReading(x: driver.x, c: driver.c, mu: driver.mu),
                    points: driver.points, text: driver.text)
            })
    }
}

extension ScoreExplanation {
    /// A row of `accounts/score`.
    init(_ row: Row) throws {
        let x = try row.decode("x", as: [Double?].self)
        let c = try row.decode("c", as: [Double].self)
        let mu = try row.decode("mu", as: [Double].self)
        let points = try row.decode("points", as: [Double].self)
        let smoothed = try row.decode("smoothed_points", as: [Double].self)
        let texts = try row.decode("texts", as: [String].self)
        let drivers = try row.decode("drivers", as: [String].self).enumerated().map { index, name in
            Driver(
                name: name, x: x[index], c: c[index], mu: mu[index], points: points[index],
                smoothedPoints: smoothed[index], text: texts[index])
        }
        self.init(
            accountKey: try row.decode("account_id"), day: try row.day("day"), score: try row.decode("score"),
            smoothedScore: try row.decode("smoothed_score"), band: try row.decode("band"),
            computedBand: try row.decode("computed_band"), exceptions: try row.decode("reasons"),
            baseline: try row.decode("baseline"), clip: try row.decode("clip"), low: try row.decode("low"),
            high: try row.decode("high"), smoothedBaseline: try row.decode("smoothed_baseline"),
            smoothedClip: try row.decode("smoothed_clip"), drivers: drivers, urgency: try row.decode("urgency"),
            daysToDecision: try row.decodeIfPresent("days_to_decision", as: Int32.self).map(Int.init),
            model: try row.decode("model"), modelHash: try row.decode("model_hash"),
            scoredAt: try row.decode("scored_at"), runReason: try row.decodeIfPresent("run_reason"),
            staleSince: try row.dayIfPresent("stale_since"), staleFeeds: try row.decode("stale_feeds"))
    }
}
