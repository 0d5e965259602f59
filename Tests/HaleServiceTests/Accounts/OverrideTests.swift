import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Bands that people set stand beside what is computed, whatever is recomputed, until their last day.
@Suite(.database) struct `Setting a band by hand` {
    private static let person = "ana@example.com"
    private let day = Day(daysSince2000: 9_557)  // 2026-03-02, a Monday

    private func health(_ account: String, on day: Day) async throws -> AccountHealth {
        let found = try await TestDatabase.shared.database.withConnection {
            try await AccountStore($0).health(asOf: day, accounts: [account])
        }
        return try #require(found.first)
    }

    private func scored() async throws -> Database {
        let database = try await ScoreFixture.load()
        _ = try await DayRun(database).scores(from: day, to: day + 2)
        return database
    }

    /// A band other than the one that the account has.
    private func otherBand(_ account: String) async throws -> Band {
        try await health(account, on: day).computedBand == .red ? .amber : .red
    }

    @Test func `shows on every day until its last, beside the computed band, through every recompute`() async throws {
        let database = try await scored()
        let computed = try await health("acme", on: day)
        let band = try await otherBand("acme")
        let written = try await ScoreFixture.writes()
        _ = try await Judgements(database).set(
            band, of: "acme", from: day, until: day + 1, reason: "their sponsor told me", by: Self.person)
        for _ in 1...2 {
            for shown in [try await health("acme", on: day), try await health("acme", on: day + 1)] {
                #expect(shown.band == band)
                #expect(shown.computedBand == computed.computedBand)
                #expect(shown.reasons == (computed.reasons ?? []) + [.override])
                #expect(shown.override?.setBy == Self.person)
                #expect(shown.override?.reason == "their sponsor told me")
            }
            // It ends by itself, and no other account has it.
            let after = try await health("acme", on: day + 2)
            #expect(after.override == nil)
            #expect(after.band == computed.band)
            #expect(after.reasons == computed.reasons)
            #expect(try await health("bolt", on: day).override == nil)
            #expect(try await health("acme", on: day).score == computed.score)
            _ = try await DayRun(database).scores(from: day, to: day + 2)
        }
        // What people say is in no score row.
        #expect(try await ScoreFixture.writes() == written)
    }

