/// The smoothed score and its band, carried from one scored day to the next (mathematics §1.7).
package struct BandState: Sendable, Hashable {
    /// S, the smoothed score; nil before the first day.
    package var smoothedScore: Double?
    /// The band with hysteresis, before exceptions.
    package var band: Band
    /// Days since the band was entered.
    package var daysInBand: Double
    /// Days on which the smoothed score lay beyond an edge of the band without a break.
    package var daysOnOtherSide: Double
    /// Consecutive runs whose score lay far below the smoothed one.
    package var runsBelow: Int

    /// A state; without arguments that of an account never scored.
    package init(
        smoothedScore: Double? = nil, band: Band = .unknown, daysInBand: Double = 0, daysOnOtherSide: Double = 0,
        runsBelow: Int = 0
    ) {
        self.smoothedScore = smoothedScore
        self.band = band
        self.daysInBand = daysInBand
        self.daysOnOtherSide = daysOnOtherSide
        self.runsBelow = runsBelow
    }

    /// Takes in the score of a later day.
    /// - Parameters:
    ///   - score: H, the day's score.
    ///   - coverage: K, the day's coverage; below the minimum the score is frozen and the band unknown.
    ///   - elapsedDays: Days since the state's day.
    ///   - isCliff: True while usage has fallen off a cliff.
    /// - Returns: The share of the day's score in the new smoothed score: 0 frozen, 1 first or reset. The parts of
    ///   the score are smoothed with the same share, so that they keep summing to it.
    package mutating func advance(
        score: Double, coverage: Double, elapsedDays: Double, isCliff: Bool, model: HealthModel
    ) -> Double {
        guard let before = smoothedScore else {
            smoothedScore = score
            if coverage < model.composition.minimumCoverage {
                band = .unknown
            } else {
                enter(model.bands.band(of: score))
            }
            return 1
        }
        guard coverage >= model.composition.minimumCoverage else {
            band = .unknown
            return 0
        }
        let share = Smoothing.share(
            of: score, after: before, elapsedDays: elapsedDays, isCliff: isCliff, runsBelow: &runsBelow,
            parameters: model.smoothing)
        let after = Smoothing.blend(before, score, share: share)
        smoothedScore = after
        moveBand(smoothed: after, elapsedDays: elapsedDays, isCliff: isCliff, parameters: model.bands)
        return share
    }

    private mutating func moveBand(
        smoothed: Double, elapsedDays: Double, isCliff: Bool, parameters: BandParameters
    ) {
        daysInBand += elapsedDays
        let plain = parameters.band(of: smoothed)
        guard band != .unknown else {
            enter(plain)
            return
        }
        daysOnOtherSide = plain == band ? 0 : daysOnOtherSide + elapsedDays
        if daysOnOtherSide >= parameters.expiryDays {
            enter(plain)
            daysOnOtherSide = 0
            return
        }
        guard let present = band.rank, let target = plain.rank, present != target else { return }
        if target < present {
            // A cliff is believed at the edge, anything else only beyond the deadband.
            let lower = isCliff ? plain : parameters.band(of: smoothed + parameters.deadband)
            if let rank = lower.rank, rank < present { enter(lower) }
        } else if daysInBand >= parameters.upgradeDays {
            let upper = parameters.band(of: smoothed - parameters.deadband)
            if let rank = upper.rank, rank > present { enter(upper) }
        }
    }

    private mutating func enter(_ newBand: Band) {
        band = newBand
        daysInBand = 0
    }
}
