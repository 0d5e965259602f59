import Foundation
package import HaleDomain
package import HaleStore
import Postgres

/// Stores the forecast of a day by month, so that analysts can read its distribution in SQL; by quarter too where it is to
/// be frozen. Running it again changes nothing.
package struct ForecastStage: Sendable {
    private let database: Database

    /// A stage on a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Contracts up to which a night computes the distribution; with 110,000 it took two of the five seconds of a night.
    package static let nightlyContracts = 20_000

    /// Stores the forecast of a scored day, where the contracts are not too many for every night.
    package func runNightly(asOf day: Day) async throws {
        let contracts = try await database.withConnection { try await ForecastStore($0).contractCount() }
        if contracts <= Self.nightlyContracts { try await run(asOf: day) }
    }

    /// Stores the forecast of a scored day.
    package func run(asOf day: Day, withQuarters: Bool = false) async throws {
        try await database.withConnection { connection in
            let money = try await SettingStore(connection).reportingCurrency()
            let renewals = try await ForecastStore(connection).amounts(asOf: day)
            var periods = Dictionary(grouping: renewals) { CalendarPeriod(monthOf: $0.renewsOn ?? day) }
                .map { ($0, $1) }
            if withQuarters {
                periods += Dictionary(grouping: renewals) { CalendarPeriod(quarterOf: $0.renewsOn ?? day) }
                    .map { ($0, $1) }
            }
            let forecasts = await Self.forecasts(of: periods, unitMinor: pow(10, Double(money.minorDigits)))
            try await connection.transaction { transaction in
                try await ForecastStore(transaction).store(forecasts, asOf: day, currency: money.currency)
            }
        }
    }

    /// The distributions of all periods, side by side.
    private static func forecasts(
        of periods: [(CalendarPeriod, [ForecastRenewal])], unitMinor: Double
    ) async -> [PeriodForecast] {
        await withTaskGroup(of: PeriodForecast.self) { group in
            for (period, renewals) in periods {
                group.addTask {
                    PeriodForecast(period: period, renewals: renewals, decided: [], unitMinor: unitMinor)
                }
            }
            var forecasts: [PeriodForecast] = []
            for await forecast in group { forecasts.append(forecast) }
            return forecasts.sorted {
                ($0.period.first, $0.period.description) < ($1.period.first, $1.period.description)
            }
        }
    }
}
