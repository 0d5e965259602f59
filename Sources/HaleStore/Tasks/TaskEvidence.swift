package import HaleDomain
import HaleSQL
import Postgres

/// What tasks are planned by beside the day's score: who was talked to, and what playbooks did so far.
extension TaskStore {
    /// The last days on which one of us was in touch with accounts, as far back as some days.
    package func lastContacts(asOf day: Day, accounts: [Int64], days: Int) async throws -> [Int64: Day] {
        let kinds = ContactKind.ours.map(\.rawValue).sorted()
        var contacts: [Int64: Day] = [:]
        for row in try await connection.query(
            Statement(SQL.Tasks.lastContacts), [day.postgresDate, accounts, kinds, Int32(days)])
        {
            contacts[try row.decode("account_id")] = try row.day("contact_on")
        }
        return contacts
    }

    /// What came of the playbooks' tasks before a day, and the playbooks of which enough was decided, with their tasks and
    /// without, that a save rate is more than assumed.
    package func learnt(before day: Day) async throws -> (saves: [String: SaveRecord], established: Set<String>) {
        var saves: [String: SaveRecord] = [:]
        var heldOut = 0
        for row in try await connection.query(Statement(SQL.Tasks.learnt), [day.postgresDate]) {
            saves[try row.decode("playbook")] = SaveRecord(
                treated: Int(try row.decode("treated", as: Int64.self)),
                saved: Int(try row.decode("saved", as: Int64.self)))
            heldOut = max(heldOut, Int(try row.decode("held_out", as: Int64.self)))
        }
        // Mostly nothing is held out, and then no decision is looked at.
        guard heldOut >= PlaybookRecord.decisionsNeeded else { return (saves, []) }
        let records = try await PlaybookStatistics(connection).records(from: nil, to: day - 1)
        return (saves, Set(records.filter { !$0.isAssumed }.map(\.playbook)))
    }
}
