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

    /// What a refusal says, and the exit status; nil for errors that are none of Hale's own.
    static func refusal(of error: any Error) -> (failure: Failure, status: Int32)? {
        switch error {
        case let failure as ImportFailure: (Failure(failure), 1)
        case let problem as ImportProblem: (Failure([problem]), problem.code == .unknownPreset ? 2 : 1)
        case let failure as ModelFailure: (Failure(failure), 1)
        case let failure as RuleFailure: (Failure(failure), 1)
        case let failure as ReceiverFailure: (Failure(failure), 1)
        case let refusal as AlertActions.Refusal: (Failure([refusal.description]), 1)
        case let refusal as DayRefusal: (Failure([refusal.description]), 1)
        case let refusal as HistoryRefusal: (Failure([refusal.description]), 1)
        case let refusal as PersonErasure.Refusal: (Failure([refusal.description]), 1)
        case let refusal as HumanForecasts.Refusal: (Failure([refusal.description]), 1)
        case let refusal as Judgements.Refusal: (Failure([refusal.description]), 1)
        case let refusal as ChangeExplanation.Refusal: (Failure([refusal.description]), 1)
        case let error as PostgresError: (Failure(["\(error.code): \(error.description)"]), 1)
        case let error as StoreError: (Failure([error.description]), 1)
        case let error as ServerError: (Failure([error.description]), 1)
        case let error as WebError: (Failure([error.description]), 1)
        case let error as CommandError: (Failure([error.description]), error.status)
        default: nil
        }
    }

    private static func end(with error: any Error) -> Never {
        if let (failure, status) = refusal(of: error) { failure.end(status: status) }
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        if code == .success {
            Console.printOut(message)
            Foundation.exit(0)
        }
        // An exit code alone was said in words before.
        if !(error is ExitCode) {
            Failure([Self.message(for: error)]).printJSON()
            Console.printError(message)
        }
        Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
    }
}

extension PostgresError {
    /// The code for searching: that of the server where it gave one.
    fileprivate var code: String { sqlState.map { "HALE-DATABASE-\($0)" } ?? "HALE-DATABASE" }
}
