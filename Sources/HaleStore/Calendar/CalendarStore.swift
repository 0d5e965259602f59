package import HaleDomain
import HaleSQL
package import Postgres

/// How often a task was changed, and when last.
package struct TaskChanges: Sendable, Equatable {
    package let count: Int64
    /// `YYYY-MM-DDTHH:MM:SSZ`
    package let newestAt: String
}

/// A renewal that has to be decided.
package struct CalendarDecision: Sendable, Equatable {
    /// The account's id as imported.
    package let accountID: String
    package let account: String
    /// The contract's id as imported.
    package let contractID: String
    package let product: String?
    package let decisionOn: Day
    package let renewsOn: Day
    /// Whether it renews by itself; nil where nobody says.
    package let renewsItself: Bool?
    /// Which renewal of its account and product it is.
    package let renewalNumber: Int?
    package let probability: Double?
    /// What the probability rests on.
    package let basis: String?
    package let arrMinor: Int64
    package let currency: String
    /// Decimals of the currency's minor unit.
    package let minorDigits: Int
    /// How many versions the contract has had.
    package let versions: Int64
    /// When the newest was recorded: `YYYY-MM-DDTHH:MM:SSZ`.
    package let changedAt: String
}

/// Reads what a calendar holds.
package struct CalendarStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The changes of tasks, by their numbers; those that were never changed are left out.
    package func changes(of numbers: [Int64]) async throws -> [Int64: TaskChanges] {
        let rows = try await connection.query(Statement(SQL.Calendar.changes), [numbers])
        return try Dictionary(
            uniqueKeysWithValues: rows.map {
                (
                    try $0.decode("task_id"),
                    TaskChanges(count: try $0.decode("changes"), newestAt: try $0.decode("changed_at"))
                )
            })
    }

    /// The decisions of the year from a day on, all CSMs' or one's.
    package func decisions(from day: Day, csm: String?) async throws -> [CalendarDecision] {
        try await connection.query(Statement(SQL.Calendar.decisions), [day.postgresDate, csm]).map { row in
            CalendarDecision(
                accountID: try row.decode("account_id"), account: try row.decode("account"),
                contractID: try row.decode("contract_id"), product: try row.decodeIfPresent("product"),
                decisionOn: try row.day("decision_on"), renewsOn: try row.day("renews_on"),
                renewsItself: try row.decodeIfPresent("auto_renew"),
                renewalNumber: try row.decodeIfPresent("renewal_number", as: Int32.self).map(Int.init),
                probability: try row.decodeIfPresent("probability"), basis: try row.decodeIfPresent("basis"),
                arrMinor: try row.decode("arr_minor"), currency: try row.decode("currency"),
                minorDigits: Int(try row.decode("minor_digits", as: Int32.self)),
                versions: try row.decode("versions"), changedAt: try row.decode("changed_at"))
        }
    }
}
