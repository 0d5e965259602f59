public import HaleDomain
import HaleSQL
public import Postgres

/// What some accounts and their people did, read once for a span of days of scoring: each of the days takes from it
/// what lies before it.
public actor ActivitySpan {
    /// The accounts.
    public nonisolated let range: AccountRange
    /// The days of scoring.
    public nonisolated let days: ClosedRange<Day>
    private let firstDay: Day
    private let connection: Connection

    private var usageRows: RowTable?
    private var championRows: RowTable?
    /// By account: the day on which its usage begins; nil where it had none before the last day.
    private var firstUsage: [Int64: Day?] = [:]
    private var counts: [Int64: [MonthOfCounts]] = [:]

    /// A span of days of scoring; each day looks back `lookbackDays` at most.
    public init(_ range: AccountRange, days: ClosedRange<Day>, lookbackDays: Int, on connection: Connection) {
        self.range = range
        self.days = days
        self.connection = connection
        firstDay = days.lowerBound - lookbackDays
    }

    /// The packed months, in order of account and month; more of them than each of the days asks for.
    func usage() async throws -> RowTable {
        if let usageRows { return usageRows }
        let rows = try await connection.table(Statement(SQL.Features.usage), parameters)
        usageRows = rows
        return rows
    }

    /// The champions and the days of their contacts, in order of account and person.
    func champions() async throws -> RowTable {
        if let championRows { return championRows }
        let rows = try await connection.table(Statement(SQL.Features.champions), parameters)
        championRows = rows
        return rows
    }

    /// On which day the usage of accounts begins; those without any are left out.
    func firstUsage(of keys: [Int64]) async throws -> [Int64: Day] {
        let unknown = keys.filter { firstUsage[$0] == nil }
        if !unknown.isEmpty {
            let table = try await connection.table(
                Statement(SQL.Features.firstUsage), [days.upperBound.postgresDate, unknown])
            for key in unknown { firstUsage[key] = .some(nil) }
            let key = try table.integers("account_id")
            let day = try table.dates("first_day")
            for row in 0..<table.count {
                firstUsage[Int64(key[row] ?? 0)] = .some(day[row].map { Day(daysSince2000: $0) })
            }
        }
        return Dictionary(uniqueKeysWithValues: keys.compactMap { key in (firstUsage[key] ?? nil).map { (key, $0) } })
    }

    /// Every count of accounts, month by month.
    func counts(of keys: [Int64]) async throws -> [Int64: [MonthOfCounts]] {
        let unknown = keys.filter { counts[$0] == nil }
        if !unknown.isEmpty {
            for key in unknown { counts[key] = [] }
            let table = try await connection.table(
                Statement(SQL.Features.usageCounts), [days.upperBound.postgresDate, unknown, firstDay.postgresDate])
            let key = try table.integers("account_id")
            let month = try table.dates("month")
            let columns = try ["people", "quantity", "events", "named_events"].map { try table.integerArrays($0) }
            for row in 0..<table.count {
                counts[Int64(key[row] ?? 0), default: []].append(
                    MonthOfCounts(
                        first: Day(daysSince2000: month[row] ?? 0), counts: columns.map { $0[row] ?? [] }))
            }
        }
        return counts
    }

    private var parameters: [(any PostgresEncodable)?] {
        [days.upperBound.postgresDate, range.first, range.last, range.keys, firstDay.postgresDate]
    }
}

/// The daily counts of an account in a month.
struct MonthOfCounts: Sendable {
    /// The month's first day.
    let first: Day
    /// People, quantity, events and events that name a person, day by day.
    let counts: [[Int]]
}
