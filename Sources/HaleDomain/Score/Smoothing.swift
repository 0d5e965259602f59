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

/// How scores are smoothed over days (mathematics §1.7): what lies behind fades with a half-life, and a fall that is a
/// cliff, or that lasts, is followed at once.
enum Smoothing {
    /// The share of a day's score in the smoothed one; 1 where the day is followed at once.
    /// - Parameter runsBelow: Consecutive runs whose score lay far below the smoothed one; counts the day in.
    static func share(
        of score: Double, after before: Double, elapsedDays: Double, isCliff: Bool, runsBelow: inout Int,
        parameters: SmoothingParameters
    ) -> Double {
        runsBelow = score <= before - parameters.dropPoints ? runsBelow + 1 : 0
        if isCliff && score < before || runsBelow >= parameters.dropRuns {
            runsBelow = 0
            return 1
        }
        return 1 - Real.halving(elapsedDays, every: parameters.halfLifeDays)
    }

    /// A figure that lies between that of before and that of the day.
    static func blend(_ before: Double, _ now: Double, share: Double) -> Double {
        share == 1 ? now : before + share * (now - before)
    }
}

extension ScoreState {
    /// Smooths a day onto the newest earlier one (mathematics §1.7, architecture §3).
    ///
    /// It needs nothing but what is stored of the day, so replaying the days after a replaced one gives what a
    /// first run would. A previous state that is not earlier than the day is left aside.
    package static func smooth(_ row: DayScore, after previous: ScoreState?, model: HealthModel) -> ScoreState {
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
        var smoothed = SmoothedScore(score: row.score, baseline: row.baseline, clip: row.clip, points: row.points)
        if let before = earlier?.smoothed {
            func blend(_ before: Double, _ now: Double) -> Double { Smoothing.blend(before, now, share: share) }
            smoothed = SmoothedScore(
                score: band.smoothedScore ?? row.score, baseline: blend(before.baseline, row.baseline),
                clip: blend(before.clip, row.clip), points: zip(before.points, row.points).map(blend))
        }
        return ScoreState(
            day: row.day, smoothed: smoothed, computedBand: band.band, daysInBand: band.daysInBand,
            daysOnOtherSide: band.daysOnOtherSide, runsBelow: band.runsBelow, flags: row.flags)
    }
}
