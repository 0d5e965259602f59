/// What a customer does for the product in public.
package enum AdvocacyKind: String, Sendable, Hashable, CaseIterable {
    case caseStudy = "case_study"
    case referralWon = "referral_won"
    case referral
    case referenceCall = "reference_call"
    case review
    case communityAnswer = "community_answer"
    case share
    case follow
    case like

    var worth: FadingPoints {
        switch self {
        case .caseStudy: FadingPoints(points: 15, halfLifeDays: 365, counted: 2)
        case .referralWon: FadingPoints(points: 20, halfLifeDays: 365, counted: 5)
        case .referral: FadingPoints(points: 10, halfLifeDays: 180, counted: 5)
        case .referenceCall: FadingPoints(points: 8, halfLifeDays: 180, counted: 4)
        case .review: FadingPoints(points: 6, halfLifeDays: 365, counted: 3)
        case .communityAnswer: FadingPoints(points: 2, halfLifeDays: 90, counted: 5)
        case .share: FadingPoints(points: 0.5, halfLifeDays: 60, counted: 5)
        case .follow: FadingPoints(points: 0.5, halfLifeDays: 180, counted: 1)
        case .like: FadingPoints(points: 0.2, halfLifeDays: 60, counted: 5)
        }
    }
}

/// How much of an advocate a customer is (mathematics §5). It is no part of health: a like is not usage.
package struct AdvocacyScore: Sendable, Hashable {
    /// Points of what was done, faded.
    package let points: Double
    /// 0 to 100.
    package let score: Double

    private static let scale = 25.0

    /// The score of what was done, with the age of each [days].
    package init(_ events: [(kind: AdvocacyKind, ageDays: Int)]) {
        let sum = Dictionary(grouping: events, by: \.kind).sorted { $0.key.rawValue < $1.key.rawValue }
            .reduce(0) { $0 + $1.key.worth.sum(ages: $1.value.map(\.ageDays)) }
        points = sum
        score = -100 * Real.exponentialMinusOne(-sum / Self.scale)
    }
}
