/// How long customers stay when each has a chance of leaving at every renewal, and those chances differ as a beta
/// distribution: the shifted beta-geometric model of Fader and Hardie (mathematics §3).
public struct ShiftedBetaGeometric: Sendable, Hashable {
    /// First parameter of the distribution of the chance to leave.
    public let alpha: Double
    /// Second parameter.
    public let beta: Double

    /// A model of known parameters, both above 0.
    public init(alpha: Double, beta: Double) {
        self.alpha = alpha
        self.beta = beta
    }

    /// Share of those who are asked for the `period`-th renewal (1 for the first) that renew.
    public func retention(at period: Int) -> Double {
        let (before, all) = (beta + Double(period - 1), alpha + beta + Double(period - 1))
        return before / all
    }

    /// Share of all customers left after each of some periods, the first renewal first.
    public func survival(periods: Int) -> [Double] {
        var left = 1.0
        return (0..<periods).map { index in
            left *= retention(at: index + 1)
            return left
        }
    }

    /// Terms below this end the sum of a residual lifetime.
    private static let smallestTerm = 1e-13
    private static let mostTerms = 200_000

    /// Periods that a customer who renewed so often is still expected to pay for, each discounted to the next renewal,
    /// which is about to be decided (Fader and Hardie 2010, eq. 6, as its series).
    /// - Parameter discount: Rate of a period, above -1.
    public func residualLifetime(renewalsMade: Int, discount: Double) -> Double {
        var (sum, left, factor) = (0.0, 1.0, 1.0)
        for index in 0..<Self.mostTerms {
            left *= retention(at: renewalsMade + 1 + index)
            let term = left * factor
            sum += term
            if term < Self.smallestTerm { break }
            factor /= 1 + discount
        }
        return sum
    }
}
