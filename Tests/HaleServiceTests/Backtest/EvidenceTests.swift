import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// What is held against a decided renewal is what was known some days before, and nothing that was learned later.
@Suite(.database)
struct `What was known of decided renewals` {
    private static let accounts =
        "account_id,name,segment\nacme,Acme,mid\nbolt,Bolt,mid\ncord,Cord,smb\ndorn,Dorn,smb\n"

    /// Acme was lost, Bolt left before its term ended, Cord had given notice long before, Dorn's contract is too short
    /// to have run 30 days before its end.
    private static let contracts = """
        contract_id,account_id,arr,currency,starts_on,ends_on,term_months,auto_renew,seats,notice_given_on,cancelled_on,outcome,decided_on,recorded_at
        ka,acme,1000,EUR,2025-02-15,2026-02-15,12,false,5,,,lost,2026-02-01,
        kb,bolt,2000,EUR,2025-06-01,2026-06-01,12,false,5,,2026-01-10,,,
        kc,cord,3000,EUR,2025-02-20,2026-02-20,12,false,5,2025-12-01,2026-02-20,,,
        kd,dorn,4000,EUR,2026-01-20,2026-02-10,1,false,5,,,renewed,2026-02-08,2025-12-01

        """

    private func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, Self.accounts, into: database) { $0.isHistory = true }
        try await ImportFixture.load(.contracts, Self.contracts, into: database) { $0.isHistory = true }
        var usage = "account_id,person_id,feature,occurred_at\n"
        let last = try DemoWorkspace.day("2026-02-20")
        for (index, account) in ["acme", "bolt", "cord", "dorn"].enumerated() {
            for day in stride(from: last - 200, through: last, by: 1) where !day.isWeekend {
                for person in 0...(Int(day.daysSince2000) * 7 % 5 + index) {
                    usage += "\(account),p\(person),f,\(day)\n"
                }
            }
        }
        try await ImportFixture.load(.usage, usage, into: database) { $0.isHistory = true }
        // Four accounts are too few to compare their levels: tickets make enough known for a score.
        var tickets = "ticket_id,account_id,opened_at,closed_at,priority\n"
        for day in stride(from: last - 200, through: last, by: 7) { tickets += "t\(day),dorn,\(day),\(day),p3\n" }
        try await ImportFixture.load(.tickets, tickets, into: database) { $0.isHistory = true }
        return database
    }

    private func evidence() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', account.external_id, evidence.snapshot_on, evidence.score, evidence.score_mean,
                evidence.score_deviation, evidence.dimensions::text, evidence.points::text, evidence.mean_points::text,
                evidence.band) as text
            from hale_data.renewal_evidence as evidence
            join hale_data.account on account.account_id = evidence.account_id
            order by account.external_id
            """)
    }

    private func renewals(_ database: Database) async throws -> EvidenceStore.Renewals {
        try await database.withConnection {
            try await EvidenceStore($0).renewals(before: DemoWorkspace.day("2026-03-01"), leadDays: 30)
        }
    }

    @Test func `is the score of that day from the knowledge of that day`() async throws {
        let database = try await load()
        let outcome = try await EvidenceStage(database).run(leadDays: 30)
        // Acme 2 January, Bolt 11 December, Cord 1 November, Dorn 9 January.
        #expect(outcome.renewals == 4 && outcome.days == 4)
        let rows = try await TestDatabase.shared.query(
            """
            select account.external_id, evidence.snapshot_on::text as day, evidence.score, evidence.scored_accounts,
                evidence.score_mean
            from hale_data.renewal_evidence as evidence
            join hale_data.account on account.account_id = evidence.account_id
            """)
        var days: [String: String] = [:]
        for row in rows {
            let account = try row.decode("external_id", as: String.self)
            let day = try row.decode("day", as: String.self)
            days[account] = day
            let known = try await KnownAtScore(database).run(asOf: DemoWorkspace.day(day), knownAt: day)
            let own = try #require(known.scores.first { $0.accountID == account })
            #expect(try row.decodeIfPresent("score", as: Double.self) == (own.isScored ? own.composition.score : nil))
            let scored = known.scores.filter(\.isScored).map(\.composition.score)
            #expect(try row.decode("scored_accounts", as: Int32.self) == scored.count)
            #expect(try abs(row.decode("score_mean", as: Double.self) - ScoreDistribution(scores: scored).mean) < 1e-9)
        }
        #expect(days == ["acme": "2026-01-02", "bolt": "2025-12-11", "cord": "2025-11-01", "dorn": "2026-01-09"])
        #expect(try await PackedUsage.differences() == [])

        // Cord gave notice a month after its snapshot, so it counts; Dorn's contract did not run yet.
        let renewals = try await renewals(database)
        #expect(renewals.rows.map(\.renewal.isRenewed) == [false, false, false])
        #expect(renewals.rows.map(\.renewal.decidedOn.description) == ["2025-12-01", "2026-01-10", "2026-02-01"])
        #expect(renewals.rows.map(\.tenureDays) == [254, 193, 321])
        #expect(renewals.leftOut == renewals.leftOut(.notRunning) && renewals.leftOut.renewals == 1)
        #expect(renewals.leftOut.lost == 0)
        #expect(renewals.rows.allSatisfy { $0.renewal.dimensions.count == renewals.dimensions.count })
    }

    @Test func `says what it leaves out, why, and how much of that was lost`() async throws {
        let database = try await load()
        // East leaves 20 days after it began; Fern is left by the end of its trial, known before and after its snapshot;
        // Gale gave notice two months before its end, which is when it was decided; nothing but a contract is known of Hart.
        try await ImportFixture.load(
            .accounts,
            "account_id,name,segment\neast,East,mid\nfern,Fern,mid\ngale,Gale,mid\nhart,Hart,mid\n",
            into: database
        ) { $0.isHistory = true }
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on,auto_renew,notice_given_on,outcome,decided_on,product,recorded_at
            ke,east,1000,EUR,2026-01-10,2026-01-30,false,,lost,2026-01-30,a,2025-12-01
            kf,fern,1000,EUR,2026-01-20,2026-02-03,false,,lost,2026-02-03,a,2025-12-01
            kg,fern,1000,EUR,2025-02-01,2026-02-04,false,,lost,2026-02-04,b,2026-01-20
            kh,fern,1000,EUR,2025-02-01,2026-02-05,false,,renewed,2026-02-05,c,2026-01-20
            ki,gale,1000,EUR,2025-02-01,2026-02-10,false,2025-12-10,lost,2026-02-10,a,2025-02-01
            kj,hart,1000,EUR,2025-02-01,2026-02-12,false,,renewed,2026-02-12,a,2025-02-01
            kk,hart,1000,EUR,2025-02-01,2026-02-13,false,,lost,2026-02-13,b,2025-02-01

            """, into: database)
        let result = try await BacktestStage(database).run(leadDays: 30)
        let renewals = result.renewals
        func left(_ reason: EvidenceStore.Reason) -> [Int] {
            [renewals.leftOut(reason).renewals, renewals.leftOut(reason).lost]
        }
        // Dorn's was renewed.
        #expect(left(.notRunning) == [3, 2])
        #expect(left(.notKnown) == [2, 1])
        #expect(left(.noticeGiven) == [1, 1])
        #expect(left(.notScored) == [2, 1])
        #expect(renewals.leftOut.renewals == 8 && renewals.leftOut.lost == 5)
        // Acme, Bolt and Cord.
        #expect(result.report.renewals == 3 && result.report.lost == 3)
    }

    /// Answers given before the snapshot of 2 January: the one that came in later must not be seen.
    @Test(arguments: ["2026-01-03", "2025-12-21"]) func `sees no fact that was learned later`(recordedAt: String)
        async throws
    {
        let database = try await load()
        _ = try await EvidenceStage(database).run(leadDays: 30)
        let before = try await evidence()
        #expect(before.count == 4)
        try await ImportFixture.load(
            .nps,
            "response_id,account_id,person_id,score,responded_at,recorded_at\nr1,acme,p1,0,2025-12-20,\(recordedAt)\n",
            into: database)
        // Usage, of two months before the snapshot, that came in after it.
        try await ImportFixture.load(
            .usage,
            "account_id,person_id,feature,occurred_at,recorded_at\n"
                + (0..<40).map { "acme,q\($0),f,2025-11-20,\(recordedAt)\n" }.joined(), into: database)
        #expect(try await EvidenceStage(database).run(leadDays: 30).renewals == 0)
        #expect(try await evidence() == before)
        #expect(try await EvidenceStage(database).run(leadDays: 30, again: true).renewals == 4)
        let after = try await evidence()
        if recordedAt == "2026-01-03" {
            // Of the four only Dorn's snapshot, a week later, lies after it.
            #expect(after.filter { !$0.hasPrefix("dorn") } == before.filter { !$0.hasPrefix("dorn") })
            #expect(after != before)
        } else {
            #expect(after.first != before.first)
        }
        #expect(try await PackedUsage.differences() == [])
    }

    @Test func `is nothing where facts were imported without a time of knowledge`() async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, Self.accounts, into: database)
        try await ImportFixture.load(.contracts, Self.contracts, into: database)
        let result = try await BacktestStage(database).run(leadDays: 30)
        #expect(result.report.renewals == 0)
        #expect(result.renewals.leftOut(.notKnown).renewals == 3 && result.renewals.leftOut(.notKnown).lost == 3)
        #expect(result.renewals.leftOut(.notRunning).renewals == 1)
        #expect(result.assumedKnowledge == 0 || result.assumedKnowledge == nil)
    }

    /// Those who stayed lay two deviations higher, so the slope that is assumed says too little; over three years it shows.
    @Test func `lifts the ladder to the second rung once that foretells better`() async throws {
        let database = try await load()
        let day = try DemoWorkspace.day("2026-02-20")
        _ = try await ScoreStage(database).run(asOf: day)
        _ = try await TestDatabase.shared.query(
            """
            with
            decided as (
                insert into hale_data.contract_version (
                    account_id, contract_id, valid_from, recorded_at, arr_minor, currency, product, starts_on, ends_on,
                    decided_on, outcome)
                select min(account_id), 1000 + number, '-infinity', '2022-01-01', 100, 'EUR', 'p' || number,
                    date '2023-02-01' + 40 * number - 365, date '2023-02-01' + 40 * number,
                    date '2023-02-01' + 40 * number, case when number % 2 = 0 then 'lost' else 'renewed' end
                from hale_data.account, generate_series(1, 24) as number
                group by number
                returning account_id, contract_id, ends_on
            )
            insert into hale_data.renewal_evidence (
                account_id, contract_id, renewal_on, lead_days, snapshot_on, score, score_mean, score_deviation,
                scored_accounts, dimensions, points, mean_points, band, tenure_days, is_open, notice_given, models)
            select account_id, contract_id, ends_on, 90, ends_on - 90,
                60 + (contract_id % 2) * 20 + contract_id % 5, 70, 10, 50, '{usage}', '{1}', '{0}', 'green', 100, true,
                false, 'x'
            from decided
            """)
        try await CalibrationStage(database).run(from: day, to: day)
        let formula = try #require(
            try await database.withConnection { try await CalibrationStore($0).formula(asOf: day) })
        #expect(formula.rung == 2 && formula.fittedRenewals == 24)
        #expect(formula.slope > 0.9)
        #expect(formula.reasons.count == 1)
        #expect(formula.reasons[0].hasPrefix("Rung 2 foretells the newest renewals better than rung 1 does (Brier 0."))
        #expect(
            formula.refusals == [
                "Too little was decided of renewals of different numbers to tell their rates apart, so one rate is used.",
                "Rung 3 needs 20 lost and 20 renewed ones; there are 12 and 12.",
            ])
    }

    /// What a backtest finds is learnt from by the next night; until then every forecast stays as it was.
    @Test func `moves no forecast by itself`() async throws {
        let database = try await load()
        let day = try DemoWorkspace.day("2026-02-20")
        _ = try await DayRun(database).scores(from: day, to: day)
        let stored = {
            try await ImportFixture.texts("select row_to_json(calibration)::text as text from hale_data.calibration")
        }
        let before = try await stored()
        #expect(before.count == 1)
        #expect(try await BacktestStage(database).run(leadDays: CalibrationStage.leadDays).looked.renewals > 0)
        #expect(try await stored() == before)
    }
}
