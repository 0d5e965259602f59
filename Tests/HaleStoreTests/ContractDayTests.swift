import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The functions of the contracts of a day against the definitions of live, open and renewal date; every expected date
/// was counted on a calendar.
@Suite struct `The contracts of a day` {
    @Test(.database) func `renew on the end of their term, rolled where they renew by themselves`() async throws {
        try await TestDatabase.shared.session(as: "hale_app") { connection in
            for item in RenewalCase.all {
                let dates = try await connection.query(
                    """
                    select hale_data.renewal_date(
                        $1::text::date, $2::text::date, $3::integer, $4::boolean, $5::text::date)::text as value
                    """, [item.starts, item.ends, item.termMonths, item.renewsItself, item.asOf])
                let row = try #require(dates.first)
                let date = try row.decodeIfPresent("value", as: String.self)
                #expect(date == item.renewsOn, "\(item)")
            }
        }
    }

    @Test(.database) func `roll forward by whole calendar months from the first date`() async throws {
        let bases = ["2023-01-31", "2024-02-29", "2023-12-30", "2024-06-15"]
        let terms: [Int32] = [1, 3, 6, 12]
        try await TestDatabase.shared.session(as: "hale_app") { connection in
            let rows = try await connection.query(
                """
                select base::date as base, term, day::date as day,
                    hale_data.roll_forward(base::date, term, day::date) as rolled
                from unnest($1::text[]) as base
                cross join unnest($2::integer[]) as term
                cross join generate_series(date '2022-12-01', date '2025-03-31', interval '1 day') as day
                """, [bases, terms])
            // 2022-12-01 to 2025-03-31 are 31 + 365 + 366 + (31 + 28 + 31) days, both ends counted.
            #expect(rows.count == 4 * 4 * 852)
            var wrong: [String] = []
            for row in rows {
                let base = try row.day("base")
                let term = Int(try row.decode("term", as: Int32.self))
                let day = try row.day("day")
                let rolled = try row.day("rolled")
                var index = 0
                while base.adding(months: index * term) < day { index += 1 }
                if rolled != base.adding(months: index * term) { wrong.append("\(base) \(term) \(day) \(rolled)") }
            }
            #expect(wrong.isEmpty)
        }
    }

    @Test(.database) func `are live, open, decided, signed and dated as their terms say`() async throws {
        try await TestDatabase.shared.session(as: "postgres") { connection in
            for (index, item) in ContractCase.all.enumerated() {
                try await item.store(as: Int64(index + 1), connection)
            }
            for (index, item) in ContractCase.all.enumerated() {
                let day = try await ContractOnDay.read(Int64(index + 1), item.asOf, connection)
                #expect(day == item.expected, "\(item.name)")
                // What renews by itself is never past its date, unless notice was given.
                if item.autoRenew, let day, let renewsOn = day.renewsOn, !day.noticeGiven {
                    #expect(renewsOn >= item.asOf, "\(item.name)")
                }
            }
        }
    }

    @Test(.database) func `stay open for 90 days after their end until it is decided`() async throws {
        let item = ContractCase("ended", "2026-06-15", ends: "2026-05-01", expected: ContractOnDay())
        try await TestDatabase.shared.session(as: "postgres") { connection in
            try await item.store(as: 1, connection)
            // Another product's term and one of another account follow nothing; the one of 20 May does.
            try await connection.script(
                """
                insert into hale_data.contract_version (
                    account_id, contract_id, valid_from, recorded_at, product, arr_minor, currency, starts_on)
                values (1, 2, '-infinity', '2026-01-01', null, 100, 'EUR', '2026-05-20'),
                    (1, 3, '-infinity', '2026-01-01', 'other', 100, 'EUR', '2026-05-02'),
                    (2, 4, '-infinity', '2026-01-01', null, 100, 'EUR', '2026-05-02');
                """)
            // Live until the day before its end; undecided from the end on; decided on 20 May.
            let days = [
                ("2026-04-30", true, true, false), ("2026-05-01", false, true, false),
                ("2026-05-19", false, true, false), ("2026-05-20", false, false, true),
                ("2026-06-15", false, false, true),
            ]
            for (asOf, isLive, isOpen, isDecided) in days {
                let day = try await ContractOnDay.read(1, asOf, connection)
                #expect(day?.isLive == isLive, "\(asOf)")
                #expect(day?.isOpen == isOpen, "\(asOf)")
                #expect(day?.isDecided == isDecided, "\(asOf)")
            }
        }
    }

