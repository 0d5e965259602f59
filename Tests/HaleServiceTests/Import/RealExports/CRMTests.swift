import Foundation
import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
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
        // Distinct people counted from the raw events: 30 days as published, 28 days as Hale reports.
        let people = try await TestDatabase.shared.query(
            """
            select
                account.external_id,
                count(distinct event.person_id) filter (where event.day >= '2023-02-01') as people_28d,
                count(distinct event.person_id) as people_30d
            from hale_data.account as account
            left join hale_data.usage_event as event
                on event.account_id = account.account_id and event.day >= '2023-01-30' and event.day < '2023-03-01'
            group by account.external_id
            """)
        let raw = try Dictionary(
            uniqueKeysWithValues: people.map { row in
                (
                    try row.decode("external_id", as: String.self),
                    (try row.decode("people_28d", as: Int64.self), try row.decode("people_30d", as: Int64.self))
                )
            })
        let byID = Dictionary(uniqueKeysWithValues: accounts.map { ($0.accountID, $0) })
        // The published figures know the terms that begin on the day itself; the file ends with 2023-02-28. All three terms
        // of this account in the file end on the day, which is not live any more.
        let endsOnTheDay = "13"
        let lastTerms = try SharedData.rows("crm/subscription.csv")
            .filter { $0["account_id"] == endsOnTheDay && ($0["end_date"] ?? "") >= "2023-03-01" }
        #expect(lastTerms.map { $0["end_date"] } == ["2023-03-01", "2023-03-01", "2023-03-01"])
        for row in try SharedData.rows("crm/expected_accounts_2023-03-01.csv") {
            let id = try #require(row["account_id"])
            let account = try #require(byID[id])
            if id == endsOnTheDay {
                #expect(account.liveContracts == 0)
                continue
            }
            #expect(account.liveContracts == Int(row["active_subs"] ?? ""), "live contracts of \(id)")
            #expect(account.arrMinor == Int64((Double(row["mrr"] ?? "") ?? -1) * 1200), "ARR of \(id)")
            #expect(account.seats ?? 0 == Int64(row["seats"] ?? ""), "seats of \(id)")
            #expect(account.events28d == Int64(row["events_28d"] ?? ""), "events of \(id)")
            #expect(raw[id]?.1 == Int64(row["users_30d"] ?? ""), "people in 30 days of \(id)")
            #expect(Int64(account.activePeople28d) == raw[id]?.0, "people in 28 days of \(id)")
            let last = String((row["last_event"] ?? "").prefix(10))
            if last >= "2022-11-01" { #expect(account.lastActiveOn?.description == last, "last activity of \(id)") }
        }
    }
}
