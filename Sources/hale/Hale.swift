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

    /// What a refusal says, a problem a line, and the exit status; nil for errors that are none of Hale's own.
    static func refusal(of error: any Error) -> (lines: [String], status: Int32)? {
        switch error {
        case let failure as ImportFailure: (failure.lines, 1)
        case let problem as ImportProblem:
            (problem.all.map(\.descriptionWithCode), problem.code == .unknownPreset ? 2 : 1)
        case let failure as ModelFailure: (failure.problems.map(\.description), 1)
        case let failure as RuleFailure: (failure.problems.map(\.description), 1)
        case let refusal as AlertActions.Refusal: ([refusal.description], 1)
        case let failure as ReceiverFailure: (failure.problems.map(\.description), 1)
        case let refusal as DayRefusal: ([refusal.description], 1)
        case let refusal as HistoryRefusal: ([refusal.description], 1)
        case let refusal as PersonErasure.Refusal: ([refusal.description], 1)
        case let refusal as HumanForecasts.Refusal: ([refusal.description], 1)
        case let refusal as Judgements.Refusal: ([refusal.description], 1)
        case let refusal as ChangeExplanation.Refusal: ([refusal.description], 1)
        case let error as PostgresError: (["\(error.code): \(error.description)"], 1)
        case let error as StoreError: ([error.description], 1)
        case let error as ServerError: ([error.description], 1)
        case let error as WebError: ([error.description], 1)
        case let error as CommandError: ([error.description], error.status)
        default: nil
        }
    }

    private static func end(with error: any Error) -> Never {
        if let (lines, status) = refusal(of: error) { Console.fail(lines, status: status) }
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
