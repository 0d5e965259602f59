import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

@Suite(.database)
struct `A renewal forecast` {
    @Test func `adds up by month what is open and what was decided`() async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        let report = try await ForecastPortfolio.report(database, reach: .year)
        #expect(report.range.description == "2026-02-01 to 2027-02-28")
        let months = Dictionary(uniqueKeysWithValues: report.periods(by: .month).map { ($0.period.description, $0) })
        #expect(months.count == 13)
        let june = try #require(months["2026-06"]).outlook
        #expect(june.contracts == 3 && june.arrMinor == 110_000)
        #expect(june.arrByCategory == [.commit: 100_000, .bestCase: 10_000])
        #expect(abs(june.expectedMinor - (100_000 * 0.937_184_785 + 10_000 * 0.494_820_931)) < 1e-3)
        let april = try #require(months["2026-04"]).outlook
        #expect(april.expectedMinor == 200_000 && april.quantilesMinor == (200_000, 200_000, 200_000))
        // Past due stands in its month, beside what was decided of that month; January is over and has nothing open.
        let february = try #require(months["2026-02"])
        #expect(february.renewals.map(\.contractID) == ["past"])
        // Won, and leap, which renewed by itself on the 28th.
        #expect(february.decidedMinor(isRenewed: true) == 160_000 && february.decidedMinor(isRenewed: false) == 0)
        #expect(months["2026-01"] == nil)
        #expect(report.total.outlook.contracts == 8)

