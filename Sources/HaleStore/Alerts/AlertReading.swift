package import HaleDomain
import HaleSQL
import Postgres

/// An alert as people see it.
package struct ShownAlert: Sendable {
    package let number: Int64
    /// The account's id as imported; nil for an alert about a rule.
    package let accountID: String?
    /// The account's name.
    package let name: String?
    /// E-mail of the responsible CSM.
    package let csm: String?
    /// ARR of the account [minor units].
    package let arrMinor: Int64?
    /// The reporting currency.
    package let currency: String?
    package let rule: String
    /// For an alert about a rule that rule's name, else empty.
    package let subject: String
    /// Where it was in its life on the day.
    package let state: AlertState
    /// How grave it is.
    package let severity: AlertSeverity
    /// The first day of its condition.
    package let sinceOn: Day
    /// Scored days on which the condition held.
    package let trueDays: Int
    /// The day on which it fired.
    package let firedOn: Day?
    /// The first day on which the condition held no more, while it is kept firing.
    package let falseSince: Day?
    /// The day on which it ended.
    package let resolvedOn: Day?
    /// The last day on which the condition was known; nil while it is known.
    package let staleSince: Day?
    /// The newest day on which it was looked at.
    package let evaluatedOn: Day
    /// The rule that hides it.
    package let inhibitedBy: String?
    /// Who has it.
    package let acknowledgedBy: String?
    /// Since when.
    package let acknowledgedAt: String?
    /// Whether a silence covers it now.
    package let isSilenced: Bool
    /// The labels, a JSON object.
    package let labels: String
    /// The annotations, a JSON object.
    package let annotations: String
    /// The playbook it asks for.
    package let playbook: String?
    /// The scored day on which it was new to receivers or to the digest; nil while it is to neither.
    package let announcedOn: Day?
    /// Why the digest alone tells of it; nil where receivers are told.
    package let digestReason: DigestReason?
    /// What people said of it last.
    package let verdict: AlertVerdict?
}

/// What happened to an alert, as people see it.
package struct ShownEvent: Sendable {
    /// What can happen.
    package enum Kind: String, Sendable, PostgresWord {
        /// What a day or a person does to its state.
        case pending, firing, resolved, dropped, stale, expired
        /// Somebody has it in hand.
        case acknowledged
        /// Somebody says what it was worth.
        case useful, noise
    }

    /// Number of the event.
    package let number: Int64
    package let day: Day
    /// What happened.
    package let kind: Kind
    /// Why.
    package let reason: String
    /// The account's signals on the day, a JSON object.
    package let signals: String?
    /// When it was written.
    package let recordedAt: String
}

/// An alert that somebody names by its number.
package struct FoundAlert: Sendable {
    /// Key of the account.
    package let key: AlertKey
    package let number: Int64
    /// Where it is in its life.
    package let state: AlertState
    /// A day on which it is listed.
    package let shownOn: Day
    /// Whether it ever fired.
    package let hasFired: Bool
    /// Who has it.
    package let acknowledgedBy: String?
}

extension AlertStore {
    /// What of the alerts is asked for.
    package struct Selection: Sendable {
        /// Accounts; all where nil.
        package var accounts: [String]?
        /// A rule; all where nil.
        package var rule: String?
        /// A CSM; all where nil.
        package var csm: String?
        /// A segment, in any case; all where nil.
        package var segment: String?
        /// Whether alerts that resolved on the day belong to it.
        package var includesResolved = false
        /// Numbers; all where nil.
        package var numbers: [Int64]?

        /// All open alerts.
        package init() {}
    }

