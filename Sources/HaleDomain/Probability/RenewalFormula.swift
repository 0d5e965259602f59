/// What turns scores into renewal probabilities from a day on: the rung of the ladder that decided renewals bear, as the
/// log odds and slopes that PostgreSQL and the program apply alike (mathematics §2).
public struct RenewalFormula: Sendable, Hashable {
    /// The rung: 0 where everything is assumed, 1 where the rates of segments are known, 2 and 3 where a fit is.
    public var rung: Int
    /// Renewals decided before the day.
    public var decidedRenewals: Int
    /// Those of them that were lost.
    public var lostRenewals: Int
    /// Log odds of a renewal at the mean score in each segment with decided renewals; nil for accounts without a segment.
    public var segmentLogOdds: [String?: Double]
    /// Log odds in the other segments.
    public var otherLogOdds: Double
    /// Rungs 2 and 3: log odds at the mean score.
    public var intercept: Double
    /// Rungs 0 to 2: log odds per standard deviation of the score.
    public var slope: Double
    /// Rung 3: names of the dimensions.
    public var dimensions: [String]
    /// Rung 3: log odds per standard deviation of the score that each dimension's points lie above their mean.
    public var dimensionSlopes: [Double]
    /// Rungs 2 and 3: decided renewals that it was fitted to.
    public var fittedRenewals: Int
    /// Why higher rungs were not taken.
    public var refusals: [String]

    /// A formula that is known already.
    public init(
        rung: Int, decidedRenewals: Int, lostRenewals: Int, segmentLogOdds: [String?: Double], otherLogOdds: Double,
        intercept: Double, slope: Double, dimensions: [String], dimensionSlopes: [Double], fittedRenewals: Int,
        refusals: [String]
    ) {
        self.rung = rung
        self.decidedRenewals = decidedRenewals
        self.lostRenewals = lostRenewals
        self.segmentLogOdds = segmentLogOdds
        self.otherLogOdds = otherLogOdds
        self.intercept = intercept
        self.slope = slope
        self.dimensions = dimensions
        self.dimensionSlopes = dimensionSlopes
        self.fittedRenewals = fittedRenewals
        self.refusals = refusals
    }

    /// The formula of the decided renewals of each segment (nil for accounts without one).
    /// - Parameters:
    ///   - calibration: The upper rungs, where enough was decided for one of them.
    ///   - dimensions: Names of the dimensions that rung 3 was fitted to.
    ///   - refusals: Why higher rungs were not taken.
    public init(
        history: [String?: SegmentCounts], calibration: RenewalCalibration? = nil, dimensions: [String] = [],
        refusals: [RenewalCalibration.Refusal] = [], assumptions: RenewalAssumptions = RenewalAssumptions()
    ) {
        // A fixed order, so that sums are the same in every run.
        let segments = history.filter { $0.value.decided > 0 }.sorted { ($0.key ?? "") < ($1.key ?? "") }
        let rates = SegmentRates(segments.map(\.value), assumptions: assumptions)
        let decided = segments.reduce(0) { $0 + $1.value.decided }
        rung = calibration?.rung ?? (decided == 0 ? 0 : 1)
        decidedRenewals = decided
        lostRenewals = decided - segments.reduce(0) { $0 + $1.value.renewed }
        segmentLogOdds = Dictionary(
            uniqueKeysWithValues: zip(segments.map(\.key), rates.rates.map { Real.logit($0.mean) }))
        otherLogOdds = Real.logit(decided == 0 ? assumptions.baseRate : rates.globalRate)
        intercept = calibration?.intercept ?? 0
        slope = calibration?.slope ?? assumptions.slope
        self.dimensions = rung == 3 ? dimensions : []
        dimensionSlopes = calibration?.dimensionSlopes ?? []
        fittedRenewals = calibration?.decidedRenewals ?? 0
        self.refusals = refusals.map(\.sentence)
    }

    /// The rung's name.
    public var basis: ProbabilityBasis {
        switch rung {
        case 0: .assumed
        case 1: .assumedSlope
        case 2: .calibrated
        default: .fitted
        }
    }

    /// The basis of an account that is not scored: the rate of its segment alone.
    var basisOfRates: ProbabilityBasis { decidedRenewals == 0 ? .assumed : .assumedSlope }

    /// Rung 3: what the points of an account's drivers come to before their mean is taken off [log odds times points].
    /// - Parameter drivers: Their names, which begin with their dimension.
    public func dimensionLogOdds(points: [Double], drivers: [String]) -> Double {
        let slopes = Dictionary(uniqueKeysWithValues: zip(dimensions, dimensionSlopes))
        return zip(points, drivers).reduce(0) { sum, pair in
            let dimension = pair.1.prefix { $0 != "." }
            return sum + pair.0 * (slopes[String(dimension)] ?? 0)
        }
    }
}
