import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Rates, forecasts, backtests and survival count the renewals that `hale.renewal_decision` lists.
@Suite(.database)
struct `The decided renewals` {
    @Test func `are the same to rates, forecast, backtest and survival`() async throws {
        let database = try TestDatabase.shared.database
        let ledger = ChainLedger(accounts: 12, seed: 3, from: try DemoWorkspace.day("2022-01-01"))
        try await ImportFixture.load(
            .accounts, "account_id,name\n" + (0..<12).map { "a\($0),A\($0)\n" }.joined(), into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        try await ImportFixture.load(.fxRates, "day,currency,rate\n2020-01-01,USD,0.5\n", into: database)
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,product,starts_on,ends_on,term_months,auto_renew,notice_given_on,"
                + "outcome,decided_on,cancelled_on\n" + ledger.contracts.map { $0.csv + "\n" }.joined(), into: database
        ) { $0.isHistory = true }
        let today = try await database.withConnection { try await AccountStore($0).today() }
        _ = try await DayRun(database).scores(from: today, to: today)

        let expected = ledger.contracts.flatMap { ledger.decisions($0, seen: today) }
        let due = ledger.contracts.flatMap { ledger.decisions($0, seen: today - 1) }
        func lost(_ decisions: [String]) -> Int { decisions.count { $0.contains(" lost ") } }
        #expect(expected.count > 50 && lost(expected) > 5)

        // The ladder counts what was decided before the day.
        let formula = try #require(
            try await database.withConnection { try await CalibrationStore($0).formula(asOf: today) })
        #expect(formula.decidedRenewals == due.count && formula.lostRenewals == lost(due))

        // The backtest looks at some and says how many it leaves out.
        let backtest = try await BacktestStage(database).run(leadDays: 90)
        #expect(backtest.report.renewals + backtest.renewals.leftOut.renewals == expected.count)
        #expect(backtest.report.lost + backtest.renewals.leftOut.lost == lost(expected))

        // The forecast has them beside what is open; of contracts that were decided before their date, more.
        let range = CalendarPeriod(from: try DemoWorkspace.day("2022-01-01"), before: today + 1)
        let report = try await database.withConnection { connection in
            try await ForecastReport.read(asOf: today, in: range, reach: .everything, on: connection)
        }
        let told = report.decided.filter { $0.renewalOn <= today }
        let dated = expected.filter { !$0.contains(" cut") }
        let shown = try await ImportFixture.texts(
            """
            select concat_ws(' ', contract_id, renewal_on, outcome, basis) as text
            from hale.renewal_decision_on('\(today)')
            """)
        #expect(Set(shown).symmetricDifference(expected).sorted() == [])
        #expect(told.count { !$0.isRenewed } == shown.count { $0.contains(" lost ") && Self.day($0) <= today })
        #expect(told.count == shown.count { Self.day($0) <= today } && told.count >= dated.count)

        // Whoever is lost was lost by such a decision, on its date or when the term was cut short.
        let lifetimes = try await database.withConnection { try await RetentionStore($0).lifetimes(asOf: today) }
        let gone = lifetimes.filter { $0.lostOn != nil }
        #expect(!gone.isEmpty)
        for customer in gone {
            let contracts = ledger.contracts.filter { $0.account == customer.accountID }
            #expect(contracts.allSatisfy { !$0.isLive(on: today) }, "\(customer.accountID)")
            let ends = contracts.filter { contract in
                ledger.decisions(contract, seen: today).contains { $0.contains(" lost ") }
            }.flatMap { [$0.stops(seen: today), $0.cancelledOn] }
            #expect(ends.contains(customer.lostOn), "\(customer.accountID)")
        }
    }

    /// The renewal date of a line of the view.
    private static func day(_ line: String) -> Day {
        Day(iso: line.split(separator: " ")[1].description) ?? Day(daysSince2000: 0)
    }
}
