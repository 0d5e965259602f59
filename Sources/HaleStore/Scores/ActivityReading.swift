public import HaleDomain
import HaleSQL
public import Postgres

/// What some accounts and their people did before a day, one account after another in order of their keys.
public struct ActivityReading: Sendable {
    /// The accounts.
    public let accounts: [AccountActivity]

    /// Reads the activity of a range.
    public init(_ range: AccountRange, asOf: Day, model: HealthModel, on connection: Connection) async throws {
        let firstDay = asOf - model.recency.lookbackDays
        let keys: [(any PostgresEncodable)?] = [asOf.postgresDate, range.first, range.last, range.keys]
        let fromFirstDay: [(any PostgresEncodable)?] = keys + [firstDay.postgresDate]
        let starts = try await connection.table(Statement(SQL.Features.starts), keys)
        var champions = try ChampionRows(
            try await connection.table(Statement(SQL.Features.champions), fromFirstDay), asOf: asOf, model: model)
        var months = try MonthRows(
            try await connection.table(Statement(SQL.Features.usage), fromFirstDay), asOf: asOf, model: model)

        let key = try starts.integers("account_id")
        let country = try starts.texts("country")
        let startedOn = try starts.dates("started_on")
        var accounts: [AccountActivity] = []
        accounts.reserveCapacity(starts.count)
        var quiet: [Int64] = []
        var mixed: [Int64] = []
        for row in 0..<starts.count {
            let account = Int64(key[row] ?? 0)
            let read = months.next(account, champions: champions.next(account))
            var usage: AccountUsage?
            if read.activity.isEmpty {
                quiet.append(account)
            } else if read.namesAll {
                usage = .named(peopleByDay: read.people.peopleByDay, activity: read.activity)
            } else {
                mixed.append(account)
            }
            accounts.append(
                AccountActivity(
                    key: account, startedOn: startedOn[row].map { Day(daysSince2000: $0) }, country: country[row],
                    usage: usage, activePeople: read.people.activePeople,
                    champion: ChampionActivity(of: read.people.champions)))
        }
        let past = try await Self.past(quiet, asOf: asOf, on: connection)
        let series = try await Self.series(mixed, firstDay: firstDay, asOf: asOf, on: connection)
        if !past.isEmpty || !series.isEmpty {
            let silence = AccountUsage.named(
                peopleByDay: Array(repeating: 0, count: model.countedDays),
                activity: DaySet(days: model.recency.lookbackDays))
            for index in accounts.indices where accounts[index].usage == nil {
                let key = accounts[index].key
                accounts[index].usage =
                    series[key].map(AccountUsage.series) ?? (past.contains(key) ? silence : nil)
            }
        }
        self.accounts = accounts
    }

    /// Which of the accounts without usage in the look-back had some before it: theirs is silence, the others' unknown.
    private static func past(_ keys: [Int64], asOf: Day, on connection: Connection) async throws -> Set<Int64> {
        guard !keys.isEmpty else { return [] }
        let table = try await connection.table(Statement(SQL.Features.pastUsage), [asOf.postgresDate, keys])
        let key = try table.integers("account_id")
        return Set((0..<table.count).map { Int64(key[$0] ?? 0) })
    }

    /// Every count of the accounts whose usage names nobody in places.
    private static func series(
        _ keys: [Int64], firstDay: Day, asOf: Day, on connection: Connection
    ) async throws -> [Int64: UsageSeries] {
        guard !keys.isEmpty else { return [:] }
        let table = try await connection.table(
            Statement(SQL.Features.usageCounts), [asOf.postgresDate, keys, firstDay.postgresDate])
        let key = try table.integers("account_id")
        let month = try table.dates("month")
        let columns = try ["people", "quantity", "events", "named_events"].map { try table.integerArrays($0) }
        let length = asOf - firstDay
        var result: [Int64: UsageSeries] = [:]
        var row = 0
        while row < table.count {
            let account = key[row]
            var days = columns.map { _ in [Int](repeating: 0, count: length) }
            while row < table.count, key[row] == account {
                let offset = Day(daysSince2000: month[row] ?? 0) - firstDay
                for (index, column) in columns.enumerated() {
                    for (day, count) in (column[row] ?? []).enumerated() where (0..<length).contains(offset + day) {
                        days[index][offset + day] = count
                    }
                }
                row += 1
            }
            result[Int64(account ?? 0)] = UsageSeries(
                peopleByDay: days[0], quantityByDay: days[1], eventsByDay: days[2], namedEventsByDay: days[3])
        }
        return result
    }
}

