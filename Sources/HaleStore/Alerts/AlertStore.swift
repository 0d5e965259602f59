public import HaleDomain
import HaleSQL
public import Postgres

/// Keeps alerts, what happened to them, and where their rules stand.
public struct AlertStore: Sendable {
    let connection: Connection

    /// A store that works on a connection.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// How much of the staging is kept before it is sent [bytes].
    private static let stagedBytes = 1 << 20

    /// An open alert as it is stored.
    public struct Stored: Sendable {
        /// Its number.
        public let number: Int64
        /// The alert.
        public let alert: Alert
    }

    /// What happened to an alert, as it is stored: what those who deliver it need.
    public struct Event: Sendable, Hashable {
        /// Number of the event.
        public let number: Int64
        /// The account and the rule; the account is 0 for an alert about a rule.
        public let key: AlertKey
        /// Number of the alert.
        public let alert: Int64
        /// What happened: pending, firing, resolved, dropped or stale.
        public let kind: AlertTransition.Kind
        /// How grave the alert is.
        public let severity: AlertSeverity
        /// The labels, a JSON object.
        public let labels: String
        /// Whether another rule hides it.
        public let isHidden: Bool
    }

    /// Lets one evaluation or change of alerts work at a time, until the caller's transaction ends.
    public func lock() async throws {
        _ = try await connection.query(Statement(SQL.Alerts.lock))
    }

    /// Where each rule stands, by name.
    public func standings() async throws -> [String: RuleStanding] {
        var standings: [String: RuleStanding] = [:]
        for row in try await connection.query(Statement(SQL.Alerts.standings)) {
            standings[try row.decode("rule")] = RuleStanding(
                firstEvaluatedOn: try row.day("first_evaluated_on"), evaluatedOn: try row.day("evaluated_on"),
                heldSince: try row.dayIfPresent("held_since"))
        }
        return standings
    }

    /// The open alerts.
    public func open() async throws -> [Stored] {
        let table = try await connection.table(Statement(SQL.Alerts.open))
        let account = try table.integers("account_id")
        let number = try table.integers("alert_id")
        let rule = try table.texts("rule")
        let subject = try table.texts("subject")
        let state = try table.texts("state")
        let trueDays = try table.integers("true_days")
        let inhibitedBy = try table.texts("inhibited_by")
        let dates = try ["since_on", "fired_on", "false_since", "evaluated_on", "stale_since"].map {
            try table.dates($0)
        }
        return (0..<table.count).map { row in
            func day(_ index: Int) -> Day? { dates[index][row].map { Day(daysSince2000: $0) } }
            let first = day(0) ?? Day(daysSince2000: 0)
            return Stored(
                number: Int64(number[row] ?? 0),
                alert: Alert(
                    key: AlertKey(
                        account: Int64(account[row] ?? 0), rule: rule[row] ?? "", subject: subject[row] ?? ""),
                    state: state[row].flatMap(AlertState.init) ?? .pending, sinceOn: first,
                    trueDays: trueDays[row] ?? 0, firedOn: day(1), falseSince: day(2), evaluatedOn: day(3) ?? first,
                    staleSince: day(4), inhibitedBy: inhibitedBy[row]))
        }
    }

    /// How many accounts have a score on a day.
    public func scoredAccounts(on day: Day) async throws -> Int {
        let row = try await connection.query(Statement(SQL.Alerts.scoredAccounts), [day.postgresDate]).first
        return Int(try row?.decode("accounts", as: Int64.self) ?? 0)
    }

    /// The scored days of a range, oldest first.
    public func scoredDays(from first: Day, to last: Day) async throws -> [Day] {
        try await connection.query(Statement(SQL.Alerts.scoredDays), [first.postgresDate, last.postgresDate])
            .map { try $0.day("day") }
    }

