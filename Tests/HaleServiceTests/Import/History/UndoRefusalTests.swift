import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What cannot be undone, and the reason that is given; nothing has changed then.
@Suite(.database) struct `Refusing to undo` {
    /// A file, and one that comes to depend on it.
    struct Dependence: Sendable, CustomTestStringConvertible {
        let kind: ImportKind
        let file: String
        let later: (kind: ImportKind, text: String)
        let reason: String

        var testDescription: String { "\(kind.rawValue) before \(later.kind.rawValue)" }
    }

    private static let accounts = "account_id,name\nA-1,Acme\n"

    static let dependences: [Dependence] = [
        Dependence(
            kind: .accounts, file: accounts,
            later: (.contracts, "contract_id,account_id,arr,currency,starts_on\nC-1,A-1,5,EUR,2026-01-01\n"),
            reason: "account \"A-1\" has contracts"),
        Dependence(
            kind: .accounts, file: accounts, later: (.people, "person_id,account_id\nP-1,A-1\n"),
            reason: "account \"A-1\" has people"),
        Dependence(
            kind: .accounts, file: accounts, later: (.usage, "account_id,occurred_at\nA-1,2026-01-05\n"),
            reason: "account \"A-1\" has usage"),
        Dependence(
            kind: .accounts, file: accounts, later: (.nps, "account_id,score,responded_at\nA-1,9,2026-01-05\n"),
            reason: "account \"A-1\" has NPS responses"),
        Dependence(
            kind: .accounts, file: accounts, later: (.tickets, "ticket_id,account_id,opened_at\nT-1,A-1,2026-01-05\n"),
            reason: "account \"A-1\" has tickets"),
        Dependence(
            kind: .accounts, file: accounts, later: (.invoices, "invoice_id,account_id,due_on\nI-1,A-1,2026-01-05\n"),
            reason: "account \"A-1\" has invoices"),
        Dependence(
            kind: .accounts, file: accounts, later: (.touchpoints, "account_id,occurred_at\nA-1,2026-01-05\n"),
            reason: "account \"A-1\" has touchpoints"),
        Dependence(
            kind: .csms, file: "email\nana@example.com\n",
            later: (.accounts, "account_id,name,csm_email\nA-9,Acme,ana@example.com\n"),
            reason: "CSM \"ana@example.com\" looks after account \"A-9\""),
        Dependence(
            kind: .features, file: "feature\nreports\n",
            later: (.usage, "account_id,feature,occurred_at\nA-0,reports,2026-01-05\n"),
            reason: "usage names feature \"reports\""),
        Dependence(
            kind: .people, file: "person_id,account_id\nP-1,A-0\n",
            later: (.usage, "account_id,person_id,occurred_at\nA-0,P-1,2026-01-05\n"),
            reason: "usage rows name person \"P-1\" of account \"A-0\""),
        Dependence(
            kind: .people, file: "person_id,account_id\nP-1,A-0\n",
            later: (.nps, "account_id,person_id,score,responded_at\nA-0,P-1,9,2026-01-05\n"),
            reason: "NPS responses name person \"P-1\" of account \"A-0\""),
        Dependence(
            kind: .people, file: "person_id,account_id\nP-1,A-0\n",
            later: (.touchpoints, "account_id,person_id,occurred_at\nA-0,P-1,2026-01-05\n"),
            reason: "touchpoints name person \"P-1\" of account \"A-0\""),
    ]

    /// The refusal of an undo, after which nothing has changed.
    private func refusal(of receipt: Int64) async throws -> HistoryRefusal? {
        let database = try TestDatabase.shared.database
        let before = try await TableDump.taken()
        let refusal = await #expect(throws: HistoryRefusal.self) {
            try await UndoStage(database).run(receipt: receipt)
        }
        #expect(try await TableDump.taken() == before)
        return refusal
    }

    @Test(arguments: dependences)
    func `what later facts hang on stays, and the reason is said`(_ dependence: Dependence) async throws {
        let database = try TestDatabase.shared.database
        if dependence.kind != .accounts {
            try await ImportFixture.load(.accounts, "account_id,name\nA-0,Zero\n", into: database)
        }
        let receipt = try await ImportFixture.load(dependence.kind, dependence.file, into: database)
        let later = try await ImportFixture.load(dependence.later.kind, dependence.later.text, into: database)
        #expect(try await refusal(of: receipt.number) == .inUse(receipt.number, [dependence.reason]))
        _ = try await UndoStage(database).run(receipt: later.number)
        _ = try await UndoStage(database).run(receipt: receipt.number)
    }

    @Test func `only the newest import of a kind, which is named`() async throws {
        let database = try TestDatabase.shared.database
        let first = try await ImportFixture.load(.holidays, "country,day\nDE,2026-05-01\n", into: database)
        let second = try await ImportFixture.load(.holidays, "country,day\nFR,2026-05-01\n", into: database)
        #expect(
            try await refusal(of: first.number) == .notNewest(first.number, kind: .holidays, newest: second.number))
        #expect(try await refusal(of: 404) == .unknownReceipt(404))
    }

    @Test func `an import that is too long ago`() async throws {
        let database = try TestDatabase.shared.database
        let receipt = try await ImportFixture.load(.holidays, "country,day\nDE,2026-05-01\n", into: database)
        _ = try await TestDatabase.shared.query(
            "update hale_data.import_receipt set started_at = now() - interval '31 days'")
        #expect(try await refusal(of: receipt.number) == .tooOld(receipt.number, days: 30))
    }

    @Test func `what an import overwrote is forgotten once it cannot be undone`() async throws {
        let database = try TestDatabase.shared.database
        for rate in ["0.9", "0.8"] {
            try await ImportFixture.load(.fxRates, "day,currency,rate\n2026-01-01,USD,\(rate)\n", into: database)
        }
        #expect(try await ImportFixture.number("select count(*) from hale_data.import_change") == 1)
        _ = try await TestDatabase.shared.query(
            "update hale_data.import_receipt set started_at = now() - interval '31 days'")
        try await ImportFixture.load(.fxRates, "day,currency,rate\n2026-02-01,USD,1\n", into: database)
        #expect(try await ImportFixture.number("select count(*) from hale_data.import_change") == 0)
    }

    @Test func `usage whose raw rows were dropped`() async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, Self.accounts, into: database)
        let receipt = try await ImportFixture.load(
            .usage, "account_id,occurred_at\nA-1,2025-01-05\nA-1,2026-01-05\n", into: database)
        _ = try await TestDatabase.shared.query("drop table hale_data.usage_event_2025_01")
        #expect(try await refusal(of: receipt.number) == .rawUsageDropped(receipt.number, missing: 1))
    }
}
