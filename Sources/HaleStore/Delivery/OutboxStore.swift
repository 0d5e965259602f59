package import HaleDomain
import HaleSQL
package import Postgres

package struct AlertEventKey: Sendable, Hashable {
    /// Key of the account.
    package let account: Int64
    /// Key of the event.
    package let event: Int64

    package init(account: Int64, event: Int64) {
        self.account = account
        self.event = event
    }
}

/// An event with what routing and the budget ask about.
package struct RoutableEvent: Sendable, Equatable {
    package let key: AlertEventKey
    package let alertKey: Int64
    /// The scored day of the event.
    package let day: Day
    /// What there is to tell.
    package let kind: AlertStatus
    /// Name of the rule.
    package let rule: String
    /// How grave the alert is.
    package let severity: AlertSeverity
    /// Labels as JSON.
    package let labels: String
    /// The account's id.
    package let account: String
    package let segment: String?
    /// E-mail of its CSM.
    package let csm: String?
    /// ARR of the account [minor units]; nil where it is not known, or where nothing fires.
    package let arrMinor: Int64?
    /// Whether the alert fires and neither receivers nor the digest were told of it.
    package let isNew: Bool
    /// Why the digest alone tells of the alert.
    package let digestReason: DigestReason?
    /// Whether people find most alerts of the rule to be noise.
    package let isNoise: Bool
    /// Whether a silence covers it now.
    package let isSilenced: Bool
}

/// An event that a receiver is to be told of.
package struct OutboxEntry: Sendable, Equatable {
    /// The receiver's name.
    package let receiver: String
    package let groupKey: String
    /// What the group has in common, as JSON.
    package let groupLabels: String
    /// Seconds that a new group waits.
    package let waitSeconds: Int
    /// Seconds between two messages.
    package let intervalSeconds: Int
    /// Seconds to a repetition.
    package let repeatSeconds: Int?
    /// When messages are sent.
    package let activeHours: String?
    /// The receiver's time zone.
    package let timeZone: String
    package let event: RoutableEvent

    package init(
        receiver: String, groupKey: String, groupLabels: String, waitSeconds: Int, intervalSeconds: Int,
        repeatSeconds: Int?, activeHours: String?, timeZone: String, event: RoutableEvent
    ) {
        self.receiver = receiver
        self.groupKey = groupKey
        self.groupLabels = groupLabels
        self.waitSeconds = waitSeconds
        self.intervalSeconds = intervalSeconds
        self.repeatSeconds = repeatSeconds
        self.activeHours = activeHours
        self.timeZone = timeZone
        self.event = event
    }
}

/// A group of which something is due.
package struct DueGroup: Sendable, Equatable {
    /// Its key in the database.
    package let key: Int64
    /// The receiver's name.
    package let receiver: String
    /// The receiver's key.
    package let receiverKey: Int64
    /// The group's key.
    package let groupKey: String
    /// What it has in common, as JSON.
    package let labels: String
    /// When messages are sent.
    package let activeHours: String?
    /// The receiver's weekday now, 1 Monday to 7 Sunday.
    package let weekday: Int
    /// Minutes since the receiver's midnight.
    package let minute: Int
    /// Whether what was told is to be repeated.
    package let isRepeat: Bool
}

/// What waits in the outbox, with all that a message says of it.
package struct OutboxRow: Sendable, Equatable {
    /// Key of its group.
    package let group: Int64
    /// Its own key.
    package let key: Int64
    package let accountKey: Int64
    package let alertKey: Int64
    /// What there is to tell.
    package let kind: AlertStatus
    /// Whether it was told and is to be repeated.
    package let isRepeat: Bool
    /// Whether the receiver was told that the alert fires.
    package let wasTold: Bool
    /// Name of the rule.
    package let rule: String
    /// State of the alert.
    package let state: AlertState
    /// How grave the alert is.
    package let severity: AlertSeverity
    /// Labels as JSON.
    package let labels: String
    /// Annotations as JSON.
    package let annotations: String
    /// The first day of its condition.
    package let since: Day
    /// Whether somebody has it in hand.
    package let isAcknowledged: Bool
    /// The account's id.
    package let account: String
    /// When it began to fire, RFC 3339: the beginning of the day on which it did, in the organisation's time zone.
    package let startsAt: String
    /// When it was over, RFC 3339.
    package let endsAt: String?
    /// Seconds for which it is silenced.
    package let silentSeconds: Int?
}

