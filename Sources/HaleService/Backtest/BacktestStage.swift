package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Judges the score by the renewals that were decided: looks at what was known of each, and foretells it from that and
/// from what had been decided by then (mathematics §2).
package struct BacktestStage: Sendable {
    /// What a backtest comes to.
    package struct Result: Sendable {
        /// Days before the decisions.
        package let leadDays: Int
        /// The newest day of what is known.
        package let day: Day
        /// Every decided renewal, and how many of them are left out and why.
        package let renewals: EvidenceStore.Renewals
        /// What was looked at now.
        package let looked: EvidenceStage.Outcome
        /// The figures.
        package let report: BacktestReport
        /// Renewals that can be looked after of those foretold.
        package let capacity: Int
        /// Share of the facts whose time of knowledge is assumed; nil without facts.
        package let assumedKnowledge: Double?
    }

    private let database: Database
    private let models: ModelSet

    /// A backtest of a database under the models in force.
    package init(_ database: Database, models: ModelSet) {
        self.database = database
        self.models = models
    }

    /// Runs it; what was looked at before is not looked at again unless that is asked for, and a run that was interrupted
    /// is gone on with. It changes no forecast: whether what was found bears a higher rung is for the next night to say.
    /// - Parameter capacity: Accounts that can be looked after of those foretold; else what the CSMs' minutes allow in
    ///   the months in which the renewals were decided.
    package func run(
        leadDays: Int, capacity: Int? = nil, again: Bool = false, onDay: (Int, Int) async throws -> Void = { _, _ in }
    ) async throws -> Result {
        let looked = try await EvidenceStage(database, models: models).run(
            leadDays: leadDays, again: again, onDay: onDay)
        return try await database.withConnection { connection in
            let store = EvidenceStore(connection)
            let day = try await AccountStore(connection).today()
            let renewals = try await store.renewals(before: day + 1, leadDays: leadDays)
            let months = Set(renewals.rows.map(\.renewal.decidedOn.firstOfMonth)).count
            let contacts = try await store.monthlyContacts() * months
            let allowed = max(1, min(renewals.rows.count, capacity ?? contacts))
            return Result(
                leadDays: leadDays, day: day, renewals: renewals, looked: looked,
                report: BacktestReport(renewals.rows, capacity: allowed), capacity: allowed,
                assumedKnowledge: try await store.assumedKnowledge())
        }
    }
}
