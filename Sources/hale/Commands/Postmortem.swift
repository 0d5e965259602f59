import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleOutput
import HaleService
import HaleStore

/// `hale postmortem`: what was known, seen and done before customers left.
struct Postmortem: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postmortem",
        abstract: "What was known, seen and done before a customer left, and which rule would have warned.",
        discussion:
            "Looks at the 180 days before the loss was decided. Scores of days that were never scored are computed "
            + "from what was recorded by then; nothing is stored.")

    @Argument(help: "The lost account.")
    var account: String?

    @Option(help: "All accounts lost in a year, quarter or month: 2026, 2026Q3, 2026-09.")
    var period: CalendarPeriod?

    @Option(help: "A file of rules to judge, in place of those in force.")
    var rules: String?

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard (account == nil) != (period == nil) else { throw ValidationError("name an account, or give --period") }
    }

    func run() async throws {
        var library = try RuleLibrary.ofThisWorkspace()
        if let rules { library = library.only(rules) }
        let document = try await Database.use { [library] database in
            if let period {
                let outcome = try await PeriodPostmortem(
                    database, library: library, fleetGuard: Settings.fleetGuard()
                ).run(period)
                Self.tell(outcome.rules)
                return PeriodPostmortemDocument(outcome: outcome).document
            }
            let outcome = try await ofAccount(account ?? "", database, library)
            Self.tell(outcome.rules)
            return PostmortemDocument(outcome: outcome).document
        }
        Console.show(document, output.format)
    }

    private func ofAccount(
        _ text: String, _ database: Database, _ library: RuleLibrary
    ) async throws -> AccountPostmortem.Outcome {
        let id = try await database.account(text)
        guard let key = try await database.withConnection({ try await AlertStore($0).accountKey(of: id) }) else {
            throw CommandError.unknownAccount(text)
        }
        return try await AccountPostmortem(
            database, library: library, models: try await .inForce(database), fleetGuard: Settings.fleetGuard()
        ).run(key, id: id)
    }

    private static func tell(_ rules: PostmortemRules) {
        for complaint in rules.complaints { Console.printError("hale: \(complaint.sentence)") }
    }
}
