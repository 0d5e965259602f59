/// The chance that a customer of the made-up company leaves at a renewal: odds that every trouble multiplies.
///
/// docs/demo.md says the same in words. Logarithms and exponentials are avoided as in `DemoRandom`.
struct DemoHazard {
    /// Odds of leaving where all is well: some leave for no reason that shows.
    static let quietOdds = 0.05
    /// Where few people took the product up from the start.
    static let lukewarmFactor = 1.5
    /// Usage that falls by the share d multiplies the odds by 1 + this times d.
    static let fallFactor = 8.0

    /// By how much a trouble multiplies the odds.
    static func factor(of trouble: DemoTrouble) -> Double {
        switch trouble.cause {
        case .usageFalls: 1 + fallFactor * trouble.depth
        case .championLeaves: 4
        case .championSilent: 3
        case .detractors: 4
        case .urgentTickets: 2.5
        case .unpaidBills: 3
        }
    }

    /// How often a trouble comes before a renewal.
    static func frequency(of cause: DemoTrouble.Cause) -> Double {
        switch cause {
        case .usageFalls: 0.2
        case .championLeaves: 0.08
        case .championSilent: 0.06
        case .detractors: 0.12
        case .urgentTickets: 0.1
        case .unpaidBills: 0.07
        }
    }

    /// The chance of leaving.
    let probability: Double

    init(troubles: [DemoTrouble], isLukewarm: Bool) {
        var odds = Self.quietOdds * (isLukewarm ? Self.lukewarmFactor : 1)
        for trouble in troubles { odds *= Self.factor(of: trouble) }
        probability = odds / (1 + odds)
    }
}
