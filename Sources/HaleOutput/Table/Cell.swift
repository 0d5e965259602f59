/// One typed value of a table. The table decides how much of it is shown; CSV takes the value itself.
package enum Cell: Sendable, Equatable {
    /// Text from data or program; made harmless when shown.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// A number shown with a fixed count of decimals.
    case number(Double, decimals: Int)
    /// Money in minor units; `exponent` is the number of decimals of the currency's minor unit.
    case money(minor: Int64, currency: String, exponent: Int, form: MoneyText.Form)
    /// A day as `YYYY-MM-DD`.
    case date(String)
    /// A day that is said shortly to people and as `YYYY-MM-DD` to programs.
    case day(iso: String, said: String)
    /// A fraction shown as a percentage: 0.125 with one decimal is "12.5%".
    case percent(Double, decimals: Int)
    /// A word with a meaning, coloured where colour is wanted; in a narrow column its first letter.
    case band(Tone, word: String)
    /// A row of numbers as small bars.
    case sparkline(Sparkline)
    /// Points around a zero axis.
    case scoreBar(ScoreBar)
    /// No value, which is not zero.
    case missing

    /// Money of a currency with two decimals, rounded to major units.
    package static func money(minor: Int64, currency: String) -> Cell {
        .money(minor: minor, currency: currency, exponent: 2, form: .whole)
    }

    /// A whole number of any integer type.
    package static func count(_ value: some BinaryInteger) -> Cell {
        .integer(Int64(clamping: value))
    }

    /// The cell made from a value, or missing without one.
    package static func optional<Value>(_ value: Value?, _ cell: (Value) -> Cell) -> Cell {
        value.map(cell) ?? .missing
    }
}
