import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleOutput
import HaleService
import HaleStore
import Postgres

/// `hale playbooks`: what to do about alerts.
struct Playbooks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playbooks", abstract: "List, show and check the playbooks that rules open tasks by.",
        subcommands: [List.self, Show.self, Check.self, Stats.self], defaultSubcommand: List.self)

    /// `hale playbooks list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The playbooks in force: title, length, time, and where each stands.")

        @OptionGroup var output: FormatOption

        func run() async throws {
            let playbooks = try RuleLibrary.ofThisWorkspace().playbooks()
            Console.show(PlaybookListDocument(playbooks: playbooks.playbooks).document, output.format)
        }
    }

    /// `hale playbooks show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "A playbook with its steps.")

        @Argument(help: "The playbook.")
        var name: String

        @OptionGroup var output: FormatOption

        func run() async throws {
            let playbooks = try RuleLibrary.ofThisWorkspace().playbooks()
            guard let placed = playbooks.playbook(named: name) else {
                throw CommandError.badSetting("there is no playbook \(name): hale playbooks list shows all")
            }
            Console.show(PlaybookDocument(placed: placed).document, output.format)
        }
    }

    /// `hale playbooks stats`
    struct Stats: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stats",
            abstract: "What became of the tasks of each playbook: done, saved, kept against those held out.")

        @Option(help: "The first day on which tasks were opened; all when not given.")
        var from: Day?

        @Option(help: "The last day of tasks and decisions; today when not given.")
        var to: Day?

        @OptionGroup var output: FormatOption

        func run() async throws {
            let playbooks = try PlaybookSet.inForce().all
            let document = try await Database.use { database in
                try await database.withConnection { connection in
                    let accounts = AccountStore(connection)
                    try await accounts.requireReached(to)
                    let last: Day = if let to { to } else { try await accounts.today() }
                    if let from, from > last { throw CommandError.badRange(from: from, to: last) }
                    let settings = SettingStore(connection)
                    let money = try await settings.reportingCurrency()
                    return PlaybookStatsDocument(
                        first: from, last: last,
                        records: try await PlaybookStatistics(connection).records(from: from, to: last),
                        playbooks: playbooks, saveRate: try await settings.moneyAssumptions().saveRate,
                        money: ReportMoney(currency: money.currency ?? "", exponent: money.minorDigits)
                    ).document
                }
            }
            Console.show(document, output.format)
        }
    }

    /// `hale playbooks check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check files of playbooks; without a file, all in force. Exit status 3 with problems.")

        @Argument(help: "Files of playbooks.")
        var files: [String] = []

        @OptionGroup var output: FormatOption

        func run() async throws {
            let library = try RuleLibrary.ofThisWorkspace()
            do throws(FileFailure) {
                let playbooks = try files.isEmpty ? library.playbooks() : library.playbooks(paths: files)
                Console.show(PlaybookListDocument(playbooks: playbooks.playbooks).document, output.format)
            } catch {
                for problem in error.problems { Console.printError("hale: \(problem)") }
                throw CommandError.foundProblems(error.problems.count)
            }
        }
    }
}
