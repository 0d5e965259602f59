import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleService
import HaleStore

/// `hale economics`: what winning customers costs and brings.
struct Economics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "economics",
        abstract: "What customers cost and bring: cost of a lead and of a customer, lifetime value, payback.",
        discussion:
            "From imported spend and leads and from the contracts. Without a range the twelve whole months before the "
            + "day. What has no denominator is none.")

    @Option(help: "The first month, such as 2026-01.")
    var from: MonthOrDay?

    @Option(help: "The last month.")
    var to: MonthOrDay?

    @Option(help: "A year, quarter or month: 2026, 2026Q4, 2026-11.")
    var period: CalendarPeriod?

    @Option(help: "List channels or months.")
    var by: EconomicsListing = .channel

    @Option(
        name: .customLong("sales-cycle-days"),
        help: "Days from spend to customer; the median of the leads that were won when not given.")
    var salesCycleDays: Int?

    @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
    var asOf: Day?

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard period == nil || from == nil && to == nil else {
            throw ValidationError("give --period, or --from and --to, not both")
        }
        guard (from == nil) == (to == nil) else { throw ValidationError("--from and --to go together") }
        if let from, let to, from.first >= to.before { throw ValidationError("--from is after --to") }
        guard salesCycleDays.map({ (0...3_660).contains($0) }) ?? true else {
            throw ValidationError("--sales-cycle-days is a number from 0 to 3660")
        }
    }

    /// Whole months: spend is known by the month.
    private var range: CalendarPeriod? {
        let asked: CalendarPeriod? =
            if let from, let to { CalendarPeriod(from: from.first, before: to.before) } else { period }
        return asked.map {
            CalendarPeriod(
                from: $0.first.firstOfMonth, before: CalendarPeriod(monthOf: $0.before - 1).before)
        }
    }

    func run() async throws {
        let report = try await Database.use { database in
            try await database.withConnection { connection in
                let day = try await AccountStore(connection).day(asOf)
                return try await EconomicsReport.read(
                    asOf: day, in: range, cycleDays: salesCycleDays, on: connection)
            }
        }
        Console.show(EconomicsDocument(report: report, listing: by).document, output.format)
    }
}

extension EconomicsListing: ExpressibleByArgument {}
