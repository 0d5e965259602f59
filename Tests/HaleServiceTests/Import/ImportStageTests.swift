import Delimited
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// A file of a kind, and the same things some days later.
struct KindCase: Sendable, CustomTestStringConvertible {
    let kind: ImportKind
    let first: String
    let later: String
    /// New, changed and unchanged rows of the later file.
    var counts: [Int64] = [1, 1, 1]

    var testDescription: String { kind.rawValue }

    /// Two rows each; the later file has one of them as it was, one changed and one more.
    static let upserted: [KindCase] = [
        KindCase(
            kind: .csms, first: "email,name,capacity_minutes\nann@example.com,Ann,240\nbo@example.com,Bo,300\n",
            later: """
                email,name,capacity_minutes
                ann@example.com,Ann,240
                Bo@example.com,Bo,200
                cy@example.com,Cy,90

                """),
        KindCase(
            kind: .features, first: "feature,is_key,product\nboards,true,Plan\nreports,false,Plan\n",
            later: "feature,is_key,product\nboards,true,Plan\nreports,true,Plan\nexport,false,Plan\n"),
        // A holiday has nothing that could change.
        KindCase(
            kind: .holidays, first: "country,day\nDE,2026-01-01\nFR,2026-07-14\n",
            later: "country,day\nDE,2026-01-01\nFR,2026-07-14\nUS,2026-07-04\n", counts: [1, 0, 2]),
        KindCase(
            kind: .fxRates, first: "day,currency,rate\n2026-01-01,USD,0.9\n2026-01-01,GBP,1.15\n",
            later: "day,currency,rate\n2026-01-01,USD,0.9\n2026-01-01,GBP,1.2\n2026-02-01,USD,0.91\n"),
        // Any day of a month means the month.
        KindCase(
            kind: .spend, first: "month,channel,amount,currency\n2026-01-01,ads,100.50,EUR\n2026-01-15,events,7,EUR\n",
            later:
                "month,channel,amount,currency\n2026-01-09,ads,100.50,EUR\n2026-01-01,events,8,EUR\n2026-02-01,ads,1,EUR\n"
        ),
        KindCase(
            kind: .leads, first: "lead_id,created_on,channel,won_on\nL1,2026-01-05,ads,\nL2,2026-01-06,events,\n",
            later:
                "lead_id,created_on,channel,won_on\nL1,2026-01-05,ads,\nL2,2026-01-06,events,2026-03-01\nL3,2026-02-01,,\n"
        ),
        KindCase(
            kind: .accounts, first: "account_id,name,segment\nN1,North,SMB\nN2,South,SMB\n",
            later: "account_id,name,segment\nN1,North,SMB\nN2,South,Enterprise\nN3,West,SMB\n"),
        // A person's id counts within the account: P1 of A2 is another one.
        KindCase(
            kind: .people, first: "person_id,account_id,name,role\nP1,A1,Ada,champion\nP2,A1,Ben,user\n",
            later: "person_id,account_id,name,role\nP1,A1,Ada,champion\nP2,A1,Ben,admin\nP1,A2,Eve,user\n"),
        KindCase(
            kind: .contracts,
            first: """
                contract_id,account_id,arr,currency,starts_on
                K1,A1,1000,EUR,2025-01-01
                K2,A1,2000,EUR,2025-01-01

                """,
            later: """
                contract_id,account_id,arr,currency,starts_on
                K1,A1,1000,EUR,2025-01-01
                K2,A1,2500,EUR,2025-01-01
                K3,A2,300,EUR,2025-01-01

                """),
        KindCase(
            kind: .nps,
            first: """
                response_id,account_id,person_id,score,responded_at
                R1,A1,P1,9,2026-01-10
                R2,A1,P2,3,2026-01-11

                """,
            later: """
                response_id,account_id,person_id,score,responded_at
                R1,A1,P1,9,2026-01-10
                R2,A1,P2,7,2026-01-11
                R3,A2,P1,10,2026-01-12

                """),
        KindCase(
            kind: .tickets,
            first: "ticket_id,account_id,opened_at,closed_at,priority\nT1,A1,2026-01-05,,p1\nT2,A1,2026-01-06,,high\n",
            later: """
                ticket_id,account_id,opened_at,closed_at,priority
                T1,A1,2026-01-05,,p1
                T2,A1,2026-01-06,2026-01-08T09:00:00Z,high
                T3,A2,2026-01-07,,p3

                """),
        KindCase(
            kind: .invoices,
            first: """
                invoice_id,account_id,due_on,paid_on,amount,currency
                I1,A1,2026-01-31,,100,EUR
                I2,A1,2026-01-31,,50,EUR

                """,
            later: """
                invoice_id,account_id,due_on,paid_on,amount,currency
                I1,A1,2026-01-31,,100,EUR
                I2,A1,2026-01-31,2026-02-02,50,EUR
                I3,A2,2026-02-28,,75,EUR

                """),
    ]

    /// Kinds whose rows have no id of their own: three rows, two of them equal.
    static let keyedByLine: [KindCase] = [
        KindCase(
            kind: .usage,
            first: "account_id,occurred_at\nA1,2026-01-05T10:00:00Z\nA1,2026-01-05T10:00:00Z\nA2,2026-01-06\n",
            later: ""),
        KindCase(
            kind: .touchpoints,
            first: """
                account_id,occurred_at,kind,note
                A1,2026-01-05,call,Hello
                A1,2026-01-05,call,Hello
                A2,2026-01-06,visit,

                """,
            later: ""),
        KindCase(
            kind: .nps, first: "account_id,score,responded_at\nA1,9,2026-01-05\nA1,9,2026-01-05\nA2,2,2026-01-06\n",
            later: ""),
    ]
}

