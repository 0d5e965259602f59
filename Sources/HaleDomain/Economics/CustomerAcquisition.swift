/// What customers cost and bring (mathematics §3); figures without a denominator are nil.
package struct CustomerAcquisition: Sendable, Hashable {
    /// Spend on sales and marketing, already lagged by the sales cycle [major units].
    package var spend: Double
    /// Customers won for it.
    package var newCustomers: Int
    /// Revenue of a customer [major units a year].
    package var revenuePerYear: Double
    /// Share of the revenue that is left after serving it.
    package var grossMargin: Double
    /// Discounted periods that a customer is expected to pay for after the first payment.
    package var residualPeriods: Double
    /// Rate of a period.
    package var discount: Double

    /// The figures of a period.
    package init(
        spend: Double, newCustomers: Int, revenuePerYear: Double, grossMargin: Double, residualPeriods: Double,
        discount: Double
    ) {
        self.spend = spend
        self.newCustomers = newCustomers
        self.revenuePerYear = revenuePerYear
        self.grossMargin = grossMargin
        self.residualPeriods = residualPeriods
        self.discount = discount
    }

    /// Cost of a new customer.
    package var cost: Double? { newCustomers > 0 ? spend / Double(newCustomers) : nil }

    /// Margin of a new customer's life: the first payment up front, the others discounted; the first renewal is a period
    /// away.
    package var lifetimeValue: Double { grossMargin * revenuePerYear * (1 + residualPeriods / (1 + discount)) }

    /// Lifetime value over cost.
    package var valueToCost: Double? { cost.flatMap { $0 > 0 ? lifetimeValue / $0 : nil } }

    /// Months of margin that pay for the cost.
    package var paybackMonths: Double? {
        let margin = revenuePerYear * grossMargin
        return cost.flatMap { margin > 0 ? 12 * $0 / margin : nil }
    }

    /// Spend over qualified leads; nil without any.
    package static func costPerLead(spend: Double, qualifiedLeads: Int) -> Double? {
        qualifiedLeads > 0 ? spend / Double(qualifiedLeads) : nil
    }
}
