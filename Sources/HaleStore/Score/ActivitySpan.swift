package import HaleDomain
import HaleSQL
package import Postgres

/// What some accounts and their people did, read once for a span of days of scoring: each of the days takes from it
/// what lies before it.
package actor ActivitySpan {
    /// The accounts.
    package nonisolated let range: AccountRange
    /// The days of scoring.
    package nonisolated let days: ClosedRange<Day>
    private let firstDay: Day
    private let connection: Connection

    private var usageRows: RowTable?
    private var championRows: RowTable?
    /// By the days that are counted and by account: its newest usage before a day of the span; nil where it had none.
    private var pastUsage: [Int: [Int64: PastUsage?]] = [:]
    /// By account: the day on which its usage begins to name people; nil where it does not before the last day.
    private var firstNamed: [Int64: Day?] = [:]
    /// By champion: whether they were ever seen before a day of the span on which nothing is known of them.
    private var championsSeen: [Int64: Bool] = [:]
    private var counts: [Int64: [MonthOfCounts]] = [:]

    /// A span of days of scoring; each day looks back `lookbackDays` at most.
    package init(_ range: AccountRange, days: ClosedRange<Day>, lookbackDays: Int, on connection: Connection) {
        self.range = range
        self.days = days
        self.connection = connection
        firstDay = days.lowerBound - max(lookbackDays, 2 * UsageTotals.days)
    }

    /// The packed months, in order of account and month; more of them than each of the days asks for.
    func usage() async throws -> RowTable {
        if let usageRows { return usageRows }
        let rows = try await connection.table(
            Statement(SQL.Features.usage), parameters + [(days.lowerBound - 2 * UsageTotals.days).postgresDate])
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

    /// What the usage of accounts says about people, from their whole history; those without usage before the day are
    /// left out.
    /// - Parameter newest: The day of an account's newest usage in the look-back; nil where there was none in it.
    func naming(
        of newest: [Int64: Day?], asOf: Day, model: HealthModel
    ) async throws -> [Int64: UsageNaming] {
        let keys = newest.keys.sorted()
        let counted = model.trend.namedShareDays
        // What was the newest usage before an earlier day of the span still is, unless there was some since.
        try await readPastUsage(
            of: keys.filter { key in
                guard let known = pastUsage[counted]?[key] else { return true }
                return (newest[key] ?? nil).map { $0 != known?.lastDay } ?? false
            }, asOf: asOf, counted: counted)
        let past = (pastUsage[counted] ?? [:]).compactMapValues(\.self)
        let named = try await namesPeople(keys.filter { past[$0]?.namedEvents == 0 }, asOf: asOf)
        var result: [Int64: UsageNaming] = [:]
        for key in keys {
            guard let past = past[key] else { continue }
            result[key] = UsageNaming(
                events: past.events, namedEvents: past.namedEvents,
                namesPeople: past.namedEvents > 0 || named.contains(key), model: model)
        }
        return result
    }

    /// The last days with usage of those accounts that had none in the look-back, as they were read for their naming.
    func lastDays(of newest: [Int64: Day?], model: HealthModel) -> [Int64: Day] {
        let past = pastUsage[model.trend.namedShareDays] ?? [:]
        var days: [Int64: Day] = [:]
        for (key, day) in newest where day == nil { days[key] = past[key].flatMap(\.self)?.lastDay }
        return days
    }

    private func readPastUsage(of keys: [Int64], asOf: Day, counted: Int) async throws {
        guard !keys.isEmpty else { return }
        let table = try await connection.table(
            Statement(SQL.Features.pastUsage), [asOf.postgresDate, keys, Int32(counted)])
        var read: [Int64: PastUsage?] = pastUsage[counted] ?? [:]
        for key in keys { read[key] = .some(nil) }
        let key = try table.integers("account_id")
        let day = try table.dates("last_day")
        let events = try table.integers("events")
        let named = try table.integers("named_events")
        for row in 0..<table.count {
            read[Int64(key[row] ?? 0)] = PastUsage(
                lastDay: Day(daysSince2000: day[row] ?? 0), events: events[row] ?? 0, namedEvents: named[row] ?? 0)
        }
        pastUsage[counted] = read
    }

    /// Those of some accounts whose usage ever named a person before a day.
    func namesPeople(_ keys: [Int64], asOf: Day) async throws -> Set<Int64> {
        let unknown = keys.filter { firstNamed[$0] == nil }
        if !unknown.isEmpty {
            let table = try await connection.table(
                Statement(SQL.Features.firstNamed), [days.upperBound.postgresDate, unknown])
            for key in unknown { firstNamed[key] = .some(nil) }
            let key = try table.integers("account_id")
            let day = try table.dates("first_day")
            for row in 0..<table.count {
                firstNamed[Int64(key[row] ?? 0)] = .some(day[row].map { Day(daysSince2000: $0) })
            }
        }
        return Set(keys.filter { key in (firstNamed[key] ?? nil).map { $0 < asOf } ?? false })
    }

    /// Which of some champions, of whom nothing is known in the look-back, were ever seen.
    /// - Parameter champions: The keys of the people and of their accounts.
    func seen(_ champions: [(account: Int64, person: Int64)], asOf: Day) async throws -> Set<Int64> {
        let unknown = champions.filter { championsSeen[$0.person] == nil }
        if !unknown.isEmpty {
            let table = try await connection.table(
                Statement(SQL.Features.championsSeen),
                [asOf.postgresDate, Array(Set(unknown.map(\.account))), unknown.map(\.person)])
            for champion in unknown { championsSeen[champion.person] = false }
            let person = try table.integers("person_id")
            for row in 0..<table.count { championsSeen[Int64(person[row] ?? 0)] = true }
        }
        return Set(champions.map(\.person).filter { championsSeen[$0] == true })
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

/// The newest usage of an account before a day.
private struct PastUsage {
    let lastDay: Day
    /// Usage rows of the days up to it.
    let events: Int
    /// Those of them that name a person.
    let namedEvents: Int
}

/// The daily counts of an account in a month.
struct MonthOfCounts: Sendable {
    /// The month's first day.
    let first: Day
    /// People, quantity, events and events that name a person, day by day.
    let counts: [[Int]]
}
