import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// What receipts say was in before an import and after it, and what they doubt.
@Suite(.database)
struct `The effect of an import` {
    private func accounts(_ count: Int = 12) async throws -> Database {
        let database = try TestDatabase.shared.database
        let rows = (1...count).map { "A\($0),Account \($0)\n" }
        try await ImportFixture.load(.accounts, "account_id,name\n" + rows.joined(), into: database)
        return database
    }

    // Terms are valid from the day on which they are imported, so the day is today; what is live is so for centuries.

    /// Contracts from 2020 to 2190, one an account.
    private func contracts(
        _ amounts: [(id: String, arr: String)], column: String = "arr", into database: Database,
        adjusting adjust: (inout ImportStage.Request) -> Void = { _ in }
    ) async throws -> ImportStore.Receipt {
        let rows = amounts.map { "K\($0.id),A\($0.id),\($0.arr),EUR,2020-01-01,2190-01-01\n" }
        return try await ImportFixture.load(
            .contracts, "contract_id,account_id,\(column),currency,starts_on,ends_on\n" + rows.joined(), into: database
        ) { request in
            request.today = nil
            adjust(&request)
        }
    }

    private func figures(_ standing: ImportEffect.Standing?) -> [Int64?] {
        [standing?.arrMinor, standing?.contracts, standing?.people, standing?.accounts]
    }

    @Test func `ARR and contracts are those that are live on the day, before and after`() async throws {
        let database = try await accounts()
        let first = try await contracts([("1", "1200"), ("2", "600.50")], into: database)
        #expect(figures(first.effect?.before) == [0, 0, nil, nil])
        #expect(figures(first.effect?.after) == [180_050, 2, nil, nil])
        #expect(first.effect?.after.currency == "EUR")
        // One that has ended and one that has not begun are not live.
        let text = """
            contract_id,account_id,arr,currency,starts_on,ends_on
            K3,A3,100,EUR,2020-01-01,2021-01-01
            K4,A4,100,EUR,2190-07-01,2191-07-01
            K5,A5,300,EUR,2020-06-01,2190-06-01

            """
        let second = try await ImportFixture.load(.contracts, text, into: database) { $0.today = nil }
        #expect(figures(second.effect?.before) == [180_050, 2, nil, nil])
        #expect(figures(second.effect?.after) == [210_050, 3, nil, nil])
        #expect(second.effect?.doubts == [])
        // The same again touches nothing.
        let third = try await contracts([("1", "1200")], into: database)
        #expect(third.effect == nil)
        // As the receipt keeps it.
        let stored = try await database.withConnection { try await ReceiptStore($0).receipt(second.number) }
        #expect(stored?.receipt.effect == second.effect)
    }

    @Test func `a dry run says it too and keeps nothing`() async throws {
        let database = try await accounts()
        let receipt = try await contracts([("1", "1200")], into: database) { $0.isDryRun = true }
        #expect(figures(receipt.effect?.after) == [120_000, 1, nil, nil])
        #expect(try await ImportFixture.number("select count(*) from hale_data.contract_version") == 0)
    }

    @Test func `people are those who have not left, accounts all, and what rows create counts`() async throws {
        let database = try await accounts(2)
        let people = """
            person_id,account_id,left_on
            p1,A1,
            p2,A1,2020-05-31
            p3,A2,2190-06-02

            """
        let first = try await ImportFixture.load(.people, people, into: database) { $0.today = nil }
        #expect(figures(first.effect?.before) == [nil, nil, 0, nil])
        #expect(figures(first.effect?.after) == [nil, nil, 2, nil])
        let calls = "account_id,occurred_at,person_id\nX1,2020-05-01,p9\nA1,2020-05-01,p1\n"
        let second = try await ImportFixture.load(.touchpoints, calls, into: database) {
            $0.today = nil
            $0.createsMissingAccounts = true
        }
        #expect(figures(second.effect?.before) == [nil, nil, 2, 2])
        #expect(figures(second.effect?.after) == [nil, nil, 3, 3])
        let usage = "account_id,person_id,occurred_at\nX2,u1,2020-05-01\nX2,u2,2020-05-01\n"
        let third = try await ImportFixture.load(.usage, usage, into: database) {
            $0.today = nil
            $0.createsMissingAccounts = true
        }
        #expect(figures(third.effect?.before) == [nil, nil, 3, 3])
        #expect(figures(third.effect?.after) == [nil, nil, 5, 4])
        let fourth = try await ImportFixture.load(.accounts, "account_id,name\nA9,Nine\n", into: database)
        #expect(figures(fourth.effect?.before) == [nil, nil, nil, 4])
        #expect(figures(fourth.effect?.after) == [nil, nil, nil, 5])
    }

    private static let plain = (1...6).map { (id: "\($0)", arr: "1200") }

