package import HaleDomain
import HaleSQL
import Postgres

extension AlertStore {
    /// How many new alerts of each CSM receivers were told of on a day; accounts without a CSM are together under nil.
    package func announced(on day: Day) async throws -> [String?: Int] {
        var announced: [String?: Int] = [:]
        for row in try await connection.query(Statement(SQL.Alerts.announcedOn), [day.postgresDate]) {
            announced[try row.decodeIfPresent("csm")] = Int(try row.decode("alerts", as: Int64.self))
        }
        return announced
    }

    /// Notes of new alerts that receivers are told of them, or why the digest alone is.
    package func markAnnounced(
        _ alerts: [(account: Int64, alert: Int64, reason: DigestReason?)], on day: Day
    ) async throws {
        guard !alerts.isEmpty else { return }
        _ = try await connection.execute(
            Statement(SQL.Alerts.markAnnounced),
            [day.postgresDate, alerts.map(\.account), alerts.map(\.alert), alerts.map(\.reason)])
    }
}
