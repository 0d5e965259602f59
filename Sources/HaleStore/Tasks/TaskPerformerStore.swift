package import HaleDomain
import HaleSQL
import Postgres

/// A CSM among whom tasks are given out.
package struct TaskPerformer: Sendable, Hashable {
    /// Key of the CSM in the database.
    package let key: Int64
    package let email: String
    /// What the CSM does, such as onboarding.
    package let role: String?
    /// Minutes for tasks in a day.
    package let capacityMinutes: Int
    /// Length of what is open.
    package var openMinutes: Int

    package init(key: Int64, email: String, role: String?, capacityMinutes: Int, openMinutes: Int) {
        self.key = key
        self.email = email
        self.role = role
        self.capacityMinutes = capacityMinutes
        self.openMinutes = openMinutes
    }
}

extension TaskStore {
    /// The CSMs among whom tasks are given out on a day, in order of e-mail; not those who are absent.
    package func performers(on day: Day) async throws -> [TaskPerformer] {
        try await connection.query(Statement(SQL.Tasks.performers), [day.postgresDate]).map { row in
            TaskPerformer(
                key: try row.decode("csm_id"), email: try row.decode("email"), role: try row.decodeIfPresent("role"),
                capacityMinutes: Int(try row.decode("capacity_minutes", as: Int32.self)),
                openMinutes: Int(try row.decode("open_minutes", as: Int64.self)))
        }
    }
}
