import Delimited
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Rejected rows: kept as they came, imported again after a fix, or corrected in a file of their own.
@Suite(.database) struct `Replaying rejected rows` {
    private func database() throws -> Database { try TestDatabase.shared.database }

    private func rejects(of receipt: Int64) async throws -> [RejectedRow] {
        try await database().withConnection { try await ReceiptStore($0).rejects(of: receipt) }
    }

    private func stored(_ receipt: Int64) async throws -> StoredReceipt {
        try #require(try await database().withConnection { try await ReceiptStore($0).receipt(receipt) })
    }

    @Test func `rows go in once what they name is there, the others stay with their reasons`() async throws {
        let text = """
            account_id,name,csm_email,created_on
            A-1,Acme,,2026-01-31
            A-2,"Bolt, Inc.",ana@example.com,2026-01-31
            A-3,,bo@example.com,2026-01-31

            """
        let fixture = try ImportFixture(text)
        let first = try ImportFixture.receipt(
            of: try await fixture.run(.accounts, into: database()) { $0.allowedBadRows = 2 })
        #expect([first.inserted, first.rejected] == [1, 2])
        #expect(
            try await rejects(of: first.number).map { "\($0.line)|\($0.columns ?? "-")|\($0.reasons)|\($0.raw)" } == [
                "3|csm_email|CSM \"ana@example.com\" is not known: import csms first, or use --create-missing csms|"
                    + "A-2,\"Bolt, Inc.\",ana@example.com,2026-01-31",
                "4|name|a value is needed here|A-3,,bo@example.com,2026-01-31",
            ])
        let before = try await TableDump.taken()
        let inVain = try await ReplayStage(database()).run(
            receipt: first.number, isDryRun: true, today: ImportFixture.today)
        #expect([inVain.receipt.read, inVain.receipt.inserted, inVain.receipt.rejected] == [2, 0, 2])
        try await ImportFixture.load(.csms, "email\nana@example.com\n", into: database())
        let outcome = try await ReplayStage(database()).run(receipt: first.number, today: ImportFixture.today)
        #expect([outcome.receipt.read, outcome.receipt.inserted, outcome.receipt.rejected] == [2, 1, 1])
        #expect(
            try await StoredFacts.accounts() == [
                "A-1|Acme|-|-|-|-|-|-|2026-01-31", "A-2|Bolt, Inc.|-|-|-|-|ana@example.com|-|2026-01-31",
            ])
        #expect(try await rejects(of: first.number).map(\.line) == [4])
        let receipt = try await stored(outcome.receipt.number)
        #expect(receipt.replayOf == first.number)
        #expect(receipt.fileName == fixture.path)

        // Undoing the replay gives the rejected rows back.
        _ = try await UndoStage(database()).run(receipt: outcome.receipt.number)
        #expect(try await rejects(of: first.number).map(\.line) == [3, 4])
        var after = try await TableDump.taken()
        after["csm"] = before["csm"]
        #expect(after == before)
    }

    @Test(arguments: [ImportKind.usage, .touchpoints])
    func `rows without an id keep their file and line, so the same file does not count twice`(
        kind: ImportKind
    ) async throws {
        let extra = kind == .touchpoints ? ",note" : ""
        let value = kind == .touchpoints ? ",\"two\nlines\"" : ""
        let text = """
            account_id,person_id,occurred_at\(extra)
            A-1,P-1,2026-01-05\(value)
            A-2,P-1,2026-01-05\(value)
            A-3,P-1,2026-01-06\(value)

            """
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database())
        let fixture = try ImportFixture(text)
        let first = try ImportFixture.receipt(
            of: try await fixture.run(kind, into: database()) { $0.allowedBadRows = 5 })
        #expect([first.inserted, first.rejected] == [1, 2])
        try await ImportFixture.load(.accounts, "account_id,name\nA-2,Bolt\nA-3,Third\n", into: database())
        let outcome = try await ReplayStage(database()).run(receipt: first.number, today: ImportFixture.today)
        #expect([outcome.receipt.inserted, outcome.receipt.rejected] == [2, 0])
        let lines =
            kind == .usage
            ? try await ImportFixture.texts("select line::text as text from hale_data.usage_event order by line")
            : try await ImportFixture.texts(
                "select split_part(touchpoint_key, ':', 2) as text from hale_data.touchpoint order by touchpoint_key")
        #expect(lines == (kind == .usage ? ["2", "3", "4"] : ["2", "4", "6"]))
        guard case .alreadyImported(let earlier) = try await fixture.run(kind, into: database()) else {
            Issue.record("the file went in twice")
            return
        }
        #expect(earlier.receipt == first.number)
        #expect(earlier.rejected == 0)
        #expect(try await PackedUsage.differences() == [])
        await #expect(throws: HistoryRefusal.nothingRejected(first.number)) {
            try await ReplayStage(database()).run(receipt: first.number, today: ImportFixture.today)
        }
    }

    @Test func `a date that only the whole file could tell is read as it was told`() async throws {
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database())
        let first = try await ImportFixture.load(
            .invoices,
            "invoice_id;account_id;due_on;amount;currency\nI-1;A-1;31/01/2026;1,5;EUR\nI-2;A-2;03/04/2026;1.234;EUR\n",
            into: database()
        ) { $0.allowedBadRows = 1 }
        #expect(first.rejected == 1)
        try await ImportFixture.load(.accounts, "account_id,name\nA-2,Bolt\n", into: database())
        _ = try await ReplayStage(database()).run(receipt: first.number, today: ImportFixture.today)
        #expect(
            try await StoredFacts.invoices() == [
                "I-1|A-1|2026-01-31|-|150|EUR", "I-2|A-2|2026-04-03|-|123400|EUR",
            ])
    }

    private static let derivingMap = """
        kind: tickets
        columns: {ticket_id: Id, account_id: Account}
        derive: {opened_at: "cast(cast(year as integer) as text) || '-' || month || '-01'"}
        skip_when: "account = 'none'"
        """

    @Test func `with expressions, ragged and failing rows are bad rows, kept as they came`() async throws {
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database())
        let text = """
            Id,Account,Year,Month
            T-1,A-1,2026,01
             T-2 , A-1 ,2026
            T-3,none,x,01
            "T-4",A-1,twenty,02
            T-5,A-9,2026,03
            T-6,A-1,2026,13

            """
        let fixture = try ImportFixture(text)
        let mapping = try Mapping(yaml: Self.derivingMap, file: "map.yaml")
        let lines = try await fixture.refusal(.tickets, into: database()) { $0.mapping = mapping }
        #expect(lines.count == 5)
        #expect(lines[0].contains(":3: the header has 4 columns, this row has 3 fields"))
        #expect(
            lines[1].contains(":5: opened_at: the mapping's expression fails: invalid input syntax for type integer"))
        #expect(lines[2].contains(":6: account_id: account \"A-9\" is not known"))
        #expect(lines[3].contains(":7: opened_at: month 13 does not exist"))
        #expect(lines[4].hasPrefix("4 bad rows"))

        let first = try ImportFixture.receipt(
            of: try await fixture.run(.tickets, into: database()) {
                $0.mapping = mapping
                $0.allowedBadRows = 4
            })
        #expect([first.read, first.inserted, first.rejected, first.skipped] == [6, 1, 4, 1])
        #expect(
            try await rejects(of: first.number).map(\.raw) == [
                " T-2 , A-1 ,2026", "\"T-4\",A-1,twenty,02", "T-5,A-9,2026,03", "T-6,A-1,2026,13",
            ])
        try await ImportFixture.load(.accounts, "account_id,name\nA-9,Nine\n", into: database())
        let outcome = try await ReplayStage(database()).run(receipt: first.number, today: ImportFixture.today)
        #expect([outcome.receipt.read, outcome.receipt.inserted, outcome.receipt.rejected] == [4, 1, 3])
        #expect(try await rejects(of: first.number).map(\.line) == [3, 5, 7])
        #expect(try await stored(outcome.receipt.number).mapping == "map.yaml")
    }

    @Test func `an expression that PostgreSQL does not understand is the mapping's fault`() async throws {
        let lines = try await ImportFixture("Id,Account\nT-1,A-1\n").refusal(.tickets, into: database()) { request in
            request.mapping = try Mapping(
                yaml:
                    "kind: tickets\ncolumns: {ticket_id: Id, account_id: Account}\nderive: {opened_at: \"lower(5)\"}\n",
                file: "map.yaml")
        }
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("map.yaml: derive or skip_when: function lower(integer) does not exist") == true)
    }

    @Test func `the rejected rows as a file can be corrected and imported`() async throws {
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database())
        let first = try await ImportFixture.load(
            .tickets,
            "ticket_id\taccount_id\topened_at\tsubject\nT-1\tA-1\t2026-02-30\t\"tab\there, \"\"quoted\"\"\"\nT-2\tA-1\n",
            into: database()
        ) { $0.allowedBadRows = 2 }
        #expect(first.rejected == 2)
        let file = try RejectedFile.correctable(
            try await rejects(of: first.number), recipe: try await stored(first.number).recipe, receipt: first.number)
        #expect(
            file
                == "rejected_line\trejected_column\trejected_reason\tticket_id\taccount_id\topened_at\tsubject\n"
                + "2\t\"opened_at\"\t\"30 February does not exist (\"\"2026-02-30\"\")\"\tT-1\tA-1\t2026-02-30\t"
                + "\"tab\there, \"\"quoted\"\"\"\n"
                + "3\t\"\"\t\"the header has 4 columns, this row has 2 fields\"\tT-2\tA-1\n")
        let corrected = file.replacing("T-1\tA-1\t2026-02-30", with: "T-1\tA-1\t2026-02-28")
            .replacing("T-2\tA-1\n", with: "T-2\tA-1\t2026-03-01\tok\n")
        let receipt = try await ImportFixture.load(.tickets, corrected, into: database())
        #expect(receipt.inserted == 2)
        #expect(
            try await StoredFacts.tickets() == [
                "T-1|A-1|2026-02-28 00:00|-|3|tab\there, \"quoted\"", "T-2|A-1|2026-03-01 00:00|-|3|ok",
            ])
    }

    @Test func `a mapping that was edited is not the one from before`() async throws {
        let fixture = try ImportFixture("id,name,kind\nA-1,Acme,smb\n")
        for (segment, expected) in [("kind", "smb"), ("name", "Acme")] {
            let outcome = try await fixture.run(.accounts, into: database()) { request in
                request.mapping = try Mapping(
                    yaml: "kind: accounts\ncolumns: {account_id: id, segment: \(segment), name: name}\n",
                    file: "map.yaml")
            }
            guard case .imported = outcome else {
                Issue.record("the file was taken for one imported before")
                return
            }
            #expect(try await StoredFacts.accounts() == ["A-1|Acme|\(expected)|-|-|-|-|-|-"])
        }
    }

    @Test func `a receipt that cannot be replayed says why`() async throws {
        await #expect(throws: HistoryRefusal.unknownReceipt(9)) {
            try await ReplayStage(database()).run(receipt: 9, today: ImportFixture.today)
        }
        let receipt = try await ImportFixture.load(
            .accounts, "account_id,name\nA-1,\n", into: database()
        ) { $0.allowedBadRows = 1 }
        try await database().withConnection { connection in
            let stored = try await ReceiptStore(connection).receipt(receipt.number)
            #expect(stored?.waiting == 1)
        }
        _ = try await UndoStage(database()).run(receipt: receipt.number)
        await #expect(throws: HistoryRefusal.undoneAlready(receipt.number)) {
            try await ReplayStage(database()).run(receipt: receipt.number, today: ImportFixture.today)
        }
    }

    @Test func `a receipt of an older version is neither replayed nor undone`() async throws {
        let receipt = try await ImportFixture.load(
            .accounts, "account_id,name\nA-1,\nA-2,Bolt\n", into: database()
        ) { $0.allowedBadRows = 1 }
        _ = try await TestDatabase.shared.query("update hale_data.import_receipt set recipe = null")
        await #expect(throws: HistoryRefusal.noRecipe(receipt.number)) {
            try await ReplayStage(database()).run(receipt: receipt.number, today: ImportFixture.today)
        }
        await #expect(throws: HistoryRefusal.noRecipe(receipt.number)) {
            try await UndoStage(database()).run(receipt: receipt.number)
        }
        #expect(try await StoredFacts.accounts().count == 1)
    }
}
