import ArgumentParser
import Foundation
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleOutput
import HaleService
import HaleStore

/// `hale score`: computes the scores of a day or of a range of days.
struct Score: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract:
            "Score every account for a day (default today) from the facts before it; running it again changes nothing.",
        discussion: "Today, in the organisation's time zone, is the last day that can be scored.")

    @Option(name: .customLong("as-of"), help: "The day, YYYY-MM-DD.")
    var asOf: Day?

    @Option(help: "The first day of a range.")
    var from: Day?

    @Option(help: "The last day of the range.")
    var to: Day?

    @Flag(
        help: ArgumentHelp(
            "Only the accounts whose facts changed since the day was scored, with that day's portfolio figures.",
            discussion: "Scores all where the day was not scored yet, or where something changed that every score "
                + "depends on: features, holidays, exchange rates or settings."))
    var changed = false

    @Flag(help: "Compute days anew even where nothing changed since they were scored.")
    var again = false

    @Flag(
        name: .customLong("no-alerts"),
        help: "Leave alerts as they are; the next run without this takes them through the days that they have not seen."
    )
    var leavesAlerts = false

    @Option(help: "Only these accounts, with the day's portfolio figures: separated by commas.")
    var accounts: String?

    @Option(
        name: .customLong("known-at"),
        help: ArgumentHelp(
            "Score as it would have been from what was known at a day's beginning or an instant; nothing is stored.",
            discussion:
                "Takes the scores of \(KnownAtScore.replayedDays) days before along, so that smoothing is that "
                + "of the time too."))
    var knownAt: KnowledgeTime?

    @Option(
        help: ArgumentHelp(
            "Take a scored day back, as if it had never been scored; facts stay.",
            discussion:
                "Its scores, figures, tasks and forecast go, and later days are smoothed again without it. Alerts "
                + "are as they were before, where it is the newest day that they have seen. What was sent stays sent."))
    var forget: Day?

    @Flag(name: .customLong("dry-run"), help: "With --forget: say what would come of it, and change nothing.")
    var dryRun = false

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        if forget != nil {
            guard asOf == nil, from == nil, to == nil, !changed, !again, accounts == nil, knownAt == nil, !leavesAlerts
            else { throw ValidationError("--forget goes with --dry-run alone") }
        }
        guard !dryRun || forget != nil else { throw ValidationError("--dry-run goes with --forget") }
        if knownAt != nil, from != nil || changed || accounts != nil {
            throw ValidationError("--known-at goes with --as-of alone")
        }
        guard (from == nil) == (to == nil) else { throw ValidationError("--from and --to go together") }
        if let from, let to, from > to { throw ValidationError("--from \(from) is after --to \(to)") }
        guard asOf == nil || from == nil else { throw ValidationError("give --as-of, or --from and --to, not both") }
        guard !changed || accounts == nil else { throw ValidationError("give --changed or --accounts, not both") }
        guard !again || !changed && accounts == nil && knownAt == nil else {
            throw ValidationError("--again goes with --as-of, or --from and --to, alone")
        }
        guard accounts == nil || !ids.isEmpty else { throw ValidationError("--accounts names no account") }
    }

    func run() async throws {
        if let forget { return try await takeBack(forget) }
        if let knownAt {
            let document = try await Database.use { database in
                let day = try await database.withConnection { connection in
                    let store = AccountStore(connection)
                    try await store.requireReached(asOf)
                    return if let asOf { asOf } else { try await store.today() }
                }
                let outcome = try await KnownAtScore(database, models: .inForce(database)).run(
                    asOf: day, knownAt: knownAt.text)
                return KnownAtDocument(day: day, outcome: outcome).document
            }
            Console.show(document, output.format)
            return
        }
        let rules = try RuleLibrary.ofThisWorkspace()
        let (outcome, early) = try await Database.use { database in
            let (today, early) = try await database.withConnection { connection in
                let today = try await AccountStore(connection).today()
                return (today, try await ScoreCalendar(connection).days(from: today + 1))
            }
            let first = from ?? asOf ?? today
            let last = to ?? asOf ?? today
            let run = DayRun(
                database, models: try await .inForce(database), rules: rules, fleetGuard: try Settings.fleetGuard(),
                verdictGuard: try Settings.verdictGuard(), announcing: try .ofThisWorkspace(), today: today)
            let scope = try await scope(in: database)
            let outcome = try await run.run(from: first, to: last, scope: scope, leavesAlerts: leavesAlerts) { day in
                guard Console.showsProgress, first < last else { return }
                Console.drawProgress("\r\u{1B}[Kscored \(day)")
            }
            return (outcome, early)
        }
        Console.endProgress()
        report(early: early, outcome.scores)
        for scored in outcome.scores {
            if let reason = scored.widening?.sentence {
                Console.printError("\(scored.day): \(reason), all are scored")
            }
        }
        Console.showDone(document(outcome.scores), output.format)
        try outcome.reportAlerts()
    }

    private func takeBack(_ day: Day) async throws {
        let outcome = try await Database.use { database in
            let today = try await database.withConnection { try await AccountStore($0).today() }
            return try await DayForgetting(
                database, models: try await .inForce(database), rules: try .ofThisWorkspace(),
                announcing: try .ofThisWorkspace()
            ).run(day, today: today, isDryRun: dryRun)
        }
        Console.show(DayForgettingDocument(outcome: outcome, isDryRun: dryRun).document, output.format)
    }

    /// What somebody should know of the days beside what was scored.
    private func report(early: [Day], _ outcomes: [ScoreStage.Outcome]) {
        if let last = early.last {
            let days = early.count == 1 ? "\(last) was" : "\(early.count) days up to \(last) were"
            Console.printError("hale: \(days) scored before coming: run hale score --forget \(last)")
        }
        var unscored: [String] = []
        for one in outcomes.flatMap(\.unscored) {
            let line = "\(one.account) is not scored: \(one.reason)"
            if !unscored.contains(line) { unscored.append(line) }
        }
        for line in unscored.prefix(Self.shownUnscored) { Console.printError("hale: \(line)") }
        if unscored.count > Self.shownUnscored {
            Console.printError("hale: and \(unscored.count - Self.shownUnscored) more")
        }
        if outcomes.allSatisfy({ $0.accounts == 0 && $0.keys == nil }) {
            Console.printError("no account is known yet, so nothing was scored: hale import accounts")
        }
    }

    /// Accounts that are named because they cannot be scored; the rest is counted.
    private static let shownUnscored = 20

    private var ids: [String] {
        (accounts ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private func scope(in database: Database) async throws -> ScoreStage.Scope {
        if changed { return .changed }
        guard accounts != nil else { return again ? .all : .needed }
        var found: [String] = []
        for id in ids { found.append(try await database.account(id)) }
        return .accounts(found)
    }

    private func document(_ outcomes: [ScoreStage.Outcome]) -> Document {
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

extension ScoreStage.Widening {
    /// Why all accounts were scored.
    fileprivate var sentence: String {
        switch self {
        case .notScoredBefore: "nothing is known of an earlier run of this day"
        case .common(let what): "changed since the last run: \(what.map(\.rawValue).joined(separator: ", "))"
        }
    }
}
