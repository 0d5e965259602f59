package import HaleDomain
import HaleSQL
package import Postgres

/// Reads the figures that the facts of tasks name.
package struct TaskFigureStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The figures of accounts on a scored day; an account that was not scored has none.
    package func figures(asOf day: Day, accounts: [Int64]) async throws -> [Int64: TaskFigures] {
        guard !accounts.isEmpty else { return [:] }
        var result: [Int64: TaskFigures] = [:]
        for row in try await connection.query(Statement(SQL.Tasks.figures), [day.postgresDate, accounts]) {
            func count(_ column: String) throws -> Int? {
                try row.decodeIfPresent(column, as: Int32.self).map(Int.init)
            }
            var figures = TaskFigures()
            figures.usageRatio = try row.decodeIfPresent("usage_ratio")
            figures.usageRatio7d = try row.decodeIfPresent("usage_ratio_7d")
            figures.silentBusinessDays = try count("silent_business_days")
            figures.championSilentBusinessDays = try count("champion_silent_business_days")
            if let score = try row.decodeIfPresent("detractor_score", as: Int16.self),
                let answered = try row.dayIfPresent("detractor_on")
            {
                figures.detractor = TaskFigures.Answer(score: Int(score), day: answered)
            }
            figures.daysRed = try count("days_red")
            figures.score = try row.decode("smoothed_score")
            figures.scoreChange7d = try row.decodeIfPresent("score_change_7d")
            figures.seatUtilisation = try row.decodeIfPresent("seat_utilisation")
            figures.overdueDays = try count("overdue_days")
            figures.coverage = try row.decode("coverage")
            figures.noticeGivenOn = try row.dayIfPresent("notice_given_on")
            result[try row.decode("account_id")] = figures
        }
        return result
    }
}
