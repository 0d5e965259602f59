/// What turns scores into renewal probabilities from a day on: the base and the rung of the ladder that decided renewals
/// bear, as the log odds and slopes that PostgreSQL and the program apply alike (mathematics §2).
package struct RenewalFormula: Sendable, Hashable {
    /// The rung: 0 where everything is assumed, 1 where the rates of segments are known, 2 and 3 where a fit is.
    package var rung: Int
    /// Renewals decided before the day.
    package var decidedRenewals: Int
    /// Those of them that were lost.
    package var lostRenewals: Int
    /// What probabilities start from, at the mean score.
    package var rates: RenewalRates
    /// Rungs 2 and 3: log odds that are added to the base at the mean score.
    package var intercept: Double
    /// Rungs 2 and 3: whether the intercept stands alone, without a base, as in formulas of version 0.1.
    package var interceptStandsAlone: Bool
    /// Rungs 0 to 2: log odds per standard deviation of the score.
    package var slope: Double
    /// Rung 3: names of the dimensions.
    package var dimensions: [String]
    /// Rung 3: log odds per standard deviation of the score that each dimension's points lie above their mean.
    package var dimensionSlopes: [Double]
    /// Rungs 2 and 3: decided renewals that it was fitted to.
    package var fittedRenewals: Int
    /// Why it is the base and the rung that it is.
    package var reasons: [String]
    /// Why it is no other.
    package var refusals: [String]

    /// A formula that is known already.
    package init(
        rung: Int, decidedRenewals: Int, lostRenewals: Int, rates: RenewalRates, intercept: Double,
        interceptStandsAlone: Bool = false, slope: Double, dimensions: [String], dimensionSlopes: [Double],
        fittedRenewals: Int, reasons: [String] = [], refusals: [String] = []
    ) {
        self.rung = rung
        self.decidedRenewals = decidedRenewals
        self.lostRenewals = lostRenewals
        self.rates = rates
        self.intercept = intercept
        self.interceptStandsAlone = interceptStandsAlone
        self.slope = slope
        self.dimensions = dimensions
        self.dimensionSlopes = dimensionSlopes
        self.fittedRenewals = fittedRenewals
        self.reasons = reasons
        self.refusals = refusals
    }

    /// The formula of decided renewals: base and rung are those that foretold the newest of them best.
    /// - Parameters:
    ///   - decided: All of them.
    ///   - evidence: Those of which it is known what the score said before.
    ///   - dimensions: Names of the dimensions of the evidence.
    package init(
        decided: [DecidedCounts], evidence: [DecidedRenewal] = [], dimensions: [String] = [],
        assumptions: RenewalAssumptions = RenewalAssumptions()
    ) {
        let choice = BaseChoice(decided, assumptions: assumptions)
        let (calibration, steps) = RenewalCalibration.fit(
            evidence, history: decided, base: choice.rates.base, assumptions: assumptions)
        self.init(
            history: RenewalHistory(decided), rates: choice.rates, calibration: calibration, dimensions: dimensions,
            assumptions: assumptions)
        let found = decided.isEmpty ? steps : [choice.step] + steps
        reasons = found.filter(\.isTaken).map(\.sentence)
        refusals = found.filter { !$0.isTaken }.map(\.sentence)
    }

    /// The formula of a base and of the rung above it, if there is one.
    package init(
        history: RenewalHistory, rates: RenewalRates? = nil, calibration: RenewalCalibration? = nil,
        dimensions: [String] = [], assumptions: RenewalAssumptions = RenewalAssumptions()
    ) {
        let total = history.total
        self.init(
            rung: calibration?.rung ?? (total.decided == 0 ? 0 : 1), decidedRenewals: total.decided,
            lostRenewals: total.lost,
            rates: rates ?? RenewalRates(history, base: .rate, assumptions: assumptions),
            intercept: calibration?.intercept ?? 0, slope: calibration?.slope ?? assumptions.slope,
            dimensions: calibration?.rung == 3 ? dimensions : [], dimensionSlopes: calibration?.dimensionSlopes ?? [],
            fittedRenewals: calibration?.decidedRenewals ?? 0)
    }

    /// The rung's name.
    package var basis: ProbabilityBasis {
        switch rung {
        case 0: .assumed
        case 1: .assumedSlope
        case 2: .calibrated
        default: .fitted
        }
    }

    /// The basis of an account that is not scored: the base alone.
    var basisOfRates: ProbabilityBasis { decidedRenewals == 0 ? .assumed : .assumedSlope }

    /// Log odds at the mean score.
    func base(of group: RenewalGroup, number: Int) -> Double {
        if rung < 2 { return rates.logOdds(of: group, number: number) }
        return interceptStandsAlone ? intercept : rates.logOdds(of: group, number: number) + intercept
    }

    /// Whether a probability of the same score can be another for what this formula says and not for what decided renewals
    /// said since: it stands on another rung or base.
    package func isAnotherLadder(than other: RenewalFormula) -> Bool {
        rung != other.rung || rates.base != other.rates.base || interceptStandsAlone != other.interceptStandsAlone
    }

    /// What a score adds under this formula over what the same score adds under another; nil where that depends on more
    /// than the score.
    package func slopeRatio(to other: RenewalFormula) -> Double? {
        if rung == 3, other.rung == 3 {
            return dimensions == other.dimensions && dimensionSlopes == other.dimensionSlopes ? 1 : nil
        }
        return rung == 3 || other.rung == 3 || other.slope == 0 ? nil : slope / other.slope
    }

    /// Rung 3: what the points of an account's drivers come to before their mean is taken off [log odds times points].
    /// - Parameter drivers: Their names, which begin with their dimension.
    package func dimensionLogOdds(points: [Double], drivers: [String]) -> Double {
        let slopes = Dictionary(uniqueKeysWithValues: zip(dimensions, dimensionSlopes))
        return zip(points, drivers).reduce(0) { sum, pair in
            let dimension = pair.1.prefix { $0 != "." }
            return sum + pair.0 * (slopes[String(dimension)] ?? 0)
        }
    }
}
