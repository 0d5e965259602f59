/// Customers of whom a share stays at each renewal.
package protocol RenewalSurvival: Sendable {
    /// Share of those who are asked for the `period`-th renewal (1 for the first) that renew.
    func retention(at period: Int) -> Double
}

extension RenewalSurvival {
    /// Share of all customers left after each of some periods, the first renewal first.
    package func survival(periods: Int) -> [Double] {
        var left = 1.0
        return (0..<periods).map { index in
            left *= retention(at: index + 1)
            return left
        }
    }

    /// Periods that a customer who renewed so often is still expected to pay for, each discounted to the next renewal,
    /// which is about to be decided (Fader and Hardie 2010, eq. 6, as its series).
    /// - Parameter discount: Rate of a period, above -1.
    package func residualLifetime(renewalsMade: Int, discount: Double) -> Double {
        var (sum, left, factor) = (0.0, 1.0, 1.0)
        for index in 0..<ResidualSeries.mostTerms {
            left *= retention(at: renewalsMade + 1 + index)
            let term = left * factor
            sum += term
            if term < ResidualSeries.smallestTerm { break }
            factor /= 1 + discount
        }
        return sum
    }
}

private enum ResidualSeries {
    /// Terms below this end the sum of a residual lifetime.
    static let smallestTerm = 1e-13
    static let mostTerms = 200_000
}
