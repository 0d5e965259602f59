/// One input of the health score. The order of the cases is the order of every array of drivers.
public enum DriverKind: String, Sendable, Hashable, CaseIterable {
    case trend = "usage.trend"
    case seats = "usage.seats"
    case recency = "usage.recency"
    case breadth = "usage.breadth"
    case netPromoter = "sentiment.nps"
    case champion = "relationship.champion"
    case contract = "contract.state"
    case support = "support.load"
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
