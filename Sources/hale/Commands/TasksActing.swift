import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleService
import HaleStore

extension Tasks {
    /// `hale tasks done`
    struct Done: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "done",
            abstract: "Say that tasks are done, and what came of them; they do not come back for the same reason soon.")

        @OptionGroup var action: TaskActionOptions

        @Option(help: "What came of it: saved, progress, no-change, lost or not-needed.")
        var outcome: TaskOutcome?

        @Option(help: "What you want to remember.")
        var note: String?

        func run() async throws {
            try await action.act("done") {
                try await $0.done($1, outcome: outcome, note: note, by: $2, isDryRun: action.dryRun)
            }
        }
    }

    /// `hale tasks snooze`
    struct Snooze: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "snooze",
            abstract: "Put tasks off until a day; a new cliff, notice or 10 points of risk wake them earlier.")

        @OptionGroup var action: TaskActionOptions

        @Option(help: "The day on which they are shown again, 14 days before the decision at the latest.")
        var until: Day

        @Option(help: "Why.")
        var reason: String

        func run() async throws {
            try await action.act("snoozed until \(until)") {
                try await $0.snooze($1, until: until, reason: reason, by: $2, isDryRun: action.dryRun)
            }
        }
    }

    /// `hale tasks assign`
    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign", abstract: "Hand tasks over; the accounts stay with their CSM.")

        @OptionGroup var action: TaskActionOptions

        @Option(help: "E-mail or name of the CSM who does them.")
        var to: String

        @Option(help: "What they should know.")
        var note: String?

        func run() async throws {
            let email = try await Database.use { database in
                try await database.withConnection { try await LookUp.csm(to, on: $0) }
            }
            try await action.act("assigned to \(email)") {
                try await $0.assign($1, to: email, note: note, by: $2, isDryRun: action.dryRun)
            }
        }
    }

    /// `hale tasks drop`
    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "drop", abstract: "Decide against tasks; they do not come back for the same reason soon.")

        @OptionGroup var action: TaskActionOptions

        @Option(help: "Why.")
        var reason: String?

        func run() async throws {
            try await action.act("dropped") {
                try await $0.drop($1, reason: reason, by: $2, isDryRun: action.dryRun)
            }
        }
    }

    /// `hale tasks reopen`
    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reopen",
            abstract: "Take back what was done last to tasks, or to those of an account: done, dropped, snoozed or "
                + "handed over.")

        @OptionGroup var action: TaskActionOptions

        func run() async throws {
            try await action.perform { actions, target, person in
                try await actions.reopen(target, by: person, isDryRun: action.dryRun).map { taken in
                    let person = taken.person.map { " by \($0)" } ?? ""
                    return .init(taken.task, "as it was before it was \(taken.change.rawValue)\(person)")
                }
            }
        }
    }

    /// `hale tasks add`
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a task of your own; it is on the list from its day until it is done.")

        @Argument(help: "The account.")
        var account: String

        @Argument(help: "What to do.")
        var title: String

        @Option(help: "The day; today when not given.")
        var due: Day?

        @Option(help: "How long it takes.")
        var minutes: Int = TaskAssumptions().minutes

        @Option(help: "E-mail or name of who does it; the account's CSM when not given.")
        var to: String?

        @Option(help: "What you want to remember.")
        var note: String?

        @Option(help: "Your e-mail; HALE_CSM when not given.")
        var by: String?

        @Flag(name: .customLong("dry-run"), help: "Say what would be added, and add nothing.")
        var dryRun = false

        func run() async throws {
            let person = try Author.required(by)
            let line = try await Database.use { database in
                let id = try await database.account(account)
                let email: String? =
                    if let to { try await database.withConnection { try await LookUp.csm(to, on: $0) } } else { nil }
                let number = try await TaskActions(database).add(
                    title, to: id, dueOn: due, minutes: minutes, assignee: email, note: note, by: person,
                    isDryRun: dryRun)
                return dryRun ? "a task would be added for \(id): \(title)" : "task \(number) of \(id): \(title)"
            }
            Console.printDone(line)
        }
    }
}
