import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Scoring the changed accounts of a day again: exactly those, and exactly as a full run with the same portfolio figures.
@Suite(.database)
struct `Scoring what changed` {
    private let day: Day

    init() throws { day = try DemoWorkspace.day("2026-03-02") }

    private func ticket(_ id: String, of account: String, in database: Database) async throws {
        try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,priority\n\(id),\(account),2026-01-10,p1\n", into: database)
    }

    /// The ids of the accounts scored.
    private func accounts(_ outcome: ScoreStage.Outcome) async throws -> [String] {
        let keys = try #require(outcome.keys).map(String.init).joined(separator: ",")
        return try await ImportFixture.texts(
            "select external_id as text from hale_data.account where account_id = any ('{\(keys)}') order by 1")
    }

    @Test func `touches the accounts whose facts changed, and nothing when none did`() async throws {
        let database = try await ScoreFixture.load()
        let stage = ScoreStage(database)
        _ = try await stage.run(asOf: day)
        #expect(try await accounts(stage.run(asOf: day, scope: .changed)).isEmpty)

        try await ticket("t8", of: "bolt", in: database)
        let outcome = try await stage.run(asOf: day, scope: .changed)
        #expect(try await accounts(outcome) == ["bolt"])
        #expect(outcome.changes.updated == 1)
        #expect(outcome.widening == nil)
        // The run that scored it is the newest one now.
        #expect(try await accounts(stage.run(asOf: day, scope: .changed)).isEmpty)
        #expect(try await stage.run(asOf: day, scope: .allWithStoredFigures).changes.isEmpty)
    }

    @Test func `a file that says what is known changes nobody`() async throws {
        let database = try await ScoreFixture.load()
        let stage = ScoreStage(database)
        _ = try await stage.run(asOf: day)
        try await ImportFixture.load(.accounts, "account_id,name\nacme,Acme\nbolt,Bolt\n", into: database)
        #expect(try await accounts(stage.run(asOf: day, scope: .changed)).isEmpty)
    }

    @Test func `a day that was not scored is scored whole`() async throws {
        let database = try await ScoreFixture.load()
        let outcome = try await ScoreStage(database).run(asOf: day, scope: .changed)
        #expect(outcome.widening == .notScoredBefore)
        #expect(outcome.changes.inserted == 4)
    }

    @Test func `what every score depends on changes all accounts`() async throws {
        let database = try await ScoreFixture.load()
        let stage = ScoreStage(database)
        _ = try await stage.run(asOf: day)
        try await ImportFixture.load(.features, "feature,is_key\nboards,true\n", into: database)
        try await ImportFixture.load(.holidays, "country,day\nDE,2026-02-16\n", into: database)
        try await database.withConnection { try await SettingStore($0).set(.reportingCurrency, to: "EUR") }
        let outcome = try await stage.run(asOf: day, scope: .changed)
        #expect(outcome.widening == .common([.features, .holidays, .settings]))
        #expect(outcome.keys == nil)
        #expect(try await stage.run(asOf: day, scope: .changed).widening == nil)
    }

    @Test func `scoring some accounts hides no change of others`() async throws {
        let database = try await ScoreFixture.load()
        let stage = ScoreStage(database)
        _ = try await stage.run(asOf: day)
        try await ticket("t8", of: "bolt", in: database)
        try await ticket("t9", of: "cord", in: database)
        let some = try await stage.run(asOf: day, scope: .accounts(["bolt"]))
        #expect(some.changes.updated == 1)
        #expect(try await accounts(some) == ["bolt"])
        let rest = try await stage.run(asOf: day, scope: .changed)
        #expect(try await accounts(rest) == ["bolt", "cord"])
        #expect(rest.changes.updated == 1)
        await #expect(throws: StoreError.unknownAccount("nobody")) {
            _ = try await stage.run(asOf: day, scope: .accounts(["bolt", "nobody"]))
        }
    }

    @Test func `a change that is committed after a run began is found by the next one`() async throws {
        let database = try await ScoreFixture.load()
        let stage = ScoreStage(database)
        _ = try await stage.run(asOf: day)
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                try await runBeside(transaction, stage)
            }
        }
        let after = try await stage.run(asOf: day, scope: .changed)
        #expect(try await accounts(after) == ["acme"])
        #expect(after.changes.updated == 1)
    }

    /// The run begins and ends while the change is under way.
    private func runBeside(_ transaction: Connection, _ stage: ScoreStage) async throws {
        try await Self.reopenTicket(transaction)
        #expect(try await accounts(stage.run(asOf: day, scope: .changed)).isEmpty)
    }

    /// What an import does: changes facts, collects their accounts and notes them.
    private static func reopenTicket(_ connection: Connection) async throws {
        for text in [
            "create temp table touched_account (account_id bigint not null) on commit drop",
            """
            with changed as (
                update hale_data.ticket set closed_at = null where external_id = 't1' returning account_id
            )
            insert into touched_account select account_id from changed
            """,
            """
            insert into hale_data.account_change as old (account_id, changed_by)
            select distinct account_id, pg_current_xact_id() from touched_account
            on conflict (account_id) do update set changed_by = excluded.changed_by
            """,
        ] {
            try await connection.script(Statement(name: "test/change", text: text))
        }
    }

    @Test func `a past day scored again changes the smoothing of the later ones`() async throws {
        let database = try await ScoreFixture.load()
        let stage = ScoreStage(database)
        _ = try await stage.run(from: day, to: day + 3)
        let before = try await ScoreFixture.storedScores()
        try await ImportFixture.load(
            .tickets,
            "ticket_id,account_id,opened_at,closed_at,priority\nt5,acme,2026-02-20,2026-03-02T12:00:00Z,p1\n",
            into: database)
        let outcome = try await stage.run(asOf: day, scope: .changed)
        #expect(outcome.changes.updated == 1)
        #expect(outcome.smoothedAgain == 3)
        let after = try await ScoreFixture.storedScores()
        #expect(Set(after).subtracting(before).count == 4)
        // The later days' facts are the same, so scoring them anew finds what was smoothed.
        for later in 1...3 {
            #expect(try await stage.run(asOf: day + later, scope: .allWithStoredFigures).changes.isEmpty)
        }
    }
}
