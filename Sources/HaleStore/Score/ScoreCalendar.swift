package import HaleDomain
import HaleSQL
package import Postgres

/// The calendar of scored days: those that a finished run published.
package struct ScoreCalendar: Sendable {
    private let connection: Connection

    /// The calendar as a connection sees it.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The newest scored day up to today: the organisation's, where none is given. A later one is none.
    package func newest(upTo today: Day? = nil) async throws -> Day? {
        try await connection.query(Statement(SQL.Score.newestDay), [today?.postgresDate]).first?.dayIfPresent("day")
    }

    /// Whether a day was scored.
    package func contains(_ day: Day) async throws -> Bool {
        try await !newestRuns(from: day, to: day).isEmpty
    }

    /// The scored days of a range, oldest first; without a last day all from the first on.
    package func days(from first: Day, to last: Day? = nil) async throws -> [Day] {
        try await newestRuns(from: first, to: last).map(\.day)
    }

    /// The same, each day with its newest finished run.
    package func newestRuns(from first: Day, to last: Day?) async throws -> [(day: Day, run: Int64)] {
        try await connection.query(Statement(SQL.Score.scoredDays), [first.postgresDate, last?.postgresDate])
            .map { (try $0.day("day"), try $0.decode("newest_run")) }
    }

    /// The newest day before a day that a model scored.
    package func newest(before day: Day, modelHash: String) async throws -> Day? {
        try await connection.query(Statement(SQL.Features.previousDay), [day.postgresDate, modelHash])
            .first?.dayIfPresent("day")
    }

    /// The days after a day that a model scored, oldest first.
    package func days(after day: Day, modelHash: String) async throws -> [Day] {
        try await connection.query(Statement(SQL.Score.laterDays), [day.postgresDate, modelHash])
            .map { try $0.day("day") }
    }
}
