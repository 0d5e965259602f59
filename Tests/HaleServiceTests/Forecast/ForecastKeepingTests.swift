import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What people say of renewals, what is frozen, and how both compare with what came of it.
@Suite(.database)
struct `Forecasts that are kept` {
    private func say(
        _ database: Database, _ contract: String, _ amount: String?, _ category: RenewalCategory? = nil,
        currency: String? = nil, by: String = "ana@example.com", isDryRun: Bool = false
    ) async throws -> ForecastStore.Entered {
        try await HumanForecasts(database).say(
            HumanForecasts.Statement(
                contract: contract, amount: amount, currency: currency, category: category, note: "was told so", by: by),
            isDryRun: isDryRun)
    }

    private func human(_ database: Database, _ contract: String, on day: Day = ForecastPortfolio.day) async throws
        -> HumanForecast?
    {
        try await ForecastPortfolio.report(database, on: day).renewals.first { $0.contractID == contract }?.human
    }

    @Test func `stand beside the model, and the newest word counts`() async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        let before = try await ForecastPortfolio.report(database).total.outlook.expectedMinor
        _ = try await say(database, "run", "900", isDryRun: true)
        #expect(try await human(database, "run") == nil)
        let entered = try await say(database, "run", "900")
        #expect(entered.renewal.accountID == "a" && entered.renewal.renewsOn?.description == "2026-06-01")
        _ = try await say(database, "run", nil, .atRisk, by: "ben@example.com")
        _ = try await say(database, "other", "0")
        #expect(
            try await human(database, "run")
                == HumanForecast(amountMinor: nil, category: .atRisk, by: "ben@example.com", note: "was told so"))
        #expect(try await human(database, "other")?.amountMinor == 0)
        let report = try await ForecastPortfolio.report(database)
        #expect(report.total.outlook.expectedMinor == before)
        #expect(report.total.withoutHumanForecast == 6)
        #expect(report.total.human?.contracts == 1 && report.total.human?.saidMinor == 0)
        // What was said on a day is not known the day before.
        try await ForecastPortfolio.run(database, on: ForecastPortfolio.day + 1)
        _ = try await say(database, "zero", "5")
        #expect(try await human(database, "zero") == nil)
        #expect(try await human(database, "zero", on: ForecastPortfolio.day + 1)?.amountMinor == 500)
    }

    @Test func `are refused in one line where they mean nothing`() async throws {
        let database = try await ForecastPortfolio.load()
        await #expect(throws: StoreError.self) { try await say(database, "run", "1") }
        try await ForecastPortfolio.run(database)
        for contract in ["nobody", "ever", "won"] {
            await #expect(throws: HumanForecasts.Refusal.noRenewal(contract, on: ForecastPortfolio.day)) {
                try await say(database, contract, "1")
            }
        }
        for amount in ["", "-1", "1,000", "12.345", "1e3", ".5", "1.", "1234567890123"] {
            await #expect(throws: HumanForecasts.Refusal.badAmount(amount)) { try await say(database, "run", amount) }
        }
        await #expect(throws: HumanForecasts.Refusal.noRate("USD", on: ForecastPortfolio.day)) {
            try await say(database, "run", "1", currency: "usd")
        }
        #expect(try await ImportFixture.number("select count(*) from hale_data.forecast_entry") == 0)
    }

    @Test func `are frozen by the first night of a week, and only as of the day that it is`() async throws {
        let database = try await ForecastPortfolio.load()
        let models = try ModelPortfolio(["default": ModelPortfolio.seats()]).library.set(["default"])
        func night(_ offset: Int) async throws {
            let day = ForecastPortfolio.day + offset
            _ = try await DayRun(database, models: models, today: day).scores(from: day, to: day)
        }
        // 2 March 2026 is a Monday. The day goes on: what is new is in its forecast, and what was frozen stays.
        try await night(0)
        let expected = "select sum(expected_minor)::text as text from hale_data.frozen_forecast"
        let before = try await ImportFixture.texts(expected)
        try await ImportFixture.load(
            .contracts, ForecastPortfolio.header + "late,d,9000,EUR,2025-06-01,2026-06-01,12,false,,,,,,1\n",
            into: database
        ) { $0.isHistory = true }
        try await night(0)
        #expect(try await ImportFixture.texts(expected) == before)
        let june = "select contracts::text as text from hale_data.forecast_snapshot where period = '2026-06'"
        #expect(try await ImportFixture.texts(june) == ["4"])
        for offset in [1, 6, 7, 9] { try await night(offset) }
        // Neither the past nor what lies ahead is frozen, nor anything where it is not said what day it is.
        _ = try await DayRun(database, models: models, today: ForecastPortfolio.day + 30).scores(
            from: ForecastPortfolio.day + 14, to: ForecastPortfolio.day + 15)
        try await ForecastPortfolio.run(database, on: ForecastPortfolio.day + 21)
        for table in ["frozen_forecast", "frozen_renewal"] {
            let days = "select distinct day::text as text from hale_data.\(table) order by text"
            #expect(try await ImportFixture.texts(days) == ["2026-03-02", "2026-03-09"])
        }
    }

    /// Seen on 2 March: April 2,000 signed, May 3,000 under notice, June 1,000 and 100 and 0. Then run is renewed, other
    /// lost, the notice holds, and what is signed rolls on as a following contract.
    @Test func `are compared with what came of them`() async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        _ = try await say(database, "run", "700")
        _ = try await say(database, "other", "100")
        let rehearsed = try await ForecastFreezing(database).run(isDryRun: true)
        #expect(try await ImportFixture.number("select count(*) from hale_data.frozen_renewal") == 0)
        let frozen = try await ForecastFreezing(database).run()
        #expect(
            frozen.renewals == 8 && frozen.earlier == nil && rehearsed.renewals == 8
                && rehearsed.periods == frozen.periods)
        let again = try await ForecastFreezing(database).run()
        #expect(again.earlier != nil)

        let june = try await ForecastPortfolio.report(database, in: CalendarPeriod("2026-06")).total
        try await ImportFixture.load(
            .contracts,
            ForecastPortfolio.header + """
                run,a,1000,EUR,2025-06-01,2026-06-01,12,false,,,,renewed,2026-05-20,8
                signed2,b,2500,EUR,2026-04-01,2027-04-01,12,false,,,,,,5
                other,k,100,EUR,2025-06-20,2026-06-20,12,false,,,,lost,2026-06-01,4

                """, into: database)
        let day = try DemoWorkspace.day("2026-07-02")
        try await ForecastPortfolio.run(database, on: day)
        // Scoring again does not touch what was frozen.
        try await ForecastPortfolio.run(database)
        let judged = try await database.withConnection { try await ForecastStore($0).judged(asOf: day) }
        let byPeriod = Dictionary(uniqueKeysWithValues: judged.map { ($0.outcome.period.description, $0) })
        #expect(byPeriod.keys.sorted() == ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026Q1", "2026Q2"])
        // The contract that was past due lapsed, the one that renews by itself did, the notice was the end.
        #expect(byPeriod["2026-02"]?.outcome.actualMinor == 0)
        #expect(byPeriod["2026-03"]?.outcome.actualMinor == 400_000)
        #expect(byPeriod["2026-04"]?.outcome.actualMinor == 200_000)
        #expect(byPeriod["2026-05"]?.outcome.actualMinor == 0)
        let outcome = try #require(byPeriod["2026-06"])
        // The third June contract, of no ARR, is past due and undecided.
        #expect(outcome.undecided == 1)
        #expect(outcome.outcome.actualMinor == 100_000)
        #expect(outcome.outcome.expectedMinor == june.outlook.expectedMinor.rounded())
        let human = try #require(outcome.outcome.human)
        #expect(human.saidMinor == 80_000 && human.actualMinor == 100_000 && human.contracts == 2)
        #expect(abs(human.modelMinor - (100_000 * 0.937_184_785 + 10_000 * 0.494_820_931)) < 1e-3)
        #expect(byPeriod["2026Q2"]?.outcome.actualMinor == 300_000)
    }
}
