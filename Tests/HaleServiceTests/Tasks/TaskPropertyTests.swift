import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// People and nights at random on the tasks of one day.
@Suite(.database, .timeLimit(.minutes(10))) struct `Tasks through random changes` {
    private static let accounts = ["acme", "bolt", "calm", "dune"]
    private static let playbooks = """
        playbooks:
          - playbook: renew
            title: Renew
            save_rate: 0.1
            plan:
              - {step: first, at: decision - 235d, title: Ask, minutes: 15}
          - playbook: quiet
            title: Quiet
            hold_out: {share: 0.5, below: 1000000}
            plan:
              - {step: second, at: decision - 235d, title: Wait}

        """

    private let rules: RuleFolder

    init() throws { rules = try RuleFolder("groups: []\n", playbooks: Self.playbooks) }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `keep their numbers, one an account and play step; what is taken back is exactly as it was`(
        seed: UInt64
    ) async throws {
        var random = SplitMix(seed: seed)
        let fixture = try await TaskFixture(accounts: Self.accounts)
        var undone = 0
        for step in 0..<40 {
            let label = "seed \(seed), step \(step)"
            try await night(fixture, label)
            let before = try await fixture.rows()
            guard let number = try await change(fixture, &random) else { continue }
            try await checkList(fixture, label)
            if Bool.random(using: &random) {
                let account = try await ImportFixture.texts(
                    """
                    select account.external_id as text from hale_data.task as task
                    join hale_data.account as account on account.account_id = task.account_id
                    where task.task_id = \(number)
                    """)
                let target: TaskActions.Target =
                    Bool.random(using: &random) ? .init(numbers: [number]) : .init(accounts: account)
                let taken = try await TaskActions(fixture.database).reopen(target, by: TaskFixture.bob)
                #expect(taken.map(\.task.number) == [number], "\(label)")
                #expect(try await fixture.rows() == before, "\(label): as it was")
                undone += 1
            }
            try await checkList(fixture, label)
        }
        #expect(undone > 5)
        let steps = try await ImportFixture.texts(
            "select distinct is_held_out::text as text from hale_data.task where origin = 'step' order by text")
        #expect(steps == ["false", "true"], "seed \(seed): what is held out was among them")
    }

    /// A night, and another one of the same day, which changes nothing.
    private func night(_ fixture: TaskFixture, _ label: String) async throws {
        let stage = TaskStage(fixture.database, playbooks: try rules.library.playbooks())
        let former = try await numbers()
        try await stage.run(asOf: fixture.day)
        let once = try await fixture.rows()
        #expect(former.isSubset(of: try await numbers()), "\(label): no number goes")
        try await stage.run(asOf: fixture.day)
        #expect(try await fixture.rows() == once, "\(label): a night again")
        let twice = try await ImportFixture.number(
            """
            select count(*) from (
                select account_id from hale_data.task
                where closed_on is null and origin <> 'person'
                group by account_id, origin, playbook, step, occasion having count(*) > 1 or origin = 'account' and (
                    select count(*) from hale_data.task as other
                    where other.account_id = task.account_id and other.origin = 'account' and other.closed_on is null
                ) > 1
            ) as twice
            """.replacing("from hale_data.task\n", with: "from hale_data.task as task\n"))
        #expect(twice == 0, "\(label): one task an account and play step")
    }

    private func numbers() async throws -> Set<String> {
        Set(try await ImportFixture.texts("select concat(account_id, ' ', task_id) as text from hale_data.task"))
    }

    /// Something new of an account, or somebody's change of a task; returns the number of that one.
    private func change(_ fixture: TaskFixture, _ random: inout SplitMix) async throws -> Int64? {
        let account = Self.accounts.randomElement(using: &random) ?? ""
        let (day, actions) = (fixture.day, TaskActions(fixture.database))
        let facts = [
            "band = 'red', coverage = 1", "band = 'green', coverage = 1", "band = 'unknown', coverage = 0.1",
            "decline_since = '\(day)'", "decline_since = null", "cliff_since = '\(day - 1)'", "cliff_since = null",
        ]
        if Int.random(in: 0..<3, using: &random) == 0 {
            try await fixture.set(facts.randomElement(using: &random) ?? "", of: account)
            return nil
        }
        let open = try await ImportFixture.texts(
            "select task_id::text as text from hale_data.task where closed_on is null order by task_id")
        guard let number = open.randomElement(using: &random).flatMap({ Int64($0) }) else { return nil }
        let target = TaskActions.Target(numbers: [number])
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            let outcome = TaskOutcome.allCases.randomElement(using: &random)
            _ = try await actions.done(target, outcome: outcome, note: nil, by: TaskFixture.ana)
        case 1: _ = try await actions.drop(target, reason: "no", by: TaskFixture.ana)
        case 2: _ = try await actions.assign(target, to: TaskFixture.bob, note: nil, by: TaskFixture.ana)
        default:
            let until = day + Int.random(in: 1...30, using: &random)
            _ = try await actions.snooze(target, until: until, reason: "later", by: TaskFixture.ana)
        }
        return number
    }

    /// What is shown is what is open, awake and not held out, gone through one by one.
    private func checkList(_ fixture: TaskFixture, _ label: String) async throws {
        let playbooks = try rules.library.playbooks()
        let desk = TaskDesk(fixture.database) {
            TaskStage(fixture.database, model: .default, playbooks: playbooks)
        }
        let shown = Set(try await desk.tasks(asOf: fixture.day, csm: nil).compactMap(\.number))
        let rows = try await TestDatabase.shared.query(
            "select task_id, closed_on is null as is_open, snoozed_until::text, is_held_out from hale_data.task")
        for row in rows {
            let until = try row.decodeIfPresent("snoozed_until", as: String.self)
            let isAwake = until.map { $0 <= "\(fixture.day)" } ?? true
            let isShown = try row.decode("is_open") && isAwake && !row.decode("is_held_out", as: Bool.self)
            let number: Int64 = try row.decode("task_id")
            #expect(shown.contains(number) == isShown, "\(label): task \(number)")
        }
        try await checkView(fixture, label)
    }

    /// The view for analysts tells of every task what the lists tell.
    private func checkView(_ fixture: TaskFixture, _ label: String) async throws {
        let listed = try await fixture.database.withConnection {
            try await TaskListing($0).tasks(asOf: fixture.day, .init(overDays: 365))
        }
        let told = listed.map { task in
            let value = task.isDataTask ? "-" : "\(task.valueProtectedMinor)"
            let isPutOff = task.snoozedUntil.map { $0 > fixture.day } ?? false
            return """
                \(task.number ?? 0) \(task.csm ?? "-") \(task.performer ?? "-") \(task.accountID) \(task.accountName) \
                \(task.band.rawValue) \(task.title) \(task.facts.joined(separator: "|")) \
                \(task.reasons.joined(separator: "|")) \(task.playbook ?? "-") \(task.step.isEmpty ? "-" : task.step) \
                \(task.dueOn) \(task.decisionOn.map { "\($0)" } ?? "-") \(task.minutes) \(value) \(task.urgency) \
                \(task.priority.score) \(task.end?.rawValue ?? (isPutOff ? "snoozed" : "open")) \
                \(task.outcome?.rawValue ?? "-") \(task.closedOn.map { "\($0)" } ?? "-") \(task.isHeldOut) \
                \(task.saveRate) \(task.isSaveRateAssumed)
                """
        }
        #expect(try await Self.view("hale.csm_task") == told.sorted(), "\(label): the view")
    }

    private static func view(_ source: String) async throws -> [String] {
        try await TestDatabase.shared.query("select * from \(source)").map { row in
            func text(_ column: String) throws -> String { try row.decodeIfPresent(column) ?? "-" }
            func day(_ column: String) throws -> String { try row.dayIfPresent(column).map { "\($0)" } ?? "-" }
            func list(_ column: String) throws -> String {
                try row.decode(column, as: [String].self).joined(separator: "|")
            }
            let value = try row.decodeIfPresent("value_protected_minor", as: Int64.self).map { "\($0)" } ?? "-"
            return """
                \(try row.decode("task_id", as: Int64.self)) \(try text("csm")) \(try text("performer")) \
                \(try text("account_id")) \(try text("name")) \(try text("band")) \(try text("title")) \
                \(try list("facts")) \(try list("reasons")) \(try text("playbook")) \(try text("step")) \
                \(try day("due_on")) \(try day("decision_on")) \(try row.decode("minutes", as: Int32.self)) \(value) \
                \(try row.decode("urgency", as: Double.self)) \(try row.decode("priority", as: Double.self)) \
                \(try text("state")) \(try text("outcome")) \(try day("closed_on")) \
                \(try row.decode("is_held_out", as: Bool.self)) \(try row.decode("save_rate", as: Double.self)) \
                \(try row.decode("is_save_rate_assumed", as: Bool.self))
                """
        }.sorted()
    }
}
