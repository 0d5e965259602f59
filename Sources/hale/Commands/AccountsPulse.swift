import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleService
import HaleStore

extension Accounts {
    /// `hale accounts pulse`
    struct GivePulse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pulse",
            abstract: "Say how you read an account, from 1 (bad) to 5 (good); it counts for "
                + "\(SentimentParameters().validDays) days, unless the model says otherwise.")

        @Argument(help: ArgumentHelp(LookUp.accountHelp))
        var account: String

        @Option(help: "From 1 (bad) to 5 (good).")
        var value: Int

        @Option(help: "Why.")
        var note: String?

        @Option(help: "Your e-mail; HALE_CSM when not given.")
        var by: String?

        @Option(help: "The day on which it was so; now when not given.")
        var on: Day?

        @Flag(name: .customLong("dry-run"), help: "Say what would be kept, and keep nothing.")
        var dryRun = false

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard Pulse.values.contains(value) else { throw ValidationError("--value \(value) is not 1, 2, 3, 4 or 5") }
        }

        func run() async throws {
            let person = try Author.optional(by)
            let document = try await Database.use { database in
                let account = try await database.account(account)
                let given = try await Judgements(database).pulse(
                    value, of: account, note: note, by: person, on: on, isDryRun: dryRun)
                return JudgementDocument(account: account, isDryRun: dryRun).pulse(given)
            }
            Console.showDone(document, output.format)
        }
    }

    /// `hale accounts note`
    struct AddNote: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "note",
            abstract: "Write a note about an account; with --kind log a contact, which completes the tasks that it can."
        )

        @Argument(help: ArgumentHelp(LookUp.accountHelp))
        var account: String

        @Argument(help: "The note.")
        var text: String

        @Option(help: "What took place: call, meeting, email or reply.")
        var kind: ContactKind?

        @Option(help: "Your e-mail; HALE_CSM when not given.")
        var by: String?

        @Option(help: "The day that it is about; now when not given.")
        var on: Day?

        @Flag(name: .customLong("dry-run"), help: "Say what would be kept, and keep nothing.")
        var dryRun = false

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard !text.allSatisfy(\.isWhitespace) else { throw ValidationError("the note is empty") }
        }

        func run() async throws {
            let person = try Author.optional(by)
            let document = try await Database.use { database in
                let account = try await database.account(account)
                guard let kind else {
                    let day = try await Judgements(database).note(
                        text, of: account, by: person, on: on, isDryRun: dryRun)
                    return JudgementDocument(account: account, isDryRun: dryRun).note(text, by: person, on: day)
                }
                let logged = try await ContactLog(database).log(
                    kind, with: account, note: text, by: person, on: on, isDryRun: dryRun)
                return JudgementDocument(account: account, isDryRun: dryRun).contact(kind, text, logged, by: person)
            }
            Console.showDone(document, output.format)
        }
    }
}

extension ContactKind: ExpressibleByArgument {}
