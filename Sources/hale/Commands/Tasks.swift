import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleService
import HaleStore
import Postgres

/// `hale tasks`: what is to be done, and saying that it is.
struct Tasks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks",
        abstract: "See the tasks, and act on them: do, snooze, hand over, drop, add, and take it back.",
        subcommands: [
            List.self, Show.self, Done.self, Snooze.self, Assign.self, Add.self, Reopen.self, Drop.self, Export.self,
        ])

    /// `hale tasks list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The open tasks, the most urgent value first; the morning list is cut from these.")

        @OptionGroup var filter: AccountFilter

        @Option(help: "Only this account.")
        var account: String?

        @Flag(help: "Those that are snoozed, held out, not due yet, or were over within 90 days too.")
        var all = false

        @OptionGroup var output: FormatOption

        func run() async throws {
            let document = try await Database.use { database in
                try await database.withConnection { connection in
                    let day = try await AccountStore(connection).today()
                    let narrowing = try await filter.narrowing(on: connection)
                    var selection = TaskListing.Selection(csm: narrowing.csm, overDays: all ? 90 : nil)
                    if let account { selection.accounts = [try await LookUp.account(account, on: connection)] }
                    var tasks = try await TaskListing(connection).tasks(asOf: day, selection)
                    if let segment = narrowing.segment {
                        try narrowing.requireSegment(among: tasks.map(\.segment))
                        tasks = tasks.filter { $0.segment?.lowercased() == segment.lowercased() }
                    }
                    if !all { tasks = tasks.filter { $0.isShown(on: day) } }
                    return TaskListDocument(
                        day: day, tasks: tasks.sorted(by: ListedTask.isBefore), narrowing: narrowing
                    ).document
                }
            }
            Console.show(document, output.format)
        }
    }

    /// `hale tasks show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "A task: why, what to do, what it protects, and everything that happened to it.")

        @Argument(help: "The task's number, or its account.")
        var task: String

        @OptionGroup var output: FormatOption

        func run() async throws {
            let documents = try await Database.use { database in
                try await database.withConnection { connection in
                    let day = try await AccountStore(connection).today()
                    let target = try await TaskTarget.meant(by: [task], on: connection)
                    var selection = TaskListing.Selection()
                    if target.accounts.isEmpty {
                        selection.numbers = target.numbers
                        selection.overDays = Int(Int16.max)
                    } else {
                        selection.accounts = target.accounts
                    }
                    let tasks = try await TaskListing(connection).tasks(asOf: day, selection)
                    guard !tasks.isEmpty else {
                        if let number = target.numbers.first { throw TaskActions.Refusal.unknownTask(number) }
                        throw TaskActions.Refusal.noTask(ofAccount: target.accounts.first ?? task)
                    }
                    let events = try await TaskActionStore(connection).events(of: tasks.compactMap(\.number))
                    return tasks.map { shown in
                        TaskShowDocument(
                            day: day, task: shown, events: events.filter { $0.task == shown.number }
                        ).document
                    }
                }
            }
            for document in documents { Console.show(document, output.format) }
        }
    }
}

/// Which tasks somebody means.
enum TaskTarget {
    /// Whole numbers are tasks', all else are accounts: by id, its beginning, or a part of the name. An id that is a whole
    /// number is written `account:17`.
    static func meant(by words: [String], on connection: Connection) async throws -> TaskActions.Target {
        var target = TaskActions.Target()
        for word in words {
            if let number = Int64(word), number > 0 {
                target.numbers.append(number)
            } else {
                let name = word.hasPrefix("account:") ? String(word.dropFirst(8)) : word
                target.accounts.append(try await LookUp.account(name, on: connection))
            }
        }
        return target
    }
}

/// Which tasks an action is on, and who does it.
struct TaskActionOptions: ParsableArguments {
    @Argument(help: "Numbers of tasks, or accounts, all of whose tasks are meant.")
    var tasks: [String]

    @Option(help: "Your e-mail; HALE_CSM when not given.")
    var by: String?

    @Flag(name: .customLong("dry-run"), help: "Say what would be done, and do nothing.")
    var dryRun = false

    @OptionGroup var output: FormatOption

    /// Acts, and says what was done.
    func act(
        _ action: String, _ body: (TaskActions, TaskActions.Target, String) async throws -> [FoundTask]
    ) async throws {
        try await perform { actions, target, person in
            try await body(actions, target, person).map { .init($0, action) }
        }
    }

    /// Acts, and says of each task what was done.
    func perform(
        _ body: (TaskActions, TaskActions.Target, String) async throws -> [TaskActionDocument.Change]
    ) async throws {
        let person = try Author.required(by)
        let words = tasks
        let changes = try await Database.use { database in
            let target = try await database.withConnection { try await TaskTarget.meant(by: words, on: $0) }
            return try await body(TaskActions(database), target, person)
        }
        Console.showDone(TaskActionDocument(changes: changes, isDryRun: dryRun).document, output.format)
    }
}

extension TaskOutcome: ExpressibleByArgument {}