/// The rows of `features/usage`, one account after another.
private struct MonthRows {
    /// The months of one account taken together.
    struct Account {
        /// The days of the look-back with usage.
        var activity: DaySet
        /// Whether all of the months' usage names a person.
        var namesAll = true
        /// Who was there when.
        var people: PeopleDays
    }

    private let key: IntegerColumn
    private let month: DateColumn
    private let activeDays: IntegerColumn
    private let namesAll: BooleanColumn
    private let personDays: BytesColumn
    private let count: Int
    private let asOf: Day
    private let model: HealthModel
    private var row = 0

    init(_ table: RowTable, asOf: Day, model: HealthModel) throws {
        key = try table.integers("account_id")
        month = try table.dates("month")
        activeDays = try table.integers("active_days")
        namesAll = try table.booleans("names_all")
        personDays = try table.bytes("person_days")
        count = table.count
        self.asOf = asOf
        self.model = model
    }

    /// The months of an account; keys must be asked for in ascending order.
    mutating func next(_ account: Int64, champions: [PeopleDays.Champion]) -> Account {
        while row < count, let other = key[row], other < account { row += 1 }
        let lookback = asOf - model.recency.lookbackDays..<asOf
        var read = Account(
            activity: DaySet(days: model.recency.lookbackDays),
            people: PeopleDays(asOf: asOf, model: model, champions: champions))
        while row < count, let other = key[row], other == account {
            let first = Day(daysSince2000: month[row] ?? 0)
            let days = UInt32(truncatingIfNeeded: activeDays[row] ?? 0) & MonthDays.mask(of: first, in: lookback)
            read.activity.insert(month: days, firstDaysBefore: asOf - first)
            read.namesAll = read.namesAll && namesAll[row] ?? false
            read.people.beginMonth(first)
            personDays.forEachPair(row) { person, days in read.people.add(person, days: days) }
            row += 1
        }
        read.people.endMonth()
        return read
    }
}

/// The rows of `features/champions`, one account after another.
private struct ChampionRows {
    private let key: IntegerColumn
    private let person: IntegerColumn
    private let hasLeft: BooleanColumn
    private let contactOn: DateColumn
    private let count: Int
    private let asOf: Day
    private let lookbackDays: Int
    private var row = 0

    init(_ table: RowTable, asOf: Day, model: HealthModel) throws {
        key = try table.integers("account_id")
        person = try table.integers("person_id")
        hasLeft = try table.booleans("has_left")
        contactOn = try table.dates("contact_on")
        count = table.count
        self.asOf = asOf
        lookbackDays = model.recency.lookbackDays
    }

    /// The champions of an account with the days they replied or met us; keys must be asked for in ascending order.
    mutating func next(_ account: Int64) -> [PeopleDays.Champion] {
        while row < count, let other = key[row], other < account { row += 1 }
        var champions: [PeopleDays.Champion] = []
        while row < count, let other = key[row], other == account {
            let number = person[row]
            var champion = PeopleDays.Champion(
                person: Int64(number ?? 0), hasLeft: hasLeft[row] ?? false, days: DaySet(days: lookbackDays))
            while row < count, key[row] == other, person[row] == number {
                if let day = contactOn[row] { champion.days.insert(daysBefore: asOf - Day(daysSince2000: day)) }
                row += 1
            }
            champions.append(champion)
        }
        return champions
    }
}
