import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Lists, signals, tasks and chances of renewal say what the scores say, whatever a model changes.
@Suite(.database) struct `The constants of a model` {
    private typealias Fixture = ChangedConstants
    private static let day = ChangedConstants.day

    private func score(_ database: Database) async throws {
        _ = try await ScoreStage(database, models: ModelSet([Fixture.large, Fixture.usual])).run(asOf: Self.day)
    }

    /// What the list says of every account, by its id.
    private func listed(_ database: Database, on day: Day = Self.day) async throws -> [String: AccountHealth] {
        let accounts = try await database.withConnection { try await AccountStore($0).health(asOf: day) }
        return Dictionary(uniqueKeysWithValues: accounts.map { ($0.accountID, $0) })
    }

    private func texts(_ query: String) async throws -> [String] { try await ImportFixture.texts(query) }

    @Test func `are here every one another than usual`() async throws {
        let database = try await Fixture.load()
        try await score(database)
        #expect(
            try await texts(
                """
                select model.name || ' ' || entry.key as text
                from hale_data.model as model
                cross join lateral jsonb_each(hale_data.usual_constants()) as entry
                where model.constants -> entry.key is not distinct from entry.value
                """) == [])
        #expect(try await ImportFixture.number("select count(*) from hale_data.model") == 2)
    }

    @Test func `are found in the text of every model, whatever the text leaves out`() async throws {
        let sections = ["contract", "nps", "champion", "sentiment"]
        var models = [Fixture.usual, Fixture.large]
        for library in [ModelLibrary(), ModelLibrary(shipped: .version01)] {
            for name in ["default", "onboarding", "enterprise"] { models.append(try library.file(named: name).model) }
        }
        for model in models {
            let constants = Set(
                try await TestDatabase.shared.query(
                    """
                    select entry.key || ' ' || entry.value as text
                    from jsonb_each_text(hale_data.usual_constants() || hale_data.model_constants($1::text)) as entry
                    """, [model.text]
                ).map { try $0.decode("text", as: String.self) })
            var expected = ["contract_reference \(model.reference(of: .contract))"]
            for parameter in ModelParameter.all where sections.contains(parameter.section) {
                expected.append("\(parameter.section)_\(parameter.key) \(parameter.value(in: model).text)")
            }
            // Urgency and notice periods are read in Swift alone.
            #expect(constants.count == 21 && constants.subtracting(expected) == [], "\(model.name)")
        }
    }

    @Test func `decide which contract of an account stands worst, in lists as in scores`() async throws {
        let database = try await Fixture.load()
        func check(_ column: (String) -> Int, on day: Day) async throws {
            let accounts = try await listed(database, on: day)
            for segment in Fixture.segments {
                for (number, entry) in Fixture.worst.enumerated() {
                    let account = try #require(accounts["\(segment)-\(number)"])
                    let expected = entry.states[column(segment)]
                    #expect(account.contractState == expected, "\(segment) \(entry.contracts) on \(day)")
                }
            }
        }
        // Nothing was scored: the models are not known yet.
        try await check({ _ in 0 }, on: Self.day)
        try await score(database)
        try await check({ $0 == "large" ? 2 : 1 }, on: Self.day)
        #expect(
            try await texts(
                """
                select signal.account_id as text
                from hale.account_signal_on('\(Self.day)') as signal
                join hale_data.health_score as health on health.account_id = signal.account_key
                where signal.contract_state <> health.contract_state
                """) == [])
        // A day that was not scored is read under the models in force; a day later the same contracts stand worst.
        try await check({ $0 == "large" ? 2 : 1 }, on: Self.day + 1)
    }

    @Test func `decide from when on a contract has lapsed, for its task and its chance of renewal`() async throws {
        let database = try await Fixture.load()
        try await score(database)
        let day = Self.day
        _ = try await CalibrationStage(database).run(from: day, to: day)
        let alone = Fixture.worst.enumerated().filter { $0.element.contracts.count == 1 }
        try #require(alone.count == 2)
        let chances = Set(
            try await texts(
                """
                select concat_ws(' ', account.external_id, chance.contract_state) as text
                from hale_data.renewal_chance_on('\(day)') as chance
                join hale_data.account as account on account.account_id = chance.account_id
                """))
        let planned = try await TaskStage(database).plan(asOf: day, csm: nil)
        let tasks = Dictionary(uniqueKeysWithValues: planned.map { ($0.account.accountID, $0.draft) })
        for (number, entry) in alone {
            for (segment, state) in zip(Fixture.segments, entry.states.dropFirst()) {
                let account = "\(segment)-\(number)"
                #expect(chances.contains("\(account) \(state.rawValue)"), "\(account)")
                #expect(tasks[account]?.reasons.contains(.lapsed) == (state == .lapsed), "\(account)")
            }
        }
    }

    @Test func `decide what answers count for, in lists as in scores`() async throws {
        let database = try await Fixture.load()
        try await score(database)
        let accounts = try await listed(database)
        // Of all ten answers 8, 9, 9 and 8 promote for the usual model, and 4, 0, 2 and 4 speak against; the other
        // model asks for more answers than there are, so it keeps its own shares.
        let shares = [
            "small": NPSShares(promoters: 0.4, passives: 0.2, detractors: 0.4),
            "large": NPSShares(promoters: 0.5, passives: 0.3, detractors: 0.2),
        ]
        for (segment, model) in [("small", Fixture.usual), ("large", Fixture.large)] {
            let account = try #require(accounts["\(segment)-people"])
            let responses = (Fixture.answers[segment] ?? []).map {
                NPSResponse(score: $0.score, role: Fixture.roles[$0.person] ?? .unknown, ageDays: $0.ageDays)
            }
            let expected = NetPromoter.read(responses, priorShares: try #require(shares[segment]), model: model)
            // The last answer is too old for either model; 8 and 9 against 4, and 9 and 6 against 2.
            #expect(account.npsResponses == 4 && expected.responses == 4, "\(segment)")
            #expect(account.nps == 25, "\(segment)")
            for (found, expected) in [
                (account.npsEstimate, expected.mean), (account.npsEstimateLow90, expected.low90),
                (account.npsEstimateHigh90, expected.high90),
            ] { #expect(abs(try #require(found) - expected) < 1e-9, "\(segment)") }
        }
        // The score says the same: what is expected is the data's value as far as it is reliable, else the reference.
        let differing = try await texts(
            """
            select concat_ws(' ', signal.account_id, signal.nps_estimate, scored.estimate) as text
            from hale.account_signal_on('\(Self.day)') as signal
            join (
                select
                    health.account_id,
                    100 * (2 * (health.c[place.nps] * health.x[place.nps]
                        + (1 - health.c[place.nps]) * health.mu[place.nps]) - 1) as estimate
                from hale_data.health_score as health
                join hale_data.model as model on model.model_hash = health.model_hash
                cross join lateral (select array_position(model.drivers, 'sentiment.nps') as nps) as place
            ) as scored on scored.account_id = signal.account_key
            where signal.nps_responses > 0 and abs(signal.nps_estimate - scored.estimate) >= 1e-9
                or signal.nps_responses > 0 and scored.estimate is null
            """)
        #expect(differing == [])
        // The portfolio's own figure goes by the usual model: of the nine answers of the last 200 days 8, 9, 9 and 8
        // promote, 5 and 6 are in between.
        let report = try await database.withConnection { try await RetentionStore($0).netPromoter(asOf: Self.day) }
        #expect(report.responses == 9)
        let score = try #require(report.margin.score)
        #expect(abs(score - 100.0 / 9) < 1e-9)
    }

    @Test func `decide how long a reading by a CSM counts, and when a contract without end is decided`() async throws {
        let database = try await Fixture.load()
        try await score(database)
        let lifetimes = try await database.withConnection { try await RetentionStore($0).lifetimes(asOf: Self.day) }
        for (segment, model) in [("small", Fixture.usual), ("large", Fixture.large)] {
            let given = try await Judgements(database).pulse(
                2, of: "\(segment)-0", note: nil, by: nil, on: Self.day - 5)
            #expect(given.givenOn == Self.day - 5 && given.validUntil == Self.day - 5 + model.sentiment.validDays)
            let shown = try await database.withConnection {
                try await JudgementStore($0).pulses(of: "\(segment)-0", upTo: Self.day, limit: 9)
            }
            #expect(shown == [given])
            let customer = try #require(lifetimes.first { $0.accountID == "\(segment)-1" })
            #expect(customer.renewsOn == nil && customer.evergreenDays == model.contract.evergreenDecisionDays)
        }
    }

    @Test func `decide when a champion is silent`() async throws {
        let database = try await Fixture.load()
        func silent() async throws -> [String] {
            try await texts(
                """
                select concat_ws(
                    ' ', account_id, champion_silent_business_days, round(champion_x::numeric, 3), champion_silent
                ) as text
                from hale.account_signal_on('\(Self.day)')
                where account_id like '%-people'
                order by account_id
                """)
        }
        try await score(database)
        // Came on every day, counted as three of four: 1 - 4 · ln 0.25 / ln 0.001 = 0.197, below one limit and above
        // the other.
        let changed = try await silent()
        #expect(changed == ["large-people 4 0.197 f", "small-people 4 0.197 t"])
        _ = try await ScoreStage(database).run(asOf: Self.day)
        let usual = try await silent()
        #expect(usual == ["large-people 4 0.197 f", "small-people 4 0.197 f"])
    }
}
