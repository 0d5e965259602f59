import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Accounts in euros, in dollars and in both, and dollars that have a rate from March on.
@Suite(.database)
struct `An amount without an exchange rate` {
    private static let note = "no exchange rate of USD is known on 2026-02-15: hale import fx_rates"

    private func database() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.fxRates, "day,currency,rate\n2026-03-01,USD,0.9\n", into: database)
        try await ImportFixture.load(
            .accounts, "account_id,name,segment\nE,Euro,small\nD,Dollar,large\nB,Both,large\nN,None,small\n",
            into: database)
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on
            E1,E,100,EUR,2026-01-01,2027-01-01
            D1,D,100,USD,2026-01-01,2027-01-01
            B1,B,100,EUR,2026-01-01,2027-01-01
            B2,B,50,USD,2026-01-01,2027-01-01

            """, into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        return database
    }

    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    @Test func `makes the account's ARR missing, with a note that names currency and day`() async throws {
        let database = try await database()
        func arr(on day: String) async throws -> [String] {
            let day = try self.day(day)
            return try await database.withConnection { try await AccountStore($0).health(asOf: day) }
                .map { "\($0.accountID) \($0.arrMinor.map(String.init) ?? "-") \($0.arrNote ?? "")" }
        }
        #expect(try await arr(on: "2026-02-15") == ["B - \(Self.note)", "D - \(Self.note)", "E 10000 ", "N 0 "])
        #expect(try await arr(on: "2026-03-01") == ["B 14500 ", "D 9000 ", "E 10000 ", "N 0 "])
    }

    @Test func `is null in every view, and so is every sum with it`() async throws {
        _ = try await database()
        let health = "select account_id || ' ' || coalesce(arr || ' ' || coalesce(arr_note, ''), arr_note) as text"
        #expect(
            try await ImportFixture.texts("\(health) from hale.account_health_on('2026-02-15') order by 1") == [
                "B \(Self.note)", "D \(Self.note)", "E 100.00 ", "N 0.00 ",
            ])
        func rows(_ columns: String, _ view: String) async throws -> [String] {
            try await ImportFixture.texts("select concat_ws(' ', \(columns)) as text from \(view) order by 1")
        }
        #expect(
            try await rows("account_id, coalesce(arr::text, '-'), arr_note", "hale.account_signal_on('2026-02-15')")
                == ["B - \(Self.note)", "D - \(Self.note)", "E 100.00", "N 0.00"])
        #expect(
            try await rows("contract_id, coalesce(reporting_arr::text, '-'), arr_note", "hale.renewal_on('2026-02-15')")
                == ["B1 100.00", "B2 - \(Self.note)", "D1 - \(Self.note)", "E1 100.00"])
        #expect(
            try await rows(
                "month, coalesce(arr_up_for_renewal::text, '-'), arr_note", "hale.renewal_forecast_on('2026-02-15')")
                == ["2027-01-01 - \(Self.note)"])
        #expect(
            try await rows(
                "month, coalesce(arr_up_for_renewal::text, '-'), arr_note", "hale.renewal_forecast_on('2026-03-01')")
                == ["2027-01-01 335.00"])
        let atStart = "no exchange rate of USD is known on 2026-02-01: hale import fx_rates"
        // February begins before the first rate, March with it.
        #expect(
            try await rows(
                "month, account_id, coalesce(start_arr::text, '-'), coalesce(churned::text, '-'), coalesce(end_arr::text, '-'), arr_note",
                "hale.arr_movement_on('2026-04-10') where month >= '2026-02-01'")
                == [
                    "2026-02-01 B - - - \(atStart)", "2026-02-01 D - - - \(atStart)", "2026-02-01 E 100.00 0.00 100.00",
                    "2026-03-01 B 145.00 0.00 145.00", "2026-03-01 D 90.00 0.00 90.00",
                    "2026-03-01 E 100.00 0.00 100.00",
                ])
        let retention = "month, coalesce(segment, 'all'), coalesce(start_arr::text, '-'), coalesce(nrr::text, '-'), "
        #expect(
            try await rows(
                retention + "coalesce(logo_retention::text, '-'), coalesce(churned::text, '-'), arr_note",
                "hale.retention_month_on('2026-04-10') where month >= '2026-02-01'")
                == [
                    "2026-02-01 all - - - - \(atStart)", "2026-02-01 large - - - - \(atStart)",
                    "2026-02-01 small 100.00 1 1 0.00", "2026-03-01 all 335.00 1 1 0.00",
                    "2026-03-01 large 235.00 1 1 0.00", "2026-03-01 small 100.00 1 1 0.00",
                ])
    }

    @Test func `leaves a replay of rules without an amount, not without a rule`() async throws {
        let database = try await database()
        let day = try day("2026-03-01")
        _ = try await ScoreStage(database).run(asOf: day)
        // No day is scored without its rates; they may be gone afterwards.
        #expect(try await ImportFixture.texts("delete from hale_data.fx_rate returning currency as text") == ["USD"])
        let folder = try RuleFolder(
            RuleFolder.file("alert: Any\nwhen: live_contracts > 0", "alert: Euro\nwhen: arr > 0"))
        let replay = RuleReplay(database, library: folder.library)
        let outcome = try await replay.run(from: day, to: day, lossesUntil: day)
        #expect(outcome.rules.map(\.arr) == [335, 335])
        #expect(outcome.rules.map(\.firings) == [3, 3])
        // A score of a version that did not keep what it saw: then all is known that is known now.
        let cut = "update hale_data.health_score set facts = facts[1:21] returning 'cut' as text"
        #expect(try await !ImportFixture.texts(cut).isEmpty)
        let older = try await replay.run(from: day, to: day, lossesUntil: day)
        #expect(older.rules.map(\.arr) == [nil, 100])
        #expect(older.rules.map(\.firings) == [3, 1])
    }

    @Test func `refuses the reports that add it up, naming currency and day`() async throws {
        let database = try await database()
        let february = CalendarPeriod(monthOf: try day("2026-02-01"))
        let (asOf, early) = (try day("2026-04-10"), try day("2026-02-15"))
        try await database.withConnection { connection in
            let store = RetentionStore(connection)
            let atStart = StoreError.missingRate(currency: "USD", day: "2026-02-01")
            await #expect(throws: atStart) { try await store.movements(in: february, seen: asOf) }
            await #expect(throws: atStart) { try await store.months(asOf: asOf, in: february) }
            await #expect(throws: atStart) {
                try await EconomicsStore(connection).newCustomers(in: february, seen: asOf)
            }
            let onDay = StoreError.missingRate(currency: "USD", day: "2026-02-15")
            await #expect(throws: onDay) { try await store.lifetimes(asOf: early) }
            await #expect(throws: onDay) { try await store.cohorts(asOf: early, by: .month) }
            #expect(try await store.lifetimes(asOf: asOf).map(\.arrMinor) == [14_500, 9_000, 10_000])
            let march = CalendarPeriod(monthOf: try day("2026-03-01"))
            #expect(
                try await store.movements(in: march, seen: asOf).map(\.startMinor)
                    == [14_500, 9_000, 10_000])
        }
    }
}
