public import HaleDomain
import HaleSQL
import Postgres

/// An alert as people see it.
public struct ShownAlert: Sendable {
    /// Its number.
    public let number: Int64
    /// The account's id as imported; nil for an alert about a rule.
    public let accountID: String?
    /// The account's name.
    public let name: String?
    /// E-mail of the responsible CSM.
    public let csm: String?
    /// ARR of the account [minor units].
    public let arrMinor: Int64?
    /// The reporting currency.
    public let currency: String?
    /// The rule.
    public let rule: String
    /// For an alert about a rule that rule's name, else empty.
    public let subject: String
    /// Where it was in its life on the day.
    public let state: AlertState
    /// How grave it is.
    public let severity: AlertSeverity
    /// The first day of its condition.
    public let sinceOn: Day
    /// Scored days on which the condition held.
    public let trueDays: Int
    /// The day on which it fired.
    public let firedOn: Day?
    /// The first day on which the condition held no more, while it is kept firing.
    public let falseSince: Day?
    /// The day on which it ended.
    public let resolvedOn: Day?
    /// The last day on which the condition was known; nil while it is known.
    public let staleSince: Day?
    /// The newest day on which it was looked at.
    public let evaluatedOn: Day
    /// The rule that hides it.
    public let inhibitedBy: String?
    /// Who has it.
    public let acknowledgedBy: String?
    /// Since when.
    public let acknowledgedAt: String?
    /// Whether a silence covers it now.
    public let isSilenced: Bool
    /// The labels, a JSON object.
    public let labels: String
    /// The annotations, a JSON object.
    public let annotations: String
    /// The playbook it asks for.
    public let playbook: String?
}

/// What happened to an alert, as people see it.
public struct ShownEvent: Sendable {
    /// Number of the event.
    public let number: Int64
    /// The day.
    public let day: Day
    /// What happened.
    public let kind: String
    /// Why.
    public let reason: String
    /// The account's signals on the day, a JSON object.
    public let signals: String?
    /// When it was written.
    public let recordedAt: String
}

/// An alert that somebody names by its number.
public struct FoundAlert: Sendable {
    /// Key of the account.
    public let key: AlertKey
    /// Its number.
    public let number: Int64
    /// Where it is in its life.
    public let state: AlertState
    /// A day on which it is listed.
    public let shownOn: Day
    /// Who has it.
    public let acknowledgedBy: String?
}

extension AlertStore {
    /// What of the alerts is asked for.
    public struct Selection: Sendable {
        /// Accounts; all where nil.
        public var accounts: [String]?
        /// A rule; all where nil.
        public var rule: String?
        /// A CSM; all where nil.
        public var csm: String?
        /// A segment, in any case; all where nil.
        public var segment: String?
        /// Whether alerts that resolved on the day belong to it.
        public var includesResolved = false
        /// Numbers; all where nil.
        public var numbers: [Int64]?

        /// All open alerts.
        public init() {}
    }

    /// The alerts as they stood on a day.
    public func list(asOf day: Day, _ selection: Selection = Selection()) async throws -> [ShownAlert] {
        let rows = try await connection.query(
            Statement(SQL.Alerts.list),
            [
                day.postgresDate, selection.accounts, selection.rule, selection.csm, selection.includesResolved,
                selection.numbers, selection.segment,
            ])
        return try rows.map { row in
            guard let state = AlertState(rawValue: try row.decode("state")),
                let severity = AlertSeverity(rawValue: try row.decode("severity"))
            else { throw StoreError.unreadableRow("an alert is in a state that is not known") }
            return ShownAlert(
                number: try row.decode("alert_id"), accountID: try row.decodeIfPresent("account_id"),
                name: try row.decodeIfPresent("name"), csm: try row.decodeIfPresent("csm"),
                arrMinor: try row.decodeIfPresent("arr_minor"), currency: try row.decodeIfPresent("currency"),
                rule: try row.decode("rule"), subject: try row.decode("subject"), state: state, severity: severity,
                sinceOn: try row.day("since_on"), trueDays: Int(try row.decode("true_days", as: Int32.self)),
                firedOn: try row.dayIfPresent("fired_on"), falseSince: try row.dayIfPresent("false_since"),
                resolvedOn: try row.dayIfPresent("resolved_on"), staleSince: try row.dayIfPresent("stale_since"),
                evaluatedOn: try row.day("evaluated_on"), inhibitedBy: try row.decodeIfPresent("inhibited_by"),
                acknowledgedBy: try row.decodeIfPresent("acknowledged_by"),
                acknowledgedAt: try row.decodeIfPresent("acknowledged_at"),
                isSilenced: try row.decode("is_silenced"), labels: try row.decode("labels"),
                annotations: try row.decode("annotations"), playbook: try row.decodeIfPresent("playbook"))
        }
    }

