/// How well renewals were foretold, with what chance alone would do to the figures (mathematics §2 and §6).
package struct BacktestReport: Sendable, Hashable {
    /// A figure with the 90 % interval of resampled accounts; nil where it cannot be computed.
    package struct Figure: Sendable, Hashable {
        /// The figure of all renewals.
        package let value: Double?
        /// Lower end.
        package let low90: Double?
        /// Upper end.
        package let high90: Double?
    }

    /// The figures of one way to foretell.
    package struct Figures: Sendable, Hashable {
        /// Chance that a lost renewal was given more than a renewed one.
        package let areaUnderCurve: Figure
        /// Mean squared error of the probability.
        package let brierScore: Figure
        /// Expected calibration error over ten bins of equal counts.
        package let calibrationError: Figure
        /// Share lost among the tenth most in danger, over the share of all.
        package let topDecileLift: Figure
        /// Share lost among those that the CSMs can look after.
        package let precisionAtCapacity: Figure
        /// Slope of the outcomes on the log odds; 1 where calibrated.
        package let calibrationSlope: Double?
        /// The calibration error that probabilities which are right would show on so few renewals.
        package let noiseFloor: Double?
        /// Spiegelhalter's z.
        package let spiegelhalter: Double?
    }

    /// What is compared with what.
    package struct Group: Sendable, Hashable {
        /// Segment or band; empty for all.
        package let name: String
        package let renewals: Int
        /// Those lost.
        package let lost: Int
        /// Mean chance of being lost that they were given.
        package let expected: Double
        /// The area under their curve; nil where all went the same way.
        package let areaUnderCurve: Double?
    }

    /// Renewals that were foretold.
    package let renewals: Int
    /// Those lost.
    package let lost: Int
    /// By the ladder on the score, from one rate a segment.
    package let score: Figures
    /// By the rate of the renewal's number alone.
    package let tenureOnly: Figures
    /// By the ladder on the score, from the rate of the renewal's number.
    package let both: Figures
    /// By the share lost before.
    package let baseRate: Figures
    /// By the word that everybody renews.
    package let alwaysRenewed: Figures
    /// Renewals on which tenure is the base rate, since too little had been decided to tell numbers apart.
    package let withoutTenure: Int
    /// By segment, in order of name.
    package let segments: [Group]
    /// By band at the snapshot.
    package let bands: [Group]
    /// The chance of being lost that the score gave each renewal, in order of their decisions.
    package let foretold: [Double]
    /// The reliability diagram of the score: bins of equal counts.
    package let reliability: [ProbabilityMetrics.Bin]
    /// What it comes to, in words that do not flatter.
    package let verdict: String

    /// Foretells and judges renewals.
    /// - Parameters:
    ///   - capacity: Accounts that the CSMs can look after, of those foretold.
    ///   - resamples: How often accounts are drawn anew for an interval.
    ///   - seed: What the draws follow from.
    package init(
        _ unordered: [BacktestRow], capacity: Int, assumptions: RenewalAssumptions = RenewalAssumptions(),
        resamples: Int = 1_000, seed: UInt64 = 1
    ) {
        let rows = unordered.sorted {
            ($0.renewal.decidedOn, $0.account, $0.snapshotOn) < ($1.renewal.decidedOn, $1.account, $1.snapshotOn)
        }
        let forecasts = BacktestForecasts(rows, assumptions: assumptions)
        let outcomes = rows.map(\.outcome)
        let draws = ClusterDraws(rows.map(\.account), resamples: resamples, seed: seed)
        func figures(_ probabilities: [Double]) -> Figures {
            Figures(
                ProbabilityMetrics(outcomes: outcomes, probabilities: probabilities), draws: draws, capacity: capacity,
                seed: seed)
        }
        renewals = rows.count
        lost = rows.count { !$0.renewal.isRenewed }
        score = figures(forecasts.score)
        tenureOnly = figures(forecasts.tenure)
        both = figures(forecasts.both)
        baseRate = figures(forecasts.baseRate)
        alwaysRenewed = figures(forecasts.alwaysRenewed)
        withoutTenure = forecasts.withoutTenure
        segments = Self.groups(rows, forecasts.score) { $0.segment ?? "" }
        bands = Self.groups(rows, forecasts.score) { $0.band.rawValue }
        foretold = forecasts.score
        reliability = ProbabilityMetrics(outcomes: outcomes, probabilities: forecasts.score).bins(10)
        verdict =
            BacktestVerdict(
                outcomes: outcomes, forecasts: forecasts, draws: draws, score: score, lost: lost
            ).sentence
    }

    private static func groups(
        _ rows: [BacktestRow], _ probabilities: [Double], by name: (BacktestRow) -> String
    ) -> [Group] {
        Dictionary(grouping: rows.indices) { name(rows[$0]) }.sorted { $0.key < $1.key }.map { name, members in
            let metrics = ProbabilityMetrics(
                outcomes: members.map { rows[$0].outcome }, probabilities: members.map { probabilities[$0] })
            return Group(
                name: name, renewals: members.count, lost: members.count { !rows[$0].renewal.isRenewed },
                expected: metrics.probabilities.reduce(0, +) / Double(members.count),
                areaUnderCurve: metrics.areaUnderCurve)
        }
    }
}

