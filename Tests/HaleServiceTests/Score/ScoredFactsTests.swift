import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What a scored day says about money, NPS and accounts of which little is known.
@Suite(.database)
struct `Facts behind a score` {
    private func health(of account: String, on day: Day, in database: Database) async throws -> AccountHealth {
        let found = try await database.withConnection { connection in
            try await AccountStore(connection).health(asOf: day, accounts: [account])
        }
        return try #require(found.first)
    }

    /// One account with a contract of 1,000 in each of two currencies.
    private func twoCurrencies() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on\nK1,A1,1000,EUR,2026-01-01\nK2,A1,1000,USD,2026-01-01\n",
            into: database)
        return database
    }

    @Test func `a second currency without a rate is refused by its name and the day`() async throws {
        let database = try await twoCurrencies()
        let day = try DemoWorkspace.day("2026-03-02")
        await #expect(throws: StoreError.noReportingCurrency(["EUR", "USD"])) {
            _ = try await ScoreStage(database).run(asOf: day)
        }
        // A rate of a later day is not known yet.
        try await ImportFixture.load(.fxRates, "day,currency,rate\n2026-03-03,USD,0.5\n", into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        await #expect(throws: StoreError.missingRate(currency: "USD", day: "2026-03-02")) {
            _ = try await ScoreStage(database).run(asOf: day)
        }
        #expect(try await ImportFixture.number("select count(*) from hale_data.health_score") == 0)
    }

    @Test func `amounts are added up at the newest rate of the day`() async throws {
        let database = try await twoCurrencies()
        try await ImportFixture.load(
            .fxRates, "day,currency,rate\n2026-01-01,USD,0.8\n2026-03-01,USD,0.9\n2026-03-03,USD,0.5\n", into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        // 1,000 EUR and 1,000 USD at 0.9 are 1,900 EUR.
        #expect(try await health(of: "A1", on: day, in: database).arrMinor == 190_000)
        #expect(
            try await ImportFixture.texts("select arr_minor::text as text from hale_data.health_score") == ["190000"])
    }

    @Test func `the NPS of the view is that of the model`() async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\nA2,Bolt\nA3,Cord\n", into: database)
        try await ImportFixture.load(
            .people,
            """
            person_id,account_id,role
            buyer,A1,economic_buyer
            buyer,A2,economic_buyer
            champion,A2,champion
            admin,A2,admin
            user,A2,user

            """, into: database)
        // On 2 March 2026 these are 180, 30, 90, 100 and 60 days old; the buyer's older answer does not count any more.
        try await ImportFixture.load(
            .nps,
            """
            account_id,person_id,score,responded_at
            A1,buyer,9,2025-09-03
            A2,buyer,2,2025-11-01
            A2,buyer,10,2026-01-31T23:59:59Z
            A2,champion,3,2025-12-02
            A2,admin,7,2025-11-22
            A2,user,9,2026-01-01
            A2,,0,2025-03-07

            """, into: database)
        let day = try DemoWorkspace.day("2026-03-02")
        // One answer of weight 1.5 · 2^(-180/180) = 0.75 beside 3 prior ones that balance: 100 · 0.75 / 3.75 = 20.
        let single = try await health(of: "A1", on: day, in: database)
        #expect(single.nps == 100)
        #expect(abs(try #require(single.npsEstimate) - 20) < 1e-9)

        let expected = NetPromoter.read(
            [
                NPSResponse(score: 10, role: .economicBuyer, ageDays: 30),
                NPSResponse(score: 3, role: .champion, ageDays: 90),
                NPSResponse(score: 7, role: .admin, ageDays: 100),
                NPSResponse(score: 9, role: .user, ageDays: 60),
                NPSResponse(score: 0, role: .unknown, ageDays: 360),
            ], priorShares: NPSShares(promoters: 0.25, passives: 0.5, detractors: 0.25), model: .default)
        let several = try await health(of: "A2", on: day, in: database)
        #expect(several.npsResponses == 5)
        // Two promoters, one passive, two detractors.
        #expect(several.nps == 0 && expected.score == 0)
        for (found, expected) in [
            (several.npsEstimate, expected.mean), (several.npsEstimateLow90, expected.low90),
            (several.npsEstimateHigh90, expected.high90),
        ] { #expect(abs(try #require(found) - expected) < 1e-9) }

        let none = try await health(of: "A3", on: day, in: database)
        #expect(none.nps == nil && none.npsEstimate == nil && none.npsEstimateLow90 == nil)
        #expect(none.npsResponses == 0)
    }

    @Test
    func `an account of which nothing is known is unknown, at the baseline and in the widest range`() async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        let account = try await health(of: "A1", on: day, in: database)
        #expect(account.band == .unknown)
        #expect(account.coverage == 0)
        #expect(account.contractState == .noContract)
        let found = try await database.withConnection { try await AccountStore($0).explanation(of: "A1", asOf: day) }
        let explanation = try #require(found)
        #expect(explanation.drivers.count == 10)
        #expect(explanation.drivers.allSatisfy { $0.x == nil && $0.c == 0 && $0.points == 0 })
        #expect(account.score == explanation.baseline)
        #expect(explanation.low == 0)
        #expect(explanation.high == 100)
    }

    @Test func `an account beside others is unknown for itself`() async throws {
        let database = try await ScoreFixture.load()
        let day = try DemoWorkspace.day("2026-03-02")
        _ = try await ScoreStage(database).run(asOf: day)
        #expect(try await health(of: "dorn", on: day, in: database).band == .unknown)
        #expect(try await health(of: "acme", on: day, in: database).band != .unknown)
    }

    /// The counts of the last 28 days, of the 28 before, and what recency says, of each account.
    private func usageFacts() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', account.external_id, health.facts[array_position(model.facts, 'recent_count_28d')],
                health.facts[array_position(model.facts, 'prior_count_28d')],
                health.texts[array_position(model.drivers, 'usage.recency')]) as text
            from hale_data.health_score as health
            join hale_data.account as account on account.account_id = health.account_id
            join hale_data.model as model on model.model_hash = health.model_hash
            order by account.external_id
            """)
    }

    @Test func `usage counts people where it names them, else quantities, and only what was before the day`()
        async throws
    {
        let database = try TestDatabase.shared.database
        let day = try DemoWorkspace.day("2026-03-02")
        let names = ["named", "nameless", "mixed", "early", "none", "later"]
        let accounts = names.map { "\($0),\($0),2025-01-01\n" }.joined()
        try await ImportFixture.load(.accounts, "account_id,name,created_on\n" + accounts, into: database)
        var usage = "account_id,person_id,occurred_at,quantity\n"
        for before in 1...40 {
            usage += "named,p1,\(day - before),5\nnamed,p2,\(day - before),5\n"
            usage += "nameless,,\(day - before),5\n"
            // Half of the rows name somebody, which is too few to count people.
            usage += "mixed,p1,\(day - before),2\nmixed,,\(day - before),3\n"
        }
        usage += "early,p1,2025-06-02,1\nlater,,2026-03-03,1\n"
        try await ImportFixture.load(.usage, usage, into: database)
        _ = try await ScoreStage(database).run(asOf: day)
        let active = "last active on 2026-03-01; active on"
        let facts = try await usageFacts()
        try #require(facts.count == 6)
        // 28 days of 2 people, of a quantity of 5, or of 2 + 3; 12 such days before them.
        #expect(facts[0] == "early 0 0 not active in 130 business days")
        #expect(facts[1] == "later no usage of this account was ever recorded")
        #expect(facts[2].hasPrefix("mixed 140 60 \(active)"))
        #expect(facts[3].hasPrefix("named 56 24 \(active)"))
        #expect(facts[4].hasPrefix("nameless 140 60 \(active)"))
        #expect(facts[5] == "none no usage of this account was ever recorded")
    }
}
