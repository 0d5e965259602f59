import ArgumentParser
import Delimited
import HaleOutput
import HaleService
import HaleStore

/// `hale db repack`: packed usage anew from the raw events.
struct Repack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repack",
        abstract: "Make the packed usage anew from the raw events, perhaps in another time zone.",
        discussion: "Imports of usage wait meanwhile. Scores of days that are stored stay as they are.")

    @Option(
        name: .customLong("time-zone"), help: "Set the organisation's time zone and count every event on its day there."
    )
    var timeZone: String?

    func run() async throws {
        let summary = try await Database.use { try await RepackStage($0).run(timeZone: timeZone) }
        let months = NumberText.grouped(Int64(summary.months))
        var line = "packed \(NumberText.grouped(Int64(summary.accountMonths))) account-months of \(months) months"
        if let timeZone {
            line += "; \(NumberText.grouped(Int64(summary.movedEvents))) events lie on another day in \(timeZone)"
        }
        Console.printDone(line)
    }
}
