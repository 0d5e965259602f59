/// The chance of being lost that each decided renewal was given by what had been decided before: nothing is learnt from
/// a renewal that was open when another was foretold.
struct BacktestForecasts {
    /// By the ladder on the score.
    var score: [Double] = []
    /// By how long the account had been a customer.
    var tenure: [Double] = []
    /// By the share that had been lost until then.
    var baseRate: [Double] = []

    private static let fewestOfEach = 10

    /// Foretells the rows, which are in order of their decisions, quarter by quarter.
    init(_ rows: [BacktestRow], assumptions: RenewalAssumptions) {
        var start = 0
        while start < rows.count {
            let quarter = rows[start].renewal.decidedOn.quarter
            let end = rows[start...].firstIndex { $0.renewal.decidedOn.quarter != quarter } ?? rows.count
            let tested = rows[start..<end]
            let known = tested.map(\.snapshotOn).min() ?? rows[start].snapshotOn
            foretell(tested, from: rows.filter { $0.renewal.decidedOn < known }, assumptions)
            start = end
        }
    }

    private mutating func foretell(
        _ tested: ArraySlice<BacktestRow>, from trained: [BacktestRow], _ assumptions: RenewalAssumptions
    ) {
        var history: [String?: SegmentCounts] = [:]
        for row in trained {
            history[row.segment, default: SegmentCounts(renewed: 0, decided: 0)].decided += 1
            if row.renewal.isRenewed { history[row.segment]?.renewed += 1 }
        }
        // Scores are deviations from the mean already.
        let ladder = RenewalLadder(
            history: history,
            scores: ScoreDistribution(mean: 0, deviation: 1, accounts: assumptions.minimumScoredAccounts),
            calibration: RenewalCalibration.fit(trained.map(\.renewal), assumptions: assumptions).calibration,
            assumptions: assumptions)
        let renewed = Double(trained.count { $0.renewal.isRenewed })
        let strength = assumptions.globalStrength
        let rate = 1 - (renewed + assumptions.baseRate * strength) / (Double(trained.count) + strength)
        let byTenure = Self.tenureModel(trained)
        for row in tested {
            let renewal = ladder.probability(
                state: .running, score: row.renewal.score, segment: row.segment,
                dimensionLogOdds: zip(ladder.formula.dimensionSlopes, row.renewal.dimensions).reduce(0) {
                    $0 + $1.0 * $1.1
                })
            score.append(1 - (renewal?.probability ?? 1 - rate))
            tenure.append(byTenure?.probability([Self.logTenure(row)]) ?? rate)
            baseRate.append(rate)
        }
    }

    /// What a spreadsheet would use: the longer somebody has stayed, the longer they will.
    private static func tenureModel(_ trained: [BacktestRow]) -> LogisticRegression? {
        let lost = trained.count { !$0.renewal.isRenewed }
        guard min(lost, trained.count - lost) >= fewestOfEach else { return nil }
        return LogisticRegression(
            features: trained.map { [logTenure($0)] }, outcomes: trained.map(\.outcome), penalty: 1)
    }

    private static func logTenure(_ row: BacktestRow) -> Double {
        Real.logarithmOfOnePlus(Double(max(0, row.tenureDays)) / 365)
    }
}

extension Day {
    /// Quarters since year 0.
    fileprivate var quarter: Int {
        let (year, month, _) = components
        return 4 * year + (month - 1) / 3
    }
}
