import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What an organisation says of its margin, of what its tasks save, of its hours and of money that comes later.
@Suite(.database) struct `What is assumed of money` {
    private let day = Day(iso: "2026-03-02") ?? Day(daysSince2000: 0)

    /// A customer under notice and one who has renewed once.
    private func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nnotice,Notice\nstays,Stays\n", into: database)
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on,term_months,auto_renew,notice_given_on
            k1,notice,50000,EUR,2025-07-01,2026-07-01,12,false,2026-02-20
            k2,stays,12000,EUR,2024-07-01,2025-07-01,12,true,

            """, into: database
        ) { $0.isHistory = true }
        return database
    }

    private func set(_ setting: OrganisationSetting, _ value: String, in database: Database) async throws {
        try await database.withConnection { try await SettingStore($0).set(setting, to: value) }
    }

    @Test func `is what the document says where nothing is set`() async throws {
        let database = try await load()
        let assumed = try await database.withConnection { try await SettingStore($0).moneyAssumptions() }
        #expect(assumed == MoneyAssumptions())
        #expect([assumed.margin, assumed.saveRate, assumed.hourlyCost, assumed.discount] == [0.8, 0.3, 80, 0.1])
    }

    @Test func `acts in tasks, in what customers are worth and in what they cost`() async throws {
        let database = try await load()
        for (setting, value) in [(OrganisationSetting.margin, "0.5"), (.saveRate, "0.2"), (.hourlyCost, "40.5")] {
            try await set(setting, value, in: database)
        }
        try await set(.discount, "0.25", in: database)
        _ = try await ScoreStage(database).run(asOf: day)
        let planned = try await TaskStage(database).plan(asOf: day, csm: nil)
        let task = try #require(planned.first { $0.account.accountID == "notice" }?.draft.priority)
        // P(renewed) under notice is 0.05: 50,000 · 0.95 · 0.5 · 0.2, less half an hour.
        #expect(abs(task.valueProtected - 4_750) < 1e-6)
        #expect(abs(task.net - (4_750 - 20.25)) < 1e-6)
        // At most what the customer pays is at stake, so an hour that costs more is not worth it.
        try await set(.hourlyCost, "9600", in: database)
        let dear = try await TaskStage(database).plan(asOf: day, csm: nil)
        #expect(!dear.contains { $0.account.accountID == "notice" })

        let (retention, economics) = try await database.withConnection {
            (
                try await RetentionReport.read(asOf: day, on: $0),
                try await EconomicsReport.read(asOf: day, cycleDays: 0, on: $0)
            )
        }
        let customer = try #require(retention.lifetimes.first { $0.accountID == "stays" })
        let expected = retention.projection.residualValueMinor(of: customer, asOf: day, margin: 0.5, discount: 0.25)
        #expect(expected > 0 && retention.residualValueMinor(of: customer) == expected)
        // Both customers pay 31,000 a year each, first at once and then as long as they stay.
        let years = retention.projection.residualLifetime(renewalsMade: 0, discount: 0.25)
        #expect(abs(economics.acquisition.lifetimeValue - 0.5 * 31_000 * (1 + years / 1.25)) < 1e-6)
    }

    @Test(arguments: [
        (OrganisationSetting.margin, "0"), (.margin, "0.00"), (.margin, "1.2"), (.margin, "80 %"), (.margin, "0,8"),
        (.saveRate, "-0.1"), (.saveRate, ""), (.discount, "nan"), (.discount, "1e-3"), (.hourlyCost, "-80"),
        (.hourlyCost, "1000000"), (.hourlyCost, "80 EUR"),
    ])
    func `is refused where it is no such number`(setting: OrganisationSetting, value: String) async throws {
        let database = try TestDatabase.shared.database
        await #expect(throws: StoreError.self) { try await set(setting, value, in: database) }
    }

    @Test(arguments: [
        (OrganisationSetting.margin, "1"), (.margin, "0.80"), (.saveRate, "0.000001"), (.discount, "0.1"),
        (.hourlyCost, "0"), (.hourlyCost, "120.50"),
    ])
    func `may be any share, and any amount`(setting: OrganisationSetting, value: String) async throws {
        let database = try TestDatabase.shared.database
        try await set(setting, value, in: database)
        let settings = try await database.withConnection { try await SettingStore($0).all() }
        #expect(settings[setting] == value)
    }
}
