import Foundation
package import HaleDomain
import HaleStore
package import Postgres

/// What winning customers costs and brings (mathematics §3).
package struct EconomicsReport: Sendable {
    /// Spend and leads of a channel, a month, or all together. Figures without a denominator are nil.
    package struct Line: Sendable, Hashable {
        /// The channel or the month; nil for leads without a channel.
        package let name: String?
        /// Spend of the months themselves [minor units].
        package let spendMinor: Int64
        /// Spend of a sales cycle earlier, which won these customers [minor units].
        package let laggedMinor: Int64
        /// Leads that came.
        package let leads: Int
        /// Leads that were qualified.
        package let qualified: Int
        /// Customers who were won.
        package let won: Int

        /// Cost of a qualified lead [minor units].
        package var costPerLead: Double? {
            CustomerAcquisition.costPerLead(spend: Double(spendMinor), qualifiedLeads: qualified)
        }

        /// Cost of a customer [minor units].
        package var costOfCustomer: Double? { won > 0 ? Double(laggedMinor) / Double(won) : nil }
    }

    /// The day; nothing after it is seen.
    package let day: Day
    /// The months.
    package let range: CalendarPeriod
    /// The reporting currency.
    package let currency: String?
    /// Decimals of its minor unit.
    package let minorDigits: Int
    /// Months that spend lies before the customers that it wins.
    package let lagMonths: Int
    /// Median days from a lead to a customer; nil where none was won.
    package let salesCycleDays: Int?
    /// Spend and leads of the months, and the spend of a sales cycle earlier.
    private let own: [EconomicsStore.ChannelMonth]
    private let earlier: [EconomicsStore.ChannelMonth]
    /// What all customers cost, by the contracts that are new [major units].
    package let acquisition: CustomerAcquisition
    /// Customers whose ARR the revenue of one is the mean of.
    package let customers: Int
    /// What is assumed of money.
    package let assumptions: MoneyAssumptions
    /// What the lifetime value says of how long customers stay.
    package let basis: SurvivalProjection.Basis
    /// Where the lifetime value is in 9 of 10 cases [major units].
    package let lifetimeValueInterval: (low90: Double, high90: Double)

    /// Months that are looked at where no range is asked for.
    package static let defaultMonths = 12
    private static let daysOfMonth = 30.44

    /// Reads it; without a range the twelve whole months before the day.
    /// - Parameter cycleDays: Days from spend to customer; the median of the leads that were won when not given.
    package static func read(
        asOf day: Day, in asked: CalendarPeriod? = nil, cycleDays: Int? = nil, on connection: Connection
    ) async throws -> EconomicsReport {
        let month = day.firstOfMonth
        let range = asked ?? CalendarPeriod(from: month.adding(months: -Self.defaultMonths), before: month)
        let store = EconomicsStore(connection)
        let median = try await store.salesCycleDays(before: day)
        let lag = Int((Double(cycleDays ?? median ?? 0) / Self.daysOfMonth).rounded())
        let lagged = CalendarPeriod(
            from: range.first.adding(months: -lag), before: range.before.adding(months: -lag))
        let own = try await store.channels(spend: range, leads: range)
        let earlier = try await store.channels(spend: lagged, leads: lagged)
        let money = try await SettingStore(connection).reportingCurrency()
        let lifetimes = try await RetentionStore(connection).lifetimes(asOf: day)
        let paying = lifetimes.filter { $0.arrMinor > 0 }
        let unit = pow(10, Double(money.minorDigits))
        let arr = paying.reduce(0) { $0 + Double($1.arrMinor) } / unit
        let won = try await store.newCustomers(in: range, seen: day)
        let projection = SurvivalProjection(lifetimes, asOf: day)
        let assumptions = try await SettingStore(connection).moneyAssumptions()
        let discount = assumptions.discount
        let years = projection.residualInterval(discount: discount)
        func acquisition(_ residualPeriods: Double) -> CustomerAcquisition {
            CustomerAcquisition(
                spend: earlier.reduce(0) { $0 + Double($1.spendMinor) } / unit, newCustomers: won.customers,
                revenuePerYear: paying.isEmpty ? 0 : arr / Double(paying.count),
                grossMargin: assumptions.margin, residualPeriods: residualPeriods, discount: discount)
        }
        return EconomicsReport(
            day: day, range: range, currency: money.currency, minorDigits: money.minorDigits, lagMonths: lag,
            salesCycleDays: median, own: own, earlier: earlier,
            acquisition: acquisition(projection.residualLifetime(renewalsMade: 0, discount: discount)),
            customers: paying.count, assumptions: assumptions, basis: projection.basis,
            lifetimeValueInterval: (
                acquisition(years.low90).lifetimeValue, acquisition(years.high90).lifetimeValue
            ))
    }

    /// Cost of a new customer [major units]; nil where no spend is known, which is not the same as none.
    package var costOfCustomer: Double? { total.laggedMinor > 0 ? acquisition.cost : nil }

    /// Months of margin that pay for it.
    package var paybackMonths: Double? { total.laggedMinor > 0 ? acquisition.paybackMonths : nil }

    /// All channels together.
    package var total: Line { line(nil, own, earlier) }

    /// One line a channel, in order of their names, what has none at the end.
    package var byChannel: [Line] {
        let names = Set((own + earlier).map(\.channel)).sorted { ($0 ?? "\u{10FFFF}") < ($1 ?? "\u{10FFFF}") }
        return names.map { name in
            line(name, own.filter { $0.channel == name }, earlier.filter { $0.channel == name })
        }
    }

    /// One line a month.
    package var byMonth: [Line] {
        range.months.map { month in
            let first = month.first.firstOfMonth
            let before = first.adding(months: -lagMonths)
            return line(
                month.description, own.filter { $0.month == first }, earlier.filter { $0.month == before })
        }
    }

    private func line(
        _ name: String?, _ own: [EconomicsStore.ChannelMonth], _ earlier: [EconomicsStore.ChannelMonth]
    ) -> Line {
        Line(
            name: name, spendMinor: own.lazy.map(\.spendMinor).boundedSum(),
            laggedMinor: earlier.lazy.map(\.spendMinor).boundedSum(), leads: own.reduce(0) { $0 + $1.leads },
            qualified: own.reduce(0) { $0 + $1.qualified }, won: own.reduce(0) { $0 + $1.won })
    }
}
