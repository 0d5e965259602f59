import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleService
import HaleStore

extension Accounts {
    /// `hale accounts why`
    struct Why: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "why",
            abstract: "Why an account's score is another one than on an earlier day, without a rest.")

        @Argument(help: ArgumentHelp(LookUp.accountHelp))
        var account: String

        @Option(help: "The earlier day, as a date or as days before the later one, such as 7d.")
        var since: EarlierDay

        @Option(name: .customLong("as-of"), help: "The later day; the newest scored one when not given.")
        var asOf: Day?

        @OptionGroup var output: FormatOption

        func run() async throws {
            let document = try await Database.use { database in
                let account = try await database.account(account)
                let (day, health) = try await database.withConnection { connection in
                    let store = AccountStore(connection)
                    let day = try await store.day(asOf)
                    return (day, try await store.health(asOf: day, accounts: [account]).first)
                }
                guard let health else { throw CommandError.unknownAccount(account) }
                let earlier = try since.day(before: day)
                let outcome = try await ChangeExplanation(database).run(
                    account: account, since: earlier, to: day)
                return AccountWhyDocument(
                    name: health.name, account: account, since: earlier, day: day, outcome: outcome
                ).document
            }
            Console.show(document, output.format)
        }
    }
}

/// A day that is earlier than another: a date, or a number of days before it.
enum EarlierDay: ExpressibleByArgument {
    case on(Day)
    case daysBefore(Int)

    /// The most days before another: two hundred years.
    private static let mostDays = 73_000

    init?(argument: String) {
        if let day = Day(argument: argument) {
            self = .on(day)
        } else if argument.hasSuffix("d"), let days = Int(argument.dropLast()),
            (1...Self.mostDays).contains(days)
        {
            self = .daysBefore(days)
        } else {
            return nil
        }
    }

    /// The day; refused where it would lie in a year that no day may have.
    func day(before later: Day) throws -> Day {
        switch self {
        case .on(let day): return day
        case .daysBefore(let days):
            let day = later - days
            guard Day.acceptedYears.contains(day.components.year) else {
                throw CommandError.badSetting(
                    "--since \(days)d before \(later) is before \(Day.acceptedYears.lowerBound): give fewer days")
            }
            return day
        }
    }
}
