import HaleDomain
import HaleSQL
import Postgres

/// What tasks are planned by beside the day's score: who was talked to.
extension TaskStore {
    /// The last days on which one of us was in touch with accounts, as far back as some days.
    func lastContacts(asOf day: Day, accounts: [Int64], days: Int) async throws -> [Int64: Day] {
        let kinds = ContactKind.ours.map(\.rawValue).sorted()
        var contacts: [Int64: Day] = [:]
        for row in try await connection.query(
            Statement(SQL.Tasks.lastContacts), [day.postgresDate, accounts, kinds, Int32(days)])
        {
            contacts[try row.decode("account_id")] = try row.day("contact_on")
        }
        return contacts
    }
}
