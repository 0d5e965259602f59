public import HaleDomain
import HaleSQL
public import Postgres

/// The usage of some accounts before a day, one after another in order of their keys.
public struct UsageReading: Sendable {
    /// One account.
    public struct Account: Sendable {
        /// Key of the account.
        public let key: Int64
        /// Since when it is a customer; nil if that is unknown.
        public let startedOn: Day?
        /// Country whose holidays count.
        public let country: String?
        /// Its usage; nil if none was ever recorded.
        public let usage: AccountUsage?
    }

    /// The accounts.
    public let accounts: [Account]

    /// Reads the usage of a range.
    public init(_ range: AccountRange, asOf: Day, model: HealthModel, on connection: Connection) async throws {
        let firstDay = asOf - model.recency.lookbackDays
        let countedFrom = asOf - model.countedDays
        let keys: [(any PostgresEncodable)?] = [asOf.postgresDate, range.first, range.last, range.keys]
        let starts = try await connection.table(Statement(SQL.Features.starts), keys)
        let months = try await connection.table(
            Statement(SQL.Features.usage), keys + [firstDay.postgresDate, countedFrom.postgresDate])
        var days = try NamedDays(months, firstDay: firstDay, asOf: asOf, countedDays: model.countedDays)

        let key = try starts.integers("account_id")
        let country = try starts.texts("country")
        let startedOn = try starts.dates("started_on")
        var accounts: [Account] = []
        accounts.reserveCapacity(starts.count)
        var quiet: [Int64] = []
        var mixed: [Int64] = []
        for row in 0..<starts.count {
            let account = Int64(key[row] ?? 0)
            let usage: AccountUsage?
            switch days.next(account) {
            case .named(let people, let activity): usage = .named(peopleByDay: people, activity: activity)
            case .mixed:
                mixed.append(account)
                usage = nil
            case .none:
                quiet.append(account)
                usage = nil
            }
            accounts.append(
                Account(
                    key: account, startedOn: startedOn[row].map { Day(daysSince2000: $0) }, country: country[row],
                    usage: usage))
        }
        let past = try await Self.past(quiet, asOf: asOf, on: connection)
        let series = try await Self.series(mixed, firstDay: firstDay, asOf: asOf, on: connection)
        if past.isEmpty, series.isEmpty {
            self.accounts = accounts
            return
        }
        let silence = AccountUsage.named(
            peopleByDay: Array(repeating: 0, count: model.countedDays),
            activity: DaySet(days: model.recency.lookbackDays))
        self.accounts = accounts.map { account in
            guard account.usage == nil else { return account }
            let usage = series[account.key].map(AccountUsage.series) ?? (past.contains(account.key) ? silence : nil)
            return Account(key: account.key, startedOn: account.startedOn, country: account.country, usage: usage)
        }
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

/// Unpacks the months of one account after another.
private struct NamedDays {
    enum Usage {
        case none
        case mixed
        case named([Int], DaySet)
    }

    private let key: IntegerColumn
    private let month: DateColumn
    private let activeDays: IntegerColumn
    private let people: IntegerArrayColumn
    private let namesAll: BooleanColumn
    private let count: Int
    private let firstDay: Day
    private let asOf: Day
    private let countedDays: Int
    private var row = 0

    init(_ table: RowTable, firstDay: Day, asOf: Day, countedDays: Int) throws {
        key = try table.integers("account_id")
        month = try table.dates("month")
        activeDays = try table.integers("active_days")
        people = try table.integerArrays("people")
        namesAll = try table.booleans("names_all")
        count = table.count
        self.firstDay = firstDay
        self.asOf = asOf
        self.countedDays = countedDays
    }

    /// The usage of an account; keys must be asked for in ascending order.
    mutating func next(_ account: Int64) -> Usage {
        while row < count, let other = key[row], other < account { row += 1 }
        var activity = DaySet(days: asOf - firstDay)
        var counts = [Int](repeating: 0, count: countedDays)
        var isNamed = true
        while row < count, let other = key[row], other == account {
            let first = Day(daysSince2000: month[row] ?? 0)
            // The statement has cleared the bits of days that are not asked for.
            var bits = UInt32(truncatingIfNeeded: activeDays[row] ?? 0)
            while bits != 0 {
                activity.insert(daysBefore: asOf - (first + bits.trailingZeroBitCount))
                bits &= bits - 1
            }
            isNamed = isNamed && namesAll[row] ?? false
            let offset = first - (asOf - countedDays)
            people.forEach(row) { day, value in
                if offset + day >= 0, offset + day < countedDays { counts[offset + day] = value }
            }
            row += 1
        }
        // Usage on days that are not asked for does not count, whomever it names.
        guard !activity.isEmpty else { return .none }
        return isNamed ? .named(counts, activity) : .mixed
    }
}
