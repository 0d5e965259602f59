import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// A column of words and the enumeration that it is read as.
private struct WordColumn: Sendable, CustomTestStringConvertible {
    let table: String
    let column: String
    let words: [String]

    init<Word: PostgresWord>(_ table: String, _ column: String, as type: Word.Type) {
        self.table = table
        self.column = column
        words = type.allCases.map(\.rawValue).sorted()
    }

    var testDescription: String { "\(table).\(column)" }
}

@Suite struct `Words that the database keeps` {
    private static let columns = [
        WordColumn("alert", "state", as: AlertState.self), WordColumn("alert", "severity", as: AlertSeverity.self),
        WordColumn("alert_event", "kind", as: ShownEvent.Kind.self),
        WordColumn("calibration", "base", as: RenewalBase.self),
        WordColumn("contract_version", "outcome", as: RenewalOutcome.self),
        WordColumn("delivery", "kind", as: AlertMessage.Kind.self),
        WordColumn("delivery", "state", as: DeliveryState.self),
        WordColumn("delivery_attempt", "phase", as: DeliveryPhase.self),
        WordColumn("digest", "kind", as: DigestKind.self),
        WordColumn("forecast_entry", "category", as: RenewalCategory.self),
        WordColumn("health_score", "band", as: Band.self), WordColumn("health_score", "computed_band", as: Band.self),
        WordColumn("model", "roll_up", as: RollUp.self), WordColumn("outbox", "kind", as: AlertStatus.self),
        WordColumn("person", "role", as: PersonRole.self),
        WordColumn("receiver", "state", as: StoredReceiver.State.self),
        WordColumn("renewal_evidence", "band", as: Band.self),
        WordColumn("task", "closed_reason", as: TaskEnd.self), WordColumn("task", "origin", as: TaskOrigin.self),
        WordColumn("task", "outcome", as: TaskOutcome.self),
        WordColumn("task_event", "kind", as: TaskEvent.Kind.self),
    ]

    @Test(.database, arguments: columns)
    fileprivate func `are those of the enumeration that reads them`(_ list: WordColumn) async throws {
        let allowed = try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.texts(
                """
                select distinct word.text[1] as value
                from pg_constraint as rule
                join pg_attribute as part on part.attrelid = rule.conrelid and rule.conkey = array[part.attnum]
                cross join lateral regexp_matches(pg_get_constraintdef(rule.oid), '''([^'']+)''::text', 'g') as word (text)
                where rule.contype = 'c' and rule.conrelid = 'hale_data.\(list.table)'::regclass
                    and part.attname = '\(list.column)'
                order by value
                """)
        }
        #expect(allowed == list.words)
    }

    @Test(.database) func `are an error that names column and word where the list does not have it`() async throws {
        let error = try await TestDatabase.shared.session(as: "postgres") { connection in
            try await connection.script(
                """
                alter table hale_data.receiver drop constraint receiver_state_check;
                insert into hale_data.receiver (name, state) values ('ops', 'asleep');
                """)
            return await #expect(throws: PostgresError.self) { try await ReceiverStore(connection).all() }
        }
        #expect(error?.column == "state")
        #expect(
            error?.description == "statement delivery/receivers: column \"state\" cannot be read as State: "
                + "\"asleep\" is none of active, paused, disabled")
    }
}
