package import HaleDomain
import HaleStore
package import Postgres

/// What moved between an earlier forecast and this one.
package struct MovedForecast: Sendable {
    /// The earlier day: the newest scored one up to the day that was asked for.
    package let since: Day
    /// The day of this forecast.
    package let day: Day
    /// What both days stand on; nil where one of them stands on nothing yet.
    package let formulas: ForecastMovement.Formulas?
    /// What moved, contract by contract.
    package let movement: ForecastMovement
}

extension ForecastReport {
    /// What moved in the range since an earlier day, among the renewals of some CSMs and segments; nil where no day up to
    /// then was scored.
    package func moved(
        since asked: Day, among isWanted: (_ csm: String?, _ segment: String?) -> Bool = { _, _ in true },
        on connection: Connection
    ) async throws -> MovedForecast? {
        let oldest = asked - Self.mostDaysBack
        guard let since = try await ScoreCalendar(connection).days(from: oldest, to: asked).last else { return nil }
        let store = ForecastStore(connection)
        let before = try await store.renewals(asOf: since, in: range).renewals.filter {
            isWanted($0.csm, $0.segment)
        }
        let decided = try await store.decided(asOf: day, in: range, after: since)
        let formulas: ForecastMovement.Formulas? =
            if let earlier = try await CalibrationStore(connection).formula(asOf: since), let formula {
                ForecastMovement.Formulas(before: earlier, after: formula)
            } else { nil }
        return MovedForecast(
            since: since, day: day, formulas: formulas,
            movement: ForecastMovement(
                from: before, to: renewals,
                decided: Dictionary(
                    decided.map { ($0.contractID, $0.isRenewed) }, uniquingKeysWith: { _, last in last }),
                formulas: formulas))
    }

    /// How much older than asked for the earlier day may be.
    private static let mostDaysBack = 31
}
