import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleService
import HaleStore

/// `hale retention`: what became of the ARR and of the customers.
struct Retention: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "What became of the ARR: gross, net and logo retention, cohorts, how long customers stay.",
        discussion:
            "Without a range the twelve whole months before the day. Amounts are told at the rates of the range's "
            + "beginning; new customers are no part of any rate.")

    @Option(help: "The first month, such as 2026-01, or a day.")
    var from: MonthOrDay?

    @Option(help: "The last month, or the last day.")
    var to: MonthOrDay?

    @Option(help: "A year, quarter or month: 2026, 2026Q4, 2026-11.")
    var period: CalendarPeriod?

    @Option(
        help: ArgumentHelp(
            "List segments (the usual), months, cohorts of customers by when they began, or accounts with what they are "
                + "worth."))
    var by: RetentionListing?

    @Option(help: "What the customers who began in it make a cohort: year, quarter or month.")
    var cohorts: RetentionStore.CohortUnit = .year

    @Option(help: "Only the customers of this segment.")
    var segment: String?

    @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
    var asOf: Day?

    @Option(
        help: ArgumentHelp(
            "Draw what became of the ARR, and how long customers stay, into an SVG file; - prints it. "
                + "With --by segment or month the change of each."))
    var svg: String?

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard period == nil || from == nil && to == nil else {
            throw ValidationError("give --period, or --from and --to, not both")
        }
        guard (from == nil) == (to == nil) else { throw ValidationError("--from and --to go together") }
        guard svg == nil || by == nil || by == .segment || by == .month else {
            throw ValidationError("--svg draws segments or months: leave --by \(by?.rawValue ?? "") out, or --svg")
        }
        if let from, let to, from.first >= to.before { throw ValidationError("--from is after --to") }
    }

    private var range: CalendarPeriod? {
        guard let from, let to else { return period }
        return CalendarPeriod(from: from.first, before: to.before)
    }

    func run() async throws {
        let report = try await Database.use { database in
            try await database.withConnection { connection in
                let day = try await AccountStore(connection).day(asOf)
                return try await RetentionReport.read(
                    asOf: day, in: range, segment: segment, cohortsBy: cohorts, on: connection)
            }
        }
        let document = RetentionDocument(report: report, listing: by ?? .segment)
        if let svg {
            let picture = document.picture(by: by).svg(above: document.survivalPicture)
            guard try SVGFile.write(picture, to: svg) else { return }
        }
        Console.show(document.document, output.format)
    }
}

/// A month such as 2026-01, or a day.
struct MonthOrDay: ExpressibleByArgument {
    /// Its first day.
    let first: Day
    /// The day after its last one.
    let before: Day

    init?(argument: String) {
        if let day = Day(argument: argument) {
            (first, before) = (day, day + 1)
        } else if argument.utf8.count == 7, let month = CalendarPeriod(argument: argument) {
            (first, before) = (month.first, month.before)
        } else {
            return nil
        }
    }
}

extension RetentionListing: ExpressibleByArgument {}
