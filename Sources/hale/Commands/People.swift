import ArgumentParser
import HaleDocuments
import HaleService
import HaleStore

/// `hale people`: looks after people.
struct People: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Look after the people of accounts.", subcommands: [Erase.self])

    /// `hale people erase`
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase",
            abstract: "Erase a person's name, e-mail, id and comments everywhere; what was counted stays counted.")

        @Argument(help: "The person's id or e-mail address.")
        var person: String

        @Option(help: "The person's account; needed where several people have that id.")
        var account: String?

        @Flag(name: .customLong("dry-run"), help: "Say what would be erased, and change nothing.")
        var dryRun = false

        @OptionGroup var output: FormatOption

        func run() async throws {
            let outcome = try await Database.use { database in
                let account: String? = if let account { try await database.account(account) } else { nil }
                return try await PersonErasure(database).run(person: person, account: account, isDryRun: dryRun)
            }
            Console.showDone(ErasureDocument(outcome: outcome, isDryRun: dryRun).document, output.format)
        }
    }
}
