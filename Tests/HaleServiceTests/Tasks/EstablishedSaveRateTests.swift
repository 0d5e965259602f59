import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// When a save rate is more than assumed: 30 renewals decided after tasks that were done, and 30 where accounts were
/// held out.
@Suite(.database) struct `A save rate that is learnt` {
    private static let playbooks = """
        playbooks:
          - playbook: renew
            title: Renew
            save_rate: 0.1
            plan:
              - {step: first, at: decision - 235d, title: Ask}

        """

    /// Accounts whose contract was renewed 20 days ago, each with a task of 60 days ago: of some it was done, others were
    /// held out; of some of these nothing is decided yet.
    private func decided(_ done: Int, heldOut: Int, undecided: Int, _ fixture: TaskFixture) async throws {
        let day = fixture.day
        let names = (0..<done).map { "done-\($0)" } + (0..<heldOut).map { "held-\($0)" }
        let open = (0..<undecided).map { "held-open-\($0)" }
        try await ImportFixture.load(
            .accounts, "account_id,name\n" + (names + open).map { "\($0),\($0)\n" }.joined(),
            into: fixture.database)
        let contracts = names.map {
            "k-\($0),\($0),1200,EUR,\(day - 400),\(day - 20),renewed,\(day - 20)\n"
                + "n-\($0),\($0),1200,EUR,\(day - 20),\(day + 345),,\n"
        }
        try await ImportFixture.load(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on,outcome,decided_on\n" + contracts.joined(),
            into: fixture.database
        ) { $0.isHistory = true }
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.task (
                account_id, opened_on, as_of, origin, playbook, step, occasion, title, is_data_task, minutes, due_on,
                reasons, band, urgency, expected_loss, value_protected, net_value, priority, is_held_out, closed_on,
                closed_reason, outcome)
            select
                account.account_id, date '\(day - 60)', date '\(day - 60)', 'step', 'renew', 'first',
                date '\(day - 50)', 'Ask', false, 30, date '\(day - 50)', '{}', 'green', 1, 1, 1, 1, 1, kind.is_held_out,
                date '\(day - 50)', case when kind.is_held_out then 'lapsed' else 'done' end,
                case when not kind.is_held_out then 'saved' end
            from hale_data.account as account
            cross join lateral (select account.external_id like 'held-%' as is_held_out) as kind
            where account.external_id like '%-%'
            """)
    }

    /// Accounts with a decision whose task was done, that were held out, held out without a decision.
    @Test(arguments: [(30, 30, 0, true), (29, 30, 0, false), (30, 29, 0, false), (30, 29, 1, false)])
    func `is assumed until 30 renewals were decided in each arm`(
        done: Int, heldOut: Int, undecided: Int, isEstablished: Bool
    ) async throws {
        let fixture = try await TaskFixture(accounts: ["acme"])
        try await decided(done, heldOut: heldOut, undecided: undecided, fixture)
        let folder = try RuleFolder("groups: []\n", playbooks: Self.playbooks)
        try await TaskStage(fixture.database, playbooks: folder.library.playbooks()).run(asOf: fixture.day)
        let tasks = try await fixture.database.withConnection {
            try await TaskListing($0).tasks(asOf: fixture.day, .init(accounts: ["acme"]))
        }
        let step = try #require(tasks.first { $0.step == "first" })
        // What saved all moves the assumed 0.1 in any case: (20 · 0.1 + 30) / (20 + 30).
        let rate = Double(2 + done) / Double(20 + done)
        #expect(step.isSaveRateAssumed == !isEstablished)
        // The account's other task is no playbook's, and saves what is assumed of the rest.
        let other = try #require(tasks.first { $0.origin == .account })
        #expect(other.isSaveRateAssumed)
        #expect(abs(step.saveRate - rate) < 1e-12 && abs(other.saveRate - 0.3 * (1 - rate)) < 1e-12)
        let records = try await fixture.database.withConnection {
            try await PlaybookStatistics($0).records(from: nil, to: fixture.day - 1)
        }
        #expect(records.first { $0.playbook == "renew" }?.isAssumed == !isEstablished)
    }

    @Test func `of no playbook is assumed, of one until it is established`() {
        var assumptions = TaskAssumptions()
        let play = Playbook(name: "play", title: "Play")
        #expect(assumptions.isSaveRateAssumed(of: nil) && assumptions.isSaveRateAssumed(of: play))
        assumptions.established = ["play"]
        #expect(assumptions.isSaveRateAssumed(of: nil) && !assumptions.isSaveRateAssumed(of: play))
    }
}
