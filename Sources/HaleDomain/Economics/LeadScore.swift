/// What somebody who may become a customer did.
package enum LeadTouch: String, Sendable, Hashable, CaseIterable {
    case emailOpen = "email_open"
    case siteVisit = "site_visit"
    case content
    case webinar
    case pricingPage = "pricing_page"
    case trialStart = "trial_start"
    case demoRequest = "demo_request"
    case reply

    var worth: FadingPoints {
        switch self {
        case .emailOpen: FadingPoints(points: 1, halfLifeDays: 14, counted: 3)
        case .siteVisit: FadingPoints(points: 2, halfLifeDays: 14, counted: 3)
        case .content: FadingPoints(points: 4, halfLifeDays: 21, counted: 3)
        case .webinar: FadingPoints(points: 8, halfLifeDays: 30, counted: 3)
        case .pricingPage: FadingPoints(points: 12, halfLifeDays: 14, counted: 3)
        case .trialStart: FadingPoints(points: 20, halfLifeDays: 30, counted: 3)
        case .demoRequest: FadingPoints(points: 25, halfLifeDays: 30, counted: 3)
        case .reply: FadingPoints(points: 15, halfLifeDays: 30, counted: 3)
        }
    }
}

/// How far a lead is: how well it fits, and how much it does (mathematics §5).
package struct LeadScore: Sendable, Hashable {
    /// Points of what was done, faded.
    package let points: Double
    /// Those points between 0 and 1.
    package let engagement: Double
    /// 0 to 100.
    package let score: Double
    /// Share of the score that is known.
    package let coverage: Double

    private static let fitWeight = 0.4
    private static let scale = 30.0

    /// The score of a lead.
    /// - Parameters:
    ///   - fit: How well it fits, 0 to 1; nil where that is not known.
    ///   - touches: What it did, with the age of each [days].
    package init(fit: Double?, touches: [(kind: LeadTouch, ageDays: Int)]) {
        let sum = Dictionary(grouping: touches, by: \.kind).sorted { $0.key.rawValue < $1.key.rawValue }
            .reduce(0) { $0 + $1.key.worth.sum(ages: $1.value.map(\.ageDays)) }
        points = sum
        let engaged = -Real.exponentialMinusOne(-sum / Self.scale)
        engagement = engaged
        score = 100 * (fit.map { Self.fitWeight * $0 + (1 - Self.fitWeight) * engaged } ?? engaged)
        coverage = fit == nil ? 1 - Self.fitWeight : 1
    }
}
