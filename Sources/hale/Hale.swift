import ArgumentParser
import Foundation
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleWeb
import Postgres
import PrivateServer

/// The command line of Hale.
@main
struct Hale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hale",
        abstract: "Customer-success account health: scores that explain themselves, and the morning list.",
        version: "0.1.0",
        subcommands: [
            Demo.self, Morning.self, Tasks.self, Score.self, Accounts.self, CSMs.self, Forecast.self, Backtest.self,
            Retention.self, Postmortem.self, Economics.self, Models.self, Alerts.self, Rules.self, Playbooks.self,
            Receivers.self, Deliver.self, Digest.self, People.self, Import.self, Serve.self, DatabaseCommand.self,
            Config.self, Doctor.self,
        ])

    /// Runs a command.
    static func main() async {
        OperatingSystem.ignoreBrokenPipes()
        OperatingSystem.occupyStandardDescriptors()
        do {
            if let unknown = CommandWords.unknown(in: Array(CommandLine.arguments.dropFirst())) { throw unknown }
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Tells people, and programs that asked for JSON, what went wrong, and ends.
    private static func end(with error: any Error) -> Never {
        if let error = error as? any UserFacingError {
            tellPrograms(error.entries)
            Console.fail(error.lines, error.exitStatus)
        }
        let code = exitCode(for: error)
        let text = fullMessage(for: error)
        if code == .success {
            Console.printOut(text)
            Foundation.exit(ExitStatus.done.rawValue)
        }
        // An exit code alone was said in words before.
        if !(error is ExitCode) {
            tellPrograms([ErrorEntry(text: text, code: nil, message: message(for: error))])
            Console.printError(text)
        }
        Foundation.exit((code == .validationFailure ? ExitCode(.wrongUsage) : code).rawValue)
    }

    /// The answer to programs that asked for JSON and got none yet.
    private static func tellPrograms(_ entries: [ErrorEntry]) {
        let arguments = CommandLine.arguments
        let isAskedForJSON =
            arguments.contains("--format=json")
            || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
        guard isAskedForJSON, !Console.hasPrinted else { return }
        Console.showDone(ErrorDocument(entries: entries).document, .json)
    }
}

extension ExitCode {
    /// The code of a status.
    init(_ status: ExitStatus) { self.init(status.rawValue) }
}
