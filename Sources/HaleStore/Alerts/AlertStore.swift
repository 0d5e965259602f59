package import HaleDomain
import HaleSQL
package import Postgres

/// Keeps alerts, what happened to them, and where their rules stand.
package struct AlertStore: Sendable {
    let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// How much of the staging is kept before it is sent [bytes].
    private static let stagedBytes = 1 << 20

    /// An alert as it is stored.
    package struct Stored: Sendable {
        package let number: Int64
        /// The alert, and what was kept of it.
        package let seen: SeenAlert

        package var alert: Alert { seen.alert }
    }

    /// Where a rule stands, with the newest run of its newest day that it has seen.
    package struct Standing: Sendable {
        /// Where it stands.
        package let rule: RuleStanding
        /// The run; 0 where that was not kept.
        package let run: Int64
    }

    /// What happened to an alert, as it is stored: what those who deliver it need.
    package struct Event: Sendable, Hashable {
        /// Number of the event.
        package let number: Int64
        /// The account and the rule; the account is 0 for an alert about a rule.
        package let key: AlertKey
        /// Number of the alert.
        package let alert: Int64
        /// What happened: pending, firing, resolved, dropped or stale.
        package let kind: AlertTransition.Kind
        /// How grave the alert is.
        package let severity: AlertSeverity
        /// The labels, a JSON object.
        package let labels: String
        /// Whether another rule hides it.
        package let isHidden: Bool
    }

    /// Lets one evaluation or change of alerts work at a time, until the caller's transaction ends.
    package func lock() async throws {
        _ = try await connection.query(Statement(SQL.Alerts.lock))
    }

    /// Where each rule stands, by name.
    package func standings() async throws -> [String: RuleStanding] {
        try await seenStandings().mapValues(\.rule)
    }

    /// Where each rule stands and which run it has seen, by name.
    package func seenStandings() async throws -> [String: Standing] {
        var standings: [String: Standing] = [:]
        for row in try await connection.query(Statement(SQL.Alerts.standings)) {
            standings[try row.decode("rule")] = Standing(
                rule: RuleStanding(
                    firstEvaluatedOn: try row.day("first_evaluated_on"), evaluatedOn: try row.day("evaluated_on"),
                    heldSince: try row.dayIfPresent("held_since"), releasedOn: try row.dayIfPresent("released_on")),
                run: try row.decode("evaluated_run"))
        }
        return standings
    }

    /// The open alerts, and those that ended on a day where one is given.
    package func open(endedOn day: Day? = nil) async throws -> [Stored] {
        let table = try await connection.table(Statement(SQL.Alerts.open), [day?.postgresDate])
        let columns = try SeenAlertColumns(table)
        return (0..<table.count).map(columns.stored)
    }

    /// How many accounts have a score on a day.
    package func scoredAccounts(on day: Day) async throws -> Int {
        let row = try await connection.query(Statement(SQL.Alerts.scoredAccounts), [day.postgresDate]).first
        return Int(try row?.decode("accounts", as: Int64.self) ?? 0)
    }

    /// Stores the alerts of a day and what happened to them; returns the events. Runs in a transaction of the caller.
    package func store(_ alerts: some Sequence<AlertDraft>, on day: Day) async throws -> [Event] {
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
            Event(
                number: try row.decode("event_id"),
                key: AlertKey(
                    account: try row.decode("account_id"), rule: try row.decode("rule"),
                    subject: try row.decode("subject")),
                alert: try row.decode("alert_id"), kind: try row.decode("kind"), severity: try row.decode("severity"),
                labels: try row.decode("labels"), isHidden: try row.decode("is_hidden"))
        }
    }

    /// Counts a day more of alerts whose condition held on it; nothing else of them changes, their texts neither.
    /// What they were before follows from what they are (`SeenAlert.before`). Among 100,000 accounts most open alerts are
    /// such: to store all of them anew took three times the score.
    package func keep(steady numbers: [Int64], on day: Day) async throws {
        guard !numbers.isEmpty else { return }
        _ = try await connection.execute(Statement(SQL.Alerts.keepSteady), [day.postgresDate, numbers])
    }

    /// Gives open alerts the severity, labels and playbook that their rules have now.
    package func rename(_ rules: [AlertRule], labels: [String: String]) async throws {
        _ = try await connection.execute(
            Statement(SQL.Alerts.takeWords),
            [
                rules.map(\.name), rules.map(\.severity.rawValue), rules.map { labels[$0.name] ?? "{}" },
                rules.map(\.playbook),
            ])
    }

    /// Remembers where rules stand after a day of which they have seen the runs up to one.
    package func store(_ standings: [String: RuleStanding], on day: Day, upToRun run: Int64) async throws {
        guard !standings.isEmpty else { return }
        let rows = standings.sorted { $0.key < $1.key }
        let held: [PostgresDate?] = rows.map { $0.value.heldSince?.postgresDate }
        _ = try await connection.execute(
            Statement(SQL.Alerts.storeStanding),
            [day.postgresDate, rows.map(\.key), rows.map { $0.value.firstEvaluatedOn.postgresDate }, held, run])
    }

    /// Ends the fleet guard's hold of a rule; returns the day on which the rule was evaluated last, nil where it is not
    /// held.
    package func release(_ rule: String, by person: String) async throws -> Day? {
        try await connection.query(Statement(SQL.Alerts.release), [rule, person]).first.map {
            try $0.day("evaluated_on")
        }
    }

    /// Forgets the alerts that ended up to a day, and what happened to them; returns how many alerts went. What still
    /// waits to be told stays.
    package func forget(endedUpTo day: Day) async throws -> Int {
        let row = try await connection.query(Statement(SQL.Alerts.forget), [day.postgresDate]).first
        return Int(try row?.decode("alerts", as: Int64.self) ?? 0)
    }

    /// The first loss of each account in a range of days, by account.
    package func losses(from first: Day, to last: Day) async throws -> [Int64: Day] {
        var losses: [Int64: Day] = [:]
        for row in try await connection.query(Statement(SQL.Alerts.losses), [first.postgresDate, last.postgresDate]) {
            losses[try row.decode("account_key")] = try row.day("lost_on")
        }
        return losses
    }
}
