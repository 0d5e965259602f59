import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleService
import HaleStore
import Postgres

extension Accounts {
    /// `hale accounts assign`
    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign", abstract: "Give accounts to another CSM, for good or while theirs is away.",
            discussion:
                "Without a day it is for good; giving them back undoes it. With --until it is a cover: from --from, or "
                + "today, to that day whoever covers has the accounts in every list, and the day after they are back. "
                + "A note on each account says from whom to whom, and why.")

        @Argument(help: "The accounts.")
        var accounts: [String] = []

        @Option(help: "E-mail or name of the CSM who gets them.")
        var to: String

        @Option(name: .customLong("all-of"), help: "Every account of this CSM, in place of single ones.")
        var allOf: String?

        @Option(help: "The first day of a cover; today when not given.")
        var from: Day?

        @Option(help: "The last day of a cover.")
        var until: Day?

        @Option(help: "Why; it stands in the notes.")
        var note: String?

        @Option(help: "Your e-mail; HALE_CSM when not given.")
        var by: String?

        @Flag(name: .customLong("dry-run"), help: "Say what would be done, and change nothing.")
        var dryRun = false

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard accounts.isEmpty != (allOf == nil) else { throw ValidationError("give accounts, or --all-of CSM") }
            guard note?.allSatisfy(\.isWhitespace) != true else { throw ValidationError("--note is empty") }
        }

        func run() async throws {
            let person = try Author.optional(by)
            let document = try await Database.use { database in
                let (chosen, csm, money) = try await database.withConnection { connection in
                    (
                        try await selection(on: connection), try await LookUp.csm(to, on: connection),
                        try await ReportMoney.reporting(on: connection)
                    )
                }
                let outcome = try await HandOvers(database).give(
                    chosen, to: csm, from: from, until: until, note: note, by: person, isDryRun: dryRun)
                return HandOverDocument(outcome: outcome, isDryRun: dryRun, money: money).document
            }
            Console.showDone(document, output.format)
        }

        private func selection(on connection: Connection) async throws -> HandOvers.Selection {
            if let allOf { return .all(of: try await LookUp.csm(allOf, on: connection)) }
            var found: [String] = []
            for account in accounts { found.append(try await LookUp.account(account, on: connection)) }
            return .accounts(found)
        }
    }
}

extension ReportMoney {
    /// The reporting currency of a database.
    static func reporting(on connection: Connection) async throws -> ReportMoney {
        let money = try await SettingStore(connection).reportingCurrency()
        return ReportMoney(currency: money.currency ?? "", exponent: money.minorDigits)
    }
}
