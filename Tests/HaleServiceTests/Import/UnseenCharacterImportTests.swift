import Delimited
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A no-break space behind an id makes no second account, whichever way a row takes.
@Suite(.database) struct `Importing what nobody sees` {
    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .csms, "email\n\u{FEFF}ann@example.com\u{A0}\n", into: database)
        try await ImportFixture.load(
            .accounts, "account_id,name,csm_email\nA-1\u{A0},Acme\u{200B},ann@exam\u{200B}ple.com\n", into: database)
        return database
    }

    @Test func `leaves one account, one person and one name`() async throws {
        let database = try await accounts()
        let again = try await ImportFixture.load(
            .accounts, "account_id,name,csm_email\n\u{3000}A\u{AD}-1,Acme,ann@example.com\n", into: database)
        #expect([again.inserted, again.updated, again.unchanged] == [0, 0, 1])
        #expect(try await StoredFacts.accounts() == ["A-1|Acme|-|-|-|-|ann@example.com|-|-"])
        let people = try await ImportFixture.load(
            .people, "person_id,account_id,email\nP-1,A-1,p@x.example\nP\u{2060}-1\u{200D},A-1,\u{A0}P@x.example\n",
            into: database)
        #expect([people.inserted, people.rejected] == [1, 0])
        #expect(try await ImportFixture.number("select count(*) from hale_data.person") == 1)
    }

    @Test func `counts usage for the same account, person and feature, in lines of bytes and in records`() async throws
    {
        let database = try await accounts()
        // Lines 2 and 3 are read from their bytes, 4 to 7 go the way of every kind.
        let text = """
            account_id,person_id,feature,occurred_at,quantity
            A-1,P-1,boards,2026-01-05,1
            A-1,P-1,boards,2026-01-05T10:00:00,1
            A-1\u{A0},P-1,boards,2026-01-05,1
            \u{FEFF}A-1,P\u{200B}-1,\u{3000}boards,2026-01-05,1
            A-1,P-1,boards\u{2009},\u{A0}2026-01-05,1
            A-1,P-1,boards,2026-01-05\u{200B},\u{A0}1

            """
        let receipt = try await ImportFixture.load(.usage, text, into: database)
        #expect([receipt.read, receipt.inserted, receipt.createdPeople, receipt.createdFeatures] == [6, 6, 1, 1])
        #expect(
            try await ImportFixture.texts(
                "select external_id as text from hale_data.person union all select name from hale_data.feature "
                    + "order by 1") == ["P-1", "boards"])
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `goes through words and expressions of a mapping`() async throws {
        let database = try await accounts()
        let map = """
            kind: tickets
            columns: {ticket_id: Ticket, priority: "Prio\u{A0}rity"}
            words: {priority: {"very high": p1}}
            derive: {account_id: "upper(account)", opened_at: "opened || 'T00:00:00Z'"}
            """
        let receipt = try await ImportFixture.load(
            .tickets,
            "Ticket\u{200B},Account,Prio rity,Opened\nT-1\u{A0},a-1\u{A0},very\u{A0}high\u{200B},\u{FEFF}2026-01-05\n",
            map: map, into: database)
        #expect(receipt.inserted == 1)
        #expect(try await ImportFixture.texts("select external_id as text from hale_data.ticket") == ["T-1"])
        #expect(try await ImportFixture.number("select priority from hale_data.ticket") == 1)
    }

    @Test func `rows of empty cells are counted apart, in staged kinds, usage and derived files`() async throws {
        let database = try await accounts()
        let tickets = try ImportFixture(
            "ticket_id,account_id,opened_at\n,,\nT-1,A-1,2026-01-05\n\u{A0},,\"\"\n,,\n")
        guard case .imported(let receipt, let source) = try await tickets.run(.tickets, into: database) else {
            Issue.record("in already")
            return
        }
        #expect([receipt.read, receipt.inserted, receipt.skipped, receipt.rejected] == [1, 1, 0, 0])
        #expect(source.emptyRowCount == 3)
        let usage = try ImportFixture(
            "account_id,occurred_at,feature\nA-1,2026-01-05,x\n,,\n , ,\nA-1,2026-01-06,\n,,\n")
        guard case .imported(let used, let usedSource) = try await usage.run(.usage, into: database) else {
            Issue.record("in already")
            return
        }
        #expect([used.read, used.inserted, used.skipped, used.rejected] == [2, 2, 0, 0])
        #expect(usedSource.emptyRowCount == 3)
        let derived = try ImportFixture("Id,Account,Day\n,,\nT-2,A-1,2026-01-05\n,,\n")
        let outcome = try await derived.run(.tickets, into: database) {
            $0.mapping = try Mapping(
                yaml:
                    "kind: tickets\ncolumns: {ticket_id: id, account_id: account}\nderive: {opened_at: \"day || ''\"}\n",
                file: "m.yaml")
        }
        guard case .imported(let third, let thirdSource) = outcome else {
            Issue.record("in already")
            return
        }
        #expect([third.read, third.inserted, third.skipped, third.rejected] == [1, 1, 0, 0])
        #expect(thirdSource.emptyRowCount == 2)
    }

    @Test(arguments: [false, true])
    func `a header below titles is found, and rejected rows of such a file go in again`(isDerived: Bool) async throws {
        let database = try await accounts()
        let map =
            isDerived
            ? "kind: tickets\nheader_line: 3\ncolumns: {ticket_id: Ticket, account_id: Account}\n"
                + "derive: {opened_at: \"opened || ''\"}\n"
            : "kind: tickets\ncolumns: {ticket_id: Ticket, account_id: Account, opened_at: Opened}\n"
        let fixture = try ImportFixture(
            "Tickets of 2026,,\n,,\nTicket,Account,Opened\nT-1,A-1,2026-01-05\nT-2,A-2,2026-01-06\n")
        let outcome = try await fixture.run(.tickets, into: database) {
            $0.mapping = try Mapping(yaml: map, file: "m.yaml")
            $0.allowedBadRows = 1
        }
        guard case .imported(let receipt, let source) = outcome else {
            Issue.record("in already")
            return
        }
        #expect([receipt.read, receipt.inserted, receipt.rejected] == [2, 1, 1])
        #expect(source.headerLine == 3)
        try await ImportFixture.load(.accounts, "account_id,name\nA-2,Bolt\n", into: database)
        let replay = try await ReplayStage(database).run(receipt: receipt.number, today: ImportFixture.today)
        #expect([replay.receipt.inserted, replay.receipt.rejected] == [1, 0])
    }
}
