/// Whether the person who set a band was right, against what happened.
package enum OverrideVerdict: String, Sendable, Hashable, CaseIterable {
    /// What happened went the person's way.
    case right
    /// What happened went the computed band's way.
    case wrong
    /// The person said what was computed.
    case agreed
    /// Nothing happened yet that could tell.
    case open

    /// What a verdict rests on.
    package enum Evidence: String, Sendable, Hashable, CaseIterable {
        /// A renewal that was decided: the strongest, for nobody computes it.
        case renewal
        /// The computed band when the override was over: did it come the person's way, or stay?
        case score
    }

    /// What is known of an override.
    package struct Facts: Sendable, Hashable {
        /// The band that was set.
        package var band: Band
        /// The computed band when it began; nil where the account was not scored.
        package var computedFirst: Band?
        /// The computed band when it was over; nil where the account was not scored since.
        package var computedLast: Band?
        /// Whether it is over.
        package var isOver: Bool
        /// Whether the first renewal decided from its beginning to 90 days after its end was won; nil without one.
        package var isRenewed: Bool?

        /// What is known of an override.
        package init(
            band: Band, computedFirst: Band?, computedLast: Band? = nil, isOver: Bool = false, isRenewed: Bool? = nil
        ) {
            self.band = band
            self.computedFirst = computedFirst
            self.computedLast = computedLast
            self.isOver = isOver
            self.isRenewed = isRenewed
        }
    }

    /// The verdict on an override and what it rests on.
    ///
    /// Somebody who set a better band than was computed is right if the customer renewed, somebody who set a worse one
    /// if the customer left. Without a decision, the person is right if the computed band came nearer to the person's
    /// by the end of the override.
    package static func judge(_ facts: Facts) -> (verdict: OverrideVerdict, evidence: Evidence?) {
        guard let set = facts.band.rank, let first = facts.computedFirst?.rank else { return (.open, nil) }
        guard set != first else { return (.agreed, nil) }
        if let isRenewed = facts.isRenewed {
            return ((set > first) == isRenewed ? .right : .wrong, .renewal)
        }
        guard facts.isOver, let last = facts.computedLast?.rank else { return (.open, nil) }
        return (abs(last - set) < abs(first - set) ? .right : .wrong, .score)
    }
}
