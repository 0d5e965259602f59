package import HaleDomain
import HaleSQL
package import Postgres

/// Keeps the bands that people set.
package struct OverrideStore: Sendable {
    /// An override with its account and what became of it.
    package struct Entry: Sendable, Equatable {
        /// The account's id as imported.
        package let accountID: String
        /// The account's name.
        package let name: String
        /// The account's segment.
        package let segment: String?
        /// E-mail of its CSM.
        package let csm: String?
        /// What was set.
        package let override: BandOverride
        /// The first day without it, where it was taken back.
        package let endedOn: Day?
        /// Who took it back.
        package let endedBy: String?
        /// Whether it holds on the day asked for.
        package let isInForce: Bool
        /// The computed band of the day, where it was scored.
        package let computedBand: Band?
        /// The band that people see on the day; nil where it was not scored.
        package let shownBand: Band?
    }

    /// An override with what happened since.
    package struct Outcome: Sendable, Equatable {
        /// The account's id as imported.
        package let accountID: String
        /// The account's name.
        package let name: String
        /// What was set.
        package let override: BandOverride
        /// The last day on which it held or will hold.
        package let lastOn: Day
        /// What the verdict follows from.
        package let facts: OverrideVerdict.Facts

        /// The verdict and what it rests on.
        package var judgement: (verdict: OverrideVerdict, evidence: OverrideVerdict.Evidence?) {
            OverrideVerdict.judge(facts)
        }
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Sets the band of an account; returns how many earlier overrides end with that, nil for an unknown account.
    package func set(_ override: BandOverride, of account: String) async throws -> Int? {
        let rows = try await connection.query(
            Statement(SQL.Accounts.setOverride),
            [
                account, override.band, override.startsOn.postgresDate, override.untilOn.postgresDate,
                override.reason, override.setBy,
            ])
        return try rows.first.map { Int(try $0.decode("ended", as: Int64.self)) }
    }

    /// Takes back what holds of an account's band on a day or later; returns what that was.
    package func end(of account: String, on day: Day, by person: String) async throws -> [BandOverride] {
        try await connection.query(Statement(SQL.Accounts.endOverride), [account, day.postgresDate, person])
            .map(Self.override)
    }

    /// Overrides that began up to a day, newest first: of all accounts or of some, those in force or all.
    package func entries(asOf day: Day, accounts: [String]? = nil, includesEnded: Bool) async throws -> [Entry] {
        let rows = try await connection.query(
            Statement(SQL.Accounts.overrides), [day.postgresDate, accounts, includesEnded])
        return try rows.map { row in
            Entry(
                accountID: try row.decode("account_id"), name: try row.decode("name"),
                segment: try row.decodeIfPresent("segment"), csm: try row.decodeIfPresent("csm"),
                override: try Self.override(row), endedOn: try row.dayIfPresent("ended_on"),
                endedBy: try row.decodeIfPresent("ended_by"), isInForce: try row.decode("is_in_force"),
                computedBand: try row.decodeIfPresent("computed_band"),
                shownBand: try row.decodeIfPresent("shown_band"))
        }
    }

    /// The overrides in force on a day by the key of their account, as they are known or were known at an instant.
    package func inForce(on day: Day, knownAt instant: String? = nil) async throws -> [Int64: BandOverride] {
        var overrides: [Int64: BandOverride] = [:]
        for row in try await connection.query(Statement(SQL.Accounts.overridesInForce), [day.postgresDate, instant]) {
            overrides[try row.decode("account_id")] = try Self.override(row)
        }
        return overrides
    }

    /// Every override that ever held up to a day with what happened since, newest first.
    package func outcomes(asOf day: Day) async throws -> [Outcome] {
        try await connection.query(Statement(SQL.Accounts.overrideOutcomes), [day.postgresDate]).map { row in
            let override = try Self.override(row)
            return Outcome(
                accountID: try row.decode("account_id"), name: try row.decode("name"), override: override,
                lastOn: try row.day("last_on"),
                facts: OverrideVerdict.Facts(
                    band: override.band, computedFirst: try row.decodeIfPresent("computed_first"),
                    computedLast: try row.decodeIfPresent("computed_last"), isOver: try row.decode("is_over"),
                    isRenewed: try row.decodeIfPresent("outcome", as: RenewalOutcome.self).map { $0 == .renewed }))
        }
    }

    private static func override(_ row: Row) throws -> BandOverride {
        BandOverride(
            band: try row.decode("band"), startsOn: try row.day("starts_on"), untilOn: try row.day("until_on"),
            reason: try row.decode("reason"), setBy: try row.decode("set_by"))
    }
}
