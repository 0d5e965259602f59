import ArgumentParser
import Foundation
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleService
import HaleStore

/// `hale forecast`: what the renewals will come to.
struct Forecast: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "What the renewals of some months will come to, how sure that is, and what moved.",
        subcommands: [Show.self, Set.self, Freeze.self, Accuracy.self], defaultSubcommand: Show.self)

    /// `hale forecast` and `hale forecast show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "The forecast by month, quarter, CSM or segment.",
            discussion:
                "Without a period from the month of the oldest renewal that is past due to twelve months on. Expansion "
                + "is no part of it.")

        @Option(help: "The renewals of a year, quarter or month: 2026, 2026Q4, 2026-11.")
        var period: CalendarPeriod?

        @Option(help: "The renewals from this day on.")
        var from: Day?

        @Option(help: "The renewals up to this day.")
        var to: Day?

        @Option(help: "Add up by month, quarter, csm or segment.")
        var by: ForecastReport.Grouping = .month

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @OptionGroup var filter: AccountFilter

        @Option(help: "What moved since this day, as a date or as days before, such as 7d.")
        var since: EarlierDay = .daysBefore(7)

        @Flag(help: "Every renewal behind the figures.")
        var list = false

        @Option(help: "Draw the distribution over months or quarters, and what moved, into an SVG file; - prints it.")
        var svg: String?

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard period == nil || from == nil && to == nil else {
                throw ValidationError("give --period, or --from and --to, not both")
            }
            guard (from == nil) == (to == nil) else { throw ValidationError("--from and --to go together") }
            guard svg == nil || by == .month || by == .quarter else {
                throw ValidationError(
                    "--svg draws months or quarters: leave --by \(by.rawValue) out, or --svg")
            }
            if let from, let to, from > to { throw ValidationError("--from \(from) is after --to \(to)") }
        }

        private var range: CalendarPeriod? {
            guard let from, let to else { return period }
            return CalendarPeriod(from: from, before: to + 1)
        }

        /// The forecast as it is printed without any option, of the newest scored day up to a day.
        static func document(_ database: Database, asOf day: Day) async throws -> Document {
            try await database.withConnection { connection in
                let report = try await ForecastReport.read(asOf: day, on: connection)
                let moved = try await report.moved(
                    since: try EarlierDay.daysBefore(7).day(before: day), among: { _, _ in true }, on: connection)
                return ForecastDocument(
                    report: report, grouping: .month, moved: moved, showsList: false,
                    narrowing: Narrowing(csm: nil, segment: nil)
                ).document
            }
        }

        func run() async throws {
            let (report, moved, narrowing) = try await Database.use { database in
                try await database.withConnection { connection in
                    let day = try await AccountStore(connection).day(asOf)
                    let narrowing = try await filter.narrowing(on: connection)
                    let whole = try await ForecastReport.read(
                        asOf: day, in: range, reach: by == .quarter ? .quarters : .year, on: connection)
                    let report = whole.narrowed(to: narrowing.includes)
                    let moved = try await report.moved(
                        since: try since.day(before: day), among: narrowing.includes, on: connection)
                    return (report, moved, narrowing)
                }
            }
            if let svg {
                let picture = ForecastPicture(report: report, moved: moved, grouping: by)
                guard try SVGFile.write(picture.svg, to: svg) else { return }
            }
            Console.show(
                ForecastDocument(report: report, grouping: by, moved: moved, showsList: list, narrowing: narrowing)
                    .document, output.format)
        }
    }
}