    @Test func `is refused where it ends before it begins, for an unknown account, and changes nothing when rehearsed`()
        async throws
    {
        let database = try await scored()
        let judgements = Judgements(database)
        // From the newest scored day where no day is given.
        await #expect(throws: Judgements.Refusal.endsBeforeItBegins(from: day + 2, until: day + 1)) {
            _ = try await judgements.set(
                .red, of: "acme", from: nil, until: day + 1, reason: "x", by: Self.person)
        }
        await #expect(throws: StoreError.unknownAccount("nobody")) {
            _ = try await judgements.set(.red, of: "nobody", from: day, until: day, reason: "x", by: Self.person)
        }
        _ = try await judgements.set(
            .red, of: "acme", from: day, until: day, reason: "x", by: Self.person, isDryRun: true)
        #expect(try await ImportFixture.number("select count(*) from hale_data.band_override") == 0)
        await #expect(throws: Judgements.Refusal.nothingToTakeBack("acme", on: day)) {
            _ = try await judgements.takeBack(of: "acme", from: day, by: Self.person)
        }
    }

    @Test func `gives way to the next one, and to being taken back, from that day on`() async throws {
        let database = try await scored()
        let judgements = Judgements(database)
        let first = try await judgements.set(
            .red, of: "acme", from: day, until: day + 20, reason: "first", by: Self.person)
        let second = try await judgements.set(
            .amber, of: "acme", from: day + 1, until: day + 1, reason: "second", by: "bo@example.com")
        #expect([first.ended, second.ended] == [0, 1])
        #expect(try await health("acme", on: day).override?.reason == "first")
        #expect(try await health("acme", on: day + 1).override?.reason == "second")
        // The first does not come back when the second is over.
        #expect(try await health("acme", on: day + 2).override == nil)
        let ended = try await judgements.takeBack(of: "acme", from: day + 1, by: Self.person)
        #expect(ended.map(\.reason) == ["second"])
        #expect(try await health("acme", on: day + 1).override == nil)
        #expect(try await health("acme", on: day).override?.reason == "first")
        let entries = try await database.withConnection {
            try await OverrideStore($0).entries(asOf: day + 1, includesEnded: true)
        }
        #expect(entries.map(\.override.reason) == ["second", "first"])
        #expect(entries.map(\.endedBy) == [Self.person, "bo@example.com"])
        #expect(entries.allSatisfy { !$0.isInForce })
    }

    @Test func `stands below a notice of non-renewal, and makes no band where too little is known`() async throws {
        let database = try await ScoreFixture.load()
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on,term_months,notice_given_on
            k9,acme,60000,EUR,2025-04-01,2026-06-30,12,2026-02-01

            """, into: database)
        _ = try await DayRun(database).scores(from: day, to: day)
        for account in ["acme", "dorn"] {
            _ = try await Judgements(database).set(
                .green, of: account, from: day, until: day + 9, reason: "all is well", by: Self.person)
        }
        let noticed = try await health("acme", on: day)
        #expect(noticed.band == .red)
        #expect(noticed.override?.band == .green)
        #expect(noticed.reasons?.contains(.override) == false)
        #expect(try await health("dorn", on: day).band == .unknown)
    }

    @Test func `decides as the domain does for every band, cap and override`() async throws {
        for band in Band.allCases {
            for override in [nil, Band.red, .amber, .green] {
                for exceptions: [BandException] in [[], [.noticeGiven], [.cliff], [.championLeft, .noticeGiven]] {
                    let shown = try await TestDatabase.shared.query(
                        "select hale_data.band_under_override($1::text, $2::text[], $3::text) as band",
                        [band.rawValue, exceptions.map(\.rawValue), override?.rawValue]
                    ).first?.decode("band", as: String.self)
                    let expected = BandOverride.apply(override, to: band, exceptions: exceptions)
                    #expect(shown == expected.rawValue, "\(band) \(exceptions) \(String(describing: override))")
                }
            }
        }
    }

    @Test func `changes the account's task with the next incremental run`() async throws {
        let database = try await scored()
        let tasks = TaskStage(database)
        func band(_ account: String) async throws -> Band? {
            try await tasks.plan(asOf: day + 2, csm: nil).first { $0.account.accountID == account }?.draft.account.band
        }
        let stored =
            "select band as text from hale_data.task join hale_data.account using (account_id) "
            + "where external_id = 'cord' and closed_on is null and origin = 'account'"
        let before = try #require(try await band("cord"))
        let set: Band = before == .red ? .amber : .red
        _ = try await Judgements(database).set(
            set, of: "cord", from: nil, until: day + 30, reason: "x", by: Self.person)
        #expect(try await band("cord") == set)
        #expect(try await ImportFixture.texts(stored) == [before.rawValue])
        let outcome = try #require(
            try await DayRun(database).scores(from: day + 2, to: day + 2, scope: .changed).first)
        #expect(outcome.accounts == 1)
        #expect(outcome.changes.isEmpty)
        #expect(try await ImportFixture.texts(stored) == [set.rawValue])
    }

    @Test func `red set by hand opens a task where nothing computed does`() async throws {
        let database = try await scored()
        let tasks = TaskStage(database)
        func task(_ account: String) async throws -> PlannedTask? {
            try await tasks.plan(asOf: day, csm: nil).first { $0.account.accountID == account }
        }
        try #require(try await task("acme") == nil)
        _ = try await Judgements(database).set(
            .red, of: "acme", from: day, until: day, reason: "they said so", by: Self.person)
        let opened = try #require(try await task("acme"))
        #expect(opened.draft.reasons == [.bandRed])
        #expect(opened.override?.reason == "they said so")
        #expect(opened.account.band != .red)
    }

    @Test func `is judged by the renewal that followed, else by where the score went`() async throws {
        let database = try await scored()
        let judgements = Judgements(database)
        let computed = try #require(try await health("cord", on: day).computedBand)
        let set: Band = computed == .red ? .green : .red
        _ = try await judgements.set(set, of: "cord", from: day, until: day, reason: "x", by: Self.person)
        _ = try await judgements.set(
            try await otherBand("bolt"), of: "bolt", from: day, until: day, reason: "x", by: Self.person)
        // Set and taken back on the same day: it never held.
        _ = try await judgements.set(.red, of: "acme", from: day, until: day + 9, reason: "x", by: Self.person)
        _ = try await judgements.takeBack(of: "acme", from: day, by: Self.person)
        func outcomes(_ day: Day) async throws -> [String: OverrideStore.Outcome] {
            let all = try await database.withConnection { try await OverrideStore($0).outcomes(asOf: day) }
            return Dictionary(uniqueKeysWithValues: all.map { ($0.accountID, $0) })
        }
        let early = try await outcomes(day + 2)
        #expect(Set(early.keys) == ["bolt", "cord"])
        // The computed band of Bolt stayed what it was.
        #expect(early["bolt"]?.judgement.verdict == .wrong)
        #expect(early["bolt"]?.judgement.evidence == .score)
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on,term_months,outcome,decided_on
            k3,cord,12000,EUR,2025-03-15,2026-04-14,12,lost,2026-04-10

            """, into: database)
        let late = try #require(try await outcomes(day + 60)["cord"])
        #expect(late.facts.isRenewed == false)
        #expect(late.judgement.verdict == (set == .red ? .right : .wrong))
        #expect(late.judgement.evidence == .renewal)
        // It was not decided yet on an earlier day.
        #expect(try await outcomes(day + 20)["cord"]?.facts.isRenewed == nil)
    }
}
