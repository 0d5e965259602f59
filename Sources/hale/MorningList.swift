import HaleDocuments
import HaleDomain
import HaleFiles
import HaleOutput
import HaleService
import HaleStore
import Postgres

/// Reads the morning list, its news, the week and the team.
struct MorningList {
    /// Days ahead for which decisions are told with the news, and how many of them.
    private static let decisionDays = 60
    private static let shownDecisions = 5
    /// Working days of a week.
    private static let weekDays = 5

    private let database: Database
    private let desk: TaskDesk
    private let narrowing: Narrowing
    private let date: Day?
    private let shownDay: Day
    private let today: Day
    private let assumptions: MoneyAssumptions
    private let money: ReportMoney

    /// - Parameter date: The day; the newest scored one when not given.
    init(_ database: Database, narrowing: Narrowing, date: Day?) async throws {
        self.database = database
        self.narrowing = narrowing
        self.date = date
        (shownDay, today, assumptions, money) = try await database.withConnection { connection in
            let accounts = AccountStore(connection)
            let calendar = ScoreCalendar(connection)
            try await accounts.requireReached(date)
            guard let newest = try await calendar.newest() else { throw CommandError.nothingScored }
            if let date, try await !calendar.contains(date) { throw CommandError.notScored(date.description) }
            let settings = SettingStore(connection)
            let money = try await settings.reportingCurrency()
            return (
                date ?? newest, try await accounts.today(), try await settings.moneyAssumptions(),
                ReportMoney(currency: money.currency ?? "", exponent: money.minorDigits)
            )
        }
        desk = TaskDesk(database) { try await .inForce(database) }
    }

    /// The day, with what is new since an earlier one; nil for the list alone.
    func day(since asked: SinceDay?) async throws -> Document {
        var since: Day?
        if let asked { since = try await database.withConnection { try await self.earlier(asked, on: $0) } }
        let (tasks, stored) = try await desk.list(
            asOf: shownDay, csm: narrowing.csm, overDays: since.map { shownDay - $0 + 1 })
        var news: MorningNews?
        if let since {
            news = try await database.withConnection { try await self.news(since: since, of: stored, on: $0) }
        }
        // A past day that was asked for is no surprise to anybody.
        return MorningDocument(
            day: shownDay, today: date == nil ? today : shownDay, mornings: CSMMorning.byCSM(tasks),
            assumptions: assumptions, money: money, narrowing: narrowing, news: news
        ).document
    }

    func week() async throws -> Document {
        let days = try await database.withConnection { connection in
            try await calendar(on: connection, from: shownDay, to: shownDay + 366) { calendar, country in
                calendar.businessDays(from: shownDay, count: Self.weekDays, country: country)
            }
        }
        // The week may begin after the day whose tasks are read.
        let covers = try await desk.covers(on: Set(days + [shownDay]).sorted())
        let tasks = try await desk.tasks(
            asOf: shownDay, csm: narrowing.csm, upTo: days.last ?? shownDay, covers: covers)
        let weeks = CSMWeek.byCSM(tasks, days: days, covers: covers).filter {
            narrowing.csm == nil || $0.csm == narrowing.csm?.lowercased()
        }
        return MorningWeekDocument(day: shownDay, weeks: weeks, money: money, narrowing: narrowing).document
    }

    func team() async throws -> Document {
        // The team is everybody, whoever asks.
        let tasks = try await desk.tasks(asOf: shownDay, csm: nil)
        return MorningTeamDocument(
            day: shownDay, mornings: CSMMorning.byCSM(tasks), covers: try await desk.covers(on: [shownDay]),
            money: money
        ).document
    }

    /// - Parameter tasks: Those that are open, and those that ended since.
    private func news(since: Day, of tasks: [ListedTask], on connection: Connection) async throws -> MorningNews {
        let store = NewsStore(connection)
        let compared = try await ScoreCalendar(connection).newest(upTo: since)
        var moves: [NewsStore.Move] = []
        if let compared {
            moves = try await store.moves(asOf: shownDay, since: compared, csm: narrowing.csm)
        }
        return MorningNews(
            day: shownDay, since: since, comparedWith: compared, moves: moves,
            words: try await store.words(from: since, to: shownDay, csm: narrowing.csm),
            decisions: try await store.decisions(
                asOf: shownDay, within: Self.decisionDays, csm: narrowing.csm, limit: Self.shownDecisions),
            tasks: tasks)
    }

    private func earlier(_ asked: SinceDay, on connection: Connection) async throws -> Day {
        switch asked {
        case .yesterday: return shownDay - 1
        case .earlier(let day):
            let since = try day.day(before: shownDay)
            guard since < shownDay else {
                throw CommandError.notEarlier(option: "--since", since.description, than: shownDay.description)
            }
            return since
        case .lastWorkingDay:
            return try await calendar(on: connection, from: shownDay - 366, to: shownDay) { calendar, country in
                calendar.businessDay(before: shownDay, country: country)
            }
        }
    }

    /// Asks the calendar with the holidays of the country that most of the accounts are of.
    private func calendar<Answer>(
        on connection: Connection, from first: Day, to last: Day, _ ask: (BusinessCalendar, String?) -> Answer
    ) async throws -> Answer {
        let country = try await NewsStore(connection).homeCountry(csm: narrowing.csm)
        return ask(try await FeatureStore(connection).calendar(from: first, to: last), country)
    }
}
