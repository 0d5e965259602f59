import ArgumentParser
import Foundation
import HaleService
import HaleStore
import HaleWeb
import Postgres

/// The command line of Hale.
@main
struct Hale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hale",
        abstract: "Customer-success account health: scores that explain themselves, and the morning list.",
        version: "0.1.0",
        subcommands: [
            Demo.self, Morning.self, Score.self, Accounts.self, Forecast.self, Backtest.self, Retention.self,
            Economics.self, Models.self, Alerts.self, Rules.self, Playbooks.self, Receivers.self, Deliver.self,
            People.self, Import.self, Serve.self, DatabaseCommand.self, Config.self, Doctor.self,
        ])

    /// Runs a command; exit status 0 done, 1 failed, 2 wrong usage, 3 found problems.
    static func main() async {
        OperatingSystem.ignoreBrokenPipes()
        do {
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

    private static func end(with error: any Error) -> Never {
        switch error {
        case let failure as ImportFailure: Console.fail(failure.lines)
        case let problem as ImportProblem:
            Console.fail([problem.descriptionWithCode], status: problem.code == .unknownPreset ? 2 : 1)
        case let failure as ModelFailure: Console.fail(failure.problems.map(\.description))
        case let failure as RuleFailure: Console.fail(failure.problems.map(\.description))
        case let refusal as AlertActions.Refusal: Console.fail([refusal.description])
        case let failure as ReceiverFailure: Console.fail(failure.problems.map(\.description))
        case let refusal as DayRefusal: Console.fail([refusal.description])
        case let refusal as HistoryRefusal: Console.fail([refusal.description])
        case let refusal as PersonErasure.Refusal: Console.fail([refusal.description])
        case let refusal as HumanForecasts.Refusal: Console.fail([refusal.description])
        case let refusal as Judgements.Refusal: Console.fail([refusal.description])
        case let refusal as ChangeExplanation.Refusal: Console.fail([refusal.description])
        case let error as PostgresError: Console.fail(["\(error.code): \(error.description)"])
        case let error as StoreError: Console.fail([error.description])
        case let error as ServerError: Console.fail([error.description])
        case let error as WebError: Console.fail([error.description])
        case let error as CommandError: Console.fail([error.description], status: error.status)
        default: break
        }
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        if code == .success {
            Console.printOut(message)
            Foundation.exit(0)
        }
        // An exit code alone was said in words before.
        if !(error is ExitCode) { Console.printError(message) }
        Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
    }
}

extension PostgresError {
    /// The code for searching: that of the server where it gave one.
    fileprivate var code: String { sqlState.map { "HALE-DATABASE-\($0)" } ?? "HALE-DATABASE" }
}