        let quarters = try await ForecastPortfolio.report(database, reach: .quarters).periods(by: .quarter)
        #expect(quarters.map(\.period.description) == ["2026Q1", "2026Q2", "2026Q3", "2026Q4", "2027Q1"])
        #expect(quarters.first?.decidedMinor(isRenewed: false) == 80_000)
        let whole = try #require(CalendarPeriod("2026"))
        let year = try await ForecastPortfolio.report(database, in: whole)
        #expect(year.periods(by: .csm).map(\.group) == ["ana@example.com", "ben@example.com", nil])
        #expect(year.periods(by: .csm).map(\.outlook.arrMinor) == [600_000, 900_000, 10_000])
        #expect(year.periods(by: .segment).map(\.group) == ["mid", "new", "smb"])
        #expect(year.periods(by: .segment).map(\.outlook.contracts) == [6, 1, 0])
    }

    @Test func `is the same in SQL`() async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        _ = try await HumanForecasts(database).say(
            HumanForecasts.Statement(contract: "run", amount: "800.50", category: .bestCase, by: "ana@example.com"))
        let report = try await ForecastPortfolio.report(database)
        let months = report.periods(by: .month).filter { !$0.renewals.isEmpty || !$0.decided.isEmpty }
        let rows = try await TestDatabase.shared.query(
            """
            select to_char(month, 'YYYY-MM') as month, contracts, (arr_up_for_renewal * 100)::bigint as arr,
                (closed * 100)::bigint as closed, (expected * 100)::bigint as expected, (p10 * 100)::bigint as p10,
                (p50 * 100)::bigint as p50, (p90 * 100)::bigint as p90, (commit * 100)::bigint as commit,
                (most_likely * 100)::bigint as most_likely, (best_case * 100)::bigint as best_case,
                (at_risk * 100)::bigint as at_risk, forecast_contracts, (forecast * 100)::bigint as forecast, renewed,
                (renewed_arr * 100)::bigint as renewed_arr, lost, (lost_arr * 100)::bigint as lost_arr
            from hale.renewal_forecast
            """)
        #expect(try rows.map { try $0.decode("month", as: String.self) } == months.map(\.period.description))
        for (row, month) in zip(rows, months) {
            func minor(_ column: String) throws -> Int64? { try row.decodeIfPresent(column) }
            let outlook = month.outlook
            #expect(try row.decode("contracts", as: Int32.self) == outlook.contracts)
            #expect(try minor("arr") == outlook.arrMinor)
            #expect(try minor("expected") == Int64(outlook.expectedMinor.rounded()))
            for (column, category) in [
                ("closed", RenewalCategory.closed), ("commit", .commit), ("most_likely", .mostLikely),
                ("best_case", .bestCase), ("at_risk", .atRisk),
            ] { #expect(try minor(column) == outlook.arrByCategory[category] ?? 0) }
            #expect(try minor("forecast") == month.human?.saidMinor)
            #expect(try minor("renewed_arr") == month.decidedMinor(isRenewed: true))
            #expect(try minor("lost_arr") == month.decidedMinor(isRenewed: false))
            // Months without an open renewal have no distribution.
            let quantiles = [outlook.quantilesMinor.p10, outlook.quantilesMinor.p50, outlook.quantilesMinor.p90]
            for (column, value) in zip(["p10", "p50", "p90"], quantiles) {
                #expect(try minor(column) == (outlook.contracts == 0 ? nil : Int64(value.rounded())))
            }
        }
        #expect(months.first { $0.human != nil }?.human?.saidMinor == 80_050)
    }

    /// Ana puts 800.50 of one renewal into best case and the whole of another, of which she names no amount, into commit;
    /// of a third only an amount is said, which is no category.
    @Test func `adds up what people put in each category beside the model's`() async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        for statement in [
            HumanForecasts.Statement(contract: "run", amount: "800.50", category: .bestCase, by: "ana@example.com"),
            HumanForecasts.Statement(contract: "other", category: .commit, by: "ana@example.com"),
            HumanForecasts.Statement(contract: "notice", amount: "100", by: "ana@example.com"),
        ] { _ = try await HumanForecasts(database).say(statement) }
        let report = try await ForecastPortfolio.report(database, in: CalendarPeriod("2026"))
        let months = Dictionary(uniqueKeysWithValues: report.periods(by: .month).map { ($0.period.description, $0) })
        #expect(months["2026-06"]?.humanByCategory == [.bestCase: 80_050, .commit: 10_000])
        #expect(months["2026-05"]?.humanByCategory == nil && months["2026-05"]?.human?.saidMinor == 10_000)
        #expect(report.total.humanByCategory == [.bestCase: 80_050, .commit: 10_000])
        let rows = try await ImportFixture.texts(
            """
            select concat_ws(' ', to_char(month, 'YYYY-MM'), forecast_commit, forecast_best_case) as text
            from hale.renewal_forecast
            where coalesce(forecast_commit, forecast_best_case, forecast_closed, forecast_most_likely) is not null
            """)
        #expect(rows == ["2026-06 100.00 800.50"])
    }

    @Test func `shows a CSM no more than their own renewals`() async throws {
        let database = try await ForecastPortfolio.load()
        try await ForecastPortfolio.run(database)
        let seen = try await ImportFixture.texts(
            """
            with own as materialized (select set_config('hale.csm', 'ana@example.com', false))
            select concat_ws(' ', to_char(month, 'YYYY-MM'), contracts, p10, renewed + lost) as text
            from own, hale.renewal_forecast_on('2026-03-02')
            """)
        #expect(seen == ["2026-04 1 0", "2026-05 1 0", "2026-06 1 0"])
    }

    @Test func `tells amounts in the reporting currency, and refuses one without a rate`() async throws {
        let database = try await ForecastPortfolio.load(
            extra: "dollars,a,1000,USD,2025-07-01,2026-07-01,12,false,,,,,,8\n")
        await #expect(throws: (any Error).self) { try await ForecastPortfolio.run(database) }
        try await ImportFixture.load(
            .fxRates, "day,currency,rate\n2026-01-01,USD,0.8\n2026-03-10,USD,0.9\n", into: database)
        try await database.withConnection { connection in
            try await SettingStore(connection).set(.reportingCurrency, to: "EUR")
        }
        try await ForecastPortfolio.run(database)
        let july = try await ForecastPortfolio.report(database, in: CalendarPeriod("2026-07")).total.outlook
        #expect(july.arrMinor == 80_000)
        try await ForecastPortfolio.run(database, on: ForecastPortfolio.day + 9)
        let later = try await ForecastPortfolio.report(
            database, on: ForecastPortfolio.day + 9, in: CalendarPeriod("2026-07"))
        #expect(later.total.outlook.arrMinor == 90_000)
        // A rate that moves is a change of the amount.
        let moved = try #require(
            try await database.withConnection { try await later.moved(since: ForecastPortfolio.day, on: $0) })
        #expect(moved.since == ForecastPortfolio.day)
        #expect(moved.movement.sums.map(\.cause) == [.amount])
    }
}
