/// Constants of the composition (mathematics §1.1).
package struct CompositionParameters: Sendable, Hashable {
    /// Factor gamma of the rescaling for missing data: 0 fills gaps with the reference, 1 drops and reweights.
    package var rescale = 0.5
    /// Coverage below which an account is not scored.
    package var minimumCoverage = 0.30

    /// The defaults of the document.
    package init() {}
}

/// Constants of the portfolio figures (mathematics §1.3 and §1.5).
package struct PortfolioParameters: Sendable, Hashable {
    /// Accounts below which ratios, week index and dispersion keep their defaults.
    package var minimumAccounts = 20
    /// Only accounts older than this count [days].
    package var minimumAgeDays = 84
    /// Only accounts with this many baseline counts count.
    package var minimumBaselineCount = 20
    /// Only accounts with this many counts in the prior window enter a ratio.
    package var minimumPriorCount = 20
    /// Least ratio.
    package var ratioLow = 0.3
    /// Greatest ratio.
    package var ratioHigh = 3.0
    /// Least week index a count is divided by.
    package var weekIndexLow = 0.3
    /// Greatest week index a count is divided by.
    package var weekIndexHigh = 3.0
    /// Usage on a weekend day relative to a business day, until it is known.
    package var weekendWeight = 0.1
    /// Last seven days over a mean baseline week, below which tracking is taken to be broken.
    package var outageIndex = 0.3
    /// Accounts below which a fall of all usage is not taken for broken tracking: one account has nobody to compare
    /// with.
    package var outageMinimumAccounts = 2

    /// The defaults of the document.
    package init() {}
}

/// Constants of smoothing (mathematics §1.7).
package struct SmoothingParameters: Sendable, Hashable {
    /// Half-life of the smoothed score [days].
    package var halfLifeDays = 7.0
    /// Fall below the smoothed score that is followed at once if it lasts [points].
    package var dropPoints = 15.0
    /// Consecutive runs such a fall must last.
    package var dropRuns = 2

    /// The defaults of the document.
    package init() {}
}

/// Constants of the bands (mathematics §1.7).
package struct BandParameters: Sendable, Hashable {
    /// Least score of amber [points].
    package var amberFrom = 45.0
    /// Least score of green [points].
    package var greenFrom = 70.0
    /// Distance beyond an edge at which a band is left [points].
    package var deadband = 5.0
    /// Least stay before an upgrade [days].
    package var upgradeDays = 7.0
    /// Days on the other side of an edge after which the deadband no longer holds [days].
    package var expiryDays = 28.0

    /// The defaults of the document.
    package init() {}
}

/// Facts that cap the band whatever the score (mathematics §1.1).
package struct ExceptionParameters: Sendable, Hashable {
    /// Highest band under a notice of non-renewal.
    package var noticeGivenCap = Band.red
    /// Highest band with a recent detractor who decides.
    package var detractorCap = Band.amber
    /// Highest band when every champion has left.
    package var championLeftCap = Band.amber
    /// Highest band after a usage cliff.
    package var cliffCap = Band.amber
    /// Age up to which a deciding detractor counts [days].
    package var detractorDays = 30
    /// Greatest score of a detractor.
    package var detractorScore = 6

    /// The defaults of the document.
    package init() {}
}
