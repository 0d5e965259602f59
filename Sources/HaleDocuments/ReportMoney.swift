import HaleDomain
package import HaleOutput
package import HaleService

/// Amounts in the reporting currency, from minor units.
package struct ReportMoney {
    package let currency: String
    package let exponent: Int

    package init(currency: String, exponent: Int) {
        self.currency = currency
        self.exponent = exponent
    }

    package init(_ report: ForecastReport) {
        self.init(currency: report.currency ?? "", exponent: report.minorDigits)
    }

    package func cell(_ minor: Int64) -> Cell {
        .money(minor: minor, currency: currency, exponent: exponent, form: .whole)
    }
    package func cell(_ minor: Double) -> Cell { cell(Int64(nearest: minor)) }

    package func text(_ minor: Int64) -> String {
        MoneyText.text(minor: minor, currency: currency, exponent: exponent)
    }
    package func text(_ minor: Double) -> String { text(Int64(nearest: minor)) }

    /// With its sign.
    package func change(_ minor: Double) -> String { (minor.rounded() > 0 ? "+" : "") + text(minor) }

    package func json(_ minor: Int64) -> JSONValue { .money(minor: minor, currency: currency) }
    package func json(_ minor: Double) -> JSONValue { json(Int64(nearest: minor)) }

    /// Major units in minor ones.
    package func minor(_ major: Double) -> Int64 {
        Int64(nearest: (0..<exponent).reduce(major) { amount, _ in amount * 10 })
    }

    /// In major units.
    package func major(_ minor: Double) -> Double { (0..<exponent).reduce(minor) { amount, _ in amount / 10 } }
}
