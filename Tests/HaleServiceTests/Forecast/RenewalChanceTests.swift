import Foundation
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The probability of a renewal is the same in SQL and in Swift, and as it is by hand.
@Suite(.database)
struct `How likely a renewal is` {
    private func rows(_ database: Database, on day: Day = ForecastPortfolio.day) async throws -> [String:
        ForecastRenewal]
    {
        let found = try await database.withConnection { try await ForecastStore($0).renewals(asOf: day).renewals }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.contractID, $0) })
    }

    /// Of four decided renewals one was lost (leap renewed by itself twice): m = (3 + 8) / 14, mid (3 + 10 m) / 13, others
    /// m; fewer than twenty scores, so logit p = logit of the rate + 0.9 (H - 62) / 15. The account that is past due has no live contract, so
    /// no seats and no score: it has the rate alone.
    @Test func `follows the state, the segment and the score`() async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        let rows = try await rows(database)
        let expected: [String: (Double, ProbabilityBasis, RenewalCategory)] = [
            "run": (0.937_184_784, .assumedSlope, .commit), "signed": (1, .signed, .closed),
            "notice": (0.05, .notice, .atRisk), "locked": (0.98, .lockedIn, .commit),
            "past": (0.835_164_835, .assumedSlope, .mostLikely), "zero": (0.980_211_805, .assumedSlope, .commit),
            "leap": (0.711_500_576, .assumedSlope, .mostLikely), "other": (0.494_820_931, .assumedSlope, .bestCase),
        ]
        #expect(rows.keys.sorted() == expected.keys.sorted())
        for (contract, (probability, basis, category)) in expected {
            let row = try #require(rows[contract])
            #expect(abs(row.renewal.probability - probability) < 1e-8, "\(contract)")
            #expect(row.renewal.basis == basis && row.category == category, "\(contract)")
            #expect(row.renewal.decidedRenewals == (basis.rung == nil ? 0 : 4))
        }
        #expect(rows["leap"]?.renewsOn?.description == "2027-02-28")
        #expect(rows["ever"] == nil && rows["won"] == nil && rows["lost"] == nil)
        // The category in SQL is that of Swift.
        for row in try await TestDatabase.shared.query("select contract_id, category from hale.renewal") {
            let contract = try row.decode("contract_id", as: String.self)
            guard let known = rows[contract] else { continue }
            #expect(try row.decode("category", as: String.self) == known.category.rawValue)
        }
    }

    @Test func `is nothing but signed before anything was fitted`() async throws {
        let database = try await ForecastPortfolio.load()
        let (known, unknown) = try await database.withConnection {
            try await ForecastStore($0).renewals(asOf: ForecastPortfolio.day)
        }
        #expect(known.map(\.contractID) == ["signed"])
        #expect(unknown == 7)
    }

    /// Odds of first renewals, and what each renewal before adds to them.
    private static func rates(_ base: RenewalBase) -> RenewalRates {
        let gain = base == .rate ? 0.0 : 0.5
        return RenewalRates(
            base: base,
            groups: [
                RenewalGroup(segment: "mid"): RenewalOdds(logOdds: 0.4, gain: gain),
                RenewalGroup(segment: "mid", term: .month): RenewalOdds(logOdds: 3),
                RenewalGroup(segment: nil): RenewalOdds(logOdds: 0.1),
            ],
            others: [
                .month: RenewalOdds(logOdds: 4), .quarter: RenewalOdds(logOdds: 3), .halfYear: RenewalOdds(logOdds: 2),
                .year: RenewalOdds(logOdds: 1.2, gain: gain / 2),
            ])
    }

    @Test(arguments: [1, 2, 3], RenewalBase.allCases)
    func `is the ladder's on every rung and base`(rung: Int, base: RenewalBase) async throws {
        let database = try await ForecastPortfolio.load(
            extra: "monthly,a,300,EUR,2025-12-20,2026-03-20,1,false,,,,,,\n")
        try await ForecastPortfolio.run(database)
        let formula = RenewalFormula(
            rung: rung, decidedRenewals: 60, lostRenewals: 25, rates: Self.rates(base), intercept: rung == 1 ? 0 : 0.7,
            slope: 1.3, dimensions: rung == 3 ? ["nps", "size"] : [],
            dimensionSlopes: rung == 3 ? [-2, 0.6] : [], fittedRenewals: rung == 1 ? 0 : 50, reasons: ["So it is."],
            refusals: ["So it is not."])
        try await database.withConnection {
            try await CalibrationStore($0).store(
                formula, from: ForecastPortfolio.day, assumptions: RenewalAssumptions())
        }
        let (ladder, stored) = try await database.withConnection { connection in
            (
                try await TaskStore(connection).renewalLadder(asOf: ForecastPortfolio.day),
                try await CalibrationStore(connection).formula(asOf: ForecastPortfolio.day)
            )
        }
        #expect(stored == formula)
        let points = try await points()
        for (contract, row) in try await rows(database) where row.renewal.basis.rung != nil && contract != "past" {
            let own = try #require(points[row.accountID])
            let number = try #require(row.renewalNumber)
            let renewal = try #require(
                ladder.probability(
                    state: .running, score: own.score, segment: row.segment,
                    term: contract == "monthly" ? .month : .year, number: number,
                    dimensionLogOdds: formula.dimensionLogOdds(points: own.points, drivers: own.drivers)))
            #expect(abs(renewal.probability - row.renewal.probability) < 1e-12, "\(contract)")
            #expect(row.renewal.basis.rung == rung)
            #expect(row.renewal.decidedRenewals == (rung == 1 ? 60 : 50))
            #expect(row.logOdds.map { abs($0.probability - row.renewal.probability) < 1e-12 } == true)
        }
        let past = try #require(try await rows(database)["past"])
        #expect(past.renewal.basis == .assumedSlope && past.renewal.decidedRenewals == 60)
        // The points are 100 (seats / 10 - 0.5): 8 of 11 accounts have seats, 50 together.
        if rung == 3 {
            let run = try #require(try await rows(database)["run"])
            let mean = 10.0 * 50 / 8 - 50
            #expect(abs(run.renewal.probability - Self.logistic(0.4 + 0.7 + 0.6 * (30 - mean) / 15)) < 1e-9)
        }
        // It has renewed by itself twice, so the third is next, at odds of e^0.4 + 2 * 0.5 before anything is added.
        let leap = try #require(try await rows(database)["leap"])
        #expect(leap.renewalNumber == 3)
        if rung == 1 {
            let third = base == .rate ? 0.4 : log(exp(0.4) + 1)
            #expect(abs(leap.renewal.probability - Self.logistic(third + 1.3 * (50 - 62) / 15)) < 1e-9)
        }
        // Tasks are worth what the forecast says of them.
        _ = try await TaskStage(database).run(asOf: ForecastPortfolio.day)
        let loss = try await ImportFixture.texts(
            """
            select round((task.expected_loss - (renewal.reporting_arr * (1 - renewal.probability))::float8)::numeric, 6)::text
                as text
            from hale_data.task
            join hale_data.account on account.account_id = task.account_id
            join hale.renewal on renewal.account_id = account.external_id
            where renewal.probability is not null and task.closed_on is null
            """)
        #expect(!loss.isEmpty && loss.allSatisfy { $0 == "0.000000" })
    }

    /// What version 0.1 stored has one rate for all terms and numbers, and on an upper rung its intercept alone.
    @Test(arguments: [1, 2]) func `is what an earlier version made of it until the next night`(rung: Int) async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        _ = try await TestDatabase.shared.query("delete from hale_data.calibration")
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.calibration (
                day, rung, decided_renewals, lost, segments, segment_log_odds, other_log_odds, intercept, slope,
                dimensions, dimension_slopes, fitted_renewals, refusals, minimum_scored, minimum_deviation,
                assumed_mean, assumed_deviation, notice_probability, locked_in_probability)
            values ('2026-03-01', \(rung), 60, 25, '{mid}', '{0.4}', 1.2, 0.7, 1.3, '{}', '{}', 50, '{}', 20, 1, 62, 15,
                0.05, 0.98)
            """)
        let rows = try await rows(database)
        let shift = 1.3 * (80.0 - 62) / 15
        let run = try #require(rows["run"]).renewal.probability
        #expect(abs(run - Self.logistic((rung == 1 ? 0.4 : 0.7) + shift)) < 1e-9)
        let past = try #require(rows["past"]).renewal.probability
        #expect(abs(past - Self.logistic(0.4)) < 1e-9)
        let other = try #require(rows["other"]).renewal.probability
        #expect(abs(other - Self.logistic((rung == 1 ? 1.2 : 0.7) + 1.3 * (40.0 - 62) / 15)) < 1e-9)
        let formula = try await database.withConnection {
            try await CalibrationStore($0).formula(asOf: ForecastPortfolio.day)
        }
        #expect(formula?.interceptStandsAlone == true)
        let ladder = try await database.withConnection {
            try await TaskStore($0).renewalLadder(asOf: ForecastPortfolio.day)
        }
        let same = ladder.probability(state: .running, score: 80, segment: "mid", term: .month, number: 9)
        #expect(abs((same?.probability ?? 0) - run) < 1e-12)
    }

    /// What is shown as 85 % is committed, in SQL as in Swift, and so at every edge.
    @Test func `has its category by what is shown`() async throws {
        let edges = [0.845, 0.595, 0.295, 0.85, 0.6, 0.3, 0, 0.5, 1]
        let chances = edges.flatMap { [$0, $0.nextUp, $0.nextDown, $0 - 0.001, $0 + 0.001] }
        let list = chances.map { "\($0)::float8" }.joined(separator: ", ")
        let rows = try await TestDatabase.shared.query(
            "select hale_data.renewal_category(p, 'calibrated') as category from unnest(array[\(list)]) as chance (p)")
        for (chance, row) in zip(chances, rows) {
            let own = RenewalCategory(
                RenewalProbability(probability: chance, basis: .calibrated, decidedRenewals: 1))
            #expect(try row.decode("category", as: String.self) == own.rawValue, "\(chance)")
            // By the digits that are shown, without the program's rounding: half a percent and more rounds up.
            let shown = NSDecimalNumber(string: "\(chance)").multiplying(by: 100)
                .rounding(
                    accordingToBehavior: NSDecimalNumberHandler(
                        roundingMode: .plain, scale: 0, raiseOnExactness: false, raiseOnOverflow: false,
                        raiseOnUnderflow: false, raiseOnDivideByZero: false)
                ).intValue
            let expected: RenewalCategory =
                shown >= 85 ? .commit : shown >= 60 ? .mostLikely : shown >= 30 ? .bestCase : .atRisk
            #expect(own == expected, "\(chance) is shown as \(shown) %")
        }
    }

    @Test func `is a signal of every account with an open contract`() async throws {
        let database = try await ForecastPortfolio.load(
            extra: "more,a,3000,EUR,2025-04-01,2026-04-01,12,false,,,2026-02-01,,,8\n")
        try await ForecastPortfolio.run(database)
        let signals = try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', account_id, round(renewal_probability::numeric, 6), round(expected_loss::numeric, 2)) as text
            from hale.account_signal
            where account_id in ('a', 'c', 'd', 'j')
            order by account_id
            """)
        // The account has 16 seats now, so a score of 100: 1,000 at 0.980211805 and 3,000 signed; one under notice; one
        // locked in; and one without an open contract.
        #expect(signals == ["a 0.995053 19.79", "c 0.050000 2850.00", "d 0.980000 80.00", "j"])
    }

    private static func logistic(_ value: Double) -> Double {
        // e by its series, so that no formula of the program is used.
        var (term, sum) = (1.0, 1.0)
        for index in 1...60 {
            term *= -value / Double(index)
            sum += term
        }
        return 1 / (1 + sum)
    }

    private struct Points {
        let score: Double
        let points: [Double]
        let drivers: [String]
    }

    private func points() async throws -> [String: Points] {
        let rows = try await TestDatabase.shared.query(
            """
            select account.external_id, health.score, health.points, model.drivers
            from hale_data.health_score as health
            join hale_data.account on account.account_id = health.account_id
            join hale_data.model on model.model_hash = health.model_hash
            """)
        return try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (
                    try row.decode("external_id", as: String.self),
                    Points(
                        score: try row.decode("score"), points: try row.decode("points"),
                        drivers: try row.decode("drivers"))
                )
            })
    }
}
