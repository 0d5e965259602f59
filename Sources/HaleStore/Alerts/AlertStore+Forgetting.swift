package import HaleDomain
import HaleSQL
import Postgres

extension AlertStore {
    /// What receivers were told of an alert because of a day.
    package struct Told: Sendable {
        /// How many messages told it, or are on their way.
        package let messages: Int
        /// Whether the newest says that the alert fires.
        package let isFiring: Bool
    }

    /// What receivers were told because of a day, by the number of the alert.
    package func told(on day: Day) async throws -> [Int64: Told] {
        var told: [Int64: Told] = [:]
        for row in try await connection.query(Statement(SQL.Alerts.toldOn), [day.postgresDate]) {
            told[try row.decode("alert_id")] = Told(
                messages: Int(try row.decode("messages", as: Int64.self)),
                isFiring: try row.decode("newest_kind", as: AlertStatus.self) == .firing)
        }
        return told
    }

    /// Takes back what a day made of alerts of which nobody was told, and the alerts that go with it.
    package func forgetEvents(of day: Day, toldOf told: [Int64], removing alerts: [Int64]) async throws {
        _ = try await connection.query(Statement(SQL.Alerts.forgetEvents), [day.postgresDate, told, alerts])
    }

    /// Lets rules stand where they stood before a day, the newest that they have seen.
    package func rewindStandings(before day: Day) async throws {
        _ = try await connection.execute(Statement(SQL.Alerts.rewindStandings), [day.postgresDate])
    }
}
