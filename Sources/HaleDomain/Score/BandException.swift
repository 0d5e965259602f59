/// A fact that caps the band of an account whatever its score (mathematics §1.1).
package enum BandException: String, Sendable, Hashable, CaseIterable {
    /// Notice of non-renewal was given.
    case noticeGiven = "notice_given"
    /// Somebody who decides answered as a detractor lately.
    case detractor = "decision_maker_detractor"
    /// Every champion has left.
    case championLeft = "champion_left"
    /// Usage fell off a cliff.
    case cliff = "usage_cliff"

    /// The reason in words.
    package var sentence: String {
        switch self {
        case .noticeGiven: return "Notice of non-renewal was given."
        case .detractor: return "Somebody who decides answered as a detractor lately."
        case .championLeft: return "Every champion has left."
        case .cliff: return "Usage fell off a cliff."
        }
    }

    /// The highest band the fact allows.
    package func cap(model: HealthModel) -> Band {
        switch self {
        case .noticeGiven: return model.exceptions.noticeGivenCap
        case .detractor: return model.exceptions.detractorCap
        case .championLeft: return model.exceptions.championLeftCap
        case .cliff: return model.exceptions.cliffCap
        }
    }

    /// The exceptions in force. An account that is not scored has none but a notice, which needs no score.
    package static func inForce(flags: RiskFlags, noticeGiven: Bool, isScored: Bool) -> [BandException] {
        var exceptions: [BandException] = noticeGiven ? [.noticeGiven] : []
        guard isScored else { return exceptions }
        if flags.detractorSince != nil { exceptions.append(.detractor) }
        if flags.championLeftSince != nil { exceptions.append(.championLeft) }
        if flags.cliffSince != nil { exceptions.append(.cliff) }
        return exceptions
    }

    /// The computed band lowered by exceptions. Unknown stays unknown except under notice.
    package static func apply(
        _ exceptions: [BandException], to computed: Band, model: HealthModel
    ) -> Band {
        exceptions.reduce(computed) { band, exception in
            let cap = exception.cap(model: model)
            guard let rank = band.rank else { return exception == .noticeGiven ? cap : band }
            guard let capRank = cap.rank else { return band }
            return capRank < rank ? cap : band
        }
    }
}