    @Test(arguments: [("mrr", true), ("arr", false)])
    func `prices of a month and of a year taken for each other are doubted, both ways`(
        column: String, isUp: Bool
    ) async throws {
        let database = try await accounts()
        // In at 1,200 a year; as prices of a month they are 14,400, and a twelfth of 1,200 as prices of a year is 100.
        _ = try await contracts(Self.plain, into: database)
        let again = Self.plain.map { (id: $0.id, arr: isUp ? "1200" : "100") }
        let receipt = try await contracts(again, column: column, into: database)
        #expect(receipt.updated == 6)
        #expect(
            receipt.effect?.doubts == [ImportEffect.Doubt(changedContracts: 6, of: 6, isUp: isUp)])
    }

    @Test func `of the contracts that change more than half must move so`() async throws {
        let database = try await accounts()
        _ = try await contracts(Self.plain, into: database)
        // Two times 12, two by a tenth: no more than half.
        let half = try await contracts(
            [("1", "14400"), ("2", "14400"), ("3", "1320"), ("4", "1320"), ("5", "1200")], into: database)
        // ARR per contract goes from 1,200 to (2 times 14,400, 2 times 1,320 and 2 times 1,200) / 6 = 5,640.
        #expect(
            half.effect?.doubts == [ImportEffect.Doubt(.arrPerContract, before: 120_000, after: 564_000)])
        let growth = try await contracts([("5", "1500"), ("6", "1000")], into: database)
        #expect(growth.effect?.doubts == [])
    }

    @Test(arguments: [("10", true), ("14", true), ("9.9", false), ("14.1", false)])
    func `about twelve times is ten to fourteen times`(times: String, isDoubted: Bool) async throws {
        let database = try await accounts()
        _ = try await contracts([("1", "100"), ("2", "100000")], into: database)
        let minor = times.split(separator: ".").count == 2 ? times.replacing(".", with: "") + "0" : times + "00"
        let receipt = try await contracts([("1", minor)], into: database)
        #expect(receipt.updated == 1)
        #expect(
            receipt.effect?.doubts
                == (isDoubted ? [ImportEffect.Doubt(changedContracts: 1, of: 1, isUp: true)] : []))
    }

    @Test func `new contracts at a twelfth of the others are doubted, from five on`() async throws {
        let database = try await accounts()
        _ = try await contracts(Self.plain, into: database)
        let four = try await contracts((7...10).map { ("\($0)", "100") }, into: database)
        #expect(four.effect?.doubts == [])
        // The others are now six at 1,200 and four at 100: their median is 1,200 still.
        let more = (1...5).map { "N\($0),A\($0),100,EUR,2020-02-01,2190-02-01\n" }
        let five = try await ImportFixture.load(
            .contracts, "contract_id,account_id,arr,currency,starts_on,ends_on\n" + more.joined(), into: database
        ) { $0.today = nil }
        #expect(
            five.effect?.doubts == [
                ImportEffect.Doubt(.newContracts, before: 120_000, after: 10_000, contracts: 5)
            ])
    }

    @Test func `when half of the contracts or people are gone, it is doubted`() async throws {
        let database = try await accounts()
        _ = try await contracts(Self.plain, into: database)
        let ended = (1...3).map { "K\($0),A\($0),1200,EUR,2020-01-01,2021-01-01\n" }
        let receipt = try await ImportFixture.load(
            .contracts, "contract_id,account_id,arr,currency,starts_on,ends_on\n" + ended.joined(), into: database
        ) { $0.today = nil }
        #expect(receipt.effect?.doubts == [ImportEffect.Doubt(.liveContracts, before: 6, after: 3)])
        let people = (1...4).map { "p\($0),A1,\n" }
        try await ImportFixture.load(
            .people, "person_id,account_id,left_on\n" + people.joined(), into: database
        ) { $0.today = nil }
        let left = try await ImportFixture.load(
            .people, "person_id,account_id,left_on\np1,A1,2020-01-01\np2,A1,2020-01-01\n", into: database
        ) { $0.today = nil }
        #expect(left.effect?.doubts == [ImportEffect.Doubt(.people, before: 4, after: 2)])
    }

    @Test func `amounts in another currency are compared in the reporting one, and not at all without a rate`()
        async throws
    {
        let database = try await accounts()
        _ = try await TestDatabase.shared.query(
            "insert into hale_data.setting (name, value) values ('reporting_currency', 'EUR')")
        _ = try await contracts([("1", "1000")], into: database)
        let dollars = "contract_id,account_id,arr,currency,starts_on\nK2,A2,1000,USD,2020-01-01\n"
        let without = try await ImportFixture.load(.contracts, dollars, into: database) { $0.today = nil }
        #expect(figures(without.effect?.after) == [nil, 2, nil, nil])
        #expect(without.effect?.doubts == [])
        try await ImportFixture.load(.fxRates, "day,currency,rate\n2020-01-01,USD,0.5\n", into: database)
        let other = "contract_id,account_id,arr,currency,starts_on\nK3,A3,1000,USD,2020-01-01\n"
        let with = try await ImportFixture.load(.contracts, other, into: database) { $0.today = nil }
        #expect(figures(with.effect?.before) == [150_000, 2, nil, nil])
        #expect(figures(with.effect?.after) == [200_000, 3, nil, nil])
    }
}
