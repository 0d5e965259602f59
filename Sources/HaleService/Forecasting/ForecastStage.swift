public import HaleDomain
public import HaleStore
import Postgres

/// Stores the forecast of a day, by month and by quarter, so that analysts can read its distribution in SQL and it can be
/// frozen; running it again changes nothing.
public struct ForecastStage: Sendable {
    private let database: Database

    /// A stage on a database.
    public init(_ database: Database) {
        self.database = database
    }

    /// Stores the forecast of a scored day.
    public func run(asOf day: Day) async throws {
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let report = try await ForecastReport.read(asOf: day, reach: .everything, on: transaction)
                let periods = (report.periods(by: .month) + report.periods(by: .quarter))
                    .filter { !$0.renewals.isEmpty }
                try await ForecastStore(transaction).store(periods, asOf: day, currency: report.currency)
            }
        }
    }
}
