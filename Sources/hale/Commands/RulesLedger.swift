import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleService
import HaleStore

extension Rules {
    /// `hale rules ledger`
    struct Ledger: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ledger",
            abstract: "What the rules were worth: alerts, what was done and said about them, and who was lost.",
            discussion: "An alert is acted on when somebody took it or its task was done; its hours are those of such "
                + "tasks. A rule whose precision is below the setting alert_precision goes to the digest once "
                + "\(VerdictGuard.minimumVerdicts) of its alerts of \(VerdictGuard.days) days were judged.")

        @Option(help: "The first day on which alerts fired; \(RuleLedger.days) days before the last when not given.")
        var from: Day?

        @Option(help: "The last day; the newest scored one when not given.")
        var to: Day?

        @OptionGroup var output: FormatOption

        func run() async throws {
            let library = try RuleLibrary.ofThisWorkspace()
            let ledger = try await Database.use { database in
                let (last, today) = try await database.withConnection { connection in
                    let accounts = AccountStore(connection)
                    try await accounts.requireReached(to)
                    return (try await accounts.day(to), try await accounts.today())
                }
                let first = from ?? last - RuleLedger.days
                guard first <= last else { throw CommandError.badRange(from: first, to: last) }
                return try await RuleLedger.of(
                    library, from: first, to: last, lossesUntil: max(today, last), database)
            }
            Console.show(RuleLedgerDocument(ledger: ledger).document, output.format)
        }
    }
}
