/// One input of the health score. The order of the cases is the order of every array of drivers.
public enum DriverKind: String, Sendable, Hashable, CaseIterable {
    /// 28 days of usage against the 28 days before.
    case trend = "usage.trend"
    /// Seats in use of the seats bought.
    case seats = "usage.seats"
    /// The present silence against the account's own rhythm.
    case recency = "usage.recency"
    /// Key features in use.
    case breadth = "usage.breadth"
    /// Net promoter responses.
    case netPromoter = "sentiment.nps"
    /// Presence of the champion.
    case champion = "relationship.champion"
    /// State of the contracts around their renewal.
    case contract = "contract.state"
    /// Open tickets.
    case support = "support.load"
    /// Overdue invoices.
    case billing = "billing.overdue"

    /// The dimension the driver's points are added to.
    public var dimension: Dimension {
        switch self {
        case .trend, .seats, .recency, .breadth: return .usage
        case .netPromoter: return .sentiment
        case .champion: return .relationship
        case .contract: return .contract
        case .support: return .support
        case .billing: return .billing
        }
    }

    /// Position of the driver in arrays of drivers.
    public var index: Int {
        switch self {
        case .trend: return 0
        case .seats: return 1
        case .recency: return 2
        case .breadth: return 3
        case .netPromoter: return 4
        case .champion: return 5
        case .contract: return 6
        case .support: return 7
        case .billing: return 8
        }
    }
}
