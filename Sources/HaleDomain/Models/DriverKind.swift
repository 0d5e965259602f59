/// How a driver is read. The raw value is the name it has in the default model: its dimension, a dot, and its own name.
package enum DriverKind: String, Sendable, Hashable, CaseIterable {
    /// How much is used beside what the peers use.
    case level = "usage.level"
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
    /// How the CSM feels about the account.
    case sentiment = "sentiment.csm"
    /// An expression over the account's signals, mapped from its worst to its best value; a model may have several.
    case measure = "measure"

    /// The kind's name in a model file.
    package var keyword: String {
        switch self {
        case .level: "level"
        case .trend: "trend"
        case .seats: "seats"
        case .recency: "recency"
        case .breadth: "breadth"
        case .netPromoter: "nps"
        case .champion: "champion"
        case .contract: "contract"
        case .support: "support"
        case .billing: "billing"
        case .sentiment: "sentiment"
        case .measure: "measure"
        }
    }

    /// The reference of a driver of the kind where a model says nothing (mathematics §1.1 and §1.5).
    package var usualReference: Double {
        self == .level ? HealthModel.middleReference : HealthModel.usualReference
    }

    /// The kind of a name in a model file.
    package init?(keyword: String) {
        guard let kind = Self.allCases.first(where: { $0.keyword == keyword }) else { return nil }
        self = kind
    }
}
