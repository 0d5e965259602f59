package import HaleDomain
import HaleSQL
package import Postgres

/// Reads what winning customers costs.
package struct EconomicsStore: Sendable {
    /// A channel in a month.
    package struct ChannelMonth: Sendable, Hashable {
        package let month: Day
        /// The channel; nil for leads without one.
        package let channel: String?
        /// Spend [minor units of the reporting currency].
        package let spendMinor: Int64
        /// Leads that came.
        package let leads: Int
        /// Leads that were qualified.
        package let qualified: Int
        /// Leads that were won.
        package let won: Int
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Spend of a period and the leads of another, by month and channel; refused where an amount has no exchange rate.
    package func channels(spend: CalendarPeriod, leads: CalendarPeriod) async throws -> [ChannelMonth] {
        let rows = try await connection.query(
            Statement(SQL.Economics.channels),
            [
                spend.first.postgresDate, spend.before.postgresDate, leads.first.postgresDate,
                leads.before.postgresDate,
            ])
        return try rows.map { row in
            let month = try row.day("month")
            let spent = try row.decodeIfPresent("spend_minor", as: Int64.self)
            if spent == nil, let currency = try row.decodeIfPresent("spend_currency", as: String.self) {
                throw StoreError.refused("no exchange rate of \(currency) is known on \(month): hale import fx_rates")
            }
            return ChannelMonth(
                month: month, channel: try row.decodeIfPresent("channel"), spendMinor: spent ?? 0,
                leads: Int(try row.decode("leads", as: Int64.self)),
                qualified: Int(try row.decode("qualified", as: Int64.self)),
                won: Int(try row.decode("won", as: Int64.self)))
        }
    }

    /// The customers that are new in a period by their contracts, and what they run at [minor units].
    package func newCustomers(
        in period: CalendarPeriod, seen day: Day
    ) async throws -> (customers: Int, arrMinor: Int64) {
        let rows = try await connection.query(
            Statement(SQL.Economics.newCustomers),
            [period.first.postgresDate, period.before.postgresDate, day.postgresDate])
        guard let row = rows.first else { return (0, 0) }
        try await MissingRate(connection: connection)
            .refuse(rows, without: "arr_minor", on: [period.first], last: period.before)
        return (
            Int(try row.decode("customers", as: Int64.self)), try row.decodeIfPresent("arr_minor") ?? 0
        )
    }

    /// Median days from a lead to a customer, by the leads that were won before a day; nil where none was.
    package func salesCycleDays(before day: Day) async throws -> Int? {
        try await connection.query(Statement(SQL.Economics.salesCycle), [day.postgresDate]).first?
            .decodeIfPresent("days", as: Double.self).map { Int($0.rounded()) }
    }
}
