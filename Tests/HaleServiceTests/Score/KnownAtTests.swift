import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Scores from what was known at an instant: what was learned later is not seen, and nothing is stored.
@Suite(.database) struct `Scoring from what was known` {
    private let day = Day(daysSince2000: 9_557)  // 2026-03-02, a Monday

    private func now() async throws -> String {
        try #require(try await ImportFixture.texts("select clock_timestamp()::text as text").first)
    }

    /// Everything that scores are made of, one text an account.
    private func texts(_ scores: [AccountScore]) -> [String] {
        scores.map {
            "\($0.accountID) \($0.composition) \($0.state.smoothed) \($0.band) \($0.state.computedBand) \($0.exceptions)"
        }
    }

    /// Facts about the past that come in late: usage, a ticket, an answer, an end of a contract, and corrections.
    private func learnMore(_ database: Database) async throws {
        try await ImportFixture.load(
            .usage, "account_id,person_id,feature,occurred_at\ncord,p1,boards,2026-02-25\nacme,p9,chat,2026-01-12\n",
            into: database)
        try await ImportFixture.load(
            .tickets,
            "ticket_id,account_id,opened_at,closed_at,priority\nt2,bolt,2026-03-01,2026-03-01T12:00:00Z,p1\n"
                + "t9,acme,2026-02-20,,p1\n", into: database)
        try await ImportFixture.load(
            .nps,
            "response_id,account_id,person_id,score,responded_at\nr1,acme,p1,0,2026-01-20\nr3,cord,p1,10,2026-02-01\n",
            into: database)
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,notice_given_on\n"
                + "k8,acme,1000,EUR,2025-04-01,2026-06-30,12,2026-02-01\n", into: database)
        try await ImportFixture.load(
            .invoices, "invoice_id,account_id,due_on,amount,currency\ni1,acme,2026-01-01,10,EUR\n", into: database)
        try await ImportFixture.load(
            .touchpoints, "account_id,occurred_at,kind,person_id\nacme,2026-02-01,call,p1\n", into: database)
        _ = try await Judgements(database).pulse(1, of: "acme", note: nil, by: nil, on: day - 5)
        _ = try await Judgements(database).set(
            .red, of: "bolt", from: day, until: day + 9, reason: "x", by: "ana@example.com")
    }

    @Test(.timeLimit(.minutes(30)))
    func `sees nothing that was learned later, and stores nothing`() async throws {
        let database = try await ScoreFixture.load()
        let early = try await now()
        let known = try await KnownAtScore(database).run(asOf: day, knownAt: early)
        #expect(known.scores.map(\.accountID) == ["acme", "bolt", "cord", "dorn"])

        // What a first run of all those days stores.
        let first = day - KnownAtScore.replayedDays
        _ = try await ScoreStage(database).run(from: first, to: day)
        for score in known.scores {
            let stored = try await database.withConnection {
                try await AccountStore($0).explanation(of: score.accountID, asOf: day)
            }
            #expect(stored?.score == score.composition.score, "\(score.accountID)")
            #expect(stored?.smoothedScore == score.smoothed.score, "\(score.accountID)")
            #expect(stored?.band == score.band, "\(score.accountID)")
            #expect(stored?.computedBand == score.computedBand, "\(score.accountID)")
        }

        try await learnMore(database)
        let before = try await TableDump.taken()
        let again = try await KnownAtScore(database).run(asOf: day, knownAt: early)
        #expect(texts(again.scores) == texts(known.scores))
        #expect(again.overrides.isEmpty)
        let late = try await KnownAtScore(database).run(asOf: day, knownAt: try await now())
        let changed = zip(texts(late.scores), texts(known.scores)).filter { $0 != $1 }
        #expect(changed.count >= 3)
        #expect(late.overrides.values.map(\.band) == [.red])
        #expect(late.scores.first?.exceptions.contains(.noticeGiven) == true)
        #expect(try await TableDump.taken() == before)
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `a day means its beginning`() async throws {
        let database = try await ScoreFixture.load()
        let known = try await KnownAtScore(database).run(asOf: day, knownAt: "2026-03-02")
        #expect(known.knownAt.hasPrefix("2026-03-02 00:00:00"))
        // The facts of the fixture were imported since.
        #expect(known.scores.allSatisfy { !$0.isScored })
        #expect(known.scores.allSatisfy { $0.contract.state == .noContract })
    }

    @Test func `is refused where raw usage was dropped that it would have to do without`() async throws {
        let database = try await ScoreFixture.load()
        let early = try await now()
        try await ImportFixture.load(
            .usage, "account_id,person_id,feature,occurred_at\nacme,p1,boards,2026-02-25\n", into: database)
        _ = try await TestDatabase.shared.query(
            "delete from hale_data.usage_event where day = '2026-02-24'")
        let error = await #expect(throws: StoreError.self) {
            _ = try await KnownAtScore(database).run(asOf: day, knownAt: early)
        }
        #expect(error?.code == "HALE-STORE-009")
    }
}
