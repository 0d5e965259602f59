import Foundation
import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The exports of a simulated company: 500 accounts, 5,000 subscriptions, 25,000 usage rows.
@Suite(
    .database,
    .enabled(if: SharedData.isThere("ravenstack"), "shared/data/ravenstack is not there: its figures are not checked"))
struct `The RavenStack exports` {
    private static let asOf = Day(iso: "2024-07-01") ?? Day(daysSince2000: 0)

    private func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await SharedData.load(
            .accounts, "ravenstack/ravenstack_accounts.csv",
            map: """
                kind: accounts
                columns: {account_id: account_id, name: account_name, industry: industry, country: country, created_on: signup_date}
                """, into: database)
        let contracts = try await SharedData.load(
            .contracts, "ravenstack/ravenstack_subscriptions.csv",
            map: """
                kind: contracts
                columns: {contract_id: subscription_id, account_id: account_id, arr: arr_amount, seats: seats,
                  starts_on: start_date, cancelled_on: end_date, auto_renew: auto_renew_flag}
                constants: {currency: USD}
                derive: {term_months: "case billing_frequency when 'annual' then 12 else 1 end"}
                """, into: database)
        #expect(contracts.inserted == 5000)
        let usage = try await SharedData.load(
            .usage, "ravenstack/ravenstack_feature_usage.csv",
            map: """
                kind: usage
                columns: {contract_id: subscription_id, feature: feature_name, occurred_at: usage_date, quantity: usage_count}
                """, into: database)
        // 21 usage ids occur twice with different content; every row is kept.
        #expect(usage.inserted == 25_000)
        return database
    }

    @Test func `live subscriptions, ARR, usage and renewals on 2024-07-01 are as published`() async throws {
        let database = try await load()
        let accounts = try await database.withConnection { try await AccountStore($0).health(asOf: Self.asOf) }
        #expect(accounts.count == 500)
        #expect(accounts.reduce(0) { $0 + $1.liveContracts } == 1752)
        #expect(accounts.filter { $0.liveContracts > 0 }.count == 338)
        #expect(accounts.reduce(0) { $0 + ($1.arrMinor ?? 0) } == 4_636_279_200)

        let byID = Dictionary(uniqueKeysWithValues: accounts.map { ($0.accountID, $0) })
        let usage = try Self.usageIn28Days()
        let expected = try SharedData.rows("ravenstack/expected_accounts_2024-07-01.csv")
        #expect(expected.count == 500)
        for row in expected {
            let id = try #require(row["account_id"])
            let account = try #require(byID[id])
            #expect(account.liveContracts == Int(row["active_subs"] ?? ""), "live contracts of \(id)")
            #expect(account.arrMinor == (Int64(row["arr"] ?? "") ?? -1) * 100, "ARR of \(id)")
            #expect(account.seats ?? 0 == Int64(row["seats"] ?? ""), "seats of \(id)")
            let sinceLast = account.lastActiveOn.map { Self.asOf - $0 }
            #expect(sinceLast == Int(row["days_since_last"] ?? ""), "last activity of \(id)")
            #expect(account.events28d == usage[id]?.events ?? 0, "events of \(id)")
            #expect(account.quantity28d == usage[id]?.quantity ?? 0, "quantity of \(id)")
            #expect(account.priorEvents28d == usage[id]?.prior ?? 0, "events before those of \(id)")
            #expect(account.activeDays28d == usage[id]?.days.count ?? 0, "active days of \(id)")
        }
    }

    @Test func `the annual renewals of 2024-07-01 are as published`() async throws {
        _ = try await load()
        let rows = try await TestDatabase.shared.query(
            """
            select contract_id, renews_on, arr::float8 as arr
            from hale.renewal_on('2024-07-01')
            where is_live and contract_id in (
                select known.external_id
                from hale_data.contract as known
                join hale_data.contract_version as version
                    on version.account_id = known.account_id and version.contract_id = known.contract_id
                where version.term_months = 12)
            """)
        let found = try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (
                    try row.decode("contract_id", as: String.self),
                    (try row.day("renews_on").description, try row.decode("arr", as: Double.self))
                )
            })
        let expected = try SharedData.rows("ravenstack/expected_renewals_2024-07-01.csv")
        #expect(expected.count == 855)
        #expect(found.count == expected.count)
        for row in expected {
            let id = try #require(row["subscription_id"])
            #expect(found[id]?.0 == row["renewal"], "renewal of \(id)")
            #expect(found[id]?.1 == Double(row["arr_amount"] ?? ""), "ARR of \(id)")
        }
    }

    private struct Usage {
        var events: Int64 = 0
        var quantity: Int64 = 0
        var prior: Int64 = 0
        var days: Set<String> = []
    }

    /// Counted from the file itself, without the database: ISO dates compare as text.
    private static func usageIn28Days() throws -> [String: Usage] {
        let owner = try Dictionary(
            uniqueKeysWithValues: SharedData.rows("ravenstack/ravenstack_subscriptions.csv").map {
                ($0["subscription_id"] ?? "", $0["account_id"] ?? "")
            })
        var result: [String: Usage] = [:]
        for row in try SharedData.rows("ravenstack/ravenstack_feature_usage.csv") {
            guard let account = owner[row["subscription_id"] ?? ""], let day = row["usage_date"] else { continue }
            if day >= "2024-06-03", day < "2024-07-01" {
                result[account, default: Usage()].events += 1
                result[account]?.quantity += Int64(row["usage_count"] ?? "") ?? 0
                result[account]?.days.insert(day)
            } else if day >= "2024-05-06", day < "2024-06-03" {
                result[account, default: Usage()].prior += 1
            }
        }
        return result
    }
}
