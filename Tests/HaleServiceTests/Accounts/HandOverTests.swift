import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Giving accounts to another CSM, for good and while theirs is away.
@Suite(.database) struct `Handing accounts over` {
    private static let ana = "ana@example.com"
    private static let ben = "ben@example.com"
    private static let cy = "cy@example.com"

    /// Ana has A-1 and A-2, Ben has B-1, nobody has N-1.
    private func load() async throws -> (database: Database, today: Day) {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .csms,
            "email,name,capacity_minutes\n\(Self.ana),Ana,30\n\(Self.ben),Ben,10\n\(Self.cy),Cy,60\n", into: database)
        try await ImportFixture.load(.accounts, Self.accounts, into: database)
        let today = try await database.withConnection { try await AccountStore($0).today() }
        return (database, today)
    }

    private static let accounts =
        "account_id,name,csm_email\nA-1,Acme,\(ana)\nA-2,Alto,\(ana)\nB-1,Bolt,\(ben)\nN-1,None,\n"

    /// Who looks after the accounts on a day, as their list says: "A-1 ben for ana".
    private func responsible(_ database: Database, on day: Day) async throws -> [String] {
        func name(_ email: String?) -> String { email.map { String($0.prefix { $0 != "@" }) } ?? "-" }
        return try await database.withConnection { try await AccountStore($0).health(asOf: day) }.map {
            "\($0.accountID) \(name($0.csm))\($0.cover.map { " for \(name($0.csm))" } ?? "")"
        }
    }

    private func notes(_ account: String) async throws -> [String] {
        try await ImportFixture.texts(
            """
            select note || coalesce(' by ' || noted_by, '') as text
            from hale_data.account_note
            join hale_data.account using (account_id)
            where external_id = '\(account)'
            order by note_id
            """)
    }

    @Test func `for good changes the CSM on every day, notes it as an import does, and is undone by giving back`()
        async throws
    {
        let (database, today) = try await load()
        let snapshot = try await ImportFixture.texts("select pg_current_snapshot()::text as text")[0]
        let outcome = try await HandOvers(database).give(
            .accounts(["A-1", "B-1", "N-1"]), to: Self.ben, from: nil, until: nil, note: "new region", by: Self.cy)
        #expect(
            outcome.accounts.map { "\($0.accountID) \($0.csm ?? "-") \($0.isChanged)" } == [
                "A-1 \(Self.ana) true", "B-1 \(Self.ben) false", "N-1 - true",
            ])
        #expect(outcome.workload?.accounts == 3)
        for day in [today - 30, today, today + 30] {
            #expect(try await responsible(database, on: day) == ["A-1 ben", "A-2 ana", "B-1 ben", "N-1 ben"])
        }
        #expect(
            try await notes("A-1") == ["handed over from \(Self.ana) to \(Self.ben): new region by \(Self.cy)"])
        #expect(try await notes("N-1") == ["handed over from nobody to \(Self.ben): new region by \(Self.cy)"])
        #expect(try await notes("B-1").isEmpty)
        let changed = try await ImportFixture.texts(
            """
            select account.external_id as text
            from hale_data.account_change as change
            join hale_data.account using (account_id)
            where not pg_visible_in_snapshot(change.changed_by, '\(snapshot)')
            order by text
            """)
        #expect(changed == ["A-1", "N-1"])
        _ = try await HandOvers(database).give(
            .accounts(["A-1"]), to: Self.ana, from: nil, until: nil, note: nil, by: nil)
        #expect(try await responsible(database, on: today) == ["A-1 ana", "A-2 ana", "B-1 ben", "N-1 ben"])
        #expect(try await notes("A-1").last == "handed over from \(Self.ben) to \(Self.ana)")
    }

    @Test func `while a CSM is away moves the list on the first day and gives it back after the last`() async throws {
        let (database, today) = try await load()
        let (first, last) = (today + 2, today + 4)
        let outcome = try await HandOvers(database).give(
            .all(of: Self.ana), to: Self.ben, from: first, until: last, note: "holiday", by: Self.ana)
        #expect(outcome.accounts.allSatisfy { $0.isChanged })
        let own = ["A-1 ana", "A-2 ana", "B-1 ben", "N-1 -"]
        let covered = ["A-1 ben for ana", "A-2 ben for ana", "B-1 ben", "N-1 -"]
        for (day, expected) in [
            (first - 1, own), (first, covered), (first + 1, covered), (last, covered), (last + 1, own),
        ] {
            #expect(try await responsible(database, on: day) == expected, "\(day - first)")
            let tasks = try await database.withConnection { connection in
                let store = TaskStore(connection)
                return [
                    try await store.accounts(of: Self.ana, on: day).count,
                    try await store.accounts(of: "BEN@example.com", on: day).count,
                ]
            }
            #expect(tasks == (expected == own ? [2, 1] : [0, 3]), "\(day - first)")
        }
        #expect(
            try await notes("A-2") == [
                "\(Self.ben) covers for \(Self.ana) from \(first) to \(last): holiday by \(Self.ana)"
            ])
        let absences = try await database.withConnection { try await CSMStore($0).absences(from: today) }
        #expect(absences == [CSMAbsence(csm: Self.ana, covering: Self.ben, days: first...last, accounts: 2)])
        // The same again changes nothing; the own CSM takes a day of it back.
        let again = try await HandOvers(database).give(
            .all(of: Self.ana), to: Self.ben, from: first, until: last, note: nil, by: nil)
        #expect(again.accounts.allSatisfy { !$0.isChanged })
        _ = try await HandOvers(database).give(
            .accounts(["A-1"]), to: Self.ana, from: last, until: last, note: nil, by: nil)
        #expect(try await responsible(database, on: last) == ["A-1 ana", "A-2 ben for ana", "B-1 ben", "N-1 -"])
        #expect(try await responsible(database, on: first) == covered)
        #expect(try await notes("A-1").last == "\(Self.ana) looks after it without cover from \(last) to \(last)")
    }

    @Test(arguments: [1, 2, 3])
    func `agrees day by day with whoever was named last for the day`(seed: UInt64) async throws {
        let (database, today) = try await load()
        var random = SplitMix(seed: seed)
        let csms = [Self.ana, Self.ben, Self.cy]
        let owners = ["A-1": Self.ana, "A-2": Self.ana, "B-1": Self.ben]
        var given: [(account: String, csm: String, days: ClosedRange<Day>)] = []
        for _ in 0..<12 {
            let account = owners.keys.sorted()[Int.random(in: 0..<3, using: &random)]
            let first = today + Int.random(in: 0..<12, using: &random)
            let days = first...(first + Int.random(in: 0..<6, using: &random))
            let csm = csms[Int.random(in: 0..<3, using: &random)]
            given.append((account, csm, days))
            _ = try await HandOvers(database).give(
                .accounts([account]), to: csm, from: days.lowerBound, until: days.upperBound, note: nil, by: nil)
        }
        for day in stride(from: today, to: today + 20, by: 1) {
            let listed = try await database.withConnection { try await AccountStore($0).health(asOf: day) }
            for account in listed where account.accountID != "N-1" {
                let owner = owners[account.accountID]
                let expected = given.last { $0.account == account.accountID && $0.days.contains(day) }?.csm ?? owner
                #expect(account.csm == expected, "\(account.accountID) on day \(day - today)")
                #expect(account.cover?.csm == (expected == owner ? nil : owner))
            }
            let workload = try await database.withConnection { try await CSMStore($0).workload(asOf: day) }
            for csm in workload where csm.email != nil {
                #expect(csm.accounts == listed.filter { $0.csm == csm.email }.count)
                #expect(csm.coveredAccounts == listed.filter { $0.csm == csm.email && $0.cover != nil }.count)
                #expect(csm.givenAccounts == listed.filter { $0.cover?.csm == csm.email }.count)
            }
            #expect(workload.last?.email == nil && workload.last?.accounts == 1)
        }
    }

    @Test func `an import that names the CSM sets the account's own, and a cover stays`() async throws {
        let (database, today) = try await load()
        let handOvers = HandOvers(database)
        _ = try await handOvers.give(.accounts(["A-2"]), to: Self.cy, from: nil, until: nil, note: nil, by: nil)
        _ = try await handOvers.give(.accounts(["A-1"]), to: Self.ben, from: today, until: today, note: nil, by: nil)
        try await ImportFixture.load(.accounts, Self.accounts + "\n", into: database)
        #expect(try await responsible(database, on: today) == ["A-1 ben for ana", "A-2 ana", "B-1 ben", "N-1 -"])
        // A file without CSMs leaves them alone.
        _ = try await handOvers.give(.accounts(["A-2"]), to: Self.cy, from: nil, until: nil, note: nil, by: nil)
        try await ImportFixture.load(.accounts, "account_id,name\nA-2,Alto\n", into: database)
        #expect(try await responsible(database, on: today)[1] == "A-2 cy")
    }

    @Test func `nothing is kept of a rehearsal, nor where an account or CSM is not known`() async throws {
        let (database, today) = try await load()
        let before = try await TableDump.taken()
        let handOvers = HandOvers(database)
        let rehearsed = try await handOvers.give(
            .all(of: Self.ana), to: Self.ben, from: nil, until: today, note: nil, by: nil, isDryRun: true)
        #expect(rehearsed.workload?.accounts == 3)
        await #expect(throws: StoreError.unknownAccount("A-9")) {
            try await handOvers.give(
                .accounts(["A-1", "A-9"]), to: Self.ben, from: nil, until: nil, note: nil, by: nil)
        }
        await #expect(throws: HandOvers.Refusal.noAccounts(of: Self.cy)) {
            try await handOvers.give(.all(of: Self.cy), to: Self.ben, from: nil, until: nil, note: nil, by: nil)
        }
        await #expect(throws: HandOvers.Refusal.sameCSM(Self.ben)) {
            try await handOvers.give(.all(of: Self.ben), to: Self.ben, from: nil, until: nil, note: nil, by: nil)
        }
        await #expect(throws: HandOver.Refusal.isOver(until: today - 1, today: today)) {
            try await handOvers.give(.all(of: Self.ana), to: Self.ben, from: nil, until: today - 1, note: nil, by: nil)
        }
        #expect(try await TableDump.taken() == before)
    }

    @Test func `a CSM who covers is not taken back with the import that brought them`() async throws {
        let (database, today) = try await load()
        let receipt = try await ImportFixture.load(.csms, "email\ndee@example.com\n", into: database)
        _ = try await HandOvers(database).give(
            .all(of: Self.ana), to: "dee@example.com", from: nil, until: today + 5, note: nil, by: nil)
        await #expect(
            throws: HistoryRefusal.inUse(
                receipt.number, ["CSM \"dee@example.com\" covers account \"A-1\" until \(today + 5)"])
        ) {
            try await UndoStage(database).run(receipt: receipt.number)
        }
        #expect(try await responsible(database, on: today)[0] == "A-1 dee for ana")
    }

    @Test func `an absent CSM's own covers stay, and are named`() async throws {
        let (database, today) = try await load()
        let handOvers = HandOvers(database)
        _ = try await handOvers.give(
            .all(of: Self.ana), to: Self.ben, from: today, until: today + 9, note: nil, by: nil)
        let outcome = try await handOvers.give(
            .all(of: Self.ben), to: Self.cy, from: today + 5, until: today + 6, note: nil, by: nil)
        #expect(
            outcome.absences == [
                CSMAbsence(csm: Self.ana, covering: Self.ben, days: today...(today + 9), accounts: 2)
            ])
        #expect(
            try await responsible(database, on: today + 5) == [
                "A-1 ben for ana", "A-2 ben for ana", "B-1 cy for ben", "N-1 -",
            ])
    }

    @Test func `the work of a week is that of the open tasks of whoever is responsible`() async throws {
        let (database, today) = try await load()
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on\n"
                + "C-1,A-1,1000,EUR,\(today - 30),\(today + 300)\nC-2,B-1,200,EUR,\(today - 30),\(today + 300)\n",
            into: database)
        // Of A-1 one task due in a week and one overdue in B-1; of A-2 one that is not due yet, and one that is closed.
        for (account, minutes, due, closed) in [
            ("A-1", 40, 7, false), ("A-2", 25, 8, false), ("B-1", 15, -3, false), ("N-1", 99, 0, true),
        ] {
            _ = try await TestDatabase.shared.query(
                """
                insert into hale_data.task (
                    account_id, opened_on, as_of, closed_on, closed_reason, title, is_data_task, minutes, due_on,
                    reasons, band, urgency, expected_loss, value_protected, net_value, priority)
                select account_id, '\(today - 9)', '\(today)', \(closed ? "'\(today)', 'resolved'" : "null, null"),
                    'Call', false, \(minutes), '\(today + due)', '{}', 'red', 1, 0, 0, 0, 0
                from hale_data.account where external_id = '\(account)'
                """)
        }
        func work(on day: Day) async throws -> [String] {
            try await database.withConnection { try await CSMStore($0).workload(asOf: day) }.map {
                "\($0.email?.prefix(3) ?? "-") \($0.tasks) \($0.minutes)/\($0.weekMinutes ?? 0) "
                    + "\($0.overloadMinutes ?? 0) \($0.arrMinor ?? -1)"
            }
        }
        #expect(
            try await work(on: today) == [
                "ana 2 40/150 0 100000", "ben 1 15/50 0 20000", "cy@ 0 0/300 0 0", "- 0 0/0 0 0",
            ])
        _ = try await HandOvers(database).give(
            .all(of: Self.ana), to: Self.ben, from: nil, until: today, note: nil, by: nil)
        #expect(
            try await work(on: today) == ["ana 0 0/150 0 0", "ben 3 55/50 5 120000", "cy@ 0 0/300 0 0", "- 0 0/0 0 0"])
    }
}
