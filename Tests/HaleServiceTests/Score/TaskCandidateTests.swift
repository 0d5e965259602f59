import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Which accounts are looked at when tasks are planned: the filter in SQL against the decision in Swift, over every
/// state of contracts, every band, and flags that are new, old or off.
@Suite(.database) struct `The accounts that may need a task` {
    private static let day = Day(iso: "2026-03-02") ?? Day(daysSince2000: 0)

    /// The contract of each kind of account: starts, ends, term, renews by itself, notice, signed. The decision is 30
    /// days before the end.
    private static let contracts: [(kind: String, row: String)] = [
        ("running", "2025-10-01,2026-10-01,12,false,,"),
        ("near", "2025-04-10,2026-04-10,12,false,,"),
        ("open", "2025-03-20,2026-03-20,12,false,,"),
        ("notice", "2025-10-01,2026-10-01,12,false,2026-02-20,"),
        ("due", "2025-02-20,2026-02-20,12,false,,"),
        ("lapsed", "2025-01-20,2026-01-20,12,false,,"),
        ("evergreen", "2025-01-20,,,false,,"),
        ("locked", "2025-03-20,2026-03-20,12,true,,"),
        ("signed", "2025-03-20,2026-03-20,12,false,,2026-02-20"),
        ("none", ""),
    ]
    private static let bands: [Band] = [.red, .amber, .green, .unknown]
    /// The flag that is on, and for how many days.
    private static let flags: [(column: String, days: Int)?] =
        [nil]
        + ["cliff_since", "detractor_since", "champion_left_since", "decline_since", "rise_since"].flatMap {
            [($0, 3), ($0, 40)]
        }

    /// One account of each combination, scored, and then given its band and its flag.
    private func portfolio() async throws -> Database {
        let database = try TestDatabase.shared.database
        var accounts = "account_id,name\n"
        var contracts =
            "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,auto_renew,notice_given_on,"
            + "renewal_signed_on\n"
        for (kind, row) in Self.contracts {
            for band in Self.bands {
                for flag in Self.flags.indices {
                    let name = "\(kind)-\(band.rawValue)-\(flag)"
                    accounts += "\(name),\(name)\n"
                    if !row.isEmpty { contracts += "k-\(name),\(name),10000,EUR,\(row)\n" }
                }
            }
        }
        try await ImportFixture.load(.accounts, accounts, into: database)
        try await ImportFixture.load(.contracts, contracts, into: database) { $0.isHistory = true }
        var model = HealthModel()
        model.contract.lapsedDays = 20
        // A notice that leaves the band as it is calls for somebody all the same.
        model.exceptions.noticeGivenCap = .green
        _ = try await ScoreStage(database, model: model).run(asOf: Self.day)
        for band in Self.bands {
            for (index, flag) in Self.flags.enumerated() {
                let set = flag.map { ", \($0.column) = date '\(Self.day - $0.days)'" } ?? ""
                _ = try await TestDatabase.shared.query(
                    """
                    update hale_data.health_score
                    set band = '\(band.rawValue)'\(set)
                    where account_id in (
                        select account_id from hale_data.account where external_id like '%-\(band.rawValue)-\(index)')
                    """)
            }
        }
        return database
    }

    /// What is stored of every account, by its id.
    private func stored() async throws -> [TaskAccount] {
        try await TestDatabase.shared.query(
            """
            select account.account_id, account.external_id, health.band, health.contract_state, health.urgency,
                'notice_given' = any (health.reasons) as notice_given, health.days_to_decision, health.decision_on,
                health.cliff_since, health.decline_since, health.champion_left_since, health.detractor_since
            from hale_data.health_score as health
            join hale_data.account as account on account.account_id = health.account_id
            """
        ).map { row in
            func day(_ column: String) throws -> Day? { try row.dayIfPresent(column) }
            return TaskAccount(
                accountKey: try row.decode("account_id"), accountID: try row.decode("external_id"),
                band: try #require(Band(rawValue: try row.decode("band"))),
                flags: RiskFlags(
                    cliffSince: try day("cliff_since"), declineSince: try day("decline_since"),
                    championLeftSince: try day("champion_left_since"), detractorSince: try day("detractor_since")),
                contractState: try #require(ContractState(rawValue: try row.decode("contract_state"))),
                noticeGiven: try row.decode("notice_given"),
                daysToDecision: try row.decodeIfPresent("days_to_decision", as: Int32.self).map { Int($0) },
                decisionOn: try day("decision_on"), urgency: try row.decode("urgency"), expectedLoss: 0)
        }
    }

    @Test func `are all those with a reason, whichever it is`() async throws {
        let database = try await portfolio()
        let candidates = try await database.withConnection { connection in
            var found: Set<String> = []
            for range in try await FeatureStore(connection).ranges() {
                found.formUnion(
                    try await TaskStore(connection).candidates(
                        asOf: Self.day, range: range, currency: "EUR", minorDigits: 2,
                        decisionDays: TaskAssumptions().decisionDays
                    ).map(\.accountID))
            }
            return found
        }
        let accounts = try await stored()
        #expect(accounts.count == Self.contracts.count * Self.bands.count * Self.flags.count)
        var alone: Set<TaskReason> = []
        for account in accounts {
            let reasons = TaskPlanning.reasons(for: account, asOf: Self.day)
            if reasons.count == 1 { alone.formUnion(reasons) }
            #expect(reasons.isEmpty || candidates.contains(account.accountID), "\(account.accountID): \(reasons)")
        }
        // Every reason was the only one of some account, so none hides behind another; and somebody is left out.
        #expect(alone == Set(TaskReason.allCases))
        #expect(candidates.count < accounts.count)
    }
}
