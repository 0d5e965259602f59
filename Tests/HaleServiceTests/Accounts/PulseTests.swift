import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// How CSMs read accounts, kept as facts with the day on which it was so and the time at which it was told.
@Suite(.database) struct `A pulse` {
    private let day = Day(daysSince2000: 9_557)  // 2026-03-02, a Monday

    /// The pulse among the facts of a day from which scores follow.
    private func pulse(_ account: String, asOf day: Day, in database: Database) async throws -> Pulse? {
        try await database.withConnection { connection in
            let key = try #require(try await ChangeStore(connection).keys(of: [account]).first)
            let range = try #require(AccountRange(keys: [key]))
            let facts = FactsQuery(asOf: day, previousDay: nil, modelHash: "", keyFeatures: [], featureDays: 28)
            return try await facts.accounts(range, on: connection, beside: connection).first?.features.pulse
        }
    }

    @Test func `is a fact of the days after it, the newest one, with its age`() async throws {
        let database = try await ScoreFixture.load()
        let judgements = Judgements(database)
        _ = try await judgements.pulse(2, of: "acme", note: "cold", by: nil, on: day - 10)
        _ = try await judgements.pulse(5, of: "acme", note: nil, by: "ana@example.com", on: day)
        #expect(try await pulse("acme", asOf: day - 10, in: database) == nil)
        #expect(try await pulse("acme", asOf: day - 9, in: database) == Pulse(value: 2, ageDays: 1))
        // A day counts when it is over.
        #expect(try await pulse("acme", asOf: day, in: database) == Pulse(value: 2, ageDays: 10))
        #expect(try await pulse("acme", asOf: day + 100, in: database) == Pulse(value: 5, ageDays: 100))
        #expect(try await pulse("bolt", asOf: day + 100, in: database) == nil)
        let shown = try await database.withConnection {
            try await JudgementStore($0).pulses(of: "acme", upTo: day, limit: 9)
        }
        #expect(shown.map(\.value) == [5, 2])
        #expect(shown.map(\.givenOn) == [day, day - 10])
        #expect(
            try await ImportFixture.number(
                "select count(*) from hale_data.pulse where given_at < recorded_at and recorded_at <= now()") == 2)
    }

    @Test func `makes an incremental run score its account`() async throws {
        let database = try await ScoreFixture.load()
        _ = try await ScoreStage(database).run(asOf: day)
        #expect(try await ScoreStage(database).run(asOf: day, scope: .changed).accounts == 0)
        _ = try await Judgements(database).pulse(1, of: "bolt", note: nil, by: nil, on: day - 1)
        let outcome = try await ScoreStage(database).run(asOf: day, scope: .changed)
        #expect(outcome.accounts == 1)
        #expect(outcome.widening == nil)
        // A note changes nothing that is scored.
        _ = try await Judgements(database).note("called", of: "acme", by: nil, on: nil)
        #expect(try await ScoreStage(database).run(asOf: day, scope: .changed).accounts == 0)
    }

    @Test func `is refused for an unknown account and for a day that has not come`() async throws {
        let database = try await ScoreFixture.load()
        let later = try await database.withConnection { try await AccountStore($0).today() } + 2
        await #expect(throws: StoreError.unknownAccount("nobody")) {
            _ = try await Judgements(database).pulse(3, of: "nobody", note: nil, by: nil, on: nil)
        }
        await #expect(throws: Judgements.Refusal.inTheFuture(later)) {
            _ = try await Judgements(database).pulse(3, of: "acme", note: nil, by: nil, on: later)
        }
    }

    @Test func `keeps an account's import from being undone, as an override and a note do`() async throws {
        let database = try TestDatabase.shared.database
        let receipt = try await ImportFixture.load(.accounts, "account_id,name\nx-1,X\n", into: database)
        _ = try await Judgements(database).pulse(3, of: "x-1", note: nil, by: nil, on: nil)
        _ = try await Judgements(database).note("n", of: "x-1", by: nil, on: nil)
        _ = try await Judgements(database).set(
            .red, of: "x-1", from: day, until: day, reason: "r", by: "ana@example.com")
        let refusal = await #expect(throws: HistoryRefusal.self) {
            _ = try await UndoStage(database).run(receipt: receipt.number)
        }
        let text = try #require(refusal).description
        for what in ["pulses", "notes", "overrides"] { #expect(text.contains(what), "\(text)") }
    }
}
