package import HaleDomain
import HaleSQL
package import Postgres

/// Reads what became of the tasks of playbooks.
package struct PlaybookStatistics: Sendable {
    private let connection: Connection

    /// A reader on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Of tasks that were opened from a day on (nil: ever) up to another; decisions count up to that one too.
    package func records(from first: Day?, to last: Day) async throws -> [PlaybookRecord] {
        try await connection.query(
            Statement(SQL.Tasks.stats), [last.postgresDate, first?.postgresDate]
        ).map { row in
            func count(_ column: String) throws -> Int { Int(try row.decode(column, as: Int64.self)) }
            var record = PlaybookRecord(playbook: try row.decode("playbook"))
            record.opened = try count("opened")
            record.done = try count("done")
            record.doneByContact = try count("done_by_contact")
            record.dropped = try count("dropped")
            record.lapsed = try count("lapsed")
            record.outcomes = [
                .saved: try count("saved"), .progress: try count("progress"), .noChange: try count("no_change"),
                .lost: try count("lost"), .notNeeded: try count("not_needed"),
            ]
            record.minutes = try count("minutes")
            record.savedARR = try row.decode("saved_arr")
            record.treated = PlaybookRecord.Arm(
                decided: try count("treated_decided"), kept: try count("treated_kept"))
            record.heldOut = PlaybookRecord.Arm(
                decided: try count("held_out_decided"), kept: try count("held_out_kept"))
            record.heldOutTasks = try count("held_out")
            return record
        }
    }
}
