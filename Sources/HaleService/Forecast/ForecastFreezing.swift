package import HaleDomain
package import HaleStore
import Postgres

/// Freezes the forecast of the newest scored day, so that it can be compared with what comes of it.
package struct ForecastFreezing: Sendable {
    /// What is frozen.
    package struct Frozen: Sendable, Hashable {
        package let day: Day
        package let periods: Int
        /// Renewals behind them.
        package let renewals: Int
        /// When the day was frozen before, in UTC; nil where it was not.
        package let earlier: String?
    }

    private let database: Database

    /// Freezes forecasts in a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Freezes the forecast of a day where none of its week, Monday to Sunday, is frozen yet.
    package func runWeekly(on day: Day) async throws {
        let monday = day - (Weekday.allCases.firstIndex(of: day.weekday) ?? 0)
        let isFrozen = try await database.withConnection {
            try await ForecastStore($0).frozenAt(monday...monday + 6) != nil
        }
        guard !isFrozen else { return }
        try await ForecastStage(database).run(asOf: day, withQuarters: true)
        _ = try await database.withConnection { try await ForecastStore($0).freeze(day) }
    }

    /// Freezes the newest scored day; one that is frozen stays as it is. A dry run freezes nothing.
    package func run(isDryRun: Bool = false) async throws -> Frozen {
        guard let day = try await database.withConnection({ try await ScoreCalendar($0).newest() }) else {
            throw StoreError.refused("no day was scored yet: run hale score")
        }
        if !isDryRun { try await ForecastStage(database).run(asOf: day, withQuarters: true) }
        return try await database.withConnection { connection in
            let store = ForecastStore(connection)
            let earlier = try await store.frozenAt(day...day)
            if isDryRun || earlier != nil {
                let report = try await ForecastReport.read(asOf: day, reach: .everything, on: connection)
                let periods = (report.periods(by: .month) + report.periods(by: .quarter)).filter {
                    !$0.renewals.isEmpty
                }
                return Frozen(day: day, periods: periods.count, renewals: report.renewals.count, earlier: earlier)
            }
            let (periods, renewals) = try await store.freeze(day)
            return Frozen(day: day, periods: periods, renewals: renewals, earlier: nil)
        }
    }
}
