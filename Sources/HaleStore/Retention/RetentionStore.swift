package import HaleDomain
import HaleSQL
package import Postgres

/// Reads what became of ARR, and how long customers stay.
package struct RetentionStore: Sendable {
    /// Retention in a month.
    package struct Month: Sendable, Hashable {
        /// The month.
        package let period: CalendarPeriod
        /// Customers when it began.
        package let accounts: Int
        /// The sums [minor units].
        package let sums: ArrMovement
        /// Gross, net and logo retention.
        package let rates: RetentionRates
    }

    /// What is left of the customers of a year, quarter or month after some months.
    package struct Cohort: Sendable, Hashable {
        /// When they began.
        package let cohort: CalendarPeriod
        /// Months after the end of it.
        package let months: Int
        /// How many began.
        package let began: Int
        /// How many are there.
        package let accounts: Int
        /// Their ARR [minor units].
        package let arrMinor: Int64
    }

    /// What the customers who began in it make a cohort.
    package enum CohortUnit: String, Sendable, Hashable, CaseIterable {
        case year, quarter, month

        /// Its length [months].
        package var months: Int {
            switch self {
            case .year: return 12
            case .quarter: return 3
            case .month: return 1
            }
        }

        /// When it is looked at what is left [months after its end].
        package var steps: [Int] {
            switch self {
            case .year: return (0...20).map { 12 * $0 }
            case .quarter: return [0, 3, 6, 9, 12, 18, 24, 36, 48, 60]
            case .month: return [0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60]
            }
        }

        fileprivate func period(from first: Day) -> CalendarPeriod {
            switch self {
            case .year: return CalendarPeriod(yearOf: first)
            case .quarter: return CalendarPeriod(quarterOf: first)
            case .month: return CalendarPeriod(monthOf: first)
            }
        }
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What became of each account's ARR in a period, as seen on a day; refused where an amount has no exchange rate.
    package func movements(in period: CalendarPeriod, seen day: Day) async throws -> [ArrMovement] {
        let rows = try await connection.query(
            Statement(SQL.Retention.movements),
            [period.first.postgresDate, period.before.postgresDate, day.postgresDate])
        try await MissingRate(connection: connection)
            .refuse(rows, without: "start_minor", on: [period.first], last: period.before)
        return try rows.map { row in
            var movement = try Self.sums(row)
            movement.accountID = try row.decode("account_id")
            movement.account = try row.decode("account")
            movement.segment = try row.decodeIfPresent("segment")
            movement.csm = try row.decodeIfPresent("csm")
            return movement
        }
    }

    /// Retention by month, as the view `retention_month` of a day has it, of all or of a segment.
    package func months(asOf day: Day, in period: CalendarPeriod, segment: String? = nil) async throws -> [Month] {
        let rows = try await connection.query(
            Statement(SQL.Retention.months),
            [day.postgresDate, period.first.postgresDate, period.before.postgresDate, segment])
        try await MissingRate(connection: connection).refuse(
            rows, without: "start_minor", on: rows.map { try $0.day("month") }, last: period.before)
        return try rows.map { row in
            Month(
                period: CalendarPeriod(monthOf: try row.day("month")),
                accounts: Int(try row.decode("accounts", as: Int32.self)), sums: try Self.sums(row),
                rates: RetentionRates(
                    gross: try row.decodeIfPresent("grr"), net: try row.decodeIfPresent("nrr"),
                    logo: try row.decodeIfPresent("logo_retention"), grossLow: try row.decodeIfPresent("grr_low"),
                    netLow: try row.decodeIfPresent("nrr_low"),
                    logoLow: try row.decodeIfPresent("logo_retention_low")))
        }
    }

    /// What is left of the customers who began in each year, quarter or month, of all or of a segment.
    package func cohorts(asOf day: Day, by unit: CohortUnit = .year, segment: String? = nil) async throws -> [Cohort] {
        let rows = try await connection.query(
            Statement(SQL.Retention.cohorts),
            [day.postgresDate, Int32(unit.months), unit.steps.map(Int32.init), segment])
        try await MissingRate(connection: connection).refuse(rows, without: "arr_minor", on: [day], last: day)
        return try rows.map { row in
            Cohort(
                cohort: unit.period(from: try row.day("cohort")),
                months: Int(try row.decode("months", as: Int32.self)),
                began: Int(try row.decode("began", as: Int64.self)),
                accounts: Int(try row.decode("accounts", as: Int64.self)),
                arrMinor: try row.decodeIfPresent("arr_minor") ?? 0)
        }
    }

    /// How long every customer has been one.
    package func lifetimes(asOf day: Day) async throws -> [CustomerLifetime] {
        let rows = try await connection.query(Statement(SQL.Retention.lifetimes), [day.postgresDate])
        try await MissingRate(connection: connection).refuse(rows, without: "arr_minor", on: [day], last: day)
        return try rows.map { row in
            CustomerLifetime(
                accountID: try row.decode("account_id"), account: try row.decode("account"),
                segment: try row.decodeIfPresent("segment"), csm: try row.decodeIfPresent("csm"),
                firstOn: try row.day("first_on"), lostOn: try row.dayIfPresent("lost_on"),
                censoredOn: try row.dayIfPresent("censored_on"), arrMinor: try row.decode("arr_minor"),
                renewsOn: try row.dayIfPresent("renews_on"),
                evergreenDays: Int(try row.decode("evergreen_days", as: Int32.self)))
        }
    }

    /// The net promoter score of the newest responses of all respondents, and how many there are.
    package func netPromoter(
        asOf day: Day, segment: String? = nil
    ) async throws -> (margin: NetPromoterMargin, responses: Int) {
        let rows = try await connection.query(Statement(SQL.Retention.responses), [day.postgresDate, segment])
        guard let row = rows.first else {
            return (NetPromoterMargin(promoters: 0, passives: 0, detractors: 0), 0)
        }
        let counts = try ["promoters", "passives", "detractors"].map { Int(try row.decode($0, as: Int64.self)) }
        return (
            NetPromoterMargin(promoters: counts[0], passives: counts[1], detractors: counts[2]), counts.reduce(0, +)
        )
    }

    private static func sums(_ row: Row) throws -> ArrMovement {
        func minor(_ column: String) throws -> Int64 {
            guard let value = try row.decodeIfPresent(column, as: Int64.self) else {
                throw StoreError.unreadableRow("a movement has no \(column)")
            }
            return value
        }
        return ArrMovement(
            accountID: "", account: "", startMinor: try minor("start_minor"), newMinor: try minor("new_minor"),
            returnedMinor: try minor("returned_minor"), expansionMinor: try minor("expansion_minor"),
            contractionMinor: try minor("contraction_minor"), churnedMinor: try minor("churned_minor"),
            undecidedMinor: try minor("undecided_minor"), endMinor: try minor("end_minor"))
    }
}
