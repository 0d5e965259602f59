/// How ripe an account is for more (mathematics §5): 0 while it is in danger.
package struct ExpansionScore: Sendable, Hashable {
    /// 0 to 100.
    package let score: Double

    private static let leastHealth = 60.0

    /// The score of an account.
    /// - Parameters:
    ///   - utilisation: Seats used over seats bought.
    ///   - probabilityRise: Chance that usage grew by 15 % or more.
    ///   - npsMean: NPS, -100 to 100.
    ///   - limitHits: How often a limit of the contract was hit.
    ///   - health: The account's score [points].
    ///   - hasCliff: Whether its usage fell off a cliff.
    ///   - unownedShare: Share of the products it does not have yet.
    package init(
        utilisation: Double, probabilityRise: Double, npsMean: Double, limitHits: Int, health: Double, hasCliff: Bool,
        unownedShare: Double
    ) {
        guard !hasCliff, health >= Self.leastHealth else {
            score = 0
            return
        }
        let seats = 0.35 * Real.clamp((utilisation - 0.7) / 0.3)
        let growth = 0.25 * probabilityRise
        let goodwill = 0.15 * Real.clamp((npsMean + 100) / 200)
        let limits = 0.15 * Real.clamp(Double(limitHits) / 3)
        score = 100 * (seats + growth + goodwill + limits + 0.1 * unownedShare)
    }
}
