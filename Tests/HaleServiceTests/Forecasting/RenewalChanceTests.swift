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

    @Test(arguments: [2, 3]) func `is the ladder's on the upper rungs too`(rung: Int) async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        let formula = RenewalFormula(
            rung: rung, decidedRenewals: 60, lostRenewals: 25, segmentLogOdds: ["mid": 0.4, nil: 0.1],
            otherLogOdds: 1.2, intercept: 0.7, slope: 1.3, dimensions: rung == 3 ? ["nps", "size"] : [],
            dimensionSlopes: rung == 3 ? [-2, 0.6] : [], fittedRenewals: 50, refusals: [])
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
            let renewal = try #require(
                ladder.probability(
                    state: .running, score: own.score, segment: row.segment,
                    dimensionLogOdds: formula.dimensionLogOdds(points: own.points, drivers: own.drivers)))
            #expect(abs(renewal.probability - row.renewal.probability) < 1e-12, "\(contract)")
            #expect(row.renewal.basis == (rung == 2 ? .calibrated : .fitted))
            #expect(row.renewal.decidedRenewals == 50)
            #expect(row.logOdds.map { abs($0.probability - row.renewal.probability) < 1e-12 } == true)
        }
        let past = try #require(try await rows(database)["past"])
        #expect(past.renewal.basis == .assumedSlope && past.renewal.decidedRenewals == 60)
        // The points are 100 (seats / 10 - 0.5): 8 of 11 accounts have seats, 50 together.
        if rung == 3 {
            let run = try #require(try await rows(database)["run"])
            let mean = 10.0 * 50 / 8 - 50
            #expect(abs(run.renewal.probability - Self.logistic(0.7 + 0.6 * (30 - mean) / 15)) < 1e-9)
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
            where renewal.probability is not null
            """)
        #expect(!loss.isEmpty && loss.allSatisfy { $0 == "0.000000" })
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