    @Test(.database) func `have the terms that were valid on the day and known at the time`() async throws {
        try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.script(
                """
                insert into hale_data.contract_version (
                    account_id, contract_id, valid_from, recorded_at, arr_minor, currency, starts_on)
                values (1, 1, '-infinity', '2026-01-10 12:00Z', 100, 'EUR', '2026-01-01'),
                    (1, 1, '2026-04-01', '2026-04-10 12:00Z', 200, 'EUR', '2026-01-01'),
                    (1, 1, '2026-04-01', '2026-05-10 12:00Z', 250, 'EUR', '2026-01-01'),
                    (1, 1, '2026-07-01', '2026-04-20 12:00Z', 300, 'EUR', '2026-01-01');
                """)
            // The ARR is how the versions are told apart; nothing is known before the first was recorded.
            let cases: [(asOf: String, knownAt: String, arr: [Int64])] = [
                ("2025-01-01", "infinity", [100]), ("2026-03-31", "infinity", [100]), ("2026-04-01", "infinity", [250]),
                ("2026-06-30", "infinity", [250]), ("2026-07-01", "infinity", [300]),
                ("2026-04-05", "2026-01-10 11:59Z", []), ("2026-04-05", "2026-01-10 12:00Z", [100]),
                ("2026-04-05", "2026-04-10 11:59Z", [100]), ("2026-04-05", "2026-04-10 12:00Z", [200]),
                ("2026-04-05", "2026-05-10 12:00Z", [250]), ("2026-08-01", "2026-04-10 12:00Z", [200]),
                ("2026-08-01", "2026-04-20 12:00Z", [300]),
            ]
            for (asOf, knownAt, arr) in cases {
                let rows = try await connection.query(
                    "select arr_minor from hale_data.contract_on($1::text::date, $2::text::timestamptz)",
                    [asOf, knownAt])
                #expect(try rows.map { try $0.decode("arr_minor", as: Int64.self) } == arr, "\(asOf), \(knownAt)")
            }
        }
    }

    @Test(.database, arguments: [90, 30]) func `stand where the domain says they stand`(lapsedDays: Int) async throws {
        var model = HealthModel()
        model.contract.lapsedDays = lapsedDays
        try await TestDatabase.shared.session(as: "hale_app") { connection in
            let rows = try await connection.query(
                """
                select is_evergreen, days, notice, renews, given, signed,
                    hale_data.contract_state(is_evergreen, days, notice, renews, given, signed, $2::integer) as state
                from unnest($1::integer[]) as days
                cross join unnest(array[0, 1, 30, 60]) as notice
                cross join unnest(array[false, true]) as is_evergreen
                cross join unnest(array[false, true]) as renews
                cross join unnest(array[false, true]) as given
                cross join unnest(array[false, true]) as signed
                """,
                [
                    [-400, -91, -90, -89, -31, -30, -1, 0, 1, 2, 29, 30, 31, 59, 60, 61, 400, nil] as [Int32?],
                    Int32(lapsedDays),
                ])
            #expect(rows.count == 18 * 4 * 16)
            var states: Set<String> = []
            for row in rows {
                let days = try row.decodeIfPresent("days", as: Int32.self).map { Int($0) }
                let terms = ContractTerms(
                    daysToRenewal: days, noticeDays: Int(try row.decode("notice", as: Int32.self)),
                    autoRenew: try row.decode("renews"), isEvergreen: try row.decode("is_evergreen"),
                    noticeGiven: try row.decode("given"), signed: try row.decode("signed"))
                // Such a contract is rolled before its state is asked for: its date is never past.
                let isPast = (days ?? 0) < 0
                let isRolled = terms.autoRenew && !terms.noticeGiven && !terms.signed && !terms.isEvergreen && isPast
                guard !isRolled else { continue }
                let state = try row.decode("state", as: String.self)
                #expect(state == ContractReading.read(terms, model: model).state.rawValue, "\(terms)")
                states.insert(state)
            }
            #expect(states == Set(ContractState.allCases.map(\.rawValue)))
        }
    }
}
