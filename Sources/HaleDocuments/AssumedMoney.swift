package import HaleDomain
import HaleOutput

/// What is assumed of money, as it is told where it acts.
package struct AssumedMoney {
    package let assumptions: MoneyAssumptions

    package init(
        assumptions: MoneyAssumptions
    ) {
        self.assumptions = assumptions
    }

    /// Behind what customers are worth.
    package var worth: String {
        "\(Self.percent(assumptions.margin)) margin, \(Self.percent(assumptions.discount)) discount a year: hale config"
    }

    /// Behind what tasks protect.
    package func protection(_ money: ReportMoney) -> String {
        let hour = MoneyText.text(
            minor: hourlyCostMinor(money), currency: money.currency, exponent: money.exponent, form: .exact)
        return "a task protects the ARR likely to be lost × \(Self.percent(assumptions.margin)) margin × "
            + "\(Self.percent(assumptions.saveRate)) saved (assumed); an hour costs \(hour): hale config"
    }

    /// What an hour costs [minor units].
    package func hourlyCostMinor(_ money: ReportMoney) -> Int64 {
        money.minor(assumptions.hourlyCost)
    }

    private static func percent(_ share: Double) -> String {
        // A share has at most six decimals.
        "\(ModelValue.number((share * 1e6).rounded() / 1e4).text) %"
    }
}
