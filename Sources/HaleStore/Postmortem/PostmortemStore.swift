package import HaleDomain
import HaleSQL
package import Postgres

/// A renewal that was lost.
package struct LostRenewal: Sendable, Equatable {
    /// Key of the account.
    package let accountKey: Int64
    /// The account's id as imported.
    package let accountID: String
    /// The account's name.
    package let name: String
    package let segment: String?
    /// E-mail of the responsible CSM.
    package let csm: String?
    /// The contract's id as imported.
    package let contractID: String
    /// The date that was not renewed.
    package let renewalOn: Day
    /// The day on which that was decided.
    package let lostOn: Day
    /// By which evidence it counts as lost, such as `notice` or `lapsed`.
    package let basis: String
    /// What the contract ran at [minor units]; nil without an exchange rate.
    package let arrMinor: Int64?
}

/// Something that a fact told of an account.
package struct KnownFact: Sendable, Equatable {
    /// The day on which it was so.
    package let happenedOn: Day
    /// The day on which it was recorded.
    package let knownOn: Day
    /// Such as `ticket`.
    package let kind: String
    /// What it was, in a few words.
    package let detail: String
}

/// Something that was done for an account.
package struct AccountAct: Sendable, Equatable {
    package let accountKey: Int64
    package let day: Day
    /// Such as `call`, `note` or `task done`.
    package let kind: String
    /// E-mail of who did it.
    package let by: String?
    /// In the words of whoever did it.
    package let detail: String?

    /// Whether the customer did it.
    package var isReply: Bool { kind == "reply" }
}

/// An alert that fired for an account.
package struct FiredAlert: Sendable, Equatable {
    package let accountKey: Int64
    package let number: Int64
    package let rule: String
    package let severity: String
    package let firedOn: Day
    /// The day on which it ended.
    package let resolvedOn: Day?
}

/// Reads what a post-mortem is made of.
package struct PostmortemStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The renewals that were lost in a range of days, in order of the decision.
    /// - Parameters:
    ///   - day: The day up to which facts count.
    ///   - account: Only those of this account.
    package func losses(
        asOf day: Day, from first: Day?, to last: Day, account: Int64? = nil
    ) async throws -> [LostRenewal] {
        try await connection.query(
            Statement(SQL.Postmortem.losses), [day.postgresDate, first?.postgresDate, last.postgresDate, account]
        ).map { row in
            LostRenewal(
                accountKey: try row.decode("account_key"), accountID: try row.decode("account_id"),
                name: try row.decode("name"), segment: try row.decodeIfPresent("segment"),
                csm: try row.decodeIfPresent("csm"), contractID: try row.decode("contract_id"),
                renewalOn: try row.day("renewal_on"),
                lostOn: try row.day("lost_on"), basis: try row.decode("basis"),
                arrMinor: try row.decodeIfPresent("arr_minor"))
        }
    }

    /// What an account's facts told in a range of days, in the order in which it was known.
    package func facts(of account: Int64, from first: Day, to last: Day) async throws -> [KnownFact] {
        try await connection.query(
            Statement(SQL.Postmortem.facts), [account, first.postgresDate, last.postgresDate]
        ).map { row in
            KnownFact(
                happenedOn: try row.day("happened_on"), knownOn: try row.day("known_on"),
                kind: try row.decode("kind"), detail: try row.decode("detail"))
        }
    }

    /// What was done for accounts in a range of days, in order of account and day.
    package func acts(for accounts: [Int64], from first: Day, to last: Day) async throws -> [AccountAct] {
        try await connection.query(
            Statement(SQL.Postmortem.actions), [accounts, first.postgresDate, last.postgresDate]
        ).map { row in
            AccountAct(
                accountKey: try row.decode("account_key"), day: try row.day("day"), kind: try row.decode("kind"),
                by: try row.decodeIfPresent("by_whom"), detail: try row.decodeIfPresent("detail"))
        }
    }

    /// The alerts that fired for accounts and had not ended before a range of days, in order of the day they fired on.
    package func alerts(of accounts: [Int64], from first: Day, to last: Day) async throws -> [FiredAlert] {
        try await connection.query(
            Statement(SQL.Postmortem.alerts), [accounts, first.postgresDate, last.postgresDate]
        ).map { row in
            FiredAlert(
                accountKey: try row.decode("account_key"), number: try row.decode("alert_id"),
                rule: try row.decode("rule"), severity: try row.decode("severity"), firedOn: try row.day("fired_on"),
                resolvedOn: try row.dayIfPresent("resolved_on"))
        }
    }
}
