/// Accounts that an account's level of use is compared with: those counted alike, of its segment and age class where
/// they are enough.
package struct PeerGroup: Sendable, Hashable {
    /// What is counted, and for what.
    package enum Basis: String, Sendable, Hashable, CaseIterable {
        case personDays = "person_days"
        case personDaysPerSeat = "person_days_per_seat"
        case quantity = "quantity"
        case quantityPerSeat = "quantity_per_seat"

        /// The basis of an account.
        package init(unit: UsageUnit, seats: Int?) {
            switch unit {
            case .personDays: self = seats == nil ? .personDays : .personDaysPerSeat
            case .quantity: self = seats == nil ? .quantity : .quantityPerSeat
            }
        }
    }

    /// How old accounts are.
    package enum AgeClass: String, Sendable, Hashable, CaseIterable {
        /// Still being introduced.
        case young
        /// Older.
        case established

        package init(ageDays: Int, model: HealthModel) {
            self = ageDays < model.level.youngDays ? .young : .established
        }
    }

    /// What is counted.
    package let basis: Basis
    /// How old they are; nil for all ages.
    package let ageClass: AgeClass?
    /// Their segment; nil for all segments.
    package let segment: String?

    /// A group of accounts.
    package init(basis: Basis, ageClass: AgeClass? = nil, segment: String? = nil) {
        self.basis = basis
        self.ageClass = ageClass
        self.segment = segment
    }

    /// The groups of an account, the narrowest first. One without a segment has no peers of its segment.
    static func groups(basis: Basis, ageClass: AgeClass, segment: String?) -> [PeerGroup] {
        let wider = [PeerGroup(basis: basis, ageClass: ageClass), PeerGroup(basis: basis)]
        return segment.map { [PeerGroup(basis: basis, ageClass: ageClass, segment: $0)] + wider } ?? wider
    }
}

/// How much the groups of a portfolio use; only groups of enough accounts are known.
package struct PeerLevels: Sendable, Hashable {
    /// The level of each group.
    package var levels: [PeerGroup: PeerLevel]

    /// The levels of groups.
    package init(_ levels: [PeerGroup: PeerLevel] = [:]) {
        self.levels = levels
    }

    /// The narrowest known group of an account; nil if it has too few peers anywhere.
    package func narrowest(
        basis: PeerGroup.Basis, ageClass: PeerGroup.AgeClass, segment: String?
    ) -> (group: PeerGroup, level: PeerLevel)? {
        for group in PeerGroup.groups(basis: basis, ageClass: ageClass, segment: segment) {
            if let level = levels[group] { return (group, level) }
        }
        return nil
    }
}

/// What an account's peers are found by, beside its usage.
package struct PeerTraits: Sendable, Hashable {
    package let segment: String?
    /// Seats bought in the live contracts; nil if unknown.
    package let seats: Int?

    /// What an account's peers are found by.
    package init(segment: String?, seats: Int?) {
        self.segment = segment
        self.seats = seats
    }
}

/// Gathers the accounts of a portfolio whose levels can be compared.
struct PeerGathering: Sendable {
    private struct Account {
        let position: Int32
        let isYoung: Bool
        let seats: Int?
        let segment: String?
    }

    private var accounts: [Account] = []

    /// Adds the account at a position of the ledger.
    mutating func add(_ traits: PeerTraits, ageDays: Int, at position: Int, model: HealthModel) {
        accounts.append(
            Account(
                position: Int32(position), isYoung: PeerGroup.AgeClass(ageDays: ageDays, model: model) == .young,
                seats: traits.seats, segment: traits.segment))
    }

    /// The levels of all groups of enough accounts.
    func levels(_ ledger: UsageLedger, weekendWeight: Double, model: HealthModel) -> PeerLevels {
        var rates: [PeerGroup: [Double]] = [:]
        for account in accounts {
            let windows = ledger.windows(at: Int(account.position))
            let rate = UsageLevel.logRate(
                count: windows.recentSlow.count, exposure: windows.recentSlow.exposure(weekendWeight: weekendWeight),
                seats: account.seats, model: model)
            guard let rate else { continue }
            let groups = PeerGroup.groups(
                basis: PeerGroup.Basis(unit: windows.unit, seats: account.seats),
                ageClass: account.isYoung ? .young : .established, segment: account.segment)
            for group in groups { rates[group, default: []].append(rate) }
        }
        return PeerLevels(rates.compactMapValues { PeerLevel(logRates: $0, model: model) })
    }
}
