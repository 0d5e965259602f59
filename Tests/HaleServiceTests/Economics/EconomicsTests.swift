import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Spend, leads and customers that can be counted by hand.
@Suite(.database)
struct `Economics` {
    private let day = Day(iso: "2026-07-02") ?? Day(daysSince2000: 0)

    private func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\na,A\nb,B\nc,C\n", into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        try await ImportFixture.load(
            .fxRates, "day,currency,rate\n2026-01-01,USD,0.5\n2026-03-01,USD,0.8\n", into: database)
        // Two customers are new in the first half of 2026; the third one was there before.
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on,term_months,auto_renew
            k1,a,12000,EUR,2024-01-01,2027-01-01,12,true
            k2,b,6000,EUR,2026-03-01,2027-03-01,12,true
            k3,c,3000,EUR,2026-05-01,2027-05-01,12,true

            """, into: database
        ) { $0.isHistory = true }
        try await ImportFixture.load(
            .spend,
            """
            month,channel,amount,currency
            2025-12-01,ads,1000,EUR
            2026-01-10,ads,2000,EUR
            2026-01-01,events,500,USD
            2026-03-01,ads,4000,EUR
            2026-03-01,events,100,USD
            2026-06-01,ads,700,EUR

            """, into: database)
        try await ImportFixture.load(
            .leads,
            """
            lead_id,created_on,channel,qualified_on,won_on
            L1,2026-01-05,ads,2026-01-20,2026-03-01
            L2,2026-01-15,ads,2026-02-01,
            L3,2026-02-01,events,,2026-04-10
            L4,2026-03-03,,2026-03-04,
            L5,2025-11-01,ads,2025-11-02,2026-01-10

            """, into: database)
        return database
    }

    private func report(_ database: Database, _ period: String, cycle: Int? = nil) async throws -> EconomicsReport {
        try await database.withConnection {
            try await EconomicsReport.read(asOf: day, in: CalendarPeriod(period), cycleDays: cycle, on: $0)
        }
    }

    @Test func `sets leads beside their months and customers beside the spend that won them`() async throws {
        let database = try await load()
        let report = try await report(database, "2026Q1")
        // 55, 68 and 70 days from lead to customer: two months earlier, November to January.
        #expect(report.salesCycleDays == 68 && report.lagMonths == 2)
        let ads = try #require(report.byChannel.first)
        #expect(ads.name == "ads")
        #expect(ads.spendMinor == 600_000 && ads.laggedMinor == 300_000)
        #expect([ads.leads, ads.qualified, ads.won] == [2, 2, 2])
        #expect(ads.costPerLead == 300_000 && ads.costOfCustomer == 150_000)
        // Dollars at the rate of their month: 500 at 0.5 and 100 at 0.8.
        let events = report.byChannel[1]
        #expect(events.name == "events")
        #expect(events.spendMinor == 33_000 && events.laggedMinor == 25_000)
        #expect(events.costPerLead == nil && events.costOfCustomer == nil)
        let none = report.byChannel[2]
        #expect(none.name == nil && none.leads == 1 && none.qualified == 1 && none.costPerLead == 0)
        #expect(report.total.leads == 4 && report.total.won == 2 && report.total.spendMinor == 633_000)
        #expect(report.byMonth.map(\.spendMinor) == [225_000, 0, 408_000])
        #expect(report.byMonth.map(\.laggedMinor) == [0, 100_000, 225_000])
        #expect(report.byMonth.map(\.qualified) == [1, 1, 1])
    }

    @Test func `tells what a customer costs and brings`() async throws {
        let database = try await load()
        let report = try await report(database, "2026Q2", cycle: 91)
        #expect(report.lagMonths == 3)
        // 1 January to 31 March: 2,000 + 250 + 4,000 + 80 for the one customer whose contract began in these months.
        #expect(report.acquisition.newCustomers == 1)
        #expect(abs((report.acquisition.cost ?? 0) - 6_330) < 1e-9)
        // Three customers run at 21,000 together, of which 80 % is margin.
        #expect(report.customers == 3 && report.acquisition.revenuePerYear == 7_000)
        #expect(abs((report.acquisition.paybackMonths ?? 0) - 12 * 6_330 / 5_600) < 1e-9)
        let lifetime = report.acquisition.lifetimeValue
        #expect(abs((report.acquisition.valueToCost ?? 0) - lifetime / 6_330) < 1e-9)
        // One account renewed twice and nobody left: the rate is (2 + 8) / (2 + 10), for all alike.
        let rate = 10.0 / 12
        #expect(abs(lifetime - 5_600 * (1 + rate / (1 - rate / 1.1) / 1.1)) < 1)
    }

    @Test func `is none where there is nothing to divide by`() async throws {
        let database = try TestDatabase.shared.database
        let report = try await report(database, "2026Q2")
        #expect(report.acquisition.cost == nil && report.acquisition.paybackMonths == nil)
        #expect(report.acquisition.valueToCost == nil && report.total.costPerLead == nil)
        #expect(report.customers == 0 && report.salesCycleDays == nil && report.byChannel.isEmpty)
    }

    @Test func `refuses spend without an exchange rate by name`() async throws {
        let database = try await load()
        try await ImportFixture.load(
            .spend, "month,channel,amount,currency\n2026-02-01,fairs,9,JPY\n", into: database)
        let error = await #expect(throws: StoreError.self) { _ = try await report(database, "2026Q1") }
        #expect(error?.description.contains("JPY") == true)
    }
}
