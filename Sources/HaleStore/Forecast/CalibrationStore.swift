package import HaleDomain
import HaleSQL
package import Postgres

/// Keeps what turns scores into renewal probabilities.
package struct CalibrationStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The formula in force on a day; nil where none was fitted up to then.
    package func formula(asOf day: Day) async throws -> RenewalFormula? {
        guard
            let row = try await connection.query(Statement(SQL.Forecast.calibration), [day.postgresDate]).first
        else { return nil }
        let base = try row.decodeIfPresent("base", as: RenewalBase.self)
        return RenewalFormula(
            rung: Int(try row.decode("rung", as: Int32.self)),
            decidedRenewals: Int(try row.decode("decided_renewals", as: Int32.self)),
            lostRenewals: Int(try row.decode("lost", as: Int32.self)),
            rates: try Self.rates(row, base: base), intercept: try row.decode("intercept"),
            interceptStandsAlone: base == nil, slope: try row.decode("slope"),
            dimensions: try row.decode("dimensions"), dimensionSlopes: try row.decode("dimension_slopes"),
            fittedRenewals: Int(try row.decode("fitted_renewals", as: Int32.self)),
            reasons: try row.decode("reasons"), refusals: try row.decode("refusals"))
    }

    /// The rates of a formula; those of version 0.1 are the same for all terms.
    private static func rates(_ row: Row, base: RenewalBase?) throws -> RenewalRates {
        let segments = try row.decode("segments", as: [String?].self)
        let logOdds = try row.decode("segment_log_odds", as: [Double].self)
        let terms = try row.decode("segment_terms", as: [Int32].self)
        let gains = try row.decode("segment_gains", as: [Double].self)
        let other = try row.decode("other_log_odds", as: Double.self)
        var rates = RenewalRates(base: base ?? .rate, groups: [:], others: [:])
        guard base != nil else {
            for term in RenewalTerm.allCases {
                rates.others[term] = RenewalOdds(logOdds: other)
                for (segment, odds) in zip(segments, logOdds) {
                    rates.groups[RenewalGroup(segment: segment, term: term)] = RenewalOdds(logOdds: odds)
                }
            }
            return rates
        }
        for index in segments.indices {
            let group = RenewalGroup(segment: segments[index], term: RenewalTerm(months: Int(terms[index])))
            rates.groups[group] = RenewalOdds(logOdds: logOdds[index], gain: gains[index])
        }
        let otherGains = try row.decode("other_gains", as: [Double].self)
        let otherLogOdds = try row.decode("other_terms_log_odds", as: [Double].self)
        for (index, term) in try row.decode("other_terms", as: [Int32].self).enumerated() {
            rates.others[RenewalTerm(months: Int(term))] = RenewalOdds(
                logOdds: otherLogOdds[index], gain: otherGains[index])
        }
        return rates
    }

    /// The renewals decided before a day, in order of their days.
    package func decisions(before day: Day) async throws -> [DecidedCounts] {
        try await connection.query(Statement(SQL.Forecast.decidedByDay), [day.postgresDate]).map { row in
            DecidedCounts(
                decidedOn: try row.day("decided_on"),
                group: RenewalGroup(
                    segment: try row.decodeIfPresent("segment"),
                    term: RenewalTerm(months: Int(try row.decode("term", as: Int32.self)))),
                number: Int(try row.decode("renewal_number", as: Int32.self)),
                counts: SegmentCounts(
                    renewed: Int(try row.decode("renewed", as: Int32.self)),
                    decided: Int(try row.decode("decided", as: Int32.self))))
        }
    }

    /// Stores a formula that holds from a day on; an equal one is not touched.
    package func store(_ formula: RenewalFormula, from day: Day, assumptions: RenewalAssumptions) async throws {
        let groups = formula.rates.groups.sorted {
            ($0.key.segment ?? "", $0.key.term.rawValue) < ($1.key.segment ?? "", $1.key.term.rawValue)
        }
        let others = formula.rates.others.sorted { $0.key.rawValue < $1.key.rawValue }
        let counts = [formula.rung, formula.decidedRenewals, formula.lostRenewals].map { Int32($0) }
        let rates: [(any PostgresEncodable)?] = [
            groups.map(\.key.segment), groups.map(\.value.logOdds),
            formula.rates.others[.year]?.logOdds ?? 0, formula.intercept, formula.slope,
        ]
        let fit: [(any PostgresEncodable)?] = [
            formula.dimensions, formula.dimensionSlopes, Int32(formula.fittedRenewals), formula.refusals,
        ]
        let assumed: [(any PostgresEncodable)?] = [
            Int32(assumptions.minimumScoredAccounts), assumptions.minimumScoreDeviation, assumptions.scoreMean,
            assumptions.scoreDeviation, assumptions.noticeProbability, assumptions.lockedInProbability,
        ]
        let base: [(any PostgresEncodable)?] = [
            formula.rates.base, groups.map { Int32($0.key.term.rawValue) }, groups.map(\.value.gain),
            others.map { Int32($0.key.rawValue) }, others.map(\.value.logOdds), others.map(\.value.gain),
            formula.reasons,
        ]
        _ = try await connection.execute(
            Statement(SQL.Forecast.storeCalibration),
            [day.postgresDate, counts[0], counts[1], counts[2]] + rates + fit + assumed + base)
    }

    /// Removes what holds from days of a range other than some.
    package func drop(from first: Day, to last: Day, except days: [Day]) async throws {
        _ = try await connection.execute(
            Statement(SQL.Forecast.dropCalibrations),
            [first.postgresDate, last.postgresDate, days.map(\.postgresDate)])
    }

    /// Rung 3: what the points of the scored accounts of a day come to on average; 0 below it.
    package func meanDimensionLogOdds(of formula: RenewalFormula, asOf day: Day) async throws -> Double {
        guard formula.rung == 3 else { return 0 }
        let rows = try await connection.query(
            Statement(SQL.Forecast.meanLogOdds),
            [day.postgresDate, formula.dimensions, formula.dimensionSlopes])
        return try rows.first?.decodeIfPresent("mean") ?? 0
    }
}
