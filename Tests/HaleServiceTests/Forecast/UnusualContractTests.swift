import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Contracts that do not follow the book are forecast once each, or refused by name.
@Suite(.database)
struct `Unusual contracts in the forecast` {
    private let day = ForecastPortfolio.day
    private static let header = "contract_id,account_id,arr,currency,product,starts_on,ends_on,term_months,auto_renew\n"

    private func forecast(_ contracts: String) async throws -> (ForecastReport, [String]) {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\na,A\nb,B\n", into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        try await ImportFixture.load(
            .fxRates, "day,currency,rate\n2025-01-01,USD,0.5\n", into: database)
        try await ImportFixture.load(.contracts, Self.header + contracts, into: database) { $0.isHistory = true }
        try await ForecastPortfolio.run(database, on: day)
        let report = try await ForecastPortfolio.report(database, on: day)
        let open = report.renewals.map { "\($0.contractID) \($0.renewsOn?.description ?? "") \($0.arrMinor)" }
        let decided = report.decided.map { "\($0.contractID) \($0.renewalOn) \($0.isRenewed ? "renewed" : "lost")" }
        return (report, open + decided)
    }

    @Test(arguments: [
        // Two at once are two renewals.
        (
            "overlapping",
            "k1,a,100,EUR,x,2025-05-01,2026-05-01,12,false\nk2,a,200,EUR,x,2025-09-01,2026-09-01,12,false\n",
            ["k1 2026-05-01 10000", "k2 2026-09-01 20000"]
        ),
        // The next term was agreed upon three weeks before the end: the first one is decided and not asked again.
        (
            "renewed early",
            "k1,a,100,EUR,x,2025-03-20,2026-03-20,12,false\nk2,a,150,EUR,x,2026-03-01,2027-03-01,12,false\n",
            ["k2 2027-03-01 15000", "k1 2026-03-20 renewed"]
        ),
        (
            "renewed late",
            "k1,a,100,EUR,x,2025-02-01,2026-02-01,12,false\nk2,a,100,EUR,x,2026-02-20,2027-02-20,12,false\n",
            ["k2 2027-02-20 10000", "k1 2026-02-01 renewed"]
        ),
        // What follows later than 90 days is another beginning; until then the first term waits.
        (
            "not followed yet",
            "k1,a,100,EUR,x,2025-02-01,2026-02-01,12,false\nk2,a,100,EUR,x,2026-04-01,2027-04-01,12,false\n",
            ["k1 2026-02-01 10000"]
        ),
        (
            "followed too late",
            "k1,a,100,EUR,x,2024-11-20,2025-11-20,12,false\nk2,a,100,EUR,x,2026-02-20,2027-02-20,12,false\n",
            ["k2 2027-02-20 10000"]
        ),
        (
            "split",
            "k1,a,100,EUR,x,2025-03-01,2026-03-01,12,false\nk2,a,60,EUR,x,2026-03-01,2027-03-01,12,false\n"
                + "k3,a,40,EUR,x,2026-03-01,2027-06-01,15,false\n",
            ["k2 2027-03-01 6000", "k3 2027-06-01 4000", "k1 2026-03-01 renewed"]
        ),
        (
            "merged",
            "k1,a,60,EUR,x,2025-03-01,2026-03-01,12,false\nk2,a,40,EUR,x,2025-02-15,2026-02-15,12,false\n"
                + "k3,a,100,EUR,x,2026-03-01,2027-03-01,12,false\n",
            ["k3 2027-03-01 10000", "k2 2026-02-15 renewed", "k1 2026-03-01 renewed"]
        ),
        ("evergreen", "k1,a,100,EUR,x,2025-03-01,,,false\n", []),
        (
            "on the 29th of February", "k1,a,100,EUR,x,2024-02-29,,12,true\n",
            ["k1 2027-02-28 10000", "k1 2026-02-28 renewed"]
        ),
        ("of no ARR", "k1,a,0,EUR,x,2025-05-01,2026-05-01,12,false\n", ["k1 2026-05-01 0"]),
        ("of another currency", "k1,a,100,USD,x,2025-05-01,2026-05-01,12,false\n", ["k1 2026-05-01 5000"]),
    ])
    func `are told once each`(name: String, contracts: String, expected: [String]) async throws {
        let (report, found) = try await forecast(contracts)
        #expect(found == expected)
        #expect(report.unknown == 0)
    }

    @Test func `change currency from the day on which that is known`() async throws {
        _ = try await forecast("k1,a,100,EUR,x,2025-05-01,2026-05-01,12,true\n")
        let database = try TestDatabase.shared.database
        let today = try await database.withConnection { try await AccountStore($0).today() }
        try await ImportFixture.load(
            .contracts, Self.header + "k1,a,300,USD,x,2025-05-01,2026-05-01,12,true\n", into: database)
        try await ForecastPortfolio.run(database, on: today)
        #expect(try await ForecastPortfolio.report(database, on: today).renewals.map(\.arrMinor) == [15_000])
        #expect(try await ForecastPortfolio.report(database, on: day).renewals.map(\.arrMinor) == [10_000])
    }

    @Test(arguments: [
        ("k1,a,-5,EUR,x,2025-05-01,2026-05-01,12,false\n", "arr"),
        ("k1,a,5,EUR,x,2025-05-01,2025-04-01,12,false\n", "before it starts"),
        ("k1,a,5,EURO,x,2025-05-01,2026-05-01,12,false\n", "currency"),
    ])
    func `are refused by name where they cannot be`(contract: String, words: String) async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\na,A\n", into: database)
        let lines = try await ImportFixture(Self.header + contract).refusal(.contracts, into: database)
        #expect(lines.contains { $0.contains(words) }, "\(lines)")
        #expect(try await ImportFixture.number("select count(*) from hale_data.contract_version") == 0)
    }
}
