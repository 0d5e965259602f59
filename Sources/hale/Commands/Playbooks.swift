import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleFiles

/// `hale playbooks`: what to do about alerts.
struct Playbooks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, show and check the playbooks that rules open tasks by.",
        subcommands: [List.self, Show.self, Check.self], defaultSubcommand: List.self)

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
        static let configuration = CommandConfiguration(abstract: "A playbook with its steps.")

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

    /// `hale playbooks check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
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
