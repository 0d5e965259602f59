import Foundation
package import HaleDomain
package import HaleStore
import Postgres

/// What people do to tasks: do them, put them off, hand them over, drop them, add some, and take all of it back.
package struct TaskActions: Sendable {
    /// Why nothing is done.
    package enum Refusal: CodedError, Equatable {
        /// No task has the number.
        case unknownTask(Int64)
        /// The account has no task that is shown.
        case noTask(ofAccount: String)
        /// The task is over.
        case over(Int64, TaskEnd, on: Day, by: String?)
        /// Somebody else changed it in the meantime.
        case changedMeanwhile(Int64)
        /// A day that is not after today.
        case snoozedIntoThePast(Day)
        /// So late that the decision could not be prepared.
        case snoozedPastTheDecision(Int64, decisionOn: Day, latest: Day?)
        /// No CSM has the e-mail.
        case unknownCSM(String)
        /// Nothing was done to it that could be taken back.
        case nothingToTakeBack(Int64)
        /// Nothing was done to a task of the account that could be taken back.
        case nothingChanged(ofAccount: String)
        /// The account has another open task by now.
        case replaced(Int64, by: Int64)
        /// A title, a length or a day that makes no sense.
        case badTask(String)

        package var code: String {
            switch self {
            case .unknownTask: "HALE-TASK-001"
            case .noTask: "HALE-TASK-002"
            case .over: "HALE-TASK-003"
            case .changedMeanwhile: "HALE-TASK-004"
            case .snoozedIntoThePast: "HALE-TASK-005"
            case .snoozedPastTheDecision: "HALE-TASK-006"
            case .unknownCSM: "HALE-TASK-007"
            case .nothingToTakeBack: "HALE-TASK-008"
            case .replaced: "HALE-TASK-009"
            case .badTask: "HALE-TASK-010"
            case .nothingChanged: "HALE-TASK-011"
            }
        }

        package var message: String {
            switch self {
            case .unknownTask(let number): "there is no task \(number): hale tasks list shows them"
            case .noTask(let account):
                "account \(account) has no task to act on: hale tasks list --all shows what is over"
            case .over(let number, let end, let day, let person):
                "task \(number) is over: \(end.rawValue) on \(day)\(person.map { " by \($0)" } ?? "")"
            case .changedMeanwhile(let number):
                "somebody changed task \(number) in the meantime: look at it again with hale tasks show \(number)"
            case .snoozedIntoThePast(let day): "\(day) is not after today: give a later day"
            case .snoozedPastTheDecision(let number, let decision, let latest?):
                "task \(number) is about a renewal that is decided by \(decision): snooze it to \(latest) at the latest"
            case .snoozedPastTheDecision(let number, let decision, nil):
                "task \(number) is about a renewal that is decided by \(decision), too near to put it off: do it, hand it "
                    + "over or drop it"
            case .unknownCSM(let email): "there is no CSM \(email): hale csms list shows them"
            case .nothingToTakeBack(let number): "nothing was done to task \(number) that could be taken back"
            case .nothingChanged(let account):
                "nothing was done to a task of account \(account) that could be taken back"
            case .replaced(let number, let other):
                "task \(number) cannot be opened again: task \(other) is open for the account"
            case .badTask(let what): what
            }
        }
    }

    /// Days before a decision beyond which nobody may snooze (mathematics §4) [days].
    package static let daysBeforeDecision = 14
    /// The longest snooze [days].
    package static let maximumSnoozeDays = 366
    /// The longest title of a task that somebody adds [characters].
    private static let maximumTitle = 200

    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Which tasks are meant: numbers, and accounts by id, whose shown tasks all are.
    package struct Target: Sendable, Hashable {
        package var numbers: [Int64]
        package var accounts: [String]

        package init(numbers: [Int64] = [], accounts: [String] = []) {
            self.numbers = numbers
            self.accounts = accounts
        }
    }

    /// Says that tasks are done and what came of them. Returns them.
    package func done(
        _ target: Target, outcome: TaskOutcome?, note: String?, by person: String, isDryRun: Bool = false
    ) async throws -> [FoundTask] {
        try await change(target, isDryRun: isDryRun) { task, today in
            .init(
                .done,
                columns: Self.json([
                    "closed_on": .text(today), "closed_reason": .text(TaskEnd.done.rawValue),
                    "outcome": .text(outcome?.rawValue),
                    "blocks_until": .text(Self.blocksUntil(task, today)),
                ]), day: today, person: person, note: note, outcome: outcome)
        }
    }

    /// Decides against tasks; they do not come back for the same reason before their cool-down.
    package func drop(
        _ target: Target, reason: String?, by person: String, isDryRun: Bool = false
    ) async throws -> [FoundTask] {
        try await change(target, isDryRun: isDryRun) { task, today in
            .init(
                .dropped,
                columns: Self.json([
                    "closed_on": .text(today), "closed_reason": .text(TaskEnd.dropped.rawValue),
                    "blocks_until": .text(Self.blocksUntil(task, today)),
                ]), day: today, person: person, note: reason)
        }
    }

    /// Puts tasks off until a day.
    package func snooze(
        _ target: Target, until day: Day, reason: String, by person: String, isDryRun: Bool = false
    ) async throws -> [FoundTask] {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw Refusal.badTask("the reason is empty") }
        return try await change(target, isDryRun: isDryRun) { task, today in
            guard day > today else { throw Refusal.snoozedIntoThePast(day) }
            guard day - today <= Self.maximumSnoozeDays else {
                throw Refusal.badTask("a task is snoozed for \(Self.maximumSnoozeDays) days at most, not until \(day)")
            }
            if let decision = task.decisionOn, day > decision - Self.daysBeforeDecision {
                let latest = decision - Self.daysBeforeDecision
                throw Refusal.snoozedPastTheDecision(
                    task.number, decisionOn: decision, latest: latest > today ? latest : nil)
            }
            return .init(
                .snoozed,
                columns: Self.json([
                    "snoozed_on": .text(today), "snoozed_until": .text(day), "snoozed_risk": .number(task.risk),
                ]), day: today, person: person, note: reason)
        }
    }

    /// Hands tasks over.
    package func assign(
        _ target: Target, to email: String, note: String?, by person: String, isDryRun: Bool = false
    ) async throws -> [FoundTask] {
        let key = try await database.withConnection { try await TaskActionStore($0).csmKey(email) }
        guard let key else { throw Refusal.unknownCSM(email) }
        return try await change(target, isDryRun: isDryRun) { _, today in
            .init(
                .assigned, columns: Self.json(["assignee_id": .number(Double(key))]), day: today, person: person,
                note: ["to \(email)", note].compactMap(\.self).joined(separator: ": "))
        }
    }

    /// A task with the change of it that was taken back.
    package struct TakenBack: Sendable {
        package let task: FoundTask
        package let change: TaskEvent.Kind
        /// Who had changed it; nil where nobody said.
        package let person: String?
    }

    /// Takes the last change of tasks back, exactly; of an account that of the tasks that somebody changed last.
    package func reopen(_ target: Target, by person: String, isDryRun: Bool = false) async throws -> [TakenBack] {
        try await acting(target, isDryRun: isDryRun, meaning: Self.changedLast) { task, today, store in
            guard let former = try await store.lastChange(of: task) else {
                throw Refusal.nothingToTakeBack(task.number)
            }
            if task.closedOn != nil, task.origin == .account,
                let other = try await store.openTask(ofAccount: task.accountKey), other != task.number
            {
                throw Refusal.replaced(task.number, by: other)
            }
            let change = TaskActionStore.Change(
                .reopened, columns: former.state, day: today, person: person,
                note: "\(former.kind.rawValue)\(former.person.map { " by \($0)" } ?? "") taken back")
            guard let event = try await store.change(task, change) else {
                throw Refusal.changedMeanwhile(task.number)
            }
            try await store.markUndone(former, of: task, by: event)
            return TakenBack(task: task, change: former.kind, person: former.person)
        }
    }

    /// Adds a task by hand; returns its number.
    package func add(
        _ title: String, to account: String, dueOn: Day?, minutes: Int, assignee: String?, note: String?,
        by person: String, isDryRun: Bool = false
    ) async throws -> Int64 {
        guard title.contains(where: { !$0.isWhitespace }) else { throw Refusal.badTask("the title is empty") }
        guard title.count <= Self.maximumTitle,
            title.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw Refusal.badTask("a title is one line of \(Self.maximumTitle) characters at most") }
        guard (1...Playbook.maximumMinutes).contains(minutes) else {
            throw Refusal.badTask("--minutes is a number from 1 to \(Playbook.maximumMinutes)")
        }
        return try await database.withConnection { connection in
            try await connection.transaction(isDryRun: isDryRun) { transaction in
                try await TaskStore(transaction).lock()
                let store = TaskActionStore(transaction)
                let today = try await AccountStore(transaction).today()
                let due = dueOn ?? today
                guard due >= today else { throw Refusal.badTask("\(due) is over: give --due today or later") }
                if let assignee, try await store.csmKey(assignee) == nil { throw Refusal.unknownCSM(assignee) }
                let number = try await store.add(
                    title, to: account, on: today, minutes: minutes, dueOn: due, assignee: assignee, by: person,
                    note: note)
                guard let number else { throw StoreError.unknownAccount(account) }
                return number
            }
        }
    }

    /// The first day on which what was ended may come back; a dated step never does.
    private static func blocksUntil(_ task: FoundTask, _ today: Day) -> Day {
        max(today + task.coolDownDays, task.lapsesOn ?? today)
    }

    /// Changes every task that is meant, or none.
    private func change(
        _ target: Target, isDryRun: Bool, _ make: (FoundTask, Day) throws -> TaskActionStore.Change
    ) async throws -> [FoundTask] {
        try await acting(target, isDryRun: isDryRun) { task, today, store in
            if let end = task.end, let closedOn = task.closedOn {
                let person = try await store.events(of: [task.number]).last { $0.kind.rawValue == end.rawValue }?.person
                throw Refusal.over(task.number, end, on: closedOn, by: person)
            }
            guard try await store.change(task, try make(task, today)) != nil else {
                throw Refusal.changedMeanwhile(task.number)
            }
            return task
        }
    }

    /// - Parameter meaning: Which tasks a target means; of an account usually those that are shown.
    private func acting<Answer: Sendable>(
        _ target: Target, isDryRun: Bool,
        meaning: (Target, TaskActionStore) async throws -> Target = { target, _ in target },
        _ body: (FoundTask, Day, TaskActionStore) async throws -> Answer
    ) async throws -> [Answer] {
        try await database.withConnection { connection in
            try await connection.transaction(isDryRun: isDryRun) { transaction in
                try await TaskStore(transaction).lock()
                let store = TaskActionStore(transaction)
                let today = try await AccountStore(transaction).today()
                var answers: [Answer] = []
                for task in try await Self.found(try await meaning(target, store), today, store) {
                    answers.append(try await body(task, today, store))
                }
                return answers
            }
        }
    }

    /// The tasks of accounts that somebody changed last, by number, beside those that are named.
    private static func changedLast(_ target: Target, _ store: TaskActionStore) async throws -> Target {
        guard !target.accounts.isEmpty else { return target }
        let changed = try await store.changedLast(ofAccounts: target.accounts)
        for account in target.accounts where !changed.contains(where: { $0.account == account }) {
            throw Refusal.nothingChanged(ofAccount: account)
        }
        return Target(numbers: target.numbers + changed.map(\.task))
    }

    private static func found(_ target: Target, _ today: Day, _ store: TaskActionStore) async throws -> [FoundTask] {
        let tasks = try await store.find(numbers: target.numbers, accounts: target.accounts, on: today)
        for number in target.numbers where !tasks.contains(where: { $0.number == number }) {
            throw Refusal.unknownTask(number)
        }
        for account in target.accounts where !tasks.contains(where: { $0.accountID == account }) {
            throw Refusal.noTask(ofAccount: account)
        }
        return tasks
    }
}

// MARK: Columns as JSON

extension TaskActions {
    private enum Value {
        case text((any CustomStringConvertible)?)
        case number(Double?)
    }

    private static func json(_ columns: [String: Value]) -> String {
        let object: [String: Any] = columns.mapValues { value in
            switch value {
            case .text(let text): text.map { "\($0)" as Any } ?? NSNull()
            case .number(let number): number.map { $0 as Any } ?? NSNull()
            }
        }
        // Words, days and numbers are always JSON.
        let data = (try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)) ?? Data("{}".utf8)
        return String(decoding: data, as: UTF8.self)
    }
}
