package import HaleDomain

/// A renewal of the made-up company that was left to chance, with the chance and what it was made of: what no customer
/// data ever tells.
package struct DemoRenewal: Sendable, Equatable {
    /// The account's id.
    package let account: String
    /// The day on which the customer stayed or left.
    package let day: Day
    /// What went wrong before it, by the names that docs/demo.md has.
    package let troubles: [String]
    /// Whether few people had taken the product up from the start.
    package let isLukewarm: Bool
    /// The chance of leaving.
    package let hazard: Double
    package let isLost: Bool
}

extension DemoCompany {
    /// Every renewal that was left to chance, account by account.
    package func renewals() -> [DemoRenewal] {
        portfolio().accounts.flatMap { account in
            account.life.renewals.map { renewal in
                DemoRenewal(
                    account: account.id, day: anchor + renewal.day, troubles: renewal.troubles.map(\.cause.rawValue),
                    isLukewarm: account.story == .lukewarm, hazard: renewal.hazard, isLost: renewal.isLost)
            }
        }
    }
}
