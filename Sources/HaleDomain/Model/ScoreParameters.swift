/// Constants of the composition (mathematics §1.1).
public struct CompositionParameters: Sendable, Hashable {
    /// Factor gamma of the rescaling for missing data: 0 fills gaps with the reference, 1 drops and reweights.
    public var rescale = 0.5
    /// Coverage below which an account is not scored.
    public var minimumCoverage = 0.30

    /// The defaults of the document.
    public init() {}
}

/// Constants of the portfolio figures (mathematics §1.3 and §1.5).
public struct PortfolioParameters: Sendable, Hashable {
    /// Accounts below which ratios, week index and dispersion keep their defaults.
    public var minimumAccounts = 20
    /// Only accounts older than this count [days].
    public var minimumAgeDays = 84
    /// Only accounts with this many baseline counts count.
    public var minimumBaselineCount = 20
    /// Only accounts with this many counts in the prior window enter a ratio.
    public var minimumPriorCount = 20
    /// Least ratio.
    public var ratioLow = 0.3
    /// Greatest ratio.
    public var ratioHigh = 3.0
    /// Least week index a count is divided by.
    public var weekIndexLow = 0.3
    /// Greatest week index a count is divided by.
    public var weekIndexHigh = 3.0
    /// Usage on a weekend day relative to a business day, until it is known.
    public var weekendWeight = 0.1
    /// Last seven days over a mean baseline week, below which tracking is taken to be broken.
    public var outageIndex = 0.3
    /// Accounts below which a fall of all usage is not taken for broken tracking: one account has nobody to compare
    /// with.
    public var outageMinimumAccounts = 2

    /// The defaults of the document.
    public init() {}
}

/// Constants of smoothing (mathematics §1.7).
public struct SmoothingParameters: Sendable, Hashable {
    /// Half-life of the smoothed score [days].
    public var halfLifeDays = 7.0
    /// Fall below the smoothed score that is followed at once if it lasts [points].
    public var dropPoints = 15.0
    /// Consecutive runs such a fall must last.
    public var dropRuns = 2

    /// The defaults of the document.
    public init() {}
}

/// Constants of the bands (mathematics §1.7).
public struct BandParameters: Sendable, Hashable {
    /// Least score of amber [points].
    public var amberFrom = 45.0
    /// Least score of green [points].
    public var greenFrom = 70.0
    /// Distance beyond an edge at which a band is left [points].
    public var deadband = 5.0
    /// Least stay before an upgrade [days].
    public var upgradeDays = 7.0
    /// Days on the other side of an edge after which the deadband no longer holds [days].
    public var expiryDays = 28.0

    /// The defaults of the document.
    public init() {}
}

/// Facts that cap the band whatever the score (mathematics §1.1).
public struct ExceptionParameters: Sendable, Hashable {
    /// Highest band under a notice of non-renewal.
    public var noticeGivenCap = Band.red
    /// Highest band with a recent detractor who decides.
    public var detractorCap = Band.amber
    /// Highest band when every champion has left.
    public var championLeftCap = Band.amber
    /// Highest band after a usage cliff.
    public var cliffCap = Band.amber
    /// Age up to which a deciding detractor counts [days].
    public var detractorDays = 30
    /// Greatest score of a detractor.
    public var detractorScore = 6

    /// The defaults of the document.
    public init() {}
}
