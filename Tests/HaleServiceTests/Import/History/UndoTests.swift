import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Undoing imports: what was there before is there again, to the last value, or nothing changes at all.
@Suite(.database) struct `Undoing an import` {
    @Test func `every kind has a case`() {
        #expect(Set(UndoCase.all.map(\.kind)) == Set(ImportKind.allCases))
    }

    @Test(arguments: UndoCase.all)
    func `gives every table back what it held`(_ example: UndoCase) async throws {
        let database = try TestDatabase.shared.database
        for file in example.before { try await ImportFixture.load(file.kind, file.text, into: database) }
        let empty = try await TableDump.taken()
        let first = try await ImportFixture.load(example.kind, example.first, into: database)
        let before = try await TableDump.taken()
        let second = try await ImportFixture.load(example.kind, example.second, into: database)
        let after = try await StoredFacts.all()
        #expect(try await TableDump.taken() != before)

        let rehearsed = try await UndoStage(database).run(receipt: second.number, isDryRun: true)
        #expect(try await StoredFacts.all() == after)
        let outcome = try await UndoStage(database).run(receipt: second.number)
        #expect(outcome.counts == rehearsed.counts)
        #expect(outcome.counts.removed == second.inserted + (example.kind == .contracts ? second.updated : 0))
        #expect(outcome.counts.restored == (example.kind == .contracts ? 0 : second.updated))
        #expect(try await TableDump.taken() == before)

        _ = try await UndoStage(database).run(receipt: first.number)
        #expect(try await TableDump.taken() == empty)
        #expect(try await ImportFixture.number("select count(*) from hale_data.import_change") == 0)

        // Both files can go in again, and say the same.
        for text in [example.first, example.second] { try await ImportFixture.load(example.kind, text, into: database) }
        #expect(try await StoredFacts.all() == after)
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `the receipt stays and says when`() async throws {
        let database = try TestDatabase.shared.database
        let receipt = try await ImportFixture.load(.holidays, "country,day\nDE,2026-05-01\n", into: database)
        _ = try await UndoStage(database).run(receipt: receipt.number)
        let stored = try await database.withConnection { try await ReceiptStore($0).receipt(receipt.number) }
        #expect(stored?.undone != nil)
        #expect(stored?.receipt.inserted == 1)
        await #expect(throws: HistoryRefusal.undoneAlready(receipt.number)) {
            try await UndoStage(database).run(receipt: receipt.number)
        }
    }

    @Test func `accounts created because a row named them go, unless something else hangs on them`() async throws {
        let database = try TestDatabase.shared.database
        let usage = try await ImportFixture.load(
            .usage, "account_id,person_id,occurred_at\nN-1,P-1,2026-01-05\nN-2,P-1,2026-01-05\n", into: database
        ) { $0.createsMissingAccounts = true }
        #expect(usage.createdAccounts == 2)
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at\nT-1,N-2,2026-01-05\n", into: database)
        let outcome = try await UndoStage(database).run(receipt: usage.number)
        #expect(outcome.counts.accounts == 1)
        #expect(outcome.counts.people == 2)
        #expect(try await StoredFacts.accounts() == ["N-2|N-2|-|-|-|-|-|-|-"])
        #expect(try await ImportFixture.texts("select external_id as text from hale_data.account_key") == ["N-2"])
    }
}
