import ArgumentParser
import Foundation
import HaleDocuments
import HaleDomain
import HaleService
import HaleStore

extension Forecast {
    /// `hale forecast set`
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: "Say what will come of a contract's next renewal; it stands beside what the model says.",
            discussion: "The newest word counts, until the renewal is decided. The model's figures stay as they are.")

        @Argument(help: "The contract's id.")
        var contract: String

        @Option(help: "ARR that will be renewed, such as 12000 or 12000.50; 0 for none.")
        var amount: String?

        @Option(help: "The currency of the amount; the reporting currency when not given.")
        var currency: String?

        @Option(help: "closed, commit, most_likely, best_case or at_risk.")
        var category: RenewalCategory?

        @Option(help: "Why.")
        var note: String?

        @Option(help: "E-mail of who says so; HALE_CSM when not given.")
        var by: String?

        @Flag(name: .customLong("dry-run"), help: "Say what would be kept, and keep nothing.")
        var dryRun = false

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard amount != nil || category != nil else { throw ValidationError("give --amount, --category or both") }
            guard currency == nil || amount != nil else { throw ValidationError("--currency goes with --amount") }
        }

        func run() async throws {
            let person = try Author.required(by)
            let entered = try await Database.use { database in
                let contract = try await database.withConnection { try await LookUp.contract(self.contract, on: $0) }
                return try await HumanForecasts(database).say(
                    HumanForecasts.Statement(
                        contract: contract, amount: amount, currency: currency, category: category, note: note,
                        by: person),
                    isDryRun: dryRun)
            }
            Console.showDone(
                ForecastEntryDocument(entered: entered, isDryRun: dryRun).document, output.format)
        }
    }

    /// `hale forecast freeze`
    struct Freeze: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "freeze",
            abstract: "Keep the newest day's forecast as it is, to be compared with what comes of it; weekly is usual.")

        @Flag(name: .customLong("dry-run"), help: "Say what would be frozen, and freeze nothing.")
        var dryRun = false

        @OptionGroup var output: FormatOption

        func run() async throws {
            let frozen = try await Database.use { try await ForecastFreezing($0).run(isDryRun: dryRun) }
            Console.showDone(ForecastFreezeDocument(frozen: frozen, isDryRun: dryRun).document, output.format)
        }
    }

    /// `hale forecast accuracy`
    struct Accuracy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accuracy",
            abstract: "How frozen forecasts compare with what came of them, the model beside people.")

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @OptionGroup var output: FormatOption

        func run() async throws {
            let (day, judged) = try await Database.use { database in
                try await database.withConnection { connection in
                    let day = try await AccountStore(connection).day(asOf)
                    return (day, try await ForecastStore(connection).judged(asOf: day))
                }
            }
            Console.show(ForecastAccuracyDocument(day: day, judged: judged).document, output.format)
        }
    }
}
