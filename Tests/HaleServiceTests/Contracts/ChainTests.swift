import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Chains of contracts of every kind, held against a ledger that goes through them one by one.
@Suite(.database)
struct `Chains of contracts` {
    private static let header =
        "contract_id,account_id,arr,currency,product,starts_on,ends_on,term_months,auto_renew,notice_given_on,outcome,"
        + "decided_on,cancelled_on\n"
    private static let accounts = 16

    private func load(_ ledger: ChainLedger) async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .accounts, "account_id,name\n" + (0..<Self.accounts).map { "a\($0),A\($0)\n" }.joined(), into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        try await ImportFixture.load(.fxRates, "day,currency,rate\n2020-01-01,USD,0.5\n", into: database)
        try await ImportFixture.load(
            .contracts, Self.header + ledger.contracts.map { $0.csv + "\n" }.joined(), into: database)
        return database
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `say on every day and every surface what a ledger of them says`(seed: UInt64) async throws {
        let first = try DemoWorkspace.day("2022-01-01")
        let ledger = ChainLedger(accounts: Self.accounts, seed: seed, from: first)
        let database = try await load(ledger)
        let seen = first + 1100
        // Contract states of every day in one question.
        let rows = try await TestDatabase.shared.query(
            """
            select day.day::text as day, known.external_id as contract_id, contract.is_live
            from generate_series($1::text::date, $2::text::date, interval '1 day') as day (day)
            cross join lateral hale_data.contract_on(day.day::date) as contract
            join hale_data.contract as known using (account_id, contract_id)
            where contract.starts_on <= day.day
            """, ["\(first)", "\(seen)"])
        let byID = Dictionary(uniqueKeysWithValues: ledger.contracts.map { ($0.id, $0) })
        var wrong: [String] = []
        for row in rows {
            let day = try #require(Day(iso: String(try row.decode("day", as: String.self).prefix(10))))
            let contract = try #require(byID[try row.decode("contract_id")])
            if try row.decode("is_live", as: Bool.self) != contract.isLive(on: day) {
                wrong.append("\(contract.id) \(day)")
            }
        }
        #expect(wrong.prefix(5) == [])
        #expect(rows.count > 10_000)
        try await compareHeld(ledger, first, seen)
        for day in stride(from: first + 200, through: seen, by: 61) { try await compareDay(ledger, day, database) }
    }

    /// What retention holds on every day, seen at the end.
    private func compareHeld(_ ledger: ChainLedger, _ first: Day, _ seen: Day) async throws {
        let rows = try await TestDatabase.shared.query(
            """
            select (before.day - 1)::text as day, account.external_id as account_id,
                sum(before.minor / case before.currency when 'USD' then 2 else 1 end)::bigint / 100 as held,
                sum(before.undecided_minor / case before.currency when 'USD' then 2 else 1 end)::bigint / 100
                    as undecided
            from hale_data.arr_before(
                array(select day::date from generate_series($1::text::date, $2::text::date, interval '1 day') as day),
                $2::text::date) as before
            join hale_data.account as account using (account_id)
            group by before.day, account.external_id
            """, ["\(first)", "\(seen)"])
        var shown: [String: (Int, Int)] = [:]
        for row in rows {
            let key = "\(try row.decode("account_id", as: String.self)) \(try row.decode("day", as: String.self))"
            shown[key] = (
                Int(try row.decode("held", as: Int64.self)), Int(try row.decode("undecided", as: Int64.self))
            )
        }
        var wrong: [String] = []
        for account in 0..<Self.accounts {
            for day in stride(from: first, to: seen, by: 1) {
                let own = ledger.held(on: day, seen: seen, account: "a\(account)")
                let other = shown["a\(account) \(day)"] ?? (0, 0)
                if own != other { wrong.append("a\(account) \(day): \(own) and \(other)") }
            }
        }
        #expect(wrong.prefix(5) == [])
    }

    /// The list, the signals and the decisions of a day.
    private func compareDay(_ ledger: ChainLedger, _ day: Day, _ database: Database) async throws {
        let rows = try await TestDatabase.shared.query(
            """
            select health.account_id, coalesce(health.arr, 0)::bigint as arr, health.live_contracts::bigint as live,
                coalesce(signal.arr, 0)::bigint as signal_arr, signal.live_contracts::bigint as signal_live
            from hale.account_health_on($1::text::date) as health
            join hale.account_signal_on($1::text::date) as signal using (account_id)
            """, ["\(day)"])
        #expect(rows.count == Self.accounts)
        for row in rows {
            let account = try row.decode("account_id", as: String.self)
            let live = ledger.contracts.filter { $0.account == account && $0.isLive(on: day) }
            let expected = [live.reduce(0) { $0 + ledger.value($1) }, live.count]
            let list = [Int(try row.decode("arr", as: Int64.self)), Int(try row.decode("live", as: Int64.self))]
            let signal = [
                Int(try row.decode("signal_arr", as: Int64.self)), Int(try row.decode("signal_live", as: Int64.self)),
            ]
            #expect(list == expected && signal == expected, "\(account) on \(day)")
        }
        let decisions = try await ImportFixture.texts(
            """
            select concat_ws(' ', contract_id, renewal_on, outcome, basis) as text
            from hale.renewal_decision_on('\(day)')
            """)
        let expected = ledger.contracts.flatMap { ledger.decisions($0, seen: day) }
        #expect(Set(decisions).symmetricDifference(expected).sorted() == [], "\(day)")
        #expect(decisions.count == expected.count)
    }
}
