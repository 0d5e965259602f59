/// The level of an account's use with what it was compared with (mathematics §1.5).
package struct AccountLevel: Sendable, Hashable {
    /// What is counted.
    package let unit: UsageUnit
    /// Count and days of the last 28 days, fewer for a younger account.
    package let window: UsageWindow
    /// Seats bought; nil if unknown.
    package let seats: Int?
    /// The peers; nil if the account has too few.
    package let group: PeerGroup?
    /// How much the peers use; nil likewise.
    package let peers: PeerLevel?
    /// The level; nil without peers, or if too little was observed or no seat is bought.
    package let level: UsageLevel?

    /// The count, a seat where seats are known; nil where none is bought.
    package var rate: Double? {
        guard let seats else { return Double(window.count) }
        return seats > 0 ? Double(window.count) / Double(seats) : nil
    }

    /// Reads the level of an account of some age beside its peers.
    init(
        _ windows: UsageWindows, ageDays: Int, features: AccountFeatures, portfolio: PortfolioFigures,
        dispersion: Double, model: HealthModel
    ) {
        let peers = portfolio.peerLevels.narrowest(
            basis: PeerGroup.Basis(unit: windows.unit, seats: features.seats),
            ageClass: PeerGroup.AgeClass(ageDays: ageDays, model: model), segment: features.segment)
        unit = windows.unit
        window = windows.recentSlow
        seats = features.seats
        group = peers?.group
        self.peers = peers?.level
        level = UsageLevel.read(
            count: windows.recentSlow.count,
            exposure: windows.recentSlow.exposure(weekendWeight: portfolio.weekendWeight), seats: features.seats,
            peers: peers?.level, dispersion: dispersion, model: model)
    }
}

extension AccountLevel {
    /// The level in words, such as "14 person-days a seat in 28 days, more than 71 % of enterprise peers".
    func sentence(portfolio: PortfolioFigures, model: HealthModel) -> String {
        guard let rate else { return "no seat is bought to measure the use by" }
        let counted = "\(amount(rate)) in \(window.days) \(window.days == 1 ? "day" : "days")"
        guard window.exposure(weekendWeight: portfolio.weekendWeight) >= model.level.minimumExposure else {
            return "\(counted), too few to tell a level of use"
        }
        guard let group, let level else {
            return "\(counted); fewer than \(model.level.minimumAccounts) peers to compare with"
        }
        let percent = Int(100 * level.x)
        let share = percent == 0 ? "less than 99 %" : "more than \(percent) %"
        return "\(counted), \(share) of \(words(for: group, model: model))"
    }

    private func amount(_ rate: Double) -> String {
        let number = Self.shortText(rate)
        let noun: String
        switch unit {
        case .personDays: noun = number == "1" ? "person-day" : "person-days"
        case .quantity: noun = number == "1" ? "unit used" : "units used"
        }
        return "\(number) \(noun)\(seats == nil ? "" : " a seat")"
    }

    private func words(for group: PeerGroup, model: HealthModel) -> String {
        if let segment = group.segment { return "\(segment) peers" }
        switch group.ageClass {
        case .young: return "accounts under \(model.level.youngDays) days old"
        case .established: return "accounts of \(model.level.youngDays) days or older"
        case nil: return "all accounts"
        }
    }

    /// Whole from ten, with one decimal from one, else with two.
    private static func shortText(_ value: Double) -> String {
        let scale = value >= 10 ? 1.0 : value >= 1 ? 10 : 100
        let scaled = (value * scale).rounded() / scale
        return Int(exactly: scaled).map(String.init) ?? "\(scaled)"
    }
}
