/// What some renewals come to: the sums by category, and the distribution of what is renewed (mathematics §3). Expansion is
/// no part of it.
package struct RenewalOutlook: Sendable {
    package let contracts: Int
    /// Their ARR [minor units].
    package let arrMinor: Int64
    /// ARR of each category [minor units].
    package let arrByCategory: [RenewalCategory: Int64]
    /// Expected renewed ARR [minor units].
    package let expectedMinor: Double
    /// Renewed ARR that is fallen short of in 10, 50 and 90 of 100 cases [minor units]; never above what is there.
    package let quantilesMinor: (p10: Double, p50: Double, p90: Double)

    /// Whether fewer than one in ten cases fall short of what is expected, so that P10 is above it: a few large amounts
    /// are renewed likely and whole, or not at all.
    package var isLopsided: Bool { quantilesMinor.p10 > expectedMinor + Self.roundingMinor }

    /// What sums of amounts may differ by [minor units].
    private static let roundingMinor = 0.5

    /// What renewals come to.
    /// - Parameters:
    ///   - unitMinor: The currency's unit [minor units], below which the distribution is not told apart.
    ///   - correlation: How much renewals go together.
    package init(_ renewals: [ForecastRenewal], unitMinor: Double, correlation: Double = 0.05) {
        contracts = renewals.count
        arrMinor = renewals.lazy.map(\.arrMinor).boundedSum()
        arrByCategory = Dictionary(grouping: renewals, by: \.category)
            .mapValues { $0.lazy.map(\.arrMinor).boundedSum() }
        // A credit is owed whatever happens, so it moves all of the distribution.
        let credits = renewals.reduce(0) { $0 + Double(min(0, $1.arrMinor)) }
        // What is signed is no matter of chance, and does not move with the rest.
        let closed = renewals.reduce(0) { $0 + ($1.category == .closed ? Double(max(0, $1.arrMinor)) : 0) }
        let open = renewals.filter { $0.category != .closed && $0.arrMinor > 0 }
        let distribution = RenewalDistribution(
            open.map { .init(probability: $0.renewal.probability, amount: Double($0.arrMinor)) },
            grid: RenewalDistribution.grid(
                total: open.reduce(0) { $0 + Double($1.arrMinor) }, unit: unitMinor),
            correlation: correlation)
        let certain = closed + credits
        expectedMinor = certain + distribution.mean
        quantilesMinor = (
            certain + distribution.shownQuantile(0.1), certain + distribution.shownQuantile(0.5),
            certain + distribution.shownQuantile(0.9)
        )
    }
}
