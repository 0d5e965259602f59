package import HaleDomain
import HaleSQL
import Postgres

/// What the scored accounts below a parent come to, as the parent's model rolls them up.
package struct RolledUpScore: Sendable, Equatable {
    /// How they are rolled up.
    package let kind: RollUp
    /// Scored accounts below the parent.
    package let accounts: Int
    /// Their ARR [minor units of the reporting currency].
    package let arrMinor: Int64
    /// The rolled-up score; nil where it is weighted by ARR and there is none.
    package let score: Double?
    package let band: Band?
    /// The account with the lowest score; nil where it may not be seen.
    package let worstAccountID: String?
}

extension AccountStore {
    /// What the accounts below a parent come to on a day; nil where its model does not roll up, or nothing below it is
    /// scored.
    package func rollUp(to account: String, asOf day: Day) async throws -> RolledUpScore? {
        let rows = try await connection.query(Statement(SQL.Accounts.rollUp), [day.postgresDate, account])
        guard let row = rows.first else { return nil }
        return RolledUpScore(
            kind: try row.decode("roll_up"), accounts: Int(try row.decode("accounts", as: Int64.self)),
            arrMinor: try row.decode("arr_minor"), score: try row.decodeIfPresent("score"),
            band: try row.decodeIfPresent("band"), worstAccountID: try row.decodeIfPresent("worst_account_id"))
    }
}
