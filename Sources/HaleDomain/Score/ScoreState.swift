/// A smoothed score with its breakdown: baseline + the points + clip = score.
package struct SmoothedScore: Sendable, Hashable {
    /// S, the smoothed score.
    package var score: Double
    /// Smoothed baseline.
    package var baseline: Double
    /// Smoothed clip.
    package var clip: Double
    /// Smoothed points of each driver, in the order of the model's drivers.
    package var points: [Double]

    /// A smoothed score with its breakdown.
    package init(score: Double, baseline: Double, clip: Double, points: [Double]) {
        self.score = score
        self.baseline = baseline
        self.clip = clip
        self.points = points
    }
}

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

    /// Smooths a day onto the newest earlier one (mathematics §1.7, architecture §3).
    ///
    /// It needs nothing but what is stored of the day, so replaying the days after a replaced one gives what a
    /// first run would. A previous state that is not earlier than the day is left aside.
    package static func smooth(
        _ row: DayScore, after previous: ScoreState?, model: HealthModel = .default
    ) -> ScoreState {
        let earlier = previous.flatMap { $0.day < row.day ? $0 : nil }
        var band =
            earlier.map {
                BandState(
                    smoothedScore: $0.smoothed.score, band: $0.computedBand, daysInBand: $0.daysInBand,
                    daysOnOtherSide: $0.daysOnOtherSide, runsBelow: $0.runsBelow)
            } ?? BandState()
        let elapsed = earlier.map { Double(row.day - $0.day) } ?? 0
        let share = band.advance(
            score: row.score, coverage: row.coverage, elapsedDays: elapsed, isCliff: row.flags.isCliff, model: model)
        func blend(_ before: Double, _ now: Double) -> Double {
            share == 1 ? now : before + share * (now - before)
        }
        var smoothed = SmoothedScore(score: row.score, baseline: row.baseline, clip: row.clip, points: row.points)
        if let before = earlier?.smoothed {
            smoothed = SmoothedScore(
                score: band.smoothedScore ?? row.score, baseline: blend(before.baseline, row.baseline),
                clip: blend(before.clip, row.clip), points: zip(before.points, row.points).map(blend))
        }
        return ScoreState(
            day: row.day, smoothed: smoothed, computedBand: band.band, daysInBand: band.daysInBand,
            daysOnOtherSide: band.daysOnOtherSide, runsBelow: band.runsBelow, flags: row.flags)
    }
}
