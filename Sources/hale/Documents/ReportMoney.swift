import HaleDomain
import HaleService
import HaleTerminal

/// Amounts in the reporting currency, from minor units.
struct ReportMoney {
    let currency: String
    let exponent: Int

    init(currency: String, exponent: Int) {
        self.currency = currency
        self.exponent = exponent
    }

    init(_ report: ForecastReport) {
        self.init(currency: report.currency ?? "", exponent: report.minorDigits)
    }

    func cell(_ minor: Int64) -> Cell {
        .money(minor: minor, currency: currency, exponent: exponent, form: .whole)
    }
    func cell(_ minor: Double) -> Cell { cell(Int64(nearest: minor)) }

    func text(_ minor: Int64) -> String {
        MoneyText.text(minor: minor, currency: currency, exponent: exponent)
    }
    func text(_ minor: Double) -> String { text(Int64(nearest: minor)) }

    /// With its sign.
    func change(_ minor: Double) -> String { (minor.rounded() > 0 ? "+" : "") + text(minor) }

    func json(_ minor: Int64) -> JSONValue { .money(minor: minor, currency: currency) }
    func json(_ minor: Double) -> JSONValue { json(Int64(nearest: minor)) }

    /// In major units.
    func major(_ minor: Double) -> Double { (0..<exponent).reduce(minor) { amount, _ in amount / 10 } }
}
