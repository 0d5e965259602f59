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
        abstract: "The day of a CSM: whom to call, why, what it protects, and what was cut.")

    @Option(help: "E-mail of the CSM; HALE_CSM or all CSMs when not given.")
    var csm: String?

    @Option(help: "The day; the newest scored one when not given.")
    var date: Day?

    @OptionGroup var output: FormatOption

    func run() async throws {
        let csm = try csm ?? Settings().value(.csm).text
        let document = try await Database.use { try await Self.document($0, csm: csm, date: date) }
        Console.show(document, output.format)
    }

    /// The list, also printed by `hale demo`.
    static func document(_ database: Database, csm: String?, date: Day?) async throws -> Document {
        let (day, today, csm, assumptions, money) = try await database.withConnection { connection in
            var email: String?
            if let csm, csm.lowercased() != Narrowing.everybody {
                email = try await LookUp.csm(csm, on: connection)
            }
            let accounts = AccountStore(connection)
            let calendar = ScoreCalendar(connection)
            try await accounts.requireReached(date)
            guard let newest = try await calendar.newest() else { throw CommandError.nothingScored }
            if let date, try await !calendar.contains(date) { throw CommandError.notScored(date.description) }
            let settings = SettingStore(connection)
            let money = try await settings.reportingCurrency()
            return (
                date ?? newest, try await accounts.today(), email, try await settings.moneyAssumptions(),
                ReportMoney(currency: money.currency ?? "", exponent: money.minorDigits)
            )
        }
        let model = try await ModelSet.inForce(database).fallback
        let desk = TaskDesk(database, model: model, playbooks: try .inForce())
        let tasks = try await desk.tasks(asOf: day, csm: csm)
        // A past day that was asked for is no surprise to anybody.
        return MorningDocument(
            day: day, today: date == nil ? today : day, mornings: CSMMorning.byCSM(tasks), assumptions: assumptions,
            money: money
        ).document
    }
}
