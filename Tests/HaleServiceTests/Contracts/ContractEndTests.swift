import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The edges of terms, on small companies whose figures can be told by hand.
@Suite(.database)
struct `The ends of terms` {
    private func day(_ text: String) throws -> Day { try DemoWorkspace.day(text) }

    private func load(_ accounts: [String], _ contracts: String) async throws -> (Database, ImportStore.Receipt) {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .accounts, "account_id,name\n" + accounts.map { "\($0),\($0)\n" }.joined(), into: database)
        let receipt = try await ImportFixture.load(.contracts, contracts, into: database) { $0.termEnd = nil }
        return (database, receipt)
    }

    private func listed(_ account: String, on day: String) async throws -> Int64 {
        try await ImportFixture.number(
            "select coalesce(arr, 0)::bigint from hale.account_health_on('\(day)') where account_id = '\(account)'")
    }

    private func retention(_ database: Database, _ period: String, seen: String) async throws -> RetentionSummary {
        let range = try #require(CalendarPeriod(period))
        let seen = try day(seen)
        return RetentionSummary(
            try await database.withConnection { try await RetentionStore($0).movements(in: range, seen: seen) })
    }

    /// A1 hands over on the day its term ends, L3 signs six weeks late, U1 ends in silence.
    private static let handOver = """
        contract_id,account_id,arr,currency,product,starts_on,ends_on,term_months,auto_renew,outcome,decided_on
        A1a,A1,12000,EUR,P,2024-05-31,2025-05-31,12,false,renewed,2025-05-01
        A1b,A1,12000,EUR,P,2025-05-31,2026-05-31,12,false,,
        B1a,B1,6000,EUR,P,2024-01-15,2026-01-15,24,false,,
        L3a,L3,12000,EUR,P,2024-04-01,2025-04-01,12,false,renewed,2025-05-10
        L3b,L3,12000,EUR,P,2025-05-10,2026-05-10,12,false,,
        U1a,U1,9000,EUR,P,2024-06-20,2025-06-20,12,false,,

        """

    @Test func `a term that hands over on its last day counts once, and a late signature leaves no hole`() async throws
    {
        let (database, receipt) = try await load(["A1", "B1", "L3", "U1"], Self.handOver)
        #expect(receipt.notes.contains("ends_on: the first day not covered, as 6 of 6 terms tell"))
        for day in ["2025-05-30", "2025-05-31", "2025-06-01"] {
            let arr = try await listed("A1", on: day)
            #expect(arr == 12_000, "\(day)")
        }
        let may = try await retention(database, "2025-05", seen: "2025-07-15")
        #expect(may.sums.startMinor == 3_900_000 && may.sums.endMinor == 3_900_000 && may.rates.gross == 1)
        let june = try await retention(database, "2025-06", seen: "2025-07-15")
        #expect(june.sums.expansionMinor == 0 && june.sums.contractionMinor == 0 && june.sums.churnedMinor == 0)
        #expect(june.sums.undecidedMinor == 900_000)
        #expect(june.rates.net == 1 && june.rates.netLow == 30_000.0 / 39_000)
        #expect(june.rates.gross == 1 && june.rates.grossLow == 30_000.0 / 39_000)
        #expect(june.rates.logo == 1 && june.rates.logoLow == 0.75)
    }

    /// U1 ended on 20 June: open and undecided for 90 days, then lost on its renewal date.
    @Test func `what is undecided lapses after 90 days`() async throws {
        let (database, _) = try await load(["A1", "B1", "L3", "U1"], Self.handOver)
        let last = try await retention(database, "2025-06", seen: "2025-09-17")
        #expect(last.sums.undecidedMinor == 900_000 && last.sums.churnedMinor == 0)
        let lapsed = try await retention(database, "2025-06", seen: "2025-09-18")
        #expect(lapsed.sums.undecidedMinor == 0 && lapsed.sums.churnedMinor == 900_000)
        for (day, isOpen, decisions) in [("2025-06-20", true, 0), ("2025-09-17", true, 0), ("2025-09-18", false, 1)] {
            let open = try await ImportFixture.number(
                "select count(*) from hale.renewal_on('\(day)') where contract_id = 'U1a'")
            let decided = try await ImportFixture.number(
                "select count(*) from hale.renewal_decision_on('\(day)') where contract_id = 'U1a' and basis = 'lapsed'"
            )
            #expect(open == (isOpen ? 1 : 0) && decided == decisions, "\(day)")
        }
    }

    @Test func `the last day covered is found from the terms and told by the receipt`() async throws {
        let (_, receipt) = try await load(
            ["B3", "B4"],
            """
            contract_id,account_id,arr,currency,product,starts_on,ends_on,term_months,auto_renew
            B3a,B3,12000,EUR,P,2025-04-01,2026-03-31,12,false
            B3b,B3,12000,EUR,P,2026-04-01,2027-03-31,12,false
            B4a,B4,5000,EUR,P,2025-01-01,2025-12-31,12,false
            B4b,B4,5000,EUR,P,2026-01-01,2026-12-31,12,false

            """)
        #expect(
            receipt.notes.contains(
                "ends_on: the last day covered (renewal dates are the day after), as 4 of 4 terms tell"))
        for (account, day, arr) in [
            ("B3", "2026-03-31", 12_000), ("B3", "2026-04-01", 12_000), ("B4", "2025-12-31", 5_000),
            ("B4", "2026-01-01", 5_000), ("B4", "2026-12-31", 5_000), ("B4", "2027-01-01", 0),
        ] as [(String, String, Int64)] {
            let shown = try await listed(account, on: day)
            #expect(shown == arr, "\(account) on \(day)")
        }
    }

    @Test func `what ends name is asked where no term tells, and taken as given`() async throws {
        let contracts = """
            contract_id,account_id,arr,currency,starts_on,ends_on
            k1,a,100,EUR,2025-01-10,2025-12-20

            """
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\na,A\n", into: database)
        let refusal = await #expect(throws: ImportFailure.self) {
            try await ImportFixture.load(.contracts, contracts, into: database) { $0.termEnd = nil }
        }
        #expect(refusal?.lines.count == 1)
        #expect(
            refusal?.lines.first?.contains("is the last day covered, or the first day not covered?") == true)
        #expect(refusal?.lines.first?.contains("--ends-on last-day") == true)
        let stored = try await ImportFixture.number("select count(*) from hale_data.contract_version")
        #expect(stored == 0)
        try await ImportFixture.load(.contracts, contracts, into: database) { $0.termEnd = .lastDay }
        let ends = try await ImportFixture.texts("select ends_on::text as text from hale_data.contract_version")
        #expect(ends == ["2025-12-21"])
        // What is stored tells of a file that says the same again, and a mapping can say it once and for all.
        let again = try await ImportFixture.load(.contracts, contracts + "\n", into: database) { $0.termEnd = nil }
        #expect(again.inserted == 0 && again.updated == 0)
        try await ImportFixture.load(
            .contracts, "id,account_id,arr,currency,starts_on,ends_on\nk2,a,100,EUR,2025-01-10,2025-12-20\n",
            map: "kind: contracts\nends_on: last-day\ncolumns: {contract_id: id, account_id: account_id, arr: arr, "
                + "currency: currency, starts_on: starts_on, ends_on: ends_on}\n", into: database
        ) { $0.termEnd = nil }
        let both = try await ImportFixture.texts("select ends_on::text as text from hale_data.contract_version")
        #expect(both == ["2025-12-21", "2025-12-21"])
    }

    /// 100 contracts that renew by themselves, of which 10 were cancelled on 10 January 2024.
    @Test func `a contract that rolls on is renewed`() async throws {
        let accounts = (0..<100).map { "K\($0)" }
        let contracts = (0..<100).map { "C\($0),K\($0),1000,EUR,2022-01-10,12,true,\($0 < 10 ? "2024-01-10" : "")\n" }
        let (database, _) = try await load(
            accounts,
            "contract_id,account_id,arr,currency,starts_on,term_months,auto_renew,cancelled_on\n" + contracts.joined())
        let chances = try await chances(database, on: "2025-06-01")
        let decided = try await ImportFixture.texts(
            """
            select concat_ws(' ', renewal_on, outcome, count(*)) as text
            from hale.renewal_decision_on('2025-06-01') group by renewal_on, outcome order by renewal_on, outcome
            """)
        #expect(
            decided == [
                "2023-01-10 renewed 100", "2024-01-10 lost 10", "2024-01-10 renewed 90", "2025-01-10 renewed 90",
            ])
        #expect(chances.count == 90 && chances.allSatisfy { (0.93...0.98).contains($0) }, "\(chances.first ?? 0)")
    }

    /// 60 terms that ended on 10 January 2025, of which 30 are followed by another.
    @Test func `a term that ends in silence is lost`() async throws {
        let accounts = (0..<60).map { "K\($0)" }
        let contracts = (0..<60).map { number in
            "C\(number),K\(number),1000,EUR,2024-01-10,2025-01-10,12,false\n"
                + (number.isMultiple(of: 2) ? "" : "D\(number),K\(number),1000,EUR,2025-01-10,2026-01-10,12,false\n")
        }
        let (database, _) = try await load(
            accounts,
            "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,auto_renew\n" + contracts.joined())
        let chances = try await chances(database, on: "2025-12-01")
        let decided = try await ImportFixture.texts(
            """
            select concat_ws(' ', outcome, basis, count(*)) as text
            from hale.renewal_decision_on('2025-12-01') group by outcome, basis order by outcome
            """)
        #expect(decided == ["lost lapsed 30", "renewed follow 30"])
        #expect(chances.count == 30 && chances.allSatisfy { (0.45...0.60).contains($0) }, "\(chances.first ?? 0)")
    }

    /// The chances of the open contracts after a night.
    private func chances(_ database: Database, on text: String) async throws -> [Double] {
        let day = try day(text)
        _ = try await DayRun(database).scores(from: day, to: day)
        let (known, _) = try await database.withConnection { try await ForecastStore($0).renewals(asOf: day) }
        return known.map(\.renewal.probability)
    }
}
