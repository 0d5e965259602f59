package import HaleDomain
import HaleSQL
package import Postgres

/// What a CSM looks after on a day.
package struct CSMWorkload: Sendable, Equatable {
    /// Working days of a week.
    package static let weekDays = 5

    /// E-mail; nil for the accounts that nobody looks after.
    package let email: String?
    package let name: String?
    /// Minutes for tasks in a day; nil where there is nobody.
    package let capacityMinutes: Int?
    /// Accounts that the CSM is responsible for, covered ones included.
    package let accounts: Int
    /// Of them those of other CSMs who are away.
    package let coveredAccounts: Int
    /// The CSM's own accounts that others cover.
    package let givenAccounts: Int
    /// ARR of the accounts in minor units of the reporting currency; nil where an amount has no exchange rate.
    package let arrMinor: Int64?
    /// Open tasks.
    package let tasks: Int
    /// Minutes of those that are due within seven days or overdue.
    package let minutes: Int

    /// Minutes for tasks in a week.
    package var weekMinutes: Int? { capacityMinutes.map { $0 * Self.weekDays } }
    /// Minutes above those of a week; nil where the work fits, or nobody is there to do it.
    package var overloadMinutes: Int? { weekMinutes.flatMap { minutes > $0 ? minutes - $0 : nil } }
}

/// An absence: who covers for whom.
package struct CSMAbsence: Sendable, Equatable {
    /// E-mail of who is away; nil for accounts without a CSM of their own.
    package let csm: String?
    /// E-mail of who covers.
    package let covering: String
    /// The first and the last day.
    package let days: ClosedRange<Day>
    package let accounts: Int

    package init(csm: String?, covering: String, days: ClosedRange<Day>, accounts: Int) {
        self.csm = csm
        self.covering = covering
        self.days = days
        self.accounts = accounts
    }
}

/// Reads what CSMs have to do.
package struct CSMStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What CSMs look after on a day; all, and the accounts without one, or those with these e-mails.
    package func workload(asOf day: Day, csms: [String]? = nil) async throws -> [CSMWorkload] {
        try await connection.query(Statement(SQL.Csms.workload), [day.postgresDate, csms]).map { row in
            func count(_ column: String) throws -> Int { Int(try row.decode(column, as: Int64.self)) }
            return CSMWorkload(
                email: try row.decodeIfPresent("email"), name: try row.decodeIfPresent("name"),
                capacityMinutes: try row.decodeIfPresent("capacity_minutes", as: Int32.self).map(Int.init),
                accounts: try count("accounts"), coveredAccounts: try count("covered_accounts"),
                givenAccounts: try count("given_accounts"), arrMinor: try row.decodeIfPresent("arr_minor"),
                tasks: try count("tasks"), minutes: try count("minutes"))
        }
    }

    /// The absences of a day and those to come, of all or of those that a CSM is part of.
    package func absences(from day: Day, csm: String? = nil) async throws -> [CSMAbsence] {
        try await connection.query(Statement(SQL.Csms.absences), [day.postgresDate, csm]).map {
            CSMAbsence(
                csm: try $0.decodeIfPresent("csm"), covering: try $0.decode("covering"),
                days: try $0.day("starts_on")...(try $0.day("until_on")),
                accounts: Int(try $0.decode("accounts", as: Int64.self)))
        }
    }
}
