import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// CSMs whom rows name and nobody imported, and mappings joined with choices of columns.
@Suite(.database)
struct `Created CSMs and chosen columns` {
    private static let accounts = """
        account_id,name,csm_email
        A1,Acme,Ana@example.com
        A2,Bolt,ana@example.com
        A3,Cobalt,ben@example.com
        A4,Dune,

        """

    private static let csms = "select email || ' ' || coalesce(name, '-') as text from hale_data.csm order by email"

    @Test func `CSMs are created where that is allowed, once each, counted and kept with the receipt`() async throws {
        let database = try TestDatabase.shared.database
        let refused = try await ImportFixture(Self.accounts).refusal(.accounts, into: database)
        #expect(refused.last?.hasPrefix("3 bad rows") == true)
        let receipt = try await ImportFixture.load(.accounts, Self.accounts, into: database) {
            $0.createsMissingCSMs = true
        }
        #expect([receipt.inserted, receipt.createdCSMs, receipt.createdAccounts] == [4, 2, 0])
        #expect(try await ImportFixture.texts(Self.csms) == ["ana@example.com -", "ben@example.com -"])
        #expect(
            try await ImportFixture.texts(
                """
                select account.external_id || ' ' || coalesce(csm.email, '-') as text
                from hale_data.account as account
                left join hale_data.csm as csm on csm.csm_id = account.csm_id
                order by account.external_id
                """) == ["A1 ana@example.com", "A2 ana@example.com", "A3 ben@example.com", "A4 -"])
        let stored = try await database.withConnection { try await ReceiptStore($0).receipt(receipt.number) }
        #expect(stored?.receipt.createdCSMs == 2)
        // What is known of them later fills them in.
        try await ImportFixture.load(.csms, "email,name\nana@example.com,Ana\n", into: database)
        #expect(try await ImportFixture.texts(Self.csms) == ["ana@example.com Ana", "ben@example.com -"])
    }

    @Test func `accounts and CSMs are created together`() async throws {
        let database = try TestDatabase.shared.database
        let text = "account_id,occurred_at,kind,csm_email\nA9,2026-01-05,call,ana@example.com\n"
        let receipt = try await ImportFixture.load(.touchpoints, text, into: database) {
            $0.createsMissingAccounts = true
            $0.createsMissingCSMs = true
        }
        #expect([receipt.inserted, receipt.createdAccounts, receipt.createdCSMs] == [1, 1, 1])
    }

    @Test func `an undo takes those back whom nothing else names`() async throws {
        let database = try TestDatabase.shared.database
        let first = try await ImportFixture.load(.accounts, Self.accounts, into: database) {
            $0.createsMissingCSMs = true
        }
        // Ben is named by a fact that stays.
        try await ImportFixture.load(
            .touchpoints, "account_id,occurred_at,csm_email\nX1,2026-01-05,ben@example.com\n", into: database
        ) { $0.createsMissingAccounts = true }
        let outcome = try await UndoStage(database).run(receipt: first.number)
        #expect(outcome.counts.csms == 1)
        #expect(try await ImportFixture.texts(Self.csms) == ["ben@example.com -"])
    }

    @Test func `rejected rows are replayed with the CSMs created as the import had`() async throws {
        let database = try TestDatabase.shared.database
        let text = "account_id,name,parent_account_id,csm_email\nA1,Acme,P1,ana@example.com\n"
        let receipt = try await ImportFixture.load(.accounts, text, into: database) {
            $0.createsMissingCSMs = true
            $0.allowedBadRows = 1
        }
        #expect(receipt.rejected == 1)
        try await ImportFixture.load(.accounts, "account_id,name\nP1,Parent\n", into: database)
        let replayed = try await ReplayStage(database).run(receipt: receipt.number)
        #expect(replayed.receipt.inserted == 1)
    }

    @Test func `a choice wins over the mapping, and a replay reads the same`() async throws {
        let database = try TestDatabase.shared.database
        let map = """
            kind: accounts
            columns: {account_id: Id, name: Title}   # of last year
            derive: {segment: "upper(tier)"}
            """
        let text = "Id,Title,Tier,Label: new,Parent\nA1,Acme,smb,Acme Inc,P1\nA2,Bolt,smb,Bolt Ltd,\n"
        let receipt = try await ImportFixture.load(.accounts, text, map: map, into: database) {
            $0.mapping = try $0.mapping?.choosing([
                #require(ColumnChoice("name=Label: new")), #require(ColumnChoice("segment=Tier")),
                #require(ColumnChoice("parent_account_id=Parent")),
            ])
            $0.allowedBadRows = 1
        }
        #expect([receipt.inserted, receipt.rejected] == [1, 1])
        try await ImportFixture.load(.accounts, "account_id,name\nP1,Parent\n", into: database)
        let replayed = try await ReplayStage(database).run(receipt: receipt.number)
        #expect(replayed.receipt.inserted == 1)
        #expect(
            try await ImportFixture.texts(
                "select name || ' ' || segment as text from hale_data.account where segment is not null order by name")
                == ["Acme Inc smb", "Bolt Ltd smb"])
        let stored = try await database.withConnection { try await ReceiptStore($0).receipt(receipt.number) }
        #expect(
            stored?.mapping
                == "map.yaml with --column name=Label: new --column segment=Tier --column parent_account_id=Parent")
    }

    @Test(arguments: ["email", "=E-Mail", "email=", " = ", ""])
    func `a choice needs a column and a header`(text: String) {
        #expect(ColumnChoice(text) == nil)
    }

    @Test func `a header may hold an equals sign and spaces`() {
        let choice = ColumnChoice(" name = Name = full ")
        #expect(choice?.column == "name")
        #expect(choice?.header == "Name = full")
    }
}
