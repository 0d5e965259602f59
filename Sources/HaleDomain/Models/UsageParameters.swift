/// Constants of the usage trend, its dispersion and its flags (mathematics §1.3).
package struct TrendParameters: Sendable, Hashable {
    /// Length of the recent and of the prior window of the slow trend, and of the prior window of the fast one
    /// [days].
    package var windowDays = 28
    /// Length of the recent window of the fast trend [days].
    package var fastWindowDays = 7
    /// Weeks before the recent window from which the dispersion is estimated.
    package var baselineWeeks = 8
    /// Standard deviation tau of the prior of the log rate ratio.
    package var priorDeviation = 0.7
    /// Factor g on the noise for the correlation of one week with the next.
    package var autocorrelation = 1.5
    /// Slope of the driver's value on the log rate ratio.
    package var slope = 0.72
    /// Least reliability of a trend that can be computed.
    package var minimumReliability = 0.01
    /// Prior window's exposure below which there is no trend [business days].
    package var minimumPriorExposure = 7.0
    /// Account age below which there is no trend [days].
    package var minimumAgeDays = 35
    /// Weight of the portfolio's dispersion against the account's own [weeks].
    package var dispersionPriorWeeks = 12.0
    /// Dispersion of the portfolio where too few accounts are known.
    package var dispersionDefault = 0.06
    /// Least dispersion.
    package var dispersionLow = 0.01
    /// Greatest dispersion.
    package var dispersionHigh = 1.0
    /// Baseline weeks below which the portfolio's dispersion is used alone.
    package var dispersionMinimumWeeks = 3
    /// Rate ratio of the decline flag: a drop of a quarter or more.
    package var declineRatio = 0.75
    /// Probability that switches the decline flag on.
    package var declineOn = 0.80
    /// Probability below which the decline flag goes off.
    package var declineOff = 0.50
    /// Rate ratio of the cliff flag: a drop of half or more.
    package var cliffRatio = 0.50
    /// Probability that switches the cliff flag on.
    package var cliffOn = 0.80
    /// Probability below which the cliff flag goes off.
    package var cliffOff = 0.50
    /// Rate ratio of the rise flag.
    package var riseRatio = 1.15
    /// Probability that switches the rise flag on.
    package var riseOn = 0.80
    /// Probability below which the rise flag goes off.
    package var riseOff = 0.50
    /// Share of usage rows that must name a person for person-days to be counted instead of quantity.
    package var namedShare = 0.80
    /// Days over which that share is taken [days].
    package var namedShareDays = 84

    /// The defaults of the document.
    package init() {}
}

/// Constants of the level of use (mathematics §1.5).
package struct LevelParameters: Sendable, Hashable {
    /// Exposure below which there is no reading [business days].
    package var minimumExposure = 7.0
    /// Age below which an account is compared with young ones [days].
    package var youngDays = 90
    /// Peers below which a wider group is taken.
    package var minimumAccounts = 20
    /// Least standard deviation of the peers' log rates.
    package var deviationLow = 0.2
    /// Greatest standard deviation of the peers' log rates.
    package var deviationHigh = 3.0

    /// The defaults of the document.
    package init() {}
}

/// Constants of seat utilisation (mathematics §1.5).
package struct SeatParameters: Sendable, Hashable {
    /// Share of the bought seats in use that is worth the full value.
    package var target = 0.8
    /// Seats at which the reliability is one half.
    package var priorSeats = 5.0

    /// The defaults of the document.
    package init() {}
}

/// Constants of recency, for the account and for its champion (mathematics §1.5).
package struct RecencyParameters: Sendable, Hashable {
    /// Days of usage that are read; enough for a full baseline before the longest silence [days].
    package var lookbackDays = 182
    /// Longest baseline [business days].
    package var baselineDays = 40
    /// Baseline below which there is no reading [business days].
    package var minimumBaselineDays = 5
    /// Baseline from which no activity at all means dormant [business days].
    package var dormantBaselineDays = 20
    /// Silence beyond which an account counts as dormant [days].
    package var maximumSilenceDays = 126
    /// Greatest chance of activity on a day; absences cluster.
    package var activityCap = 0.75
    /// Probability of silence at which the value is 0, and below which silence is a cliff.
    package var silenceLimit = 0.001
    /// Least silence of a cliff [business days].
    package var cliffSilentDays = 5
    /// Baseline at which the reliability is one half [business days].
    package var priorDays = 10.0

    /// The defaults of the document.
    package init() {}
}

/// Constants of the signal that a champion is silent, which tells rules what recency tells the score.
package struct ChampionParameters: Sendable, Hashable {
    /// Value of the driver below which a silence is unlike the champion.
    package var silentValue = 0.05
    /// Least silence [business days].
    package var silentDays = 10

    /// The defaults of the document.
    package init() {}
}

/// Constants of feature breadth (mathematics §1.5).
package struct BreadthParameters: Sendable, Hashable {
    /// Share of the key features in use that is worth the full value.
    package var target = 0.6
    /// Key features below which there is no reading.
    package var minimumKeyFeatures = 3
    /// Account age below which there is no reading [days].
    package var minimumAgeDays = 30
    /// Days over which used features are counted [days].
    package var windowDays = 28

    /// The defaults of the document.
    package init() {}
}