/// What every kind has in common: rows are upserted by their ids, and a file counts once.
@Suite(.database)
struct `Importing a file` {
    /// Two accounts, A1 and A2.
    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\nA2,Bolt\n", into: database)
        return database
    }

    @Test(arguments: KindCase.upserted)
    func `rows are new, changed or as before`(_ example: KindCase) async throws {
        let database = try await accounts()
        let first = try await ImportFixture.load(example.kind, example.first, into: database)
        #expect([first.read, first.inserted, first.updated, first.unchanged, first.rejected] == [2, 2, 0, 0, 0])
        let later = try await ImportFixture.load(example.kind, example.later, into: database)
        #expect(later.read == 3)
        #expect([later.inserted, later.updated, later.unchanged] == example.counts)
        // The receipt is kept as it was given.
        let kept = try #require(
            try await TestDatabase.shared.query(
                "select inserted, updated, unchanged from hale_data.import_receipt where import_id = $1::bigint",
                [later.number]
            ).first)
        #expect(try kept.decode("inserted", as: Int64.self) == example.counts[0])
        #expect(try kept.decode("updated", as: Int64.self) == example.counts[1])
        #expect(try kept.decode("unchanged", as: Int64.self) == example.counts[2])
    }

    @Test(arguments: KindCase.upserted)
    func `the same file again changes nothing and says so`(_ example: KindCase) async throws {
        let database = try await accounts()
        let fixture = try ImportFixture(example.first)
        _ = try await fixture.run(example.kind, into: database)
        let before = try await ImportFixture.rowCounts()
        guard case .alreadyImported(let earlier) = try await fixture.run(example.kind, into: database) else {
            Issue.record("the file went in again")
            return
        }
        #expect(earlier.rows == 2)
        #expect(try await ImportFixture.rowCounts() == before)
    }

    @Test(arguments: KindCase.keyedByLine)
    func `equal rows without an id are all kept, and the file counts once`(_ example: KindCase) async throws {
        let database = try await accounts()
        let fixture = try ImportFixture(example.first)
        let receipt = try ImportFixture.receipt(
            of: try await fixture.run(example.kind, into: database))
        #expect([receipt.inserted, receipt.unchanged] == [3, 0])
        let before = try await ImportFixture.rowCounts()
        guard case .alreadyImported(let earlier) = try await fixture.run(example.kind, into: database)
        else {
            Issue.record("the same file went in twice")
            return
        }
        #expect([earlier.receipt, earlier.rows, earlier.rejected] == [receipt.number, 3, 0])
        #expect(try await ImportFixture.rowCounts() == before)
    }

    @Test(arguments: KindCase.upserted + KindCase.keyedByLine)
    func `a dry run counts and writes nothing`(_ example: KindCase) async throws {
        let database = try await accounts()
        let before = try await ImportFixture.rowCounts()
        let receipt = try await ImportFixture.load(example.kind, example.first, into: database) { $0.isDryRun = true }
        #expect(receipt.inserted == receipt.read)
        #expect(receipt.read > 0)
        #expect(try await ImportFixture.rowCounts() == before)
        // And it does not stand in the way of the real one.
        #expect(try await ImportFixture.load(example.kind, example.first, into: database).inserted == receipt.inserted)
    }

    @Test(arguments: ImportKind.allCases)
    func `a header without rows is an empty import with a receipt`(_ kind: ImportKind) async throws {
        let database = try await accounts()
        var before = try await ImportFixture.rowCounts()
        let receipt = try await ImportFixture.load(
            kind, kind.columns.map(\.name).joined(separator: ",") + "\n", into: database)
        #expect([receipt.read, receipt.inserted, receipt.updated, receipt.unchanged] == [0, 0, 0, 0])
        #expect(receipt.rejected == 0)
        before["import_receipt", default: 0] += 1
        #expect(try await ImportFixture.rowCounts() == before)
    }

    @Test func `a contract is kept in versions, one for each change of its terms`() async throws {
        let database = try await accounts()
        func load(_ arr: Int, learned day: String) async throws -> ImportStore.Receipt {
            try await ImportFixture.load(
                .contracts,
                "contract_id,account_id,arr,currency,starts_on,recorded_at\nK1,A1,\(arr),EUR,2026-01-01,\(day)\n",
                into: database)
        }
        #expect(try await load(1000, learned: "2026-01-01").inserted == 1)
        #expect(try await load(1000, learned: "2026-02-01").unchanged == 1)
        #expect(try await load(1200, learned: "2026-02-15").updated == 1)
        // The first terms hold from ever, changed ones from the day they were learned; 1 EUR is 100 minor units.
        let versions = try await ImportFixture.texts(
            "select valid_from || ' ' || arr_minor as text from hale_data.contract_version order by valid_from")
        #expect(versions == ["-infinity 100000", "2026-02-15 120000"])
        #expect(try await ImportFixture.number("select count(*) from hale_data.contract") == 1)
    }
}
