/// Writes usage day by day: one row is a person, a feature and a day, with a quantity.
struct DemoUsageWriter {
    static let columns = ["account_id", "person_id", "feature", "occurred_at", "quantity"]

    let portfolio: DemoPortfolio
    let calendar: DemoCalendar
    let seed: UInt64

    /// Writes the rows in the order of their days.
    func write(to table: DemoTable) throws {
        var streams = portfolio.accounts.filter { $0.story != .unknown }.map {
            DemoUsageStream(account: $0, calendar: calendar, seed: seed)
        }
        for day in -calendar.usageDays..<0 {
            for position in streams.indices {
                try streams[position].write(day, calendar: calendar, to: table)
            }
        }
    }
}