    /// Stores the alerts of a day and what happened to them; returns the events. Runs in a transaction of the caller.
    public func store(_ alerts: some Sequence<AlertDraft>, on day: Day) async throws -> [Event] {
        try await connection.script(Statement(SQL.Alerts.staging))
        let count = try await connection.copyIn(Statement(SQL.Alerts.copyStaged)) { writer in
            var buffer = BinaryCopyBuffer()
            for (index, alert) in alerts.enumerated() {
                buffer.append(alert, number: index)
                if buffer.byteCount > Self.stagedBytes { try await writer.write(buffer.take()) }
            }
            buffer.finish()
            try await writer.write(buffer.take())
        }
        guard count > 0 else { return [] }
        return try await connection.query(Statement(SQL.Alerts.storeDay), [day.postgresDate]).map { row in
            guard let kind = AlertTransition.Kind(rawValue: try row.decode("kind")),
                let severity = AlertSeverity(rawValue: try row.decode("severity"))
            else { throw StoreError.unreadableRow("an alert's event is of a kind that is not known") }
            return Event(
                number: try row.decode("event_id"),
                key: AlertKey(
                    account: try row.decode("account_id"), rule: try row.decode("rule"),
                    subject: try row.decode("subject")),
                alert: try row.decode("alert_id"), kind: kind, severity: severity, labels: try row.decode("labels"),
                isHidden: try row.decode("is_hidden"))
        }
    }

    /// Remembers where rules stand after a day.
    public func store(_ standings: [String: RuleStanding], on day: Day) async throws {
        guard !standings.isEmpty else { return }
        let rows = standings.sorted { $0.key < $1.key }
        let held: [PostgresDate?] = rows.map { $0.value.heldSince?.postgresDate }
        _ = try await connection.execute(
            Statement(SQL.Alerts.storeStanding),
            [day.postgresDate, rows.map(\.key), rows.map { $0.value.firstEvaluatedOn.postgresDate }, held])
    }

    /// Ends the fleet guard's hold of a rule; returns the day on which the rule was evaluated last, nil where it is not
    /// held.
    public func release(_ rule: String, by person: String) async throws -> Day? {
        try await connection.query(Statement(SQL.Alerts.release), [rule, person]).first.map {
            try $0.day("evaluated_on")
        }
    }

    /// Forgets the alerts that ended up to a day, and what happened to them; returns how many alerts went. What still
    /// waits to be told stays.
    public func forget(endedUpTo day: Day) async throws -> Int {
        let row = try await connection.query(Statement(SQL.Alerts.forget), [day.postgresDate]).first
        return Int(try row?.decode("alerts", as: Int64.self) ?? 0)
    }

    /// The first loss of each account in a range of days, by account.
    public func losses(from first: Day, to last: Day) async throws -> [Int64: Day] {
        var losses: [Int64: Day] = [:]
        for row in try await connection.query(Statement(SQL.Alerts.losses), [first.postgresDate, last.postgresDate]) {
            losses[try row.decode("account_key")] = try row.day("lost_on")
        }
        return losses
    }
}

/// An alert as it is to be stored.
public struct AlertDraft: Sendable {
    /// The alert after the day, and what happened.
    public var step: AlertStep
    /// Its number; nil for a new one.
    public var number: Int64?
    /// How grave it is; nil leaves what is stored.
    public var severity: AlertSeverity?
    /// The labels, a JSON object; nil leaves those that are stored.
    public var labels: String?
    /// The annotations, a JSON object; nil leaves those that are stored.
    public var annotations: String?
    /// The playbook it asks for.
    public var playbook: String?
    /// The account's signals on the day, a JSON object; kept with what happened.
    public var signals: String?

    /// An alert as it is to be stored.
    public init(
        step: AlertStep, number: Int64?, severity: AlertSeverity?, labels: String?, annotations: String?,
        playbook: String?, signals: String?
    ) {
        self.step = step
        self.number = number
        self.severity = severity
        self.labels = labels
        self.annotations = annotations
        self.playbook = playbook
        self.signals = signals
    }
}

extension BinaryCopyBuffer {
    /// Appends an alert as a row of `alerts/staging`.
    fileprivate mutating func append(_ draft: AlertDraft, number: Int) {
        let alert = draft.step.alert
        let transition = draft.step.transition
        beginRow(fieldCount: 22)
        append(Int64(number))
        append(alert.key.account)
        append(draft.number)
        append(alert.key.rule)
        append(alert.key.subject)
        append(alert.state.rawValue)
        append(draft.severity?.rawValue)
        append(draft.labels)
        append(draft.annotations)
        append(draft.playbook)
        append(alert.sinceOn.postgresDate)
        append(Int32(clamping: alert.trueDays))
        append(alert.firedOn?.postgresDate)
        append(alert.falseSince?.postgresDate)
        append(alert.resolvedOn?.postgresDate)
        append(alert.evaluatedOn.postgresDate)
        append(alert.staleSince?.postgresDate)
        append(alert.inhibitedBy)
        append(transition?.kind == .firing)
        append(transition?.kind.rawValue)
        append(transition?.reason.sentence)
        append(transition == nil ? nil : draft.signals)
    }
}
