import HaleDomain
import HaleSQL
import Postgres

/// Names the exchange rate for want of which an amount is not known.
struct MissingRate {
    let connection: Connection

    /// Refuses rows that lack an amount, by the currency and day of the first rate that is missing. `days` are those at
    /// whose rates the amounts are told, `last` is the last day of the contracts that count.
    func refuse(_ rows: [Row], without column: String, on days: [Day], last: Day) async throws {
        for row in rows where try row.decodeIfPresent(column, as: Int64.self) == nil {
            throw try await refusal(on: days, last: last)
        }
    }

    /// What is said of it.
    func refusal(on days: [Day], last: Day) async throws -> StoreError {
        let rows = try await connection.query(
            Statement(SQL.Retention.missingRate), [days.map(\.postgresDate), last.postgresDate])
        guard let row = rows.first else {
            return .refused("an amount is too large in the reporting currency: look at the exchange rates")
        }
        let currency = try row.decode("currency", as: String.self)
        guard try row.decodeIfPresent("reporting", as: String.self) != nil else {
            return .noReportingCurrency([currency])
        }
        return .missingRate(currency: currency, day: try row.day("day").description)
    }
}
