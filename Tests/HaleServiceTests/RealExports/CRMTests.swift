import Foundation
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// The exports of a simulated product with seats, terms and users: 461,438 events.
@Suite(.database, .enabled(if: SharedData.isThere("crm"), "shared/data/crm is not there: its figures are not checked"))
struct `The CRM exports` {
    @Test func `live contracts, MRR, seats, events and users on 2023-03-01 are as published`() async throws {
        let database = try TestDatabase.shared.database
        try await SharedData.load(
            .accounts, "crm/account.csv",
            map: """
                kind: accounts
                columns: {account_id: id, name: id, country: country}
                """, into: database)
        try await SharedData.load(
            .contracts, "crm/subscription.csv",
            map: """
                kind: contracts
                columns: {account_id: account_id, mrr: mrr, product: product, starts_on: start_date, ends_on: end_date,
                  term_months: bill_period_months}
                constants: {currency: USD}
                derive:
                  contract_id: "account_id || '/' || product || '/' || start_date"
                  seats: "case units when 'users' then quantity end"
                """, into: database)
        let usage = try await SharedData.load(
            .usage, "crm/event.csv.gz",
            map: """
                kind: usage
                columns: {account_id: account_id, person_id: user_id, feature: event_type_id, occurred_at: event_time}
                """, into: database)
        #expect(usage.inserted == 461_438)

        let asOf = try #require(Day(year: 2023, month: 3, day: 1))
        let accounts = try await database.withConnection { try await AccountStore($0).health(asOf: asOf) }
        #expect(accounts.count == 80)
        let withUsage = try await TestDatabase.shared.query(
            "select count(distinct account_id) as accounts from hale_data.usage_event")
        #expect(try withUsage.first?.decode("accounts", as: Int64.self) == 63)
        let byID = Dictionary(uniqueKeysWithValues: accounts.map { ($0.accountID, $0) })
        for row in try SharedData.rows("crm/expected_accounts_2023-03-01.csv") {
            let id = try #require(row["account_id"])
            let account = try #require(byID[id])
            #expect(account.liveContracts == Int(row["active_subs"] ?? ""), "live contracts of \(id)")
            #expect(account.arrMinor == Int64((Double(row["mrr"] ?? "") ?? -1) * 1200), "ARR of \(id)")
            #expect(account.seats ?? 0 == Int64(row["seats"] ?? ""), "seats of \(id)")
            #expect(account.events28d == Int64(row["events_28d"] ?? ""), "events of \(id)")
            let last = String((row["last_event"] ?? "").prefix(10))
            if last >= "2022-11-01" { #expect(account.lastActiveOn?.description == last, "last activity of \(id)") }
        }
    }
}
