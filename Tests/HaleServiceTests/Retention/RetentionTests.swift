import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Figures that can be added up by hand: of seven customers with 8,700 one left and one shrank.
@Suite(.database)
struct `Retention` {
    private static let header =
        "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,auto_renew,cancelled_on\n"
    private static let contracts = """
        u1,up,1000,EUR,2024-06-01,2026-06-01,24,true,
        u2,up,500,EUR,2025-05-01,2026-05-01,12,true,
        d1,down,1200,EUR,2024-03-01,2026-03-01,24,true,
        d2,down,800,EUR,2024-03-01,2026-03-01,24,true,2025-06-15
        g1,gone,3000,EUR,2024-01-01,2026-01-01,24,true,2025-08-01
        n1,new,700,EUR,2025-02-01,2026-02-01,12,true,
        b1,back,400,EUR,2023-01-01,2024-01-01,12,false,
        b2,back,450,EUR,2025-07-01,2026-07-01,12,false,
        s1,swap,600,EUR,2024-03-01,2025-03-01,12,false,
        s2,swap,600,EUR,2025-03-01,2026-06-01,15,false,
        z1,zero,0,EUR,2024-01-01,,,false,
        e1,ever,900,EUR,2024-01-01,,,false,
        f1,foreign,1000,USD,2024-02-01,2026-06-01,24,true,
        l1,leap,300,EUR,2024-02-29,,12,true,

        """

    private let day = Day(iso: "2026-03-02") ?? Day(daysSince2000: 0)

    private func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        let names = ["up", "down", "gone", "new", "back", "swap", "zero", "ever", "foreign", "leap"]
        let accounts = names.map { "\($0),\($0),\(["up", "down", "gone"].contains($0) ? "large" : "")\n" }.joined()
        try await ImportFixture.load(.accounts, "account_id,name,segment\n" + accounts, into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        try await ImportFixture.load(
            .fxRates, "day,currency,rate\n2024-01-01,USD,0.9\n2025-10-01,USD,0.8\n", into: database)
        try await ImportFixture.load(.contracts, Self.header + Self.contracts, into: database) { $0.isHistory = true }
        return database
    }

    private func report(
        _ database: Database, _ period: String?, segment: String? = nil,
        cohortsBy unit: RetentionStore.CohortUnit = .year
    ) async throws -> RetentionReport {
        try await database.withConnection {
            try await RetentionReport.read(
                asOf: day, in: period.flatMap { CalendarPeriod($0) }, segment: segment, cohortsBy: unit, on: $0)
        }
    }

