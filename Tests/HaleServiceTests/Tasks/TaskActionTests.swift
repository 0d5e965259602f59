import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// What people do to tasks, and what the night then makes of them.
@Suite(.database) struct `Acting on tasks` {
    private static let ana = "ana@example.com"
    private static let bob = "bob@example.com"

    /// Two accounts with a renewal long after today, so that nothing is decided near; one is red by hand. The nights are
    /// the days of the organisation, as actions are.
    private func portfolio(on day: Day) async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .csms, "email,name,capacity_minutes\n\(Self.ana),Ana,240\n\(Self.bob),Bob,240\n", into: database)
        try await ImportFixture.load(
            .accounts, "account_id,name,csm_email\nacme,Acme,\(Self.ana)\nbolt,Bolt,\(Self.ana)\n", into: database)
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on
            k1,acme,900000,EUR,\(day - 100),\(day + 265)
            k2,bolt,500000,EUR,\(day - 100),\(day + 265)

            """, into: database
        ) { $0.isHistory = true }
        return database
    }

    private func today(_ database: Database) async throws -> Day {
        try await database.withConnection { try await AccountStore($0).today() }
    }

    /// A portfolio in which both accounts are scored today and have a task: too little is known of them.
    private func opened() async throws -> (Database, Day, [Int64]) {
        let day = try await today(try TestDatabase.shared.database)
        let database = try await portfolio(on: day)
        _ = try await ScoreStage(database).run(asOf: day)
        try await TaskStage(database).run(asOf: day)
        let numbers = try await shown(database, day).compactMap(\.number)
        try #require(numbers.count == 2)
        return (database, day, numbers)
    }

    private func shown(_ database: Database, _ day: Day, csm: String? = nil) async throws -> [ListedTask] {
        try await TaskDesk(database) { TaskStage(database, model: .default) }.tasks(asOf: day, csm: csm)
    }

    private func rows() async throws -> [String] {
        try await ImportFixture.texts("select task::text as text from hale_data.task as task order by task_id")
    }

    @Test func `a task that is done leaves the list, tonight and until its cool-down is over`() async throws {
        let (database, day, numbers) = try await opened()
        let done = try await TaskActions(database).done(
            .init(numbers: [numbers[0]]), outcome: .progress, note: "asked for an export", by: Self.ana)
        #expect(done.map(\.number) == [numbers[0]])
        #expect(try await shown(database, day).compactMap(\.number) == [numbers[1]])
        // The night of the same day does not bring it back, and the other keeps its number.
        try await TaskStage(database).run(asOf: day)
        #expect(try await shown(database, day).compactMap(\.number) == [numbers[1]])
        let planned = try await TaskStage(database).plan(asOf: day, csm: nil)
        #expect(planned.map(\.draft.record?.number) == [numbers[1]])
        let events = try await database.withConnection { try await TaskActionStore($0).events(of: [numbers[0]]) }
        #expect(events.map(\.kind) == [.opened, .done])
        #expect(events.last?.person == Self.ana && events.last?.outcome == .progress)
        #expect(events.last?.note == "asked for an export" && events.last?.day == day)
    }

    @Test func `what is done twice is told to the second one, and nothing changes`() async throws {
        let (database, day, numbers) = try await opened()
        let actions = TaskActions(database)
        _ = try await actions.done(.init(numbers: [numbers[0]]), outcome: nil, note: nil, by: Self.ana)
        let before = try await rows()
        await #expect(throws: TaskActions.Refusal.over(numbers[0], .done, on: day, by: Self.ana)) {
            try await actions.drop(.init(numbers: [numbers[0]]), reason: nil, by: Self.bob)
        }
        // Of several tasks all change or none.
        await #expect(throws: TaskActions.Refusal.self) {
            try await actions.done(.init(numbers: [numbers[1], numbers[0]]), outcome: nil, note: nil, by: Self.bob)
        }
        #expect(try await rows() == before)
    }

    @Test func `two people at once: one does it, the other is told`() async throws {
        let (database, day, numbers) = try await opened()
        let target = TaskActions.Target(numbers: [numbers[0]])
        async let first = attempt {
            try await TaskActions(database).done(target, outcome: nil, note: nil, by: Self.ana)
        }
        async let second = attempt {
            try await TaskActions(database).snooze(target, until: day + 3, reason: "later", by: Self.bob)
        }
        let results = try await [first, second]
        // A snoozed task can still be done; a done one cannot be snoozed.
        let refusals = results.compactMap(\.self)
        #expect(refusals.allSatisfy { $0 == .over(numbers[0], .done, on: day, by: Self.ana) })
        #expect(refusals.count <= 1)
        #expect(try await shown(database, day).count == 1)
    }

    private func attempt(_ body: () async throws -> [FoundTask]) async throws -> TaskActions.Refusal? {
        do {
            _ = try await body()
            return nil
        } catch let refusal as TaskActions.Refusal {
            return refusal
        }
    }

    @Test func `a snoozed task is not shown until its day, and what is refused changes nothing`() async throws {
        let (database, day, numbers) = try await opened()
        let actions = TaskActions(database)
        let target = TaskActions.Target(numbers: [numbers[0]])
        let decision = try #require(try await shown(database, day).first?.decisionOn)
        let before = try await rows()
        for (until, refusal) in [
            (day, TaskActions.Refusal.snoozedIntoThePast(day)), (day - 1, .snoozedIntoThePast(day - 1)),
            (decision - 13, .snoozedPastTheDecision(numbers[0], decisionOn: decision, latest: decision - 14)),
        ] {
            await #expect(throws: refusal) {
                try await actions.snooze(target, until: until, reason: "later", by: Self.ana)
            }
        }
        await #expect(throws: TaskActions.Refusal.badTask("the reason is empty")) {
            try await actions.snooze(target, until: day + 1, reason: " ", by: Self.ana)
        }
        for title in ["two\nlines", "a \u{1b}[31mred one", String(repeating: "x", count: 201)] {
            await #expect(throws: TaskActions.Refusal.badTask("a title is one line of 200 characters at most")) {
                try await actions.add(
                    title, to: "acme", dueOn: nil, minutes: 15, assignee: nil, note: nil, by: Self.ana)
            }
        }
        #expect(try await rows() == before)
        // Where the decision is near no day is left to put it off to.
        let near = TaskActions.Refusal.snoozedPastTheDecision(numbers[0], decisionOn: day + 14, latest: nil)
        #expect(near.message.contains("too near to put it off"))
        _ = try await actions.snooze(target, until: decision - 14, reason: "holidays", by: Self.ana)
        try await TaskStage(database).run(asOf: day)
        #expect(try await shown(database, day).compactMap(\.number) == [numbers[1]])
        let stored = try await database.withConnection {
            try await TaskListing($0).tasks(asOf: day, .init(numbers: [numbers[0]]))
        }
        let task = try #require(stored.first)
        #expect(!task.isShown(on: decision - 15) && task.isShown(on: decision - 14))
    }

    @Test(arguments: ["notice", "cliff", "risk", "nothing"])
    func `a snoozed task wakes for what is new`(cause: String) async throws {
        let (database, day, numbers) = try await opened()
        _ = try await TaskActions(database).snooze(
            .init(numbers: [numbers[0]]), until: day + 5, reason: "later", by: Self.ana)
        let columns =
            switch cause {
            case "notice": "notice_given = true"
            case "cliff": "cliff_since = '\(day + 1)'"
            case "risk": "risk = coalesce(task.snoozed_risk, 0) + 0.1"
            default: "risk = coalesce(task.snoozed_risk, 0) + 0.099"
            }
        try await store(asOf: day + 1, number: numbers[0], columns)
        let events = try await database.withConnection { try await TaskActionStore($0).events(of: [numbers[0]]) }
        #expect(events.last?.kind == (cause == "nothing" ? .snoozed : .woken))
        let until = try await ImportFixture.texts(
            "select coalesce(snoozed_until::text, 'shown') as text from hale_data.task where task_id = \(numbers[0])")
        #expect(until == [cause == "nothing" ? "\(day + 5)" : "shown"])
    }

    /// Runs the night's statement on the stored tasks, in which one is as `columns` say.
    private func store(asOf day: Day, number: Int64, _ columns: String) async throws {
        let database = try TestDatabase.shared.database
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let store = TaskStore(transaction)
                try await store.stage { writer in
                    var buffer = BinaryCopyBuffer()
                    buffer.finish()
                    try await writer.write(buffer.take())
                }
                try await transaction.script(
                    Statement(
                        name: "test/stage",
                        text: """
                            insert into staged_task (
                                account_id, task_id, origin, playbook, step, title, is_data_task, minutes, due_on, reasons,
                                facts, keys, band, days_to_decision, decision_on, urgency, expected_loss, risk,
                                value_protected, net_value, priority, save_rate, probability_basis, completed_by,
                                cool_down_days, performer, checklist, is_held_out, cliff_since, notice_given)
                            select
                                account_id, task_id, origin, playbook, step, title, is_data_task, minutes, due_on, reasons,
                                facts, keys, band, days_to_decision, decision_on, urgency, expected_loss, risk,
                                value_protected, net_value, priority, save_rate, probability_basis, completed_by,
                                cool_down_days, performer, checklist, is_held_out, cliff_since, notice_given
                            from hale_data.task;
                            update staged_task as staged set \(columns)
                            from hale_data.task as task
                            where task.task_id = staged.task_id and staged.task_id = \(number)
                            """))
                _ = try await store.storeStaged(asOf: day, accounts: nil)
            }
        }
    }

    @Test func `taking back restores a task exactly, whatever was done`() async throws {
        let (database, day, numbers) = try await opened()
        let actions = TaskActions(database)
        let target = TaskActions.Target(numbers: [numbers[0]])
        let before = try await rows()
        let changes: [(String, () async throws -> [FoundTask])] = [
            ("done", { try await actions.done(target, outcome: .saved, note: "x", by: Self.ana) }),
            ("drop", { try await actions.drop(target, reason: "x", by: Self.ana) }),
            ("snooze", { try await actions.snooze(target, until: day + 2, reason: "x", by: Self.ana) }),
            ("assign", { try await actions.assign(target, to: Self.bob, note: nil, by: Self.ana) }),
        ]
        for (name, change) in changes {
            _ = try await change()
            #expect(try await rows() != before, "\(name)")
            _ = try await actions.reopen(target, by: Self.bob)
            #expect(try await rows() == before, "\(name)")
        }
        // Several changes are taken back one by one, the last one first.
        _ = try await actions.assign(target, to: Self.bob, note: nil, by: Self.ana)
        let assigned = try await rows()
        _ = try await actions.done(target, outcome: nil, note: nil, by: Self.bob)
        _ = try await actions.reopen(target, by: Self.bob)
        #expect(try await rows() == assigned)
        _ = try await actions.reopen(target, by: Self.bob)
        #expect(try await rows() == before)
        await #expect(throws: TaskActions.Refusal.nothingToTakeBack(numbers[0])) {
            try await actions.reopen(target, by: Self.bob)
        }
    }

    @Test func `a dry run says what would be done and does nothing`() async throws {
        let (database, _, numbers) = try await opened()
        let before = try await rows()
        let would = try await TaskActions(database).done(
            .init(numbers: numbers), outcome: nil, note: nil, by: Self.ana, isDryRun: true)
        #expect(would.map(\.number) == numbers)
        #expect(try await rows() == before)
        #expect(try await ImportFixture.number("select count(*) from hale_data.task_event where kind = 'done'") == 0)
    }

    @Test func `a task that is handed over stands on the other's list, and comes back`() async throws {
        let (database, day, numbers) = try await opened()
        let actions = TaskActions(database)
        _ = try await actions.assign(.init(numbers: [numbers[0]]), to: Self.bob, note: "you know them", by: Self.ana)
        try await TaskStage(database).run(asOf: day)
        #expect(try await shown(database, day, csm: Self.bob).compactMap(\.number) == [numbers[0]])
        #expect(try await shown(database, day, csm: Self.ana).compactMap(\.number) == [numbers[1]])
        await #expect(throws: TaskActions.Refusal.unknownCSM("zoe@example.com")) {
            try await actions.assign(.init(numbers: numbers), to: "zoe@example.com", note: nil, by: Self.ana)
        }
    }

    @Test func `a task of one's own is on the list from its day until it is done`() async throws {
        let (database, day, numbers) = try await opened()
        let actions = TaskActions(database)
        let number = try await actions.add(
            "Send the slides", to: "acme", dueOn: day + 1, minutes: 15, assignee: nil, note: nil, by: Self.ana)
        try await TaskStage(database).run(asOf: day)
        #expect(try await shown(database, day).compactMap(\.number) == numbers)
        let tasks = try await database.withConnection { try await TaskListing($0).tasks(asOf: day) }
        let added = try #require(tasks.first { $0.number == number })
        #expect(added.isPromise && added.title == "Send the slides" && added.minutes == 15 && added.dueOn == day + 1)
        for refused in [("", 15, day), ("x", 0, day), ("x", 15, day - 1)] {
            await #expect(throws: TaskActions.Refusal.self) {
                try await actions.add(
                    refused.0, to: "acme", dueOn: refused.2, minutes: refused.1, assignee: nil, note: nil, by: Self.ana)
            }
        }
        await #expect(throws: StoreError.self) {
            try await actions.add("x", to: "nobody", dueOn: nil, minutes: 15, assignee: nil, note: nil, by: Self.ana)
        }
    }

    @Test func `unknown tasks and accounts without one are told by name`() async throws {
        let (database, _, numbers) = try await opened()
        let actions = TaskActions(database)
        await #expect(throws: TaskActions.Refusal.unknownTask(999_999)) {
            try await actions.done(.init(numbers: [999_999]), outcome: nil, note: nil, by: Self.ana)
        }
        _ = try await actions.done(.init(accounts: ["acme"]), outcome: nil, note: nil, by: Self.ana)
        await #expect(throws: TaskActions.Refusal.noTask(ofAccount: "acme")) {
            try await actions.done(.init(accounts: ["acme"]), outcome: nil, note: nil, by: Self.ana)
        }
        _ = numbers
    }

    @Test func `a call that is imported completes what a call completes, and a task opened again stays open`()
        async throws
    {
        let (database, day, numbers) = try await opened()
        _ = try await TestDatabase.shared.query(
            "update hale_data.task set completed_by = '{call,meeting}' where task_id = \(numbers[0])")
        try await ImportFixture.load(
            .touchpoints, "account_id,occurred_at,kind,csm_email\nacme,\(day),email,\(Self.ana)\n", into: database)
        #expect(try await complete(database, day) == 0)
        try await ImportFixture.load(
            .touchpoints, "account_id,occurred_at,kind,csm_email\nacme,\(day - 1),call,\(Self.ana)\n", into: database)
        #expect(try await complete(database, day) == 0, "it was before the task")
        try await ImportFixture.load(
            .touchpoints, "account_id,occurred_at,kind,csm_email\nacme,\(day),call,\(Self.ana)\n", into: database)
        // The import has completed it: there is nothing left to do for the night.
        #expect(try await complete(database, day) == 0)
        let events = try await database.withConnection { try await TaskActionStore($0).events(of: [numbers[0]]) }
        #expect(events.last?.kind == .done && events.last?.person == Self.ana && events.last?.note == "call")
        _ = try await TaskActions(database).reopen(.init(numbers: [numbers[0]]), by: Self.ana)
        #expect(try await complete(database, day) == 0)
        #expect(try await shown(database, day).compactMap(\.number).contains(numbers[0]))
    }

    private func complete(_ database: Database, _ day: Day) async throws -> Int {
        try await database.withConnection { connection in
            try await connection.transaction {
                try await TaskStore($0).completeByContact(upTo: day, accounts: nil)
            }
        }
    }

    @Test func `the list of the newest day is what would be planned for it`() async throws {
        let (database, day, _) = try await opened()
        func lines(_ tasks: [ListedTask]) -> [String] {
            tasks.sorted(by: ListedTask.isBefore).map { task in
                """
                \(task.number ?? 0) \(task.accountID) \(task.title) \(task.facts) \(task.reasons) \(task.minutes) \
                \(task.dueOn) \(task.urgency) \(task.priority) \(task.band) \(task.basis ?? "-") \(task.isDataTask)
                """
            }
        }
        let planned = try await TaskStage(database).plan(asOf: day, csm: nil).map(\.listed)
        #expect(try await lines(shown(database, day)) == lines(planned))
    }
}
