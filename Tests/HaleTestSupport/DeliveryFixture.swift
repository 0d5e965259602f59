package import HaleDelivery
import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres
import Synchronization
import Testing

/// Alerts in a database, and a worker that tells receivers on this machine of them.
package struct DeliveryFixture {
    package static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    package static let secretKey = String(repeating: "0123456789abcdef", count: 4)

    package let database: Database
    /// Never shut down: its connections are shared by all tests.
    private static let client = WebhookClient()
    package let events = EventLog()
    package var file = ReceiverFile()
    package var options = DeliveryWorker.Options()
    package var effects: DeliveryEffects

    package init(_ yaml: String = "receivers: []") throws {
        database = try TestDatabase.shared.database
        file = try ReceiverFile.read(yaml, path: "receivers.yaml")
        effects = .live(Self.client)
        let variables = ["SECRET": Self.secret, "HALE_SECRET_KEY": Self.secretKey]
        effects.variable = { variables[$0] }
        options.pollMilliseconds = 20
        options.graceMilliseconds = 30_000
    }

    /// A file with one receiver of format hale at a port of this machine, and a route of everything to it at once.
    package static func yaml(port: Int, _ more: String = "", route: String = "") -> String {
        """
        receivers:
          - name: team
            url: http://127.0.0.1:\(port)/hook
            secret_env: SECRET
            allow_private_networks: [127.0.0.0/8]
        \(more.isEmpty ? "" : more.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
        routes:
          - receiver: team
            group_wait: 0s
        \(route.isEmpty ? "" : route.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
        """
    }

    package var worker: DeliveryWorker {
        let file = file
        let events = events
        return DeliveryWorker(
            database, effects: effects, options: options, readFile: { file }, report: { events.add($0) })
    }

    package var desk: ReceiverDesk { ReceiverDesk(database, file: file, effects: effects) }

    package func book() async throws -> ReceiverBook {
        try await ReceiverBook.load(file, from: database, effects: effects)
    }

    /// Accounts A-1, A-2 … with CSMs ana (odd) and bob (even).
    package func makeAccounts(_ count: Int = 3) async throws {
        try await run(
            """
            insert into hale_data.csm (email) values ('ana@example.com'), ('bob@example.com');
            insert into hale_data.account (account_id, external_id, name, segment, csm_id)
            select number, 'A-' || number, 'Account ' || number, 'enterprise', csm.csm_id
            from generate_series(1, \(count)) as number
            join hale_data.csm as csm on csm.email = case number % 2 when 1 then 'ana' else 'bob' end || '@example.com';
            """)
    }

    /// Alerts of a rule of some accounts, that fire; returns their events.
    package func fire(_ accounts: [String], rule: String = "UsageCliff", severity: String = "critical") async throws
        -> [AlertEventKey]
    {
        try await events(
            """
            with opened as (
                insert into hale_data.alert (
                    account_id, rule, state, severity, labels, annotations, since_on, true_days, fired_on, evaluated_on)
                select account_id, $2::text, 'firing', $3::text, '{"team": "cs"}', '{"summary": "it <stopped>"}',
                    date '2026-03-01', 2, date '2026-03-02', date '2026-03-02'
                from hale_data.account where external_id = any ($1::text[])
                returning account_id, alert_id
            )
            insert into hale_data.alert_event (account_id, alert_id, day, kind, reason)
            select account_id, alert_id, date '2026-03-02', 'firing', 'true for 2 days' from opened
            returning account_id, event_id
            """, [accounts, rule, severity])
    }

    /// The open alerts of some accounts resolve; returns their events.
    package func resolve(_ accounts: [String]) async throws -> [AlertEventKey] {
        try await events(
            """
            with closed as (
                update hale_data.alert as alert set state = 'resolved', resolved_on = date '2026-03-05'
                from hale_data.account as account
                where account.account_id = alert.account_id and account.external_id = any ($1::text[])
                    and alert.state = 'firing'
                returning alert.account_id, alert.alert_id
            )
            insert into hale_data.alert_event (account_id, alert_id, day, kind, reason)
            select account_id, alert_id, date '2026-03-05', 'resolved', 'false' from closed
            returning account_id, event_id
            """, [accounts])
    }

    private func events(_ text: String, _ parameters: [(any PostgresEncodable)?]) async throws -> [AlertEventKey] {
        try await TestDatabase.shared.query(text, parameters).map {
            AlertEventKey(account: try $0.decode("account_id"), event: try $0.decode("event_id"))
        }
    }

    /// Writes the outbox rows of events as the alert stage does.
    @discardableResult
    package func enqueue(_ events: [AlertEventKey]) async throws -> Int {
        let outbox = AlertRouting(try await book(), effects: .withoutSending)
        return try await database.withConnection { connection in
            try await connection.transaction { try await outbox.enqueue(events, on: $0) }
        }
    }

    /// Messages that wait to be sent to a receiver, made without alerts.
    package func makeMessages(_ count: Int, to receiver: String = "team") async throws {
        _ = try await book()
        try await run(
            """
            select hale_data.ensure_month('delivery_attempt', (now() at time zone 'UTC')::date);
            insert into hale_data.delivery (webhook_id, receiver_id, kind, group_key, body)
            select 'msg_' || name || number, receiver_id, 'alerts', 'g', '{"number":' || number || '}'
            from hale_data.receiver, generate_series(1, \(count)) as number
            where name = '\(receiver)';
            """)
    }

    /// Lets every message be due now, as if time had passed.
    package func passTime() async throws {
        try await run(
            "update hale_data.delivery set next_attempt_at = now() where state = 'waiting'; "
                + "update hale_data.outbox set not_before = now() where flushed_at is null;")
    }

    package func run(_ script: String) async throws {
        let connection = try await Connection.open(TestDatabase.shared.superuser)
        do {
            try await connection.script(Statement(name: "test/script", text: script))
            await connection.close()
        } catch {
            await connection.close()
            throw error
        }
    }

    /// The texts of a query's column `text`.
    package func texts(_ query: String) async throws -> [String] {
        try await TestDatabase.shared.query(query).map { try $0.decode("text", as: String.self) }
    }

    /// The states of deliveries with how many there are.
    package func states() async throws -> [String] {
        try await texts(
            """
            select state || ' ' || count(*) as text
            from (select state from hale_data.delivery union all select 'delivered' from hale_data.delivery_archive) as all_
            group by state order by state
            """)
    }
}

/// What an operator was told.
package final class EventLog: Sendable {
    private let state = Mutex<[DeliveryEvent]>([])

    package var all: [DeliveryEvent] { state.withLock { $0 } }

    package func add(_ event: DeliveryEvent) { state.withLock { $0.append(event) } }
}

extension DeliveryEffects {
    /// Effects that nobody may touch.
    package static let untouched = DeliveryEffects(
        nowSeconds: { touched("the clock", 0) }, milliseconds: { touched("the clock", 0) },
        sleep: { _ in touched("sleep", ()) }, newID: { touched("new ids", "") },
        randomBytes: { _ in touched("chance", []) },
        jitter: { touched("jitter", 0.5) }, variable: { touched("the variable \($0)", nil) },
        resolve: { host async throws(ResolutionFailure) in touched("the resolver, for \(host)", []) },
        exchange: { touched("the network, to \($0.web)", DeliveryAnswer(phase: .connect)) },
        sendMail: { touched("the network, to \($0.web)", DeliveryAnswer(phase: .connect)) })

    private static func touched<Value>(_ what: String, _ value: Value) -> Value {
        Issue.record("\(what) was used")
        return value
    }
}