extension BacktestReport.Figures {
    private static let simulations = 200

    init(_ metrics: ProbabilityMetrics, draws: ClusterDraws, capacity: Int, seed: UInt64) {
        func figure(_ value: (ProbabilityMetrics) -> Double?) -> BacktestReport.Figure {
            let resampled = draws.members.compactMap { value(metrics.resampled($0)) }.sorted()
            return BacktestReport.Figure(
                value: value(metrics), low90: resampled.quantile(0.05), high90: resampled.quantile(0.95))
        }
        areaUnderCurve = figure(\.areaUnderCurve)
        brierScore = figure(\.brierScore)
        calibrationError = figure { $0.calibrationError() }
        topDecileLift = figure { $0.lift() }
        precisionAtCapacity = figure { $0.precision(at: capacity) }
        calibrationSlope = metrics.calibration?.slope
        spiegelhalter = metrics.spiegelhalter
        var generator = SplitMix(seed: seed)
        let errors = (0..<Self.simulations).compactMap { _ in
            let outcomes = metrics.probabilities.map { generator.unit() < $0 ? 1.0 : 0.0 }
            return ProbabilityMetrics(outcomes: outcomes, probabilities: metrics.probabilities).calibrationError()
        }
        noiseFloor = errors.isEmpty ? nil : errors.reduce(0, +) / Double(errors.count)
    }
}

/// Accounts drawn with replacement, all renewals of each together.
struct ClusterDraws {
    /// The positions of the renewals of each draw.
    let members: [[Int]]

    init(_ clusters: [Int64], resamples: Int, seed: UInt64) {
        let byCluster = Dictionary(grouping: clusters.indices) { clusters[$0] }.sorted { $0.key < $1.key }.map(\.value)
        var generator = SplitMix(seed: seed)
        members =
            byCluster.isEmpty
            ? []
            : (0..<resamples).map { _ in
                byCluster.indices.flatMap { _ in byCluster[Int(generator.unit() * Double(byCluster.count))] }
            }
    }
}

extension ProbabilityMetrics {
    /// Some of the observations, as often as they are named.
    func resampled(_ members: [Int]) -> ProbabilityMetrics {
        ProbabilityMetrics(
            outcomes: members.map { outcomes[$0] }, probabilities: members.map { probabilities[$0] })
    }
}

extension [Double] {
    /// A quantile of values in ascending order; nil of none.
    func quantile(_ share: Double) -> Double? {
        guard !isEmpty else { return nil }
        let position = share * Double(count - 1)
        let (low, high) = (Int(position.rounded(.down)), Int(position.rounded(.up)))
        return self[low] + (position - Double(low)) * (self[high] - self[low])
    }
}