    @Test func `compares the two ends of a period at the rates of its beginning`() async throws {
        let database = try await load()
        let report = try await report(database, "2025")
        let total = report.total
        #expect(total.accounts == 7)
        #expect(
            total.sums
                == ArrMovement(
                    accountID: "", account: "", startMinor: 870_000, newMinor: 70_000, returnedMinor: 45_000,
                    expansionMinor: 50_000, contractionMinor: 80_000, churnedMinor: 300_000, endMinor: 655_000))
        #expect(total.rates.gross == 490_000.0 / 870_000)
        #expect(total.rates.net == 540_000.0 / 870_000)
        #expect(total.rates.logo == 6.0 / 7)
        let segments = RetentionSummary.bySegment(report.movements)
        #expect(segments.map(\.group) == ["large", nil])
        #expect(segments.map(\.sums.churnedMinor) == [300_000, 0])
        // One customer's growth does not hide another's loss, and nobody without ARR is a customer.
        #expect(segments.first?.rates.gross == 220_000.0 / 600_000)
        #expect(!report.movements.contains { $0.accountID == "zero" && ($0.startMinor > 0 || $0.endMinor > 0) })
    }

    @Test func `is null where nobody was a customer`() async throws {
        let database = try await load()
        let before = try await report(database, "2022").total
        #expect(
            before.accounts == 0 && before.rates.gross == nil && before.rates.net == nil && before.rates.logo == nil)
        // A period that has not begun is refused, one that is not over ends with the day.
        await #expect(throws: StoreError.self) { try await report(database, "2027") }
        #expect(try await report(database, "2026").range.before == day)
        #expect(try await report(database, nil).range.description == "2025-03-01 to 2026-02-28")
    }

    @Test func `is the same in SQL month by month`() async throws {
        let database = try await load()
        _ = try await ScoreStage(database).run(asOf: day)
        let report = try await report(database, "2025")
        #expect(report.months.count == 12)
        let byMonth = Dictionary(uniqueKeysWithValues: report.months.map { ($0.period.description, $0) })
        #expect(byMonth["2025-05"]?.sums.expansionMinor == 50_000)
        #expect(byMonth["2025-06"]?.sums.contractionMinor == 80_000)
        #expect(byMonth["2025-07"]?.sums.returnedMinor == 45_000)
        #expect(byMonth["2025-08"]?.sums.churnedMinor == 300_000)
        #expect(byMonth["2025-03"]?.rates.gross == 1 && byMonth["2025-03"]?.rates.logo == 1)
        #expect(byMonth["2025-10"]?.rates.gross == 1)
        for (name, month) in byMonth {
            let own = try await self.report(database, name).total
            #expect(own.sums == month.sums, "\(name)")
            #expect(
                own.rates.gross.map { abs($0 - (month.rates.gross ?? 0)) < 1e-12 } ?? (month.rates.gross == nil),
                "\(name)")
            #expect(
                own.rates.net.map { abs($0 - (month.rates.net ?? 0)) < 1e-12 } ?? (month.rates.net == nil), "\(name)")
            #expect(own.rates.logo == month.rates.logo && own.accounts == month.accounts, "\(name)")
        }
        let sums = try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', sum(new), sum(returned), sum(expansion), sum(contraction), sum(churned),
                sum(start_arr) filter (where month = '2025-01-01'), sum(end_arr) filter (where month = '2025-09-01')
            ) as text
            from hale.arr_movement
            where month between '2025-01-01' and '2025-12-01'
            """)
        #expect(sums == ["700.00 450.00 500.00 800.00 3000.00 8700.00 6550.00"])
        // The months begin with the first contract and end before the day's month.
        #expect(
            try await ImportFixture.texts("select min(month) || ' ' || max(month) as text from hale.retention_month")
                == ["2023-01-01 2026-02-01"])
        #expect(
            try await ImportFixture.texts(
                """
                select concat_ws(' ', is_total, segment, accounts, round(grr::numeric, 4)) as text
                from hale.retention_month
                where month = '2025-08-01'
                order by is_total, segment
                """) == ["f large 3 0.4737", "f 6 1.0000", "t 9 0.6859"])
    }

    @Test func `can be asked of one segment, with cohorts of a month or a quarter`() async throws {
        let database = try await load()
        try await ImportFixture.load(
            .nps, "account_id,score,responded_at\nup,9,2026-01-01\nnew,3,2026-01-01\n", into: database)
        _ = try await ScoreStage(database).run(asOf: day)
        let monthly = try await report(database, "2025", segment: "large", cohortsBy: .month)
        #expect(monthly.total.sums == RetentionSummary.bySegment(try await report(database, "2025").movements)[0].sums)
        #expect(monthly.lifetimes.map(\.accountID) == ["down", "gone", "up"])
        #expect(monthly.netPromoter.responses == 1 && monthly.netPromoter.margin.score == 100)
        #expect(monthly.months.first { $0.period.description == "2025-08" }?.sums.churnedMinor == 300_000)
        #expect(monthly.months.first { $0.period.description == "2025-08" }?.accounts == 3)
        func text(_ report: RetentionReport) -> [String] {
            report.cohorts.filter { $0.months.isMultiple(of: 6) && $0.months != 6 }
                .map { "\($0.cohort) \($0.months) \($0.accounts)/\($0.began) \($0.arrMinor)" }
        }
        // A month's cohort of January 2024 is one year old on 1 February 2025. On the day before 1 August 2025 the one who
        // left on that day was still there.
        #expect(
            text(monthly) == [
                "2024-01 0 1/1 300000", "2024-01 12 1/1 300000", "2024-01 18 1/1 300000", "2024-01 24 0/1 0",
                "2024-03 0 1/1 200000", "2024-03 12 1/1 200000", "2024-03 18 1/1 120000",
                "2024-06 0 1/1 100000", "2024-06 12 1/1 150000", "2024-06 18 1/1 150000",
            ])
        #expect(
            text(try await report(database, "2025", segment: "large", cohortsBy: .quarter)) == [
                "2024Q1 0 2/2 500000", "2024Q1 12 2/2 500000", "2024Q1 18 1/2 120000",
                "2024Q2 0 1/1 100000", "2024Q2 12 1/1 150000", "2024Q2 18 1/1 150000",
            ])
        await #expect(throws: StoreError.self) { try await report(database, "2025", segment: "moon") }
    }

    @Test func `tells cohorts and lifetimes`() async throws {
        let database = try await load()
        let report = try await report(database, "2025")
        let cohorts = report.cohorts.map { "\($0.cohort) \($0.months) \($0.accounts)/\($0.began) \($0.arrMinor)" }
        // Who had left is there again; at the end of 2024 there were seven of the seven who began in it.
        #expect(
            cohorts == [
                "2023 0 1/1 40000", "2023 12 0/1 0", "2023 24 1/1 45000", "2024 0 7/7 860000", "2024 12 6/7 530000",
                "2025 0 1/1 70000",
            ])
        let lives = Dictionary(uniqueKeysWithValues: report.lifetimes.map { ($0.accountID, $0) })
        #expect(lives.count == 9)
        #expect(lives["gone"]?.lostOn?.description == "2025-08-01" && lives["gone"]?.arrMinor == 0)
        #expect(lives["back"]?.lostOn == nil && lives["back"]?.firstOn.description == "2023-01-01")
        #expect(lives["down"]?.arrMinor == 120_000 && lives["down"]?.lostOn == nil)
        #expect(lives["foreign"]?.arrMinor == 80_000)
        #expect(lives["leap"]?.renewsOn?.description == "2027-02-28")
        #expect(report.projection.basis == .oneRate)
    }
}
