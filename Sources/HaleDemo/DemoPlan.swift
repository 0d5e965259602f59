package import HaleDomain

/// What a made-up company follows from: the same plan gives the same company.
package struct DemoPlan: Codable, Equatable, Sendable {
    /// Counts the changes to what a plan gives; a company of another version is another company.
    package static let currentVersion = 2
    /// The seed where none is asked for.
    package static let defaultSeed: UInt64 = 20_260_101
    /// Years of facts that can be asked for.
    package static let yearLimits = 1...5
    /// Accounts that can be asked for.
    package static let accountLimits = 10...2_000

    package let version: Int
    /// The day on which the company is looked at, as `YYYY-MM-DD`.
    package let anchor: String
    package let years: Int
    package let accounts: Int
    package let seed: UInt64

    package init(anchor: Day, years: Int = 2, accounts: Int = 200, seed: UInt64 = defaultSeed) {
        version = Self.currentVersion
        self.anchor = anchor.description
        self.years = years
        self.accounts = accounts
        self.seed = seed
    }

    /// The company; nil where the plan is of another version or lies outside the limits.
    package var company: DemoCompany? {
        guard version == Self.currentVersion, let day = Day(iso: anchor), Self.yearLimits.contains(years),
            Self.accountLimits.contains(accounts)
        else { return nil }
        return DemoCompany(seed: seed, anchor: day, years: years, accounts: accounts)
    }
}