    /// Key of the account of an id; nil for none.
    public func accountKey(of account: String) async throws -> Int64? {
        try await connection.query(Statement(SQL.Alerts.accountKey), [account]).first?.decode("account_id")
    }

    /// The alert of a number; nil for none.
    public func find(_ number: Int64) async throws -> FoundAlert? {
        try await connection.query(Statement(SQL.Alerts.find), [number]).first.map { row in
            FoundAlert(
                key: AlertKey(
                    account: try row.decode("account_key"), rule: try row.decode("rule"),
                    subject: try row.decode("subject")),
                number: try row.decode("alert_id"),
                state: AlertState(rawValue: try row.decode("state")) ?? .resolved, shownOn: try row.day("shown_on"),
                acknowledgedBy: try row.decodeIfPresent("acknowledged_by"))
        }
    }

    /// What happened to an alert, oldest first.
    public func events(of alert: FoundAlert) async throws -> [ShownEvent] {
        try await connection.query(Statement(SQL.Alerts.events), [alert.key.account, alert.number]).map { row in
            ShownEvent(
                number: try row.decode("event_id"), day: try row.day("day"), kind: try row.decode("kind"),
                reason: try row.decode("reason"), signals: try row.decodeIfPresent("signals"),
                recordedAt: try row.decode("recorded_at"))
        }
    }

    /// Notes who has an alert; false where it is over.
    public func acknowledge(_ alert: FoundAlert, by person: String, reason: String) async throws -> Bool {
        try await !connection.query(
            Statement(SQL.Alerts.acknowledge), [alert.key.account, alert.number, person, reason]
        ).isEmpty
    }
}

/// A silence.
public struct Silence: Sendable {
    /// Its number.
    public let number: Int64
    /// What it covers: labels, rule, account, severity, segment or CSM with their values, a JSON object.
    public let matchers: String
    /// Who wants it.
    public let author: String
    /// Why.
    public let reason: String
    /// When it begins.
    public let startsAt: String
    /// When it ends.
    public let endsAt: String
    /// Whether it is in force now.
    public let isInForce: Bool
}

extension AlertStore {
    /// Adds a silence until a day is over, or for some hours; returns its number and its end.
    public func addSilence(
        _ matchers: String, author: String, reason: String, until day: Day?, hours: Int?
    ) async throws -> (number: Int64, endsAt: String) {
        let rows = try await connection.query(
            Statement(SQL.Alerts.addSilence),
            [matchers, author, reason, day?.postgresDate, hours.map { Int32(clamping: $0) }])
        guard let row = rows.first else { throw StoreError.unreadableRow("a silence was not stored") }
        return (try row.decode("silence_id"), try row.decode("ends_at"))
    }

    /// The silences; those that ended too where asked for.
    public func silences(includesEnded: Bool) async throws -> [Silence] {
        try await connection.query(Statement(SQL.Alerts.silences), [includesEnded]).map { row in
            Silence(
                number: try row.decode("silence_id"), matchers: try row.decode("matchers"),
                author: try row.decode("author"), reason: try row.decode("reason"),
                startsAt: try row.decode("starts_at"), endsAt: try row.decode("ends_at"),
                isInForce: try row.decode("is_in_force"))
        }
    }

    /// Ends a silence now; false where it is over or there is none.
    public func endSilence(_ number: Int64) async throws -> Bool {
        try await !connection.query(Statement(SQL.Alerts.endSilence), [number]).isEmpty
    }
}
