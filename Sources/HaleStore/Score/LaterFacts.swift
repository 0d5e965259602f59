package import HaleDomain
import HaleSQL
import Postgres

/// On which of some days facts would be seen that became known only after the day had begun: what has to be hidden to see
/// what was known then, and what does not.
package struct LaterFacts: Sendable, Hashable {
    /// Kinds of facts that have a time of knowledge.
    package enum Kind: String, Sendable, Hashable, PostgresWord {
        /// Terms of contracts.
        case contracts
        /// Support tickets.
        case tickets
        case invoices
        /// Answers to surveys.
        case responses
        /// What is known of people.
        case people
        /// Contacts with accounts.
        case touchpoints
        /// Readings of accounts by their CSMs.
        case pulses
        /// Raw usage.
        case usage
    }

    private var kindsByDay: [Day: Set<Kind>] = [:]
    /// The first day of the oldest month of which usage is hidden.
    private var usageByDay: [Day: Day] = [:]

    /// Reads on which of some days something has to be hidden.
    init(days: [Day], on connection: Connection) async throws {
        let days = Set(days).sorted()
        let rows = try await connection.query(Statement(SQL.Knowledge.laterFacts), [days.map(\.postgresDate)])
        for row in rows {
            let kind = try row.decode("kind", as: Kind.self)
            let month = try row.dayIfPresent("month")
            let first = Int(try row.decode("first", as: Int32.self))
            for day in days[(first - 1)..<Int(try row.decode("last", as: Int32.self))] {
                kindsByDay[day, default: []].insert(kind)
                if let month { usageByDay[day] = min(month, usageByDay[day] ?? month) }
            }
        }
    }

    /// What has to be hidden to see a day as it was.
    package func kinds(on day: Day) -> Set<Kind> { kindsByDay[day] ?? [] }

    /// From which day on usage has to be hidden on a day; nil where none has to be.
    func firstUsage(on day: Day) -> Day? { usageByDay[day] }

    /// Whether hiding on a day changes what accounts and their people did.
    package func concernsActivity(on day: Day) -> Bool {
        !kinds(on: day).isDisjoint(with: [.usage, .people, .touchpoints])
    }
}
