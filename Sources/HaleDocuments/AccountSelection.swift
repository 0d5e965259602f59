package import HaleDomain
package import HaleStore

/// Which accounts of a day a list shows, in which order, and how many.
package struct AccountSelection: Sendable {
    /// An order of accounts; what an account does not have comes last, equals stand by id.
    package enum Order: String, Sendable, CaseIterable {
        case id
        case name
        /// Red first.
        case band
        /// The lowest score first.
        case score
        /// The steepest fall in seven days first.
        case change
        /// The most ARR first.
        case arr
        /// The nearest renewal first.
        case renews
    }

    /// The CSM and the segment.
    package let narrowing: Narrowing
    /// The band; nil for all.
    package let band: Band?
    /// Why the band is another one than the score's; nil for all.
    package let reason: BandReason?
    /// The day before which an account renews; nil for all.
    package let renewsBefore: Day?
    package let order: Order
    /// The most accounts that are shown; nil for no limit.
    package let limit: Int?

    /// A selection; without more than a narrowing of all its accounts, by id.
    package init(
        _ narrowing: Narrowing, band: Band? = nil, reason: BandReason? = nil, renewsBefore: Day? = nil,
        order: Order = .id, limit: Int? = nil
    ) {
        self.narrowing = narrowing
        self.band = band
        self.reason = reason
        self.renewsBefore = renewsBefore
        self.order = order
        self.limit = limit
    }

    /// Whether an account is among them.
    package func includes(_ account: AccountHealth) -> Bool {
        narrowing.includes(csm: account.csm, segment: account.segment)
            && (band == nil || account.band == band)
            && (reason.map { account.reasons?.contains($0) ?? false } ?? true)
            && (renewsBefore.map { day in account.renewsOn.map { $0 < day } ?? false } ?? true)
    }

    /// The accounts in the order asked for.
    package func ordered(_ accounts: [AccountHealth]) -> [AccountHealth] {
        switch order {
        case .id: accounts.sorted { $0.accountID < $1.accountID }
        case .name: Self.sorted(accounts) { $0.name.lowercased() }
        case .band: Self.sorted(accounts) { $0.band?.rank }
        case .score: Self.sorted(accounts, by: \.shownScore)
        case .change: Self.sorted(accounts, by: \.scoreChange7d)
        case .arr: Self.sorted(accounts) { $0.arrMinor.map { -$0 } }
        case .renews: Self.sorted(accounts, by: \.renewsOn)
        }
    }

    private static func sorted(
        _ accounts: [AccountHealth], by key: (AccountHealth) -> (some Comparable)?
    ) -> [AccountHealth] {
        accounts.map { (key($0), $0) }.sorted { left, right in
            switch (left.0, right.0) {
            case (let first?, let second?) where first != second: first < second
            case (.some, nil): true
            case (nil, .some): false
            default: left.1.accountID < right.1.accountID
            }
        }
        .map(\.1)
    }
}
