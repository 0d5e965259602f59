package import HaleDomain
import HaleSQL
package import Postgres

/// Writes what people do to tasks. Each change runs in a transaction of the caller, after `TaskStore.lock`.
package struct TaskActionStore: Sendable {
    /// A change of a task.
    package struct Change: Sendable {
        package var kind: TaskEvent.Kind
        /// The columns that change: a JSON object.
        package var columns: String
        package var day: Day
        package var person: String?
        package var note: String?
        package var outcome: TaskOutcome?

        package init(
            _ kind: TaskEvent.Kind, columns: String, day: Day, person: String?, note: String? = nil,
            outcome: TaskOutcome? = nil
        ) {
            self.kind = kind
            self.columns = columns
            self.day = day
            self.person = person
            self.note = note
            self.outcome = outcome
        }
    }

    /// A change that can be taken back.
    package struct FormerChange: Sendable {
        package let event: Int64
        package let kind: TaskEvent.Kind
        package let person: String?
        /// What the task was before it: a JSON object.
        package let state: String
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The tasks of these numbers, and of these accounts those that are shown on a day.
    package func find(numbers: [Int64], accounts: [String], on day: Day) async throws -> [FoundTask] {
        try await connection.query(Statement(SQL.Tasks.find), [numbers, accounts, day.postgresDate]).map { row in
            FoundTask(
                accountKey: try row.decode("account_id"), accountID: try row.decode("external_id"),
                number: try row.decode("task_id"), origin: try row.decode("origin"), title: try row.decode("title"),
                state: try row.decode("state"), closedOn: try row.dayIfPresent("closed_on"),
                end: try row.decodeIfPresent("closed_reason"), decisionOn: try row.dayIfPresent("decision_on"),
                risk: try row.decodeIfPresent("risk"),
                coolDownDays: Int(try row.decodeIfPresent("cool_down_days", as: Int32.self) ?? 0),
                lapsesOn: try row.dayIfPresent("lapses_on"), isHeldOut: try row.decode("is_held_out"))
        }
    }

    /// Everything that was done to tasks, oldest first.
    package func events(of numbers: [Int64]) async throws -> [TaskEvent] {
        try await connection.query(Statement(SQL.Tasks.events), [numbers]).map { row in
            TaskEvent(
                number: try row.decode("event_id"), task: try row.decode("task_id"), day: try row.day("day"),
                kind: try row.decode("kind"), person: try row.decodeIfPresent("by_whom"),
                note: try row.decodeIfPresent("note"), outcome: try row.decodeIfPresent("outcome"),
                recordedAt: try row.decode("recorded_at"), isUndone: try row.decode("is_undone"))
        }
    }

    /// Changes a task that is still as it was seen; returns the event's number, nil where it is not.
    package func change(_ task: FoundTask, _ change: Change) async throws -> Int64? {
        try await connection.query(
            Statement(SQL.Tasks.change),
            [
                task.accountKey, task.number, change.kind.rawValue, change.day.postgresDate, change.person, change.note,
                change.outcome?.rawValue, change.columns, task.state,
            ]
        ).first?.decode("event_id")
    }

    /// The last change of a task that can be taken back; nil for none.
    package func lastChange(of task: FoundTask) async throws -> FormerChange? {
        try await connection.query(Statement(SQL.Tasks.lastChange), [task.accountKey, task.number]).first.map { row in
            FormerChange(
                event: try row.decode("event_id"), kind: try row.decode("kind"),
                person: try row.decodeIfPresent("by_whom"), state: try row.decode("former"))
        }
    }

    /// The tasks of accounts that somebody changed last, as far as that can be taken back; of one change of several tasks
    /// all of them.
    package func changedLast(ofAccounts accounts: [String]) async throws -> [(account: String, task: Int64)] {
        try await connection.query(Statement(SQL.Tasks.changedLast), [accounts]).map { row in
            (try row.decode("external_id"), try row.decode("task_id"))
        }
    }

    /// Notes that a change was taken back by an event.
    package func markUndone(_ change: FormerChange, of task: FoundTask, by event: Int64) async throws {
        _ = try await connection.query(Statement(SQL.Tasks.markUndone), [task.accountKey, change.event, event])
    }

    /// Adds a task by hand; returns its number, nil for an unknown account.
    package func add(
        _ title: String, to account: String, on day: Day, minutes: Int, dueOn: Day, assignee: String?,
        by person: String, note: String?
    ) async throws -> Int64? {
        try await connection.query(
            Statement(SQL.Tasks.add),
            [
                account, day.postgresDate, title, Int32(minutes), dueOn.postgresDate, assignee, person, note,
            ]
        ).first?.decode("task_id")
    }

    /// The key of a CSM by e-mail; nil for nobody.
    package func csmKey(_ email: String) async throws -> Int64? {
        try await connection.query(Statement(SQL.Tasks.csmKey), [email]).first?.decode("csm_id")
    }

    /// Takes the number of an account's open merged task; nil without one.
    package func openTask(ofAccount key: Int64) async throws -> Int64? {
        try await connection.query(Statement(SQL.Tasks.openOfAccount), [key]).first?.decode("task_id")
    }
}