/// Keeps what receivers are to be told, in the caller's transaction.
package struct OutboxStore: Sendable {
    private let connection: Connection

    /// A store that works in the caller's transaction.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The events that somebody may be told of, with what routing and the budget ask about.
    package func routable(_ events: [AlertEventKey]) async throws -> [RoutableEvent] {
        try await connection.query(
            Statement(SQL.Delivery.transitions), [events.map(\.account), events.map(\.event)]
        ).map { row in
            RoutableEvent(
                key: AlertEventKey(account: try row.decode("account_id"), event: try row.decode("event_id")),
                alertKey: try row.decode("alert_id"), day: try row.day("day"), kind: try row.decode("kind"),
                rule: try row.decode("rule"), severity: try row.decode("severity"), labels: try row.decode("labels"),
                account: try row.decode("account"), segment: try row.decodeIfPresent("segment"),
                csm: try row.decodeIfPresent("csm"), arrMinor: try row.decodeIfPresent("arr_minor"),
                isNew: try row.decode("is_new"), digestReason: try row.decodeIfPresent("digest_reason"),
                isNoise: try row.decode("is_noise"), isSilenced: try row.decode("is_silenced"))
        }
    }

    /// Writes entries; those that are there already are left alone. Returns how many are new.
    package func enqueue(_ entries: [OutboxEntry]) async throws -> Int {
        guard !entries.isEmpty else { return 0 }
        return try await connection.query(
            Statement(SQL.Delivery.enqueue),
            [
                entries.map(\.receiver), entries.map(\.groupKey), entries.map(\.groupLabels),
                entries.map { Int32($0.waitSeconds) }, entries.map { Int32($0.intervalSeconds) },
                entries.map { $0.repeatSeconds.map(Int32.init) }, entries.map(\.activeHours),
                entries.map(\.timeZone), entries.map(\.event.key.account), entries.map(\.event.alertKey),
                entries.map(\.event.key.event), entries.map(\.event.kind),
            ]
        ).count
    }

    /// Takes groups of which something is due.
    package func dueGroups(limit: Int) async throws -> [DueGroup] {
        try await connection.query(Statement(SQL.Delivery.dueGroups), [Int32(limit)]).map { row in
            DueGroup(
                key: try row.decode("group_id"), receiver: try row.decode("receiver"),
                receiverKey: try row.decode("receiver_id"), groupKey: try row.decode("group_key"),
                labels: try row.decode("labels"), activeHours: try row.decodeIfPresent("active_hours"),
                weekday: Int(try row.decode("weekday", as: Int32.self)),
                minute: Int(try row.decode("minute", as: Int32.self)), isRepeat: try row.decode("is_repeat"))
        }
    }

    /// What waits in groups, in order of group and alert.
    package func rows(of groups: [DueGroup], limit: Int) async throws -> [OutboxRow] {
        guard !groups.isEmpty else { return [] }
        return try await connection.query(
            Statement(SQL.Delivery.groupRows), [groups.map(\.key), groups.map(\.isRepeat), Int32(limit)]
        ).map(Self.row)
    }

    /// The drivers that take most from the scores of accounts on a day, the worst first, by account id.
    package func worstDrivers(
        of accounts: [String], on day: Day, limit: Int
    ) async throws -> [String: [AlertMessage.Driver]] {
        var drivers: [String: [AlertMessage.Driver]] = [:]
        let rows = try await connection.query(
            Statement(SQL.Delivery.worstDrivers), [day.postgresDate, accounts, Int32(limit)])
        for row in rows {
            drivers[try row.decode("account_id"), default: []].append(
                AlertMessage.Driver(name: try row.decode("driver"), points: try row.decode("points")))
        }
        return drivers
    }

    /// Lets rows wait some seconds more.
    package func postpone(_ rows: [(key: Int64, seconds: Int)]) async throws {
        guard !rows.isEmpty else { return }
        _ = try await connection.execute(
            Statement(SQL.Delivery.postpone), [rows.map(\.key), rows.map { Int32(clamping: $0.seconds) }])
    }

    /// Lets the repetitions of groups wait some seconds more.
    package func postponeRepeats(_ groups: [(key: Int64, seconds: Int)]) async throws {
        guard !groups.isEmpty else { return }
        _ = try await connection.execute(
            Statement(SQL.Delivery.postponeRepeat), [groups.map(\.key), groups.map { Int32(clamping: $0.seconds) }])
    }

    /// Notes which delivery tells of rows, or why none does.
    package func mark(_ rows: [(key: Int64, delivery: Int64?, reason: String?)]) async throws {
        guard !rows.isEmpty else { return }
        _ = try await connection.execute(
            Statement(SQL.Delivery.markFlushed), [rows.map(\.key), rows.map(\.delivery), rows.map(\.reason)])
    }

    /// Notes that groups were told, or that nothing was told.
    package func close(_ groups: [(key: Int64, wasTold: Bool)]) async throws {
        guard !groups.isEmpty else { return }
        _ = try await connection.execute(
            Statement(SQL.Delivery.closeGroups), [groups.map(\.key), groups.map(\.wasTold)])
    }

    private static func row(_ row: Row) throws -> OutboxRow {
        OutboxRow(
            group: try row.decode("group_id"), key: try row.decode("outbox_id"),
            accountKey: try row.decode("account_id"), alertKey: try row.decode("alert_id"),
            kind: try row.decode("kind"), isRepeat: try row.decode("is_repeat"),
            wasTold: try row.decode("was_told"), rule: try row.decode("rule"), state: try row.decode("state"),
            severity: try row.decode("severity"), labels: try row.decode("labels"),
            annotations: try row.decode("annotations"), since: try row.day("since_on"),
            isAcknowledged: try row.decode("is_acknowledged"), account: try row.decode("account"),
            startsAt: try row.decode("starts_at"), endsAt: try row.decodeIfPresent("ends_at"),
            silentSeconds: try row.decodeIfPresent("silent_seconds", as: Int32.self).map(Int.init))
    }
}
