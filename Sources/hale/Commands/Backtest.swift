import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleService
import HaleStore

/// `hale backtest`: whether the score would have foretold the renewals that were decided.
struct Backtest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Whether the score would have foretold your own renewals, from what was known before them.",
        discussion:
            "Every decided renewal is foretold from the facts that were recorded by then and from what had been decided "
            + "by then. What is found is kept, so a run that was interrupted goes on where it stopped, and renewal "
            + "probabilities learn from it.")

    @Option(name: .customLong("lead-days"), help: "Days before a decision that it is foretold: 90, 180, 30 or another.")
    var leadDays = CalibrationStage.leadDays

    @Option(help: "Accounts that can be looked after of those foretold; else what the CSMs' minutes allow.")
    var capacity: Int?

    @Flag(help: "Look at renewals again that were looked at, such as after facts were imported late.")
    var again = false

    @Option(help: "Draw the reliability of the probabilities into an SVG file; - prints it.")
    var svg: String?

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard (1...3_660).contains(leadDays) else { throw ValidationError("--lead-days is a number from 1 to 3660") }
        guard capacity.map({ $0 > 0 }) ?? true else { throw ValidationError("--capacity is 1 or more") }
    }

    func run() async throws {
        let started = ContinuousClock.now
        let result = try await Database.use { database in
            try await BacktestStage(database, models: try await .inForce(database)).run(
                leadDays: leadDays, capacity: capacity, again: again
            ) { done, all in
                guard Console.showsProgress else { return }
                let line = StepLine(
                    verb: "looked back to", noun: "days", done: done, all: all,
                    seconds: started.duration(to: .now).inSeconds)
                Console.drawProgress("\r\u{1B}[K" + line.text)
            }
        }
        Console.endProgress()
        let document = BacktestDocument(result: result)
        if let svg, try !SVGFile.write(document.picture.svg(), to: svg) { return }
        Console.show(document.document, output.format)
    }
}
