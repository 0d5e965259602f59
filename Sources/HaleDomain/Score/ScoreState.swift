/// What a stored day says before smoothing; enough to smooth it again after an earlier day was replaced.
package struct DayScore: Sendable, Hashable {
    /// Day of scoring.
    package var day: Day
    /// H, the day's score.
    package var score: Double
    /// H0, the day's baseline.
    package var baseline: Double
    /// The day's clip.
    package var clip: Double
    /// The day's points of each driver.
    package var points: [Double]
    /// K, the day's coverage.
    package var coverage: Double
    /// The day's flags.
    package var flags: RiskFlags

    /// What a stored day says before smoothing.
    package init(
        day: Day, score: Double, baseline: Double, clip: Double, points: [Double], coverage: Double, flags: RiskFlags
    ) {
        self.day = day
        self.score = score
        self.baseline = baseline
        self.clip = clip
        self.points = points
        self.coverage = coverage
        self.flags = flags
    }

    /// The day of a composed score.
    package init(day: Day, composition: Composition, flags: RiskFlags) {
        self.init(
            day: day, score: composition.score, baseline: composition.baseline, clip: composition.clip,
            points: composition.points, coverage: composition.coverage, flags: flags)
    }
}

/// Everything the next day needs of a scored day.
package struct ScoreState: Sendable, Hashable {
    /// Day of scoring.
    package var day: Day
    /// The smoothed score with its breakdown.
    package var smoothed: SmoothedScore
    /// The band with hysteresis, before exceptions.
    package var computedBand: Band
    /// Days since that band was entered.
    package var daysInBand: Double
    /// Days beyond an edge of that band without a break.
    package var daysOnOtherSide: Double
    /// Consecutive runs whose score lay far below the smoothed one.
    package var runsBelow: Int
    /// The day's flags.
    package var flags: RiskFlags

    /// Everything the next day needs of a scored day.
    package init(
        day: Day, smoothed: SmoothedScore, computedBand: Band, daysInBand: Double, daysOnOtherSide: Double,
        runsBelow: Int, flags: RiskFlags
    ) {
        self.day = day
        self.smoothed = smoothed
        self.computedBand = computedBand
        self.daysInBand = daysInBand
        self.daysOnOtherSide = daysOnOtherSide
        self.runsBelow = runsBelow
        self.flags = flags
    }
}
