import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleOutput
import HaleService
import HaleStore

/// `hale morning`: the CSM's day.
struct Morning: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "morning",
        abstract: "The day of a CSM: what is new, whom to call, why, what it protects, and what was cut.")

    @Option(help: "E-mail of the CSM; HALE_CSM or all CSMs when not given.")
    var csm: String?

    @Option(help: "The day; the newest scored one when not given.")
    var date: Day?

    @Option(
        help: ArgumentHelp(
            "Tell what is new since this day: yesterday, a date, or days before, such as 7d; the last working day when not "
                + "given."))
    var since: SinceDay?

    @Flag(help: "The next five working days instead: each task once, on a day that has time for it.")
    var week = false

    @Flag(help: "The team instead: everybody's load, what it protects, and what nobody covers.")
    var team = false

    @Flag(help: "Print a page for mail.")
    var html = false

    @Flag(
        name: [.customShort("i"), .long],
        help: "Work through the list with single keys; without a terminal it is printed.")
    var interactive = false

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard !week || !team else { throw ValidationError("give --week or --team, not both") }
        guard since == nil || !week && !team else { throw ValidationError("--since goes without --week and --team") }
        guard !html || output.format == .table else { throw ValidationError("give --html or --format, not both") }
        guard !interactive || since == nil && !week && !team && !html else {
            throw ValidationError("-i goes without --since, --week, --team and --html")
        }
    }

    func run() async throws {
        if interactive, TerminalSession.isPossible, output.format == .table {
            guard date == nil else { throw MorningInteractive.Refusal.pastDay }
            return try await Database.use { try await MorningInteractive($0, csm: csm).run() }
        }
        let document = try await Database.use { database in
            let narrowing = try await database.withConnection { connection in
                try await AccountFilter.narrowing(csm: csm, on: connection)
            }
            let list = try await MorningList(database, narrowing: narrowing, date: date)
            if week { return try await list.week() }
            if team { return try await list.team() }
            return try await list.day(since: since ?? .lastWorkingDay)
        }
        if html {
            Console.printOut(HTMLText(document).text)
        } else {
            Console.show(document, output.format)
        }
    }
}

/// The day since which the morning tells the news.
enum SinceDay: ExpressibleByArgument {
    /// The last working day before.
    case lastWorkingDay
    case yesterday
    case earlier(EarlierDay)

    init?(argument: String) {
        if argument.lowercased() == "yesterday" {
            self = .yesterday
        } else if let day = EarlierDay(argument: argument) {
            self = .earlier(day)
        } else {
            return nil
        }
    }
}
