import HaleTestSupport
import Postgres
import Testing

/// What the morning, the list of tasks, a task and the view for analysts say of the same tasks.
@Suite(.database) struct `Every list of tasks` {
    private func users() async throws -> CommandLineUser { try await SmallPortfolio.user() }

    /// The tasks of the morning, planned or cut, by number.
    private func morning(_ user: CommandLineUser) async throws -> [Int: JSONAnswer] {
        let answer = try await user.run("morning", "--format", "json").json()
        let tasks = (answer["csms"]?.elements ?? []).flatMap {
            ($0["planned"]?.elements ?? []) + ($0["cut"]?.elements ?? [])
        }
        return byNumber(tasks)
    }

    private func listed(_ user: CommandLineUser, _ arguments: String...) async throws -> [Int: JSONAnswer] {
        let answer = try await user.run(["tasks", "list", "--format", "json"] + arguments).json()
        return byNumber(answer["tasks"]?.elements ?? [])
    }

    private func byNumber(_ tasks: [JSONAnswer]) -> [Int: JSONAnswer] {
        Dictionary(uniqueKeysWithValues: tasks.map { (Int($0["taskId"]?.numberValue ?? 0), $0) })
    }

    /// Checks the rows of the view against tasks as JSON.
    private func expectView(_ tasks: [Int: JSONAnswer], _ label: String) async throws {
        let rows = try await TestDatabase.shared.query(
            """
            select task_id, account_id, coalesce(csm, '-') as csm, coalesce(performer, '-') as performer, title, state,
                coalesce(value_protected_minor, -1) as minor, priority, urgency, save_rate, is_save_rate_assumed,
                minutes, band
            from hale.csm_task
            """)
        #expect(rows.count == tasks.count, "\(label)")
        for row in rows {
            let task = try #require(tasks[Int(try row.decode("task_id", as: Int64.self))], "\(label)")
            for (column, key) in [
                ("account_id", "accountId"), ("csm", "csm"), ("title", "title"), ("state", "state"), ("band", "band"),
            ] { #expect(try row.decode(column, as: String.self) == task[key]?.textValue ?? "-", "\(label), \(key)") }
            let performer = task["assignee"]?.textValue ?? task["csm"]?.textValue ?? "-"
            #expect(try row.decode("performer", as: String.self) == performer, "\(label)")
            for (column, key) in [("priority", "score"), ("urgency", "urgency"), ("save_rate", "saveRate")] {
                let said = try #require(task[key]?.numberValue)
                #expect(abs(try row.decode(column, as: Double.self) - said) < 1e-9 * max(1, abs(said)), "\(key)")
            }
            let minor = task["valueProtected"]?["minor"]?.numberValue ?? -1
            #expect(Double(try row.decode("minor", as: Int64.self)) == minor, "\(label): the value")
            #expect(JSONAnswer.bool(try row.decode("is_save_rate_assumed", as: Bool.self)) == task["isSaveRateAssumed"])
            #expect(Double(try row.decode("minutes", as: Int32.self)) == task["minutes"]?.numberValue, "\(label)")
        }
    }

    @Test func `tells the same numbers, values and priorities, also after a setting has changed`() async throws {
        let user = try await users()
        for setting in [nil, ["margin", "0.65"], ["save_rate", "0.2"], ["hourly_cost", "123.45"]] {
            if let setting { #expect(try await user.run(["config", "set"] + setting).status == 0) }
            let label = setting?.joined(separator: " ") ?? "as it is"
            let (morning, listed) = (try await morning(user), try await listed(user))
            #expect(morning.keys.sorted() == listed.keys.sorted() && listed.count == 3, "\(label)")
            for (number, task) in listed {
                for key in ["valueProtected", "score", "urgency", "saveRate", "isSaveRateAssumed", "title", "state"] {
                    #expect(morning[number]?[key] == task[key], "\(label): \(key)")
                }
                let shown = try await user.run("tasks", "show", "\(number)", "--format", "json").json()["task"]
                #expect(shown?["valueProtected"] == task["valueProtected"] && shown?["score"] == task["score"])
            }
            try await expectView(listed, label)
        }
    }

    @Test func `tells the same of what is over, put off and given away`() async throws {
        let user = try await users()
        _ = try await user.run("import", "csms", "-", input: "email,name\nbob@example.com,Bob\n")
        let by = ["--by", "ana@example.com"]
        for act in [
            ["done", "A-1", "--outcome", "saved"], ["assign", "A-2", "--to", "bob"],
            ["drop", "A-3"], ["add", "A-3", "Send the slides"],
        ] {
            let run = try await user.run(["tasks"] + act + by)
            #expect(run.status == 0, "\(act): \(run.errors)")
        }
        let listed = try await listed(user, "--all")
        #expect(listed.count == 4)
        try await expectView(listed, "acted on")
        let states = try await TestDatabase.shared.query(
            "select concat_ws(' ', account_id, state, outcome, performer) as text from hale.csm_task")
        #expect(
            try states.map { try $0.decode("text", as: String.self) }.sorted() == [
                "A-1 done saved ana@example.com", "A-2 open bob@example.com", "A-3 dropped", "A-3 open",
            ])
    }

    @Test func `calls a save rate assumed until it is known`() async throws {
        let user = try await users()
        // The signature of the renewal, of which the shipped playbook assumes 10 %.
        let number = try #require(try await listed(user).first { $0.value["accountId"] == .text("A-1") }?.key)
        let assumed = try await user.run("tasks", "show", "\(number)")
        #expect(assumed.output.contains("save rate 10 %, assumed"), "\(assumed.output)")
        _ = try await TestDatabase.shared.query(
            "update hale_data.task set save_rate = 0.4, is_save_rate_assumed = false where task_id = \(number)")
        let known = try await user.run("tasks", "show", "\(number)")
        #expect(known.output.contains("save rate 40 %\n"), "\(known.output)")
        #expect(try await listed(user)[number]?["isSaveRateAssumed"] == .bool(false))
    }

    @Test func `what is taken back of an account is told, and an account without a change in one line`() async throws {
        let user = try await users()
        let by = ["--by", "ana@example.com"]
        let none = try await user.run(["tasks", "reopen", "A-1"] + by)
        #expect(none.status == 1 && none.errorLines.count == 1, "\(none.errors)")
        #expect(none.errors.contains("HALE-TASK-011"), "\(none.errors)")
        #expect(try await user.run(["tasks", "done", "A-1", "A-2"] + by).status == 0)
        let back = try await user.run(["tasks", "reopen", "acme", "A-2"] + by)
        let lines = back.output.split(separator: "\n")
        #expect(lines.count == 2, "\(back.everything)")
        for account in ["A-1", "A-2"] {
            let line = try #require(lines.first { $0.hasSuffix("(\(account))") })
            #expect(line.contains(" as it was before it was done by ana@example.com: "), "\(line)")
        }
    }
}