    /// The alerts as they stood on a day.
    package func list(asOf day: Day, _ selection: Selection = Selection()) async throws -> [ShownAlert] {
        let rows = try await connection.query(
            Statement(SQL.Alerts.list),
            [
                day.postgresDate, selection.accounts, selection.rule, selection.csm, selection.includesResolved,
                selection.numbers, selection.segment,
            ])
        return try rows.map { row in
            ShownAlert(
                number: try row.decode("alert_id"), accountID: try row.decodeIfPresent("account_id"),
                name: try row.decodeIfPresent("name"), csm: try row.decodeIfPresent("csm"),
                arrMinor: try row.decodeIfPresent("arr_minor"), currency: try row.decodeIfPresent("currency"),
                rule: try row.decode("rule"), subject: try row.decode("subject"), state: try row.decode("state"),
                severity: try row.decode("severity"), sinceOn: try row.day("since_on"),
                trueDays: Int(try row.decode("true_days", as: Int32.self)),
                firedOn: try row.dayIfPresent("fired_on"), falseSince: try row.dayIfPresent("false_since"),
                resolvedOn: try row.dayIfPresent("resolved_on"), staleSince: try row.dayIfPresent("stale_since"),
                evaluatedOn: try row.day("evaluated_on"), inhibitedBy: try row.decodeIfPresent("inhibited_by"),
                acknowledgedBy: try row.decodeIfPresent("acknowledged_by"),
                acknowledgedAt: try row.decodeIfPresent("acknowledged_at"),
                isSilenced: try row.decode("is_silenced"), labels: try row.decode("labels"),
                annotations: try row.decode("annotations"), playbook: try row.decodeIfPresent("playbook"),
                announcedOn: try row.dayIfPresent("announced_on"),
                digestReason: try row.decodeIfPresent("digest_reason"), verdict: try row.decodeIfPresent("verdict"))
        }
    }

    /// Key of the account of an id; nil for none.
    package func accountKey(of account: String) async throws -> Int64? {
        try await connection.query(Statement(SQL.Alerts.accountKey), [account]).first?.decode("account_id")
    }

    /// The alert of a number; nil for none.
    package func find(_ number: Int64) async throws -> FoundAlert? {
        try await connection.query(Statement(SQL.Alerts.find), [number]).first.map { row in
            FoundAlert(
                key: AlertKey(
                    account: try row.decode("account_key"), rule: try row.decode("rule"),
                    subject: try row.decode("subject")),
                number: try row.decode("alert_id"),
                state: try row.decode("state"), shownOn: try row.day("shown_on"),
                hasFired: try row.decode("has_fired"), acknowledgedBy: try row.decodeIfPresent("acknowledged_by"))
        }
    }

    /// What happened to an alert, oldest first.
    package func events(of alert: FoundAlert) async throws -> [ShownEvent] {
        try await connection.query(Statement(SQL.Alerts.events), [alert.key.account, alert.number]).map { row in
            ShownEvent(
                number: try row.decode("event_id"), day: try row.day("day"), kind: try row.decode("kind"),
                reason: try row.decode("reason"), signals: try row.decodeIfPresent("signals"),
                recordedAt: try row.decode("recorded_at"))
        }
    }

    /// Notes who has an alert; false where it is over.
    package func acknowledge(_ alert: FoundAlert, by person: String, reason: String) async throws -> Bool {
        try await !connection.query(
            Statement(SQL.Alerts.acknowledge), [alert.key.account, alert.number, person, reason]
        ).isEmpty
    }
}

package struct Silence: Sendable {
    package let number: Int64
    /// What it covers: labels, rule, account, severity, segment or CSM with their values, a JSON object.
    package let matchers: String
    /// Who wants it.
    package let author: String
    /// Why.
    package let reason: String
    /// When it begins.
    package let startsAt: String
    /// When it ends.
    package let endsAt: String
    /// Whether it is in force now.
    package let isInForce: Bool
}

extension AlertStore {
    /// Adds a silence until a day is over, or for some hours; returns its number and its end.
    package func addSilence(
        _ matchers: String, author: String, reason: String, until day: Day?, hours: Int?
    ) async throws -> (number: Int64, endsAt: String) {
        let rows = try await connection.query(
            Statement(SQL.Alerts.addSilence),
            [matchers, author, reason, day?.postgresDate, hours.map { Int32(clamping: $0) }])
        guard let row = rows.first else { throw StoreError.unreadableRow("a silence was not stored") }
        return (try row.decode("silence_id"), try row.decode("ends_at"))
    }

    /// The silences; those that ended too where asked for.
    package func silences(includesEnded: Bool) async throws -> [Silence] {
        try await connection.query(Statement(SQL.Alerts.silences), [includesEnded]).map { row in
            Silence(
                number: try row.decode("silence_id"), matchers: try row.decode("matchers"),
                author: try row.decode("author"), reason: try row.decode("reason"),
                startsAt: try row.decode("starts_at"), endsAt: try row.decode("ends_at"),
                isInForce: try row.decode("is_in_force"))
        }
    }

    /// Ends a silence now; false where it is over or there is none.
    package func endSilence(_ number: Int64) async throws -> Bool {
        try await !connection.query(Statement(SQL.Alerts.endSilence), [number]).isEmpty
    }
}
