import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A misplaced quote costs its row, where rows may be left out, and no row is made up of two.
@Suite(.database) struct `Importing misplaced quotes` {
    private func database() throws -> Database { try TestDatabase.shared.database }

    @Test(arguments: [ImportKind.tickets, .usage])
    func `leaves the other rows as they are`(kind: ImportKind) async throws {
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database())
        let text =
            kind == .usage
            ? "event_id,account_id,occurred_at,feature\n" : "ticket_id,account_id,opened_at,subject\n"
        let rows = """
            1,A-1,2026-01-05,"first"
            2,A-1,2026-01-05,"open
            3,A-1,2026-01-05,"third" one
            4,A-1,2026-01-05,"fourth"
            5,A-1,2026-01-05,plain
            6,A-1,2026-01-05,"last

            """
        let fixture = try ImportFixture(text + rows)
        let column = kind == .usage ? "feature" : "subject"
        let refusal = try await fixture.refusal(kind, into: database())
        #expect(refusal.prefix(3).map { $0.dropFirst(fixture.path.count + 1).prefix(2) } == ["3:", "4:", "7:"])
        #expect(refusal.prefix(2).allSatisfy { $0.contains(": \(column): text follows") })
        let receipt = try ImportFixture.receipt(
            of: await fixture.run(kind, into: database()) { $0.allowedBadRows = 3 })
        #expect([receipt.read, receipt.inserted, receipt.rejected] == [6, 3, 3])
        let rejects = try await database().withConnection { try await ReceiptStore($0).rejects(of: receipt.number) }
        #expect(
            rejects.map(\.raw) == [
                "2,A-1,2026-01-05,\"open", "3,A-1,2026-01-05,\"third\" one", "6,A-1,2026-01-05,\"last",
            ])
    }

    @Test func `makes no row of two rejected ones in a replay`() async throws {
        // Line 3 goes in. What is left is a row with an open quote, and one that could close it: together they would be a
        // row of three fields.
        let text = "account_id,name,csm_email\nA-1,\"Acme\nA-2,\"Bolt\",\nB\",no@example.com\n"
        let first = try await ImportFixture.load(.accounts, text, into: database()) { $0.allowedBadRows = 2 }
        #expect([first.read, first.inserted, first.rejected] == [3, 1, 2])
        try await ImportFixture.load(.csms, "email\nno@example.com\n", into: database())
        let replay = try await ReplayStage(database()).run(receipt: first.number, today: ImportFixture.today)
        #expect([replay.receipt.read, replay.receipt.inserted, replay.receipt.rejected] == [2, 0, 2])
        let rejects = try await database().withConnection { try await ReceiptStore($0).rejects(of: first.number) }
        #expect(rejects.map(\.line) == [2, 4])
        #expect(rejects.map(\.raw) == ["A-1,\"Acme", "B\",no@example.com"])
        #expect(try await StoredFacts.accounts() == ["A-2|Bolt|-|-|-|-|-|-|-"])
    }
}
