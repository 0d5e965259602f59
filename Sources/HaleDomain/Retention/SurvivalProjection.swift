/// How long customers stay, and how sure that is: the survival after each year, observed as far as it can be, and projected
/// with an interval of resampled customers and of the model that may be the wrong one (mathematics §3).
package struct SurvivalProjection: Sendable, Hashable {
    /// What it follows from.
    package enum Basis: String, Sendable, Hashable {
        /// Chances to leave that differ between customers, which may change in time.
        case shiftedBetaGeometric = "shifted beta-geometric"
        /// One rate for all, where history is too short for more.
        case oneRate = "one rate"
        /// A rate that nothing of one's own speaks for: no year is over.
        case assumed = "assumed rate"
    }

    /// The end of a year.
    package struct Year: Sendable, Hashable {
        /// Years since the beginning.
        package let year: Int
        /// Customers who began the year and for whom it is over: those that the projection follows from.
        package let asked: Int
        /// Share of all customers still there, as far as it can be told (Kaplan and Meier); nil where nobody was at risk.
        package let observed: Double?
        /// Customers known to be there at the end of the year.
        package let atRisk: Int
        /// The share that is projected.
        package let expected: Double
        /// Lower end of the 90 % interval.
        package let low90: Double
        /// Upper end.
        package let high90: Double
    }

    /// What it follows from.
    package let basis: Basis
    /// Customers whose first year is over.
    package let customers: Int
    /// Years that are over for at least one customer.
    package let periods: Int
    /// What was observed, day by day.
    package let observed: ObservedSurvival
    /// The years in order.
    package let years: [Year]
    private let models: SurvivalModels

    private static let fewestPeriods = 3
    private static let fewestCustomers = 30
    /// With fewer on either side a fit is sure of what it cannot know (mathematics §2).
    private static let fewestOfEach = 5
    /// What the assumed rate counts for where there is little history (mathematics §2).
    private static let assumedStrength = 10.0
    /// The share of customers a year that is assumed to stay where nothing is known.
    package static let assumedRate = 0.8

    /// Projects the survival of customers.
    /// - Parameters:
    ///   - horizon: Years to project.
    ///   - seed: What the resampled customers follow from.
    package init(_ lifetimes: [CustomerLifetime], asOf day: Day, horizon: Int = 10, seed: UInt64 = 1) {
        let histories = lifetimes.map { $0.years(asOf: day) }.filter { !$0.isEmpty }
        let counts = SurvivalModels.counts(histories)
        let observed = ObservedSurvival(lifetimes, asOf: day)
        let renewed = counts.reduce(0) { $0 + $1.renewed }
        let lost = counts.reduce(0) { $0 + $1.lost }
        let hasHistory =
            counts.count >= Self.fewestPeriods && histories.count >= Self.fewestCustomers
            && min(renewed, lost) >= Self.fewestOfEach
        let fitted = hasHistory ? SurvivalModels(histories, seed: seed) : nil
        let models =
            fitted
            ?? SurvivalModels(
                rate: BetaDistribution(
                    alpha: Double(renewed) + Self.assumedStrength * Self.assumedRate,
                    beta: Double(lost) + Self.assumedStrength * (1 - Self.assumedRate)))
        customers = histories.count
        periods = counts.count
        basis = fitted != nil ? .shiftedBetaGeometric : customers > 0 ? .oneRate : .assumed
        self.observed = observed
        self.models = models
        // Where no year is over, what is assumed goes on from what was seen of the first.
        let start = basis == .assumed ? observed.lastDay.flatMap { observed.survival(afterDays: $0) } ?? 1 : 1
        let expected = models.weighted.map { $0.model.survival(periods: horizon) }
        let drawn = models.draws.map { $0.survival(periods: horizon) }
        years = (0..<horizon).map { index in
            let days = ObservedSurvival.daysOfYear * (index + 1)
            let mean = zip(models.weighted, expected).reduce(0) { $0 + $1.0.weight * $1.1[index] }
            let values = drawn.map { $0[index] }.sorted()
            let period = index < counts.count ? counts[index] : .init(renewed: 0, lost: 0)
            return Year(
                year: index + 1, asked: period.renewed + period.lost, observed: observed.survival(afterDays: days),
                atRisk: observed.atRisk(afterDays: days), expected: start * mean,
                low90: start * min(mean, values.quantile(0.05) ?? mean),
                high90: start * max(mean, values.quantile(0.95) ?? mean))
        }
    }

    /// The model in which nobody's chance to leave changes; with one rate it is that of customers who are all alike.
    package var model: ShiftedBetaGeometric {
        ShiftedBetaGeometric(alpha: models.weighted[0].model.alpha, beta: models.weighted[0].model.beta)
    }

    /// The model in which chances change as customers stay, and its weight beside the other; nil with one rate.
    package var changing: (model: BetaDiscreteWeibull, weight: Double)? {
        models.weighted.count > 1 ? (models.weighted[1].model, models.weighted[1].weight) : nil
    }

    /// Years that a customer who renewed so often is still expected to pay for, discounted to the next renewal.
    /// - Parameter discount: Rate of a year.
    package func residualLifetime(renewalsMade: Int, discount: Double) -> Double {
        models.mean { $0.residualLifetime(renewalsMade: renewalsMade, discount: discount) }
    }

    /// Where those years of a customer who has not renewed yet are in 9 of 10 cases.
    package func residualInterval(discount: Double) -> (low90: Double, high90: Double) {
        models.interval { $0.residualLifetime(renewalsMade: 0, discount: discount) }
    }

    /// What the live contracts of a customer are still expected to bring, discounted: margin times ARR times the expected
    /// residual lifetime at the next renewal (mathematics §3) [minor units].
    /// - Parameter discount: Rate of a year.
    package func residualValueMinor(
        of customer: CustomerLifetime, asOf day: Day, margin: Double, discount: Double
    ) -> Double {
        guard customer.arrMinor > 0 else { return 0 }
        let renewalsMade = customer.years(asOf: day).count { $0 }
        let days = max(0, customer.renewsOn.map { $0 - day } ?? customer.evergreenDays)
        let years = Double(days) / 365
        return margin * Double(customer.arrMinor) * residualLifetime(renewalsMade: renewalsMade, discount: discount)
            * Real.exponential(-years * Real.logarithm(1 + discount))
    }
}
