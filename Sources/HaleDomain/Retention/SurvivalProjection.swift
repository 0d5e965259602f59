/// How long customers stay, and how sure that is: the survival after each year, observed as far as it can be, and projected
/// with the interval of resampled customers (mathematics §3).
public struct SurvivalProjection: Sendable, Hashable {
    /// What it follows from.
    public enum Basis: String, Sendable, Hashable {
        /// Chances to leave that differ between customers.
        case shiftedBetaGeometric = "shifted beta-geometric"
        /// One rate for all, where history is too short for more.
        case oneRate = "one rate"
    }

    /// The end of a year.
    public struct Year: Sendable, Hashable {
        /// Years since the beginning.
        public let year: Int
        /// Customers whose year was over.
        public let asked: Int
        /// Share of all customers still there, as far as it can be told (Kaplan and Meier); nil where nobody was asked.
        public let observed: Double?
        /// The share that is projected.
        public let expected: Double
        /// Lower end of the 90 % interval.
        public let low90: Double
        /// Upper end.
        public let high90: Double
    }

    /// What it follows from.
    public let basis: Basis
    /// Customers behind it.
    public let customers: Int
    /// Years that at least one customer has been through.
    public let periods: Int
    /// The model; with one rate it is that of customers who are all alike.
    public let model: ShiftedBetaGeometric
    /// The years in order.
    public let years: [Year]

    private static let fewestPeriods = 3
    private static let fewestCustomers = 30
    private static let resamples = 400
    /// What the assumed rate counts for where there is little history (mathematics §2).
    private static let assumedRate = 0.8
    private static let assumedStrength = 10.0
    /// With parameters of this size all customers are alike.
    private static let alike = 1e6

    /// Projects the survival of customers.
    /// - Parameters:
    ///   - horizon: Years to project.
    ///   - seed: What the resampled customers follow from.
    public init(_ lifetimes: [CustomerLifetime], asOf day: Day, horizon: Int = 10, seed: UInt64 = 1) {
        let histories = lifetimes.map { $0.years(asOf: day) }.filter { !$0.isEmpty }
        let counts = Self.counts(histories)
        customers = histories.count
        periods = counts.count
        let fit =
            counts.count >= Self.fewestPeriods && histories.count >= Self.fewestCustomers
            ? ShiftedBetaGeometricFit(counts) : nil
        var survivals: [[Double]] = []
        if let fit {
            basis = .shiftedBetaGeometric
            model = fit.model
            var generator = SplitMix(seed: seed)
            for _ in 0..<Self.resamples {
                let drawn = histories.indices.map { _ in
                    histories[Int(generator.unit() * Double(histories.count))]
                }
                if let again = ShiftedBetaGeometricFit(Self.counts(drawn)) {
                    survivals.append(again.model.survival(periods: horizon))
                }
            }
        } else {
            basis = .oneRate
            let renewed = Double(counts.reduce(0) { $0 + $1.renewed })
            let lost = Double(counts.reduce(0) { $0 + $1.lost })
            let posterior = BetaDistribution(
                alpha: renewed + Self.assumedStrength * Self.assumedRate,
                beta: lost + Self.assumedStrength * (1 - Self.assumedRate))
            let rate = posterior.alpha / (posterior.alpha + posterior.beta)
            model = ShiftedBetaGeometric(alpha: (1 - rate) * Self.alike, beta: rate * Self.alike)
            survivals = [0.05, 0.95].map { share in
                let rate = posterior.quantile(share)
                return (1...max(1, horizon)).map { year in (0..<year).reduce(1) { left, _ in left * rate } }
            }
        }
        let expected = model.survival(periods: horizon)
        var kept: Double? = 1
        years = (0..<horizon).map { index in
            let period = index < counts.count ? counts[index] : .init(renewed: 0, lost: 0)
            let asked = period.renewed + period.lost
            kept = asked > 0 ? kept.map { $0 * Double(period.renewed) / Double(asked) } : nil
            let values = survivals.map { $0[index] }.sorted()
            return Year(
                year: index + 1, asked: asked, observed: kept, expected: expected[index],
                low90: values.quantile(0.05) ?? expected[index], high90: values.quantile(0.95) ?? expected[index])
        }
    }

    /// What the live contracts of a customer are still expected to bring, discounted: margin times ARR times the expected
    /// residual lifetime at the next renewal (mathematics §3) [minor units].
    /// - Parameter discount: Rate of a year.
    public func residualValueMinor(
        of customer: CustomerLifetime, asOf day: Day, margin: Double, discount: Double
    ) -> Double {
        guard customer.arrMinor > 0 else { return 0 }
        let renewalsMade = customer.years(asOf: day).count { $0 }
        let days = max(0, customer.renewsOn.map { $0 - day } ?? Self.evergreenDays)
        let years = Double(days) / 365
        return margin * Double(customer.arrMinor)
            * model.residualLifetime(renewalsMade: renewalsMade, discount: discount)
            * Real.exponential(-years * Real.logarithm(1 + discount))
    }

    /// Days to the decision of a contract without end (mathematics §1.6).
    private static let evergreenDays = 60

    private static func counts(_ histories: [[Bool]]) -> [ShiftedBetaGeometricFit.Period] {
        let longest = histories.map(\.count).max() ?? 0
        return (0..<longest).map { index in
            histories.reduce(into: ShiftedBetaGeometricFit.Period(renewed: 0, lost: 0)) { period, history in
                guard index < history.count else { return }
                if history[index] { period.renewed += 1 } else { period.lost += 1 }
            }
        }
    }
}
