public import HaleDomain
import HaleSQL
public import Postgres

/// Keeps what turns scores into renewal probabilities.
public struct CalibrationStore: Sendable {
    /// Renewals of a segment that were decided on a day.
    public struct Decisions: Sendable, Hashable {
        /// The day.
        public let decidedOn: Day
        /// The segment; nil for accounts without one.
        public let segment: String?
        /// How many, and how many of them were renewed.
        public let counts: SegmentCounts
    }

    private let connection: Connection

    /// A store that works on a connection.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// The formula in force on a day; nil where none was fitted up to then.
    public func formula(asOf day: Day) async throws -> RenewalFormula? {
        guard
            let row = try await connection.query(Statement(SQL.Forecasts.calibration), [day.postgresDate]).first
        else { return nil }
        let segments = try row.decode("segments", as: [String?].self)
        let logOdds = try row.decode("segment_log_odds", as: [Double].self)
        return RenewalFormula(
            rung: Int(try row.decode("rung", as: Int32.self)),
            decidedRenewals: Int(try row.decode("decided_renewals", as: Int32.self)),
            lostRenewals: Int(try row.decode("lost", as: Int32.self)),
            segmentLogOdds: Dictionary(zip(segments, logOdds), uniquingKeysWith: { first, _ in first }),
            otherLogOdds: try row.decode("other_log_odds"), intercept: try row.decode("intercept"),
            slope: try row.decode("slope"), dimensions: try row.decode("dimensions"),
            dimensionSlopes: try row.decode("dimension_slopes"),
            fittedRenewals: Int(try row.decode("fitted_renewals", as: Int32.self)),
            refusals: try row.decode("refusals"))
    }

    /// The renewals decided before a day, in order of their days.
    public func decisions(before day: Day) async throws -> [Decisions] {
        try await connection.query(Statement(SQL.Forecasts.decidedByDay), [day.postgresDate]).map { row in
            Decisions(
                decidedOn: try row.day("decided_on"), segment: try row.decodeIfPresent("segment"),
                counts: SegmentCounts(
                    renewed: Int(try row.decode("renewed", as: Int32.self)),
                    decided: Int(try row.decode("decided", as: Int32.self))))
        }
    }

    /// Stores a formula that holds from a day on; an equal one is not touched.
    public func store(_ formula: RenewalFormula, from day: Day, assumptions: RenewalAssumptions) async throws {
        let segments = formula.segmentLogOdds.sorted { ($0.key ?? "", $0.value) < ($1.key ?? "", $1.value) }
        let counts = [formula.rung, formula.decidedRenewals, formula.lostRenewals].map { Int32($0) }
        let rates: [(any PostgresEncodable)?] = [
            segments.map(\.key), segments.map(\.value), formula.otherLogOdds, formula.intercept, formula.slope,
        ]
        let fit: [(any PostgresEncodable)?] = [
            formula.dimensions, formula.dimensionSlopes, Int32(formula.fittedRenewals), formula.refusals,
        ]
        let assumed: [(any PostgresEncodable)?] = [
            Int32(assumptions.minimumScoredAccounts), assumptions.minimumScoreDeviation, assumptions.scoreMean,
            assumptions.scoreDeviation, assumptions.noticeProbability, assumptions.lockedInProbability,
        ]
        _ = try await connection.execute(
            Statement(SQL.Forecasts.storeCalibration),
            [day.postgresDate, counts[0], counts[1], counts[2]] + rates + fit + assumed)
    }

    /// Removes what holds from days of a range other than some.
    public func drop(from first: Day, to last: Day, except days: [Day]) async throws {
        _ = try await connection.execute(
            Statement(SQL.Forecasts.dropCalibrations),
            [first.postgresDate, last.postgresDate, days.map(\.postgresDate)])
    }

    /// Rung 3: what the points of the scored accounts of a day come to on average; 0 below it.
    public func meanDimensionLogOdds(of formula: RenewalFormula, asOf day: Day) async throws -> Double {
        guard formula.rung == 3 else { return 0 }
        let rows = try await connection.query(
            Statement(SQL.Forecasts.meanLogOdds),
            [day.postgresDate, formula.dimensions, formula.dimensionSlopes])
        return try rows.first?.decodeIfPresent("mean") ?? 0
    }
}
