import ArgumentParser
import HaleDomain
import HaleService
import HaleStore
import HaleTerminal

/// `hale score`: computes the scores of a day or of a range of days.
struct Score: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Score every account for a day (default today) from the facts before it; running it again changes nothing.")

    @Option(name: .customLong("as-of"), help: "The day, YYYY-MM-DD.")
    var asOf: Day?

    @Option(help: "The first day of a range.")
    var from: Day?

    @Option(help: "The last day of the range.")
    var to: Day?

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard (from == nil) == (to == nil) else { throw ValidationError("--from and --to go together") }
        if let from, let to, from > to { throw ValidationError("--from \(from) is after --to \(to)") }
        guard asOf == nil || from == nil else { throw ValidationError("give --as-of, or --from and --to, not both") }
    }

    func run() async throws {
        let outcomes = try await Database.use { database in
            let today = try await database.withConnection { try await AccountStore($0).today() }
            let first = from ?? asOf ?? today
            let last = to ?? asOf ?? today
            return try await DayRun(database).run(from: first, to: last) { day in
                guard Console.showsProgress, first < last else { return }
                Console.drawProgress("\r\u{1B}[Kscored \(day)")
            }
        }
        Console.endProgress()
        Console.show(document(outcomes), output.format)
    }

    private func document(_ outcomes: [ScoringStage.Outcome]) -> Document {
        var table = Table([
            Column("day", content: .date), Column("accounts", content: .number), Column("new", content: .number),
            Column("changed", content: .number), Column("as before", key: "unchanged", content: .number),
        ])
        for outcome in outcomes {
            table.append([
                .date(outcome.day.description), .count(outcome.accounts), .count(outcome.changes.inserted),
                .count(outcome.changes.updated + outcome.changes.deleted), .count(outcome.changes.unchanged),
            ])
        }
        return Document(
            table: table,
            json: [
                "days": .array(
                    outcomes.map { outcome in
                        [
                            "day": .string(outcome.day.description), "accounts": .init(outcome.accounts),
                            "inserted": .init(outcome.changes.inserted),
                            "updated": .init(outcome.changes.updated + outcome.changes.deleted),
                            "unchanged": .init(outcome.changes.unchanged),
                            "smoothedAgain": .init(outcome.smoothedAgain),
                        ]
                    })
            ])
    }
}
